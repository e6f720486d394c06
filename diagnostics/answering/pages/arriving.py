"""The way into a survey: link, welcome, start, and whose answers stand there already."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.forms import get_or_post
from core.requests import HtmxRequest
from diagnostics.answering import drafts
from diagnostics.answering.access import for_respondents, is_page_of, same_visit, visit_token
from diagnostics.answering.cookies import (
    forget_beside,
    is_awake,
    keep_beside,
    keep_choice,
    kept_beside,
    put_to_sleep,
    remember,
    remembered,
)
from diagnostics.answering.languages import choices, is_translated, is_unreviewed, language_on_arrival
from diagnostics.answering.pages.drawn import drawn, frame_parts
from diagnostics.answering.pages.one_page import show_one_page
from diagnostics.answering.pages.visit_parts import visit_script
from diagnostics.answering.refusals import elsewhere
from diagnostics.answering.respondents import Respondent, Standing, respondent_of
from diagnostics.answering.welcome import group_facts_of, welcome_context
from diagnostics.questionnaire.form import MARK, VISIT
from diagnostics.questionnaire.progress import gaps
from diagnostics.sealing.tokens import visitor_token
from diagnostics.surveys.links import LANGUAGE

MINE = "#mine"  # tells the script that whoever came here holds a link of their own


@login_not_required
@never_cache
@require_safe
def enter(request: HtmxRequest, token: str) -> HttpResponse:
    """From the link to the welcome page, so that the token leaves the address bar. However often: nothing changes."""
    respondent = respondent_of(token)
    response = render(request, "answering/useless.html", status=410) if respondent is None else _in(request, respondent)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _in(request: HtmxRequest, now: Respondent) -> HttpResponse:
    survey = now.link.survey_public_id
    before = remembered(request, survey)
    if before and same_visit(before, now) is before:  # opened anew, perhaps by somebody else
        return put_to_sleep(remember(redirect("answering:welcome", survey), before, is_awake=False), survey)
    if before and before.token and is_awake(request, before) and before.secret != now.secret:
        return keep_beside(redirect("answering:another", survey), now)
    return _in_use(request, now)


def _in_use(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """From here on this link is the one in use; a language that it was sent in goes along."""
    asked = f"?{urlencode({LANGUAGE: request.GET[LANGUAGE]})}" if LANGUAGE in request.GET else ""
    welcome_page = reverse("answering:welcome", args=[respondent.link.survey_public_id])
    return remember(redirect(welcome_page + asked + (MINE if respondent.is_visit else "")), respondent)


@login_not_required
@never_cache
@get_or_post
def another(request: HtmxRequest, survey: str) -> HttpResponse:
    """A second link was opened while another is in use: asks which of them it shall be."""
    opened = kept_beside(request, survey)
    if opened is None:
        return redirect("answering:welcome", survey)
    if request.method == "POST" and is_page_of(request, opened):
        is_opened = request.POST.get("to") == "opened"
        return forget_beside(_in_use(request, opened) if is_opened else redirect("answering:welcome", survey), survey)
    context = {"survey": opened.survey, "mark": opened.page_mark}
    return render(request, "answering/another.html", context)


@require_safe
@for_respondents(Standing.OPEN)
def welcome(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """Who asks, why, how long it takes, who sees what: generated from the survey's settings.

    In a room the statements stand on this very page, and nothing but two sentences before them.
    """
    present = respondent if is_awake(request, respondent) else respondent.without_visit()
    saved = drafts.saved_by(present)
    code = language_on_arrival(request, respondent, before=saved.language)
    with translation.override(code or get_language()):
        request.languages = choices(respondent.link)
        shown = show_one_page if respondent.link.is_in_room else _show_welcome
        response = shown(request, present, saved, is_asleep=present is not respondent)
    return keep_choice(response, respondent, code) if code else response


def _show_welcome(request: HtmxRequest, present: Respondent, saved: drafts.Saved, *, is_asleep: bool) -> HttpResponse:
    """Drawn for all who stand alike; each has their own group, and their own link."""
    has_begun = bool(saved.answers)
    unreviewed = is_translated() and is_unreviewed(present.survey.workspace)
    texts, parts = frame_parts(request)
    texts |= {"mark": present.page_mark if present.token else "", "visit": "" if present.token else visitor_token()}
    parts |= {"visit_script": visit_script(present), "group_facts": group_facts_of(present)}

    def context() -> dict:
        told = {"has_begun": has_begun, "is_asleep": is_asleep, "is_unreviewed": unreviewed}
        return welcome_context(present) | told

    stands = (present.is_visitor, bool(present.token), has_begun, is_asleep, unreviewed, present.sent_anew_on)
    return HttpResponse(
        drawn("answering/drawn_welcome.html", present, *stands, texts=texts, parts=parts, context=context)
    )


@require_POST
@for_respondents(*Standing)
def language(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """From a page on which nothing is rated, back to it in another language."""
    back, survey = request.POST.get("back", ""), respondent.link.survey_public_id
    is_ours = back.startswith(reverse("answering:welcome", args=[survey]))
    return redirect(back if is_ours else reverse("answering:welcome", args=[survey]))


@require_safe
@for_respondents(Standing.OPEN)
def yours(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """'Were these your answers?': the way back to a visit that is asleep."""
    if not respondent.is_visit:
        return redirect("answering:welcome", respondent.link.survey_public_id)
    context = {
        "survey": respondent.survey,
        "mark": respondent.page_mark,
        "visit": visitor_token(),
        "visit_script": visit_script(respondent.without_visit()),
    }
    return render(request, "answering/yours.html", context)


@require_safe
@login_not_required
@never_cache
def rest(request: HtmxRequest, survey: str) -> HttpResponse:
    """Where a page leads that nobody has touched for a while: the visit falls asleep, and keeps what was saved."""
    return put_to_sleep(redirect("answering:welcome", survey), survey)


@require_POST
@for_respondents(Standing.OPEN, posts_freely=True)
def start(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """To the first page with a gap. A shared link becomes the visitor's own here: 'Start' makes the token.

    'Continue' is taken from a page of the link in use only; what was begun by a shared link and is asleep needs a word.
    """
    if respondent.is_visitor and (VISIT in request.POST or not respondent.token):
        return _start_afresh(request, respondent)
    if MARK in request.POST and not is_page_of(request, respondent):
        return elsewhere(request, respondent, None)
    if not is_awake(request, respondent) and not is_page_of(request, respondent):
        return redirect("answering:yours", respondent.link.survey_public_id)
    return _to_first_gap(respondent, drafts.begin(respondent=respondent, now=timezone.now()))


def _start_afresh(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    begun, saved = drafts.begin_visit(respondent=respondent, token=visit_token(request), now=timezone.now())
    return _to_first_gap(begun, saved)


def _to_first_gap(respondent: Respondent, saved: drafts.Saved) -> HttpResponse:
    missing = gaps(respondent.questionnaire, saved.answers)
    survey = respondent.link.survey_public_id
    if respondent.link.is_in_room:
        return remember(redirect("answering:welcome", survey), respondent)
    if missing:
        return remember(redirect("answering:page", survey, missing[0].statement.condition), respondent)
    return remember(redirect("answering:review", survey), respondent)


@require_POST
@for_respondents(Standing.OPEN, Standing.DONE)
def start_over(request: HtmxRequest, respondent: Respondent) -> HttpResponse:
    """Somebody else answers on this device by the same shared link."""
    survey = respondent.link.survey_public_id
    return put_to_sleep(remember(redirect("answering:welcome", survey), respondent.without_visit()), survey)
