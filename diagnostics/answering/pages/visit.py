"""The way in and the way out of a survey: link, welcome, start, leaving, thanks, declining, withdrawing."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from core.forms import get_or_post
from core.requests import HtmxRequest
from diagnostics.answering import drafts
from diagnostics.answering.access import for_respondents, remember, respondent_of_request, still_waiting
from diagnostics.answering.respondents import Respondent, Standing, respondent_of
from diagnostics.answering.submitting import decline as stop_reminding
from diagnostics.answering.submitting import has_declined
from diagnostics.answering.submitting import withdraw as withdraw_ballot
from diagnostics.answering.welcome import welcome_context
from diagnostics.questionnaire.progress import gaps
from diagnostics.surveys.promises import promises_of

WITHDRAWN = "withdrawn"


@login_not_required
@never_cache
@require_safe
def enter(request: HtmxRequest, token: str) -> HttpResponse:
    """From the link to the welcome page, so that the token leaves the address bar. However often: nothing changes."""
    respondent = respondent_of(token)
    if respondent is None:
        response = render(request, "answering/useless.html", status=410)
    else:
        survey = respondent.link.survey_public_id
        response = redirect("answering:welcome", survey)
        remember(response, _same_visit(respondent_of_request(request, survey), respondent))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _same_visit(before: Respondent | None, now: Respondent) -> Respondent:
    """Whoever opens a shared link again goes on with their own answers."""
    return before if before and before.secret.startswith(f"{now.secret}.") else now


@require_safe
@for_respondents(Standing.OPEN)
def welcome(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """Who asks, why, how long it takes, who sees what: generated from the survey's settings."""
    saved = drafts.saved_by(respondent)
    return render(request, "answering/welcome.html", welcome_context(respondent) | {"has_begun": bool(saved.answers)})


@require_POST
@for_respondents(Standing.OPEN)
def start(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """To the first page with a gap. A shared link becomes the visitor's own here."""
    respondent = respondent.started()
    saved = drafts.begin(respondent=respondent, now=timezone.now())
    missing = gaps(respondent.questionnaire, saved.answers)
    survey = respondent.link.survey_public_id
    if missing:
        return remember(redirect("answering:page", survey, missing[0].statement.condition), respondent)
    return remember(redirect("answering:review", survey), respondent)


@require_POST
@for_respondents(Standing.OPEN, Standing.DONE)
def start_over(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """Somebody else answers on this device by the same shared link."""
    response = redirect("answering:welcome", respondent.link.survey_public_id)
    return remember(response, respondent.without_visit())


@require_safe
@for_respondents(Standing.OPEN)
def leave(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """All is saved, and one's own link leads back to it."""
    if not respondent.token:
        return redirect("answering:welcome", respondent.link.survey_public_id)
    return render(request, "answering/leave.html", {"survey": respondent.survey, "respondent": respondent})


@require_safe
@vary_on_headers("HX-Request")
@for_respondents(Standing.DONE, otherwise=still_waiting)
def thanks(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """Where every submit ends, the first and all others; in a room it looks out for the results."""
    if request.htmx:
        return HttpResponse(status=204)
    is_withdrawn = WITHDRAWN in request.GET  # only the address can say so: the ballot tells nobody
    context = {
        "survey": respondent.survey,
        "respondent": respondent,
        "is_withdrawn": is_withdrawn,
        "has_comments": bool(respondent.questionnaire.questions),
    }
    return render(request, "answering/thanks.html", context | promises_of(respondent.survey))


@get_or_post
@for_respondents(Standing.DONE)
def withdraw(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """Asks first. Afterwards no page can tell a withdrawn ballot from any other."""
    if request.method == "POST":
        withdraw_ballot(respondent=respondent)
        thanks_page = reverse("answering:thanks", args=[respondent.link.survey_public_id])
        return redirect(f"{thanks_page}?{WITHDRAWN}")
    return render(request, "answering/withdraw.html", {"survey": respondent.survey})


@get_or_post
@for_respondents(Standing.OPEN)
def decline(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """'I would rather not take part': no reminders from here on, and the link stays good."""
    if respondent.is_visitor:
        return redirect("answering:welcome", respondent.link.survey_public_id)
    if request.method == "POST":
        stop_reminding(respondent=respondent)
        return redirect("answering:decline", respondent.link.survey_public_id)
    context = {"survey": respondent.survey, "is_reminded": not has_declined(respondent)}
    return render(request, "answering/decline.html", context)
