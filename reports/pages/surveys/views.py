"""Reports of surveys: the list, a survey's groups, a group's report, what lies behind a cell, respondents' results."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from core.accounts.requests import SignedInRequest
from core.requests import HtmxRequest
from core.words import tidy
from diagnostics.answering.access import for_respondents
from diagnostics.answering.refusals import not_open
from diagnostics.answering.respondents import Respondent, Standing
from reports.editions.access import (
    Sight,
    load_report,
    load_slice,
    readable_editions,
    release_to_respondents,
    whole_of,
)
from reports.editions.groups import slice_name
from reports.editions.models import PublishedSlice
from reports.files.kinds import kinds_to_offer
from reports.files.models import Document
from reports.files.offers import address_of_all, downloads_of
from reports.files.subjects import SLICE
from reports.pages.agreements.page import sheet_of
from reports.pages.by_link.readers import open_to_links
from reports.pages.files import chart_page, drawn
from reports.pages.looks import note_opened
from reports.pages.retention.gone import gone_page, says_what_is_gone
from reports.pages.room.page import room_result
from reports.pages.surveys.page import results_page, slice_page, survey_page
from reports.readings.survey.comments import carries_comments
from reports.readings.survey.slice import read_slice
from spaces.access import check_belongs_somewhere

AT_ONCE = 50  # reports on a page of the list
GROUPS_AT_ONCE = 100  # on a page of one report


@require_safe
@never_cache
def reports(request: SignedInRequest) -> HttpResponse:
    """Every survey of which the reader may see something."""
    check_belongs_somewhere(request.user)
    page = Paginator(readable_editions(request.user), AT_ONCE).get_page(request.GET.get("page"))
    return render(request, "reports/list.html", {"page": page})


@open_to_links
@require_safe
@never_cache
@says_what_is_gone
def survey(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The groups of a survey as the reader may see them; before there is a report, a page that says so."""
    found, edition, sight = load_report(request.user, public_id)
    if edition is None:
        return gone_page(request, public_id) or render(request, "reports/survey_waiting.html", {"survey": found})
    page, words = survey_page(found, edition, sight), tidy(request.GET.get("q", ""))
    if found.is_in_room and (whole := page.rows[0].slice):  # there is no group besides
        return redirect("reports:slice", whole.public_id)
    rows = [row for row in page.rows if words.casefold() in row.name.casefold()]
    shown = Paginator(rows, GROUPS_AT_ONCE).get_page(request.GET.get("page"))
    context = {"page": page, "shown": shown, "words": words, "are_many": len(page.rows) > GROUPS_AT_ONCE}
    return render(request, "reports/survey_empty.html" if page.is_empty else "reports/survey.html", context)


@open_to_links
@require_safe
@never_cache
@says_what_is_gone
@chart_page
def slice_(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The report of a group."""
    one, sight = load_slice(request.user, public_id)
    note_opened(request, one, is_member=sight.is_member)
    if one.edition.survey.is_in_room:
        return _room_report(request, one, sight)
    page = slice_page(one, sight)
    agreed = sheet_of(one, request.user)
    has_comments = carries_comments(one, sight)
    kinds = kinds_to_offer(SLICE, is_agreed=bool(agreed.written), is_for_some=has_comments)
    files = downloads_of(one, kinds)
    context = {"page": page, "agreed": agreed, "files": files, "make_all": address_of_all(one, files)}
    return render(request, "reports/survey_slice.html", context)


def _room_report(request: SignedInRequest, one: PublishedSlice, sight: Sight) -> HttpResponse:
    """Five places: their screen is what slides would say."""
    survey = one.edition.survey
    slides = Document.Kind.SLICE_SLIDES, Document.Kind.SLICE_PACK
    files = downloads_of(one, [kind for kind in kinds_to_offer(SLICE, is_agreed=False) if kind not in slides])
    context = {
        "page": slice_page(one, sight),
        "result": room_result(one),
        "files": files,
        "make_all": "",
        "holds_room": sight.is_manager or (sight.can_host and survey.created_by_id == request.user.pk),
    }
    return render(request, "reports/room_report.html", context)


@open_to_links
@require_safe
@never_cache
@vary_on_headers("HX-Request")
def statements(request: SignedInRequest, public_id: str, condition: str, space: str) -> HttpResponse:
    """What lies behind one cell: a page, or for htmx the part beneath the heatmap."""
    one, _sight = load_slice(request.user, public_id)
    reading = read_slice(one)
    behind = reading.cell(condition, space)
    if behind is None:
        raise Http404
    template = "reports/survey_cell.html" if request.htmx else "reports/survey_statements.html"
    context = {"reading": reading, "behind": behind, "title": slice_name(one), "has_focus": bool(request.htmx)}
    return render(request, template, context)


@open_to_links
@require_http_methods(["GET", "HEAD", "POST"])
def slice_figure(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    one, _sight = load_slice(request.user, public_id)
    return drawn(request, one, Document.Kind.SLICE_FIGURE)


@require_http_methods(["GET", "HEAD", "POST"])
@for_respondents(Standing.CLOSED)
def results(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """What whoever holds a link sees once it is released to all who were asked: the whole survey, never one group."""
    if request.method == "POST":  # a link was pasted
        return redirect("reports:results", respondent.survey.public_id)
    release = release_to_respondents(respondent.survey)
    if release is None:
        return not_open(request, respondent.survey, Standing.CLOSED, status=410)
    whole = whole_of(release.edition)
    if whole is None:
        return render(request, "reports/results_empty.html", {"survey": respondent.survey, "edition": release.edition})
    in_room = room_result(whole) if respondent.survey.is_in_room else None
    return render(request, "reports/results.html", {"page": results_page(whole, release), "in_room": in_room})
