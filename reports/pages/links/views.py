"""The shared links of a workspace: for owner and consultants, who may end them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from core.forms import get_or_post
from core.seen import check_seen
from diagnostics.checklists.actions.own import end_link
from diagnostics.checklists.models import ChecklistVersion
from reports.editions.models import Release
from reports.editions.releasing import withdraw_release
from reports.pages.links.page import CHECKLIST, LinkRow, links_of
from spaces.access import load_membership
from spaces.models import MANAGERS


@get_or_post
@never_cache
def links(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    rows = links_of(workspace, now=timezone.now())
    if request.method == "POST":
        try:
            _end(_chosen(rows, request), seen=request.POST.get("seen", ""), by=request.user)
            messages.success(request, _("The link is ended."))
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        return redirect("reports:links", public_id)
    return render(request, "reports/links.html", {"workspace": workspace, "rows": rows})


def _chosen(rows: list[LinkRow], request: SignedInRequest) -> LinkRow:
    wanted = (request.POST.get("kind"), request.POST.get("link"))
    found = next((row for row in rows if (row.kind, row.key) == wanted and not row.end_at), None)
    if found is None:
        raise ValidationError(_("This link has been ended already."))
    return found


def _end(row: LinkRow, *, seen: str, by: User) -> None:
    check_seen(seen, row.facts, of=row.key)
    if row.kind == CHECKLIST:
        version = ChecklistVersion.objects.select_related("checklist__workspace").get(standing__link=row.key)
        end_link(version=version, by=by)
    else:
        releases = Release.objects.select_related("edition__survey__workspace")
        withdraw_release(release=releases.get(public_id=row.key), by=by, now=timezone.now())
