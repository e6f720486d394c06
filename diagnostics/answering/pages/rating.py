"""The pages on which a respondent rates: one per condition, then the review; in a room one page for all.

Every button posts the page it is on.
"""

from collections.abc import Callable
from functools import partial

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.forms import get_or_post
from diagnostics.answering import drafts, rows
from diagnostics.answering.access import for_respondents, is_page_of
from diagnostics.answering.pages.cached_page import framed_page
from diagnostics.answering.pages.drawn import drawn
from diagnostics.answering.pages.head import status, trace
from diagnostics.answering.pages.one_page import show_again
from diagnostics.answering.pages.visit_parts import visit_parts
from diagnostics.answering.refusals import refused_as_json
from diagnostics.answering.respondents import Respondent, Standing
from diagnostics.answering.submitting import submit as hand_in
from diagnostics.questionnaire.cached import mark
from diagnostics.questionnaire.context import page_context, review_context, summary
from diagnostics.questionnaire.form import Read, destination, read_post
from diagnostics.questionnaire.loaded import of_review
from diagnostics.questionnaire.progress import gaps, page_progress
from diagnostics.surveys.promises import comment_help, promises_of

AS_IT_IS = "as_it_is"  # the button that hands in although ratings are missing


@get_or_post
@for_respondents(Standing.OPEN, posts_freely=True, own=True, has_begun=True)
def page(request: HttpRequest, respondent: Respondent, condition: str) -> HttpResponse:
    """The statements and open questions of one condition."""
    if condition not in respondent.questionnaire.pages:
        raise Http404
    is_looking = request.method != "POST"
    if not respondent.token or (is_looking and respondent.link.is_in_room):
        return redirect("answering:welcome", respondent.link.survey_public_id)
    if not is_looking:
        again = partial(_show_page, request, respondent, condition)
        return _save_posted(request, respondent, again) or redirect(_where(request, respondent, request.path))
    return _show_page(request, respondent, condition)


def _show_page(request: HttpRequest, respondent: Respondent, condition: str, read: Read | None = None) -> HttpResponse:
    saved = drafts.saved_by(respondent)
    heading = rows.heading(respondent.link.survey_id)
    words, questionnaire = comment_help(heading), respondent.questionnaire
    about = respondent.survey.title if " " in respondent.link.languages else heading.title  # in their language
    frame = _frame(respondent, about=about, asked_in=heading.asked_in, action=request.path)
    if read is None:
        texts = frame | {"csrf_token": get_token(request)}
        parts = visit_parts(respondent)
        return HttpResponse(framed_page(questionnaire, condition, saved, comment_help=words, texts=texts, parts=parts))
    context = page_context(questionnaire, condition, saved, comment_help=words, read=read)
    context |= frame | visit_parts(respondent) | {"saved_at": saved.saved_at}
    return render(request, "answering/survey_condition.html", context, status=422)


def _frame(respondent: Respondent, *, about: str, asked_in: str, action: str) -> dict[str, str]:
    survey = respondent.link.survey_public_id
    return {
        "about": about,
        "asked_in": asked_in,
        "home": reverse("answering:welcome", args=[survey]),
        "action": action,
        "save": reverse("answering:save", args=[survey]),
        "mark": respondent.page_mark,
    }


def _save_posted(
    request: HttpRequest, respondent: Respondent, again: Callable[[Read], HttpResponse]
) -> HttpResponse | None:
    """Save what is valid; a page to show where something has to be corrected."""
    read = _save(request, respondent)
    return again(read) if read.problems else None


def _save(request: HttpRequest, respondent: Respondent) -> Read:
    read = _read(request, respondent)
    return drafts.save(respondent=respondent, read=read, now=timezone.now())


def _read(request: HttpRequest, respondent: Respondent) -> Read:
    """A page that was put under another link counts in full: what it was loaded with is not what stands there."""
    return read_post(request.POST, respondent.questionnaire, anew=not is_page_of(request, respondent))


