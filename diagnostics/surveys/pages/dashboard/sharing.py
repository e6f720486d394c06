"""The links of a survey that people enter by group: shown with a QR code, and as a poster to print."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.words import tidy
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.audience.paths import leaves_with_paths
from diagnostics.surveys.links import address_of, qr_svg
from diagnostics.surveys.models import SharedLink, Survey
from diagnostics.surveys.pages.dashboard.finding import MOST_CHOICES
from diagnostics.surveys.recipes import minutes
from diagnostics.surveys.statuses import Status


def chosen_link(request: SignedInRequest, survey: Survey) -> dict:
    """The groups to choose from, and the link of the one in the address, by its id or a part of its name: the first
    where none is chosen."""
    groups = leaves_with_paths(survey)
    wanted = tidy(request.GET.get("group", ""))
    named = (group for group, path in groups if wanted.casefold() in path.casefold())
    group = next((group for group, _path in groups if group.public_id == wanted), None) or next(named, groups[0][0])
    link = SharedLink.objects.select_related("group").get(survey=survey, group=group)
    return {"groups": groups, "is_typed": len(groups) > MOST_CHOICES} | _shown(link)


@require_safe
def poster(request: SignedInRequest, public_id: str, group_id: str) -> HttpResponse:
    """One A4 page, to be printed by the browser."""
    survey = load_survey(request.user, public_id)
    if survey.is_personal:
        raise Http404
    if survey.status != Status.OPEN:
        return redirect("surveys:dashboard", public_id)
    links = SharedLink.objects.select_related("group").filter(survey=survey)
    link = get_object_or_404(links, group__public_id=group_id)
    context = {"survey": survey, "minutes": minutes(survey)} | _shown(link)
    return render(request, "surveys/poster.html", context)


def _shown(link: SharedLink) -> dict:
    address = address_of(link.token)
    return {"link": link, "address": address, "qr": qr_svg(address)}
