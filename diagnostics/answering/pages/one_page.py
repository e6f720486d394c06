"""In a room all statements stand on one page, beneath two sentences of promise; one button hands them in.

The page brings along the token of a visit, which begins with the first answer. To look at it takes nobody's place.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from diagnostics.answering import drafts
from diagnostics.answering.languages import is_unreviewed
from diagnostics.answering.pages.visit_parts import visit_parts, visit_script
from diagnostics.answering.places import is_full
from diagnostics.answering.refusals import no_place_left
from diagnostics.answering.respondents import Respondent
from diagnostics.answering.welcome import welcome_context
from diagnostics.questionnaire.context import one_page_context
from diagnostics.questionnaire.form import Read
from diagnostics.surveys.models import SharedLink


def show_one_page(
    request: HttpRequest, present: Respondent, saved: drafts.Saved, *, is_asleep: bool = False
) -> HttpResponse:
    """`present`: with a visit where one was begun on this device and is awake."""
    if present.token:
        return _rendered(request, present, saved)
    if is_full(SharedLink.objects.select_related("survey").get(group_id=present.link.group_id)):
        return no_place_left(request, present, goes_on=is_asleep)
    return _rendered(request, present.started(), saved, is_new=True, is_asleep=is_asleep)


def show_again(
    request: HttpRequest, respondent: Respondent, *, read: Read | None = None, sentence: str = "", stops: bool = False
) -> HttpResponse:
    """With what has to be mended, or, where it `stops`, with what is missing before it is handed in."""
    saved = drafts.saved_by(respondent)
    return _rendered(request, respondent, saved, read=read, sentence=sentence, stops=stops, status=422)


def _rendered(
    request: HttpRequest,
    respondent: Respondent,
    saved: drafts.Saved,
    *,
    is_new: bool = False,
    is_asleep: bool = False,
    read: Read | None = None,
    sentence: str = "",
    stops: bool = False,
    status: int = 200,
) -> HttpResponse:
    survey = respondent.link.survey_public_id
    context = {
        "about": respondent.survey.title,
        "home": reverse("answering:welcome", args=[survey]),
        "action": reverse("answering:submit", args=[survey]),
        "save": reverse("answering:save", args=[survey]),
        "mark": respondent.page_mark,
        "visit": respondent.token if is_new else "",
        "saved_at": saved.saved_at,
        "onward": "save",
        "is_asleep": is_asleep,
        "is_unreviewed": is_unreviewed(respondent.survey.workspace),
    }
    context |= welcome_context(respondent.without_visit() if is_new else respondent) | visit_parts(respondent)
    context |= one_page_context(respondent.questionnaire, saved, read=read, sentence=sentence, stops=stops)
    if is_new:
        context["visit_script"] = visit_script(respondent.without_visit())
    return render(request, "answering/one_page.html", context, status=status)
