"""The page of a survey in the room: its code, how many have answered, the close, and the result for everybody."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from core.forms import posted
from core.seen import SeenForm
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.surveys.access import load_room
from diagnostics.surveys.actions.facts import of_survey
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.codes import shown
from diagnostics.surveys.links import address_of, qr_svg
from diagnostics.surveys.models import SharedLink, Survey
from diagnostics.surveys.pages.dashboard.overview import work_in_hand
from diagnostics.surveys.statuses import Status
from reports.editions.access import latest_edition, sight_of, whole_of
from reports.pages.room.page import room_count, room_result

SEEN = "seen"  # the mark of what a page shows, when it asks whether that is still so


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def room(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_room(request.user, public_id)
    if SEEN in request.GET:
        return _what_moved(request, survey, is_asking=False)
    return _page(request, survey, is_asking=False)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("HX-Request")
def close_room(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Asks first. However often it is pressed, the survey is closed once."""
    survey = load_room(request.user, public_id)
    form = SeenForm(posted(request), facts=of_survey(survey), of=public_id)
    if form.is_valid():
        _close(survey, request.user)
    if request.method == "POST" and (form.is_valid() or survey.status != Status.OPEN):
        return redirect("reports:room", public_id)
    if SEEN in request.GET:
        return _what_moved(request, survey, is_asking=True)
    if survey.status != Status.OPEN:
        return redirect("reports:room", public_id)
    return _page(request, survey, is_asking=True, form=form)


def _close(survey: Survey, by: User) -> None:
    try:
        stop_survey(survey=survey, by=by, now=timezone.now())
    except ValidationError:  # it is closed already, or not open yet: the page says so
        return


def _what_moved(request: SignedInRequest, survey: Survey, *, is_asking: bool) -> HttpResponse:
    """204 while all that a page shows is so still; else the count anew, or the whole page once the survey is closed."""
    if survey.status != Status.OPEN:
        return HttpResponseClientRefresh()
    now = room_count(survey)
    if request.GET[SEEN] == now.mark:
        return HttpResponse(status=204)
    return render(request, "reports/room_count.html", {"room": now, "is_asking": is_asking})


def _page(request: SignedInRequest, survey: Survey, *, is_asking: bool, form: SeenForm | None = None) -> HttpResponse:
    context = {
        "form": form,
        "survey": survey,
        "is_asking": is_asking,
        "job": work_in_hand(survey),
        "is_empty": False,
        "result": None,
    }
    if survey.status == Status.OPEN:
        context |= _while_open(survey)
    elif survey.status == Status.CLOSED:
        context |= _when_closed(survey, request.user)
    return render(request, "reports/room.html", context, status=422 if form and form.errors else 200)


def _while_open(survey: Survey) -> dict:
    link = SharedLink.objects.get(survey=survey)
    address = address_of(link.token)
    return {
        "room": room_count(survey),
        "address": address,
        "qr": qr_svg(address),
        "join": settings.SITE_URL.partition("://")[2] + reverse("answering:join"),
        "code": shown(link.code) if link.code else "",  # rooms that were open before codes were made have none
    }


def _when_closed(survey: Survey, reader: User) -> dict:
    """The whole, if enough people have answered, as far as the reader may still see it."""
    edition = latest_edition(survey)
    whole = whole_of(edition) if edition else None
    shown = whole if edition and whole and sight_of(reader, edition).sees(whole) else None
    asked = questionnaire_of(survey.asked_version).statements.values()
    return {
        "is_empty": not whole,
        "statements": [statement.text for statement in asked],
        "result": room_result(shown) if shown else None,
    }
