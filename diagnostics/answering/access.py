"""How a link becomes a cookie, and how every page of an answering survey is entered.

No account, no session, and nothing is written on the way in.
"""

import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_htmx.http import HttpResponseClientRedirect, HttpResponseStopPolling

from core.forms import cleans_its_posts, posted_fields
from core.requests import HtmxRequest
from diagnostics.answering.drafts import AlreadySubmitted
from diagnostics.answering.respondents import (
    Respondent,
    Standing,
    respondent_of,
    standing_of,
    standing_of_survey,
)
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import SurveyNotOpen

IDLE = 2 * 60 * 60  # seconds
PASTED = re.compile(r"/s/([\w.-]+)")
LINK = "link"  # the field for a link that is pasted

Refusal = Callable[[HtmxRequest, Respondent | None, Standing | None], HttpResponse]


def cookie_name(survey: str) -> str:
    """`survey` is its public id. The prefix makes browsers refuse the cookie from any other host or without TLS."""
    return f"__Host-answer-{survey}" if _is_secure() else f"answer-{survey}"


def remember(response: HttpResponse, respondent: Respondent) -> HttpResponse:
    """For two idle hours: every page of theirs starts them again."""
    response.set_cookie(
        cookie_name(respondent.link.survey_public_id),
        respondent.secret,
        max_age=IDLE,
        secure=_is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _is_secure() -> bool:
    return settings.SITE_URL.startswith("https://")


def respondent_of_request(request: HtmxRequest, survey: str) -> Respondent | None:
    """Whose cookie this is, or whose link was pasted, if it belongs to the survey of that public id."""
    pasted = PASTED.search(request.POST.get(LINK, ""))
    secret = pasted[1] if pasted else request.COOKIES.get(cookie_name(survey), "")
    respondent = respondent_of(secret)
    return respondent if respondent and respondent.link.survey_public_id == survey else None


def for_respondents(*standings: Standing, otherwise: Refusal | None = None, posts_freely: bool = False) -> Callable:
    """A view `(request, respondent, …)` for whoever holds a link that stands so; all others are turned elsewhere.

    With `posts_freely`, whoever has submitted may post: for a view whose action looks for a ballot under its lock.
    """
    refuse = otherwise or elsewhere

    def decorate(view: Callable) -> Callable:
        @cleans_its_posts
        @login_not_required
        @never_cache
        @sensitive_post_parameters()
        @wraps(view)
        def entered(request: HtmxRequest, survey: str, *args: str, **kwargs: str) -> HttpResponse:
            respondent = respondent_of_request(request, survey)
            if respondent is None:
                return refuse(request, None, None)
            is_free = posts_freely and request.method == "POST"
            standing = standing_of_survey(respondent) if is_free else standing_of(respondent)
            try:
                may = standing in standings
                response = view(request, respondent, *args, **kwargs) if may else refuse(request, respondent, standing)
            except SurveyNotOpen:  # since a moment ago, as the next two
                response = refuse(request, respondent, Standing.CLOSED)
            except AlreadySubmitted:
                response = refuse(request, respondent, Standing.DONE)
            if cookie_name(survey) not in response.cookies:
                remember(response, respondent)
            return response

        return entered

    return decorate


def elsewhere(request: HtmxRequest, respondent: Respondent | None, standing: Standing | None) -> HttpResponse:
    """The page that says why not this one."""
    if respondent is None:
        fields = [(name, value) for name, value in posted_fields(request) if name != LINK]
        return render(request, "answering/open_again.html", {"fields": fields}, status=401)
    survey = respondent.link.survey_public_id
    if standing == Standing.DONE:
        return redirect("answering:thanks", survey)
    if standing == Standing.OPEN:
        return redirect("answering:welcome", survey)
    if respondent.link.status == Survey.Status.CLOSED and request.method != "POST":
        return redirect("reports:results", survey)  # that page says so where nothing is released
    status = 409 if request.method == "POST" else 410
    return not_open(request, respondent.survey, standing, status=status)


def not_open(request: HtmxRequest, survey: Survey, standing: Standing | None, *, status: int) -> HttpResponse:
    return render(request, "answering/not_open.html", {"survey": survey, "standing": standing}, status=status)


def still_waiting(request: HtmxRequest, respondent: Respondent | None, standing: Standing | None) -> HttpResponse:
    """For a page that asks again and again whether the survey in the room has come to its end; then it is led there."""
    if not request.htmx:
        return elsewhere(request, respondent, standing)
    if respondent is None:
        return HttpResponseStopPolling()
    if respondent.link.status in (Survey.Status.OPEN, Survey.Status.STOPPED):
        return HttpResponse(status=204)
    return HttpResponseClientRedirect(reverse("answering:thanks", args=[respondent.link.survey_public_id]))


def refused_as_json(_request: HttpRequest, respondent: Respondent | None, standing: Standing | None) -> HttpResponse:
    """The same for the page's script, which shows the sentence."""
    if respondent is None:
        sentence = _("Not saved: this page has been idle for long. Open your link again, and keep this page open.")
        return JsonResponse({"sentence": sentence}, status=401)
    if standing == Standing.DONE:
        return JsonResponse({"sentence": _("Not saved: your answers have been submitted already.")}, status=409)
    return JsonResponse({"sentence": _("Not saved: this survey takes no more answers.")}, status=409)
