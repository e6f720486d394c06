"""Starting a short survey in the room. The page on which it is shown and closed stands with the reports."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of
from diagnostics.surveys.access import HOSTS
from diagnostics.surveys.actions.starting_in_room import start_in_room
from diagnostics.surveys.history.resemblance import room_held_lately
from diagnostics.surveys.pages.room.forms import RoomForm
from spaces.access import load_membership
from spaces.actions.groups import check_is_shared
from spaces.models import Workspace


@get_or_post
def new(request: SignedInRequest, workspace_id: str) -> HttpResponse:
    membership = load_membership(request.user, workspace_id, *HOSTS)
    workspace, form = membership.workspace, RoomForm(posted(request))
    refusal = refusal_of(check_is_shared, workspace)
    if not refusal and form.is_valid():
        given = form.cleaned_data | {"zone": _zone_of(workspace), "by": request.user, "now": timezone.now()}
        try:
            return redirect("reports:room", start_in_room(workspace=workspace, **given).public_id)
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {
        "form": form,
        "refusal": refusal,
        "workspace": workspace,
        "membership": membership,
        "lately": room_held_lately(workspace, now=timezone.now()),
    }
    return render(request, "surveys/new_in_room.html", context, status=422 if form.errors else 200)


def _zone_of(workspace: Workspace) -> str:
    """That of the latest survey, else that of the site."""
    return workspace.surveys.values_list("time_zone", flat=True).first() or settings.TIME_ZONE