@require_POST
@for_respondents(Standing.OPEN, otherwise=refused_as_json, posts_freely=True, own=True, has_begun=True)
def save(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """One answer or a few, as they are given; the page's script reads what comes back."""
    read = _save(request, respondent)
    problems = {problem.key or "": problem.sentence for problem in read.problems}
    return JsonResponse({"problems": problems, "unsaved": read.unsaved})


@require_safe
@for_respondents(Standing.OPEN, own=True, has_begun=True)
def review(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """What is missing, what was written, what matters most, and the button that submits."""
    if not respondent.token or respondent.link.is_in_room:
        return redirect("answering:welcome", respondent.link.survey_public_id)
    return _show_review(request, respondent)


def _show_review(
    request: HttpRequest, respondent: Respondent, read: Read | None = None, sentence: str = ""
) -> HttpResponse:
    saved = drafts.saved_by(respondent)
    if not (read or sentence or saved.comments or gaps(respondent.questionnaire, saved.answers)):
        return HttpResponse(_drawn_review(request, respondent, saved))
    context = review_context(respondent.questionnaire, saved, read=read, sentence=sentence)
    context |= _around_review(respondent) | visit_parts(respondent) | {"saved_at": saved.saved_at}
    return render(request, "answering/survey_review.html", context, status=422 if read or sentence else 200)


def _around_review(respondent: Respondent) -> dict:
    survey = respondent.survey
    action = reverse("answering:submit", args=[survey.public_id])
    frame = _frame(respondent, about=survey.title, asked_in=survey.workspace.name, action=action)
    return frame | promises_of(survey) | {"survey": survey}


def _drawn_review(request: HttpRequest, respondent: Respondent, saved: drafts.Saved) -> str:
    """Of whoever has rated everything and written no comment."""
    questionnaire = respondent.questionnaire
    steps = page_progress(questionnaire, saved.answers)
    picked = {_tick(condition): "checked" for condition in saved.matters_most}
    texts = {
        "csrf_token": get_token(request),
        "mark": respondent.page_mark,
        "loaded": of_review(saved),
        "summary": summary(questionnaire, saved.answers),
    }
    parts = visit_parts(respondent) | {_tick(condition): "" for condition in questionnaire.pages} | picked
    parts["trace"] = trace(steps, here="")
    parts["status"] = status(saved.saved_at)

    def context() -> dict:
        all_rated = drafts.Saved(dict.fromkeys(questionnaire.statements, 0))
        found = review_context(questionnaire, all_rated) | _around_review(respondent)
        for condition in found["conditions"]:
            condition["ticked"] = mark(_tick(condition["key"]))
        return found

    return drawn("answering/drawn_review.html", respondent, texts=texts, parts=parts, context=context)


def _tick(condition: str) -> str:
    return f"tick {condition}"


@get_or_post
@for_respondents(Standing.OPEN, posts_freely=True, own=True)
def submit(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """Post the last page: what stands on it is saved whichever button was pressed, and one of them submits."""
    last_page = _last_page(respondent)
    if request.method != "POST":
        return redirect(last_page)
    if request.POST.get("to") in ("submit", AS_IT_IS):
        return _submit(request, respondent)
    again = partial(_show_last, request, respondent)
    return _save_posted(request, respondent, again) or redirect(_where(request, respondent, last_page))


def _last_page(respondent: Respondent) -> str:
    """The review, or in a room the one page there is."""
    name = "answering:welcome" if respondent.link.is_in_room else "answering:review"
    return reverse(name, args=[respondent.link.survey_public_id])


def _show_last(
    request: HttpRequest, respondent: Respondent, read: Read | None = None, sentence: str = ""
) -> HttpResponse:
    if respondent.link.is_in_room:
        return show_again(request, respondent, read=read, sentence=sentence)
    return _show_review(request, respondent, read, sentence)


def _submit(request: HttpRequest, respondent: Respondent) -> HttpResponse:
    """The choice goes straight into the ballot. The page of thanks comes after the commit."""
    read = _read(request, respondent)
    if not read.is_choice_alone:
        page_again = _save_posted(request, respondent, partial(_show_last, request, respondent))
        if page_again:
            return page_again
    if _stops(request, respondent):
        return show_again(request, respondent, stops=True)
    try:
        hand_in(respondent=respondent, matters_most=read.valid["matters_most"])
    except ValidationError as refused:
        _save(request, respondent)
        return _show_last(request, respondent, sentence=str(refused.message))
    return redirect("answering:thanks", respondent.link.survey_public_id)


def _stops(request: HttpRequest, respondent: Respondent) -> bool:
    """In a room no review has said what is missing: the page says it once, before anything is final."""
    if not respondent.link.is_in_room or request.POST.get("to") == AS_IT_IS:
        return False
    answers = drafts.saved_by(respondent).answers
    return bool(answers) and bool(gaps(respondent.questionnaire, answers))


def _where(request: HttpRequest, respondent: Respondent, otherwise: str) -> str:
    survey = respondent.link.survey_public_id
    there = destination(
        request.POST.get("to", ""),
        respondent.questionnaire,
        page=lambda condition: reverse("answering:page", args=[survey, condition]),
        review=reverse("answering:review", args=[survey]),
        leave=reverse("answering:leave", args=[survey]),
    )
    return there or otherwise
