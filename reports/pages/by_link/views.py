"""The way in by the link of a letter. However often it is opened, nothing changes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.editions.access import whole_of
from reports.editions.letters import slices_by
from reports.editions.links import link_behind
from reports.pages.by_link.readers import remember_link
from reports.pages.surveys.page import results_page


@login_not_required
@never_cache
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """To the leader's report, so that the token leaves the address bar; to the list where there are several."""
    link = link_behind(token)
    slices = slices_by(link) if link else []
    if link is None or not slices:
        return _ended(request)
    remember_link(request, link)
    if len(slices) == 1:
        return _quiet(redirect("reports:slice", slices[0].public_id))
    return _quiet(redirect("reports:survey", link.release.edition.survey.public_id))


@login_not_required
@never_cache
@require_safe
def results(request: HttpRequest, token: str) -> HttpResponse:
    """The whole survey, for all who were asked: the page tells nobody who reads it."""
    link = link_behind(token)
    if link is None or not link.release.to_respondents:
        return _ended(request)
    whole = whole_of(link.release.edition)
    if whole is None:
        return _ended(request)
    context = {"page": results_page(whole, link.release), "in_room": None}
    return _quiet(render(request, "reports/results.html", context))


def _ended(request: HttpRequest) -> HttpResponse:
    return _quiet(render(request, "reports/link_ended.html", status=410))


def _quiet(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    return response
