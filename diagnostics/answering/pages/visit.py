"""The way out of a survey: leaving, thanks, declining, withdrawing."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.forms import get_or_post
from core.requests import HtmxRequest
from diagnostics.answering.access import for_respondents
from diagnostics.answering.pages.drawn import drawn, frame_parts
from diagnostics.answering.pages.visit_parts import visit_script
from diagnostics.answering.refusals import still_waiting
from diagnostics.answering.respondents import Respondent, Standing
from diagnostics.answering.submitting import decline as stop_reminding
from diagnostics.answering.submitting import has_declined
from diagnostics.answering.submitting import withdraw as withdraw_ballot
from diagnostics.surveys.promises import promises_of

WITHDRAWN = "withdrawn"


@require_safe
@for_respondents(Standing.OPEN, own=True)
def leave(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """All is saved, and one's own link leads back to it."""
    if not respondent.token:
        return redirect("answering:welcome", respondent.link.survey_public_id)
    context = {
        "survey": respondent.survey,
        "respondent": respondent,
        "mark": respondent.page_mark,
        "visit_script": visit_script(respondent),
    }
    return render(request, "answering/leave.html", context)


@require_safe
@vary_on_headers("HX-Request")
@for_respondents(Standing.DONE, otherwise=still_waiting, own=True)
def thanks(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """Where every submit ends, the first and all others; in a room it looks out for the results."""
    if request.htmx:
        return HttpResponse(status=204)
    is_withdrawn = WITHDRAWN in request.GET  # only the address can say so: the ballot tells nobody
    texts, parts = frame_parts(request)
    parts["visit_script"] = visit_script(respondent, waits=True)

    def context() -> dict:
        own = {"survey": respondent.survey, "respondent": respondent, "is_withdrawn": is_withdrawn}
        return own | {"has_comments": bool(respondent.questionnaire.questions)} | promises_of(respondent.survey)

    stands = (is_withdrawn, respondent.is_visitor, respondent.sent_anew_on)
    return HttpResponse(
        drawn("answering/drawn_thanks.html", respondent, *stands, texts=texts, parts=parts, context=context)
    )


@get_or_post
@for_respondents(Standing.DONE, own=True)
def withdraw(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """Asks first. Afterwards no page can tell a withdrawn ballot from any other."""
    if request.method == "POST":
        withdraw_ballot(respondent=respondent)
        thanks_page = reverse("answering:thanks", args=[respondent.link.survey_public_id])
        return redirect(f"{thanks_page}?{WITHDRAWN}")
    context = {
        "survey": respondent.survey,
        "mark": respondent.page_mark,
        "visit_script": visit_script(respondent),
    }
    return render(request, "answering/withdraw.html", context)


@get_or_post
@for_respondents(Standing.OPEN, own=True)
def decline(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """'I would rather not take part': no reminders from here on, and the link stays good."""
    if respondent.is_visitor:
        return redirect("answering:welcome", respondent.link.survey_public_id)
    if request.method == "POST":
        stop_reminding(respondent=respondent)
        return redirect("answering:decline", respondent.link.survey_public_id)
    is_reminded = not has_declined(respondent)
    context = {"survey": respondent.survey, "is_reminded": is_reminded, "mark": respondent.page_mark}
    return render(request, "answering/decline.html", context)
