"""How the letters of a workspace look: its logo, its colour."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.colours import WHITE, contrast
from core.forms import get_or_post, posted, refusal_of, settled
from core.post.registry import Rendered
from core.post.showing import show_letter
from core.words import decimal
from spaces.access import load_membership
from spaces.actions.workspaces import change_look, check_has_letters
from spaces.forms import LookForm
from spaces.looks import look_of
from spaces.models import MANAGERS, Workspace


@get_or_post
def look(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    now = look_of(workspace)
    form = LookForm(posted(request), request.FILES or None, initial={"colour": now.colour}, has_logo=bool(now.logo))
    if form.is_valid() and settled(form, change_look, workspace=workspace, by=request.user, **form.values()):
        messages.success(request, _("Saved. Messages look like this from now on."))
        return redirect("spaces:look", public_id)
    context = {
        "form": form,
        "workspace": workspace,
        "look": now,
        "is_white": now.text_colour == WHITE,
        "contrast": decimal(contrast(now.colour, now.text_colour)),
        "refusal": refusal_of(check_has_letters, workspace),
    }
    return render(request, "spaces/look.html", context, status=422 if form.errors else 200)


@require_safe
def example(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    return show_letter(request, _example(workspace))


def _example(workspace: Workspace) -> Rendered:
    text = _(
        "Dear Sam,\n\nthis is how messages of %(workspace)s look. What the button does stands on it; its address "
        "stands below, for those who would rather read where it leads.\n\n%(link)s\n\nYour answers are confidential."
    )
    link = f"{settings.SITE_URL}/"
    return Rendered(
        _("An example"),
        text % {"workspace": workspace, "link": link},
        link=link,
        button=_("Open the questions"),
        look=look_of(workspace),
    )
