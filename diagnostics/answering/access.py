"""How every page of an answering survey is entered: by the link in use, and only with pages of that link.

No account, no session, and nothing is written on the way in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.forms import cleans_its_posts
from core.requests import HtmxRequest
from diagnostics.answering.cookies import cookie_name, is_awake, remember, remembered, respondent_in, secret_kept
from diagnostics.answering.drafts import AlreadySubmitted, LinkEnded, respondent_with_draft
from diagnostics.answering.languages import choices, language_for, remembering
from diagnostics.answering.places import NoPlaceLeft, NotStarted
from diagnostics.answering.refusals import Refusal, elsewhere, no_place_left
from diagnostics.answering.respondents import (
    Respondent,
    Standing,
    standing_of,
    standing_of_survey,
)
from diagnostics.questionnaire.form import LINK, MARK, VISIT
from diagnostics.surveys.statuses import SurveyNotOpen

PASTED = re.compile(r"/s/([\w.-]+)")
TOKEN = re.compile(r"[A-Za-z0-9_-]{27}")  # of a visit


# --- Whose page ---


def respondent_of_request(request: HttpRequest, survey: str, *, has_begun: bool = False) -> Respondent | None:
    """Whose cookie this is, or whose link was pasted, if it belongs to the survey of that public id.

    `has_begun`: most of them have a draft, so that is looked for first.
    """
    secret = _pasted(request)
    if has_begun and not secret and (known := respondent_with_draft(secret_kept(request, survey), survey)):
        return known
    kept = remembered(request, survey)
    return _visit_of_page(request, same_visit(kept, respondent_in(secret, survey)) if secret else kept)


def _visit_of_page(request: HttpRequest, found: Respondent | None) -> Respondent | None:
    """Whose visit the posted page brought along, if it was made for that one and by the link in use; else `found`."""
    if found is None or not found.is_visitor or not (token := visit_token(request)):
        return found
    brought = found.without_visit().started(token)
    return brought if is_page_of(request, brought) else found


def visit_token(request: HttpRequest) -> str:
    """That a page brought along for a visit that it begins; '' where there is none."""
    token = request.POST.get(VISIT, "")
    return token if TOKEN.fullmatch(token) else ""


def _pasted(request: HttpRequest) -> str:
    found = PASTED.search(request.POST.get(LINK, ""))
    return found[1] if found else ""


def same_visit(before: Respondent | None, now: Respondent | None) -> Respondent | None:
    """A shared link says nothing of who holds it: whoever began by it in this browser keeps their visit."""
    return before if before and now and before.secret.startswith(f"{now.secret}.") else now


def is_page_of(request: HttpRequest, respondent: Respondent) -> bool:
    """Whether the posted page was made for this link: then it lies open before whoever posts it."""
    return constant_time_compare(request.POST.get(MARK, ""), respondent.page_mark)


def _is_theirs(request: HttpRequest, respondent: Respondent) -> bool:
    """A page of this link, or one that its holder puts under this link by pasting it."""
    return is_page_of(request, respondent) or _pasted(request) == respondent.secret


@dataclass(frozen=True)
class Arrival:
    """Who asks for a page, and what speaks for its being theirs."""

    request: HtmxRequest
    respondent: Respondent
    is_theirs: bool  # they posted a page of their link, which therefore lies open before them
    is_awake: bool

    @property
    def is_post(self) -> bool:
        return self.request.method == "POST"

    @property
    def survey(self) -> str:
        return self.respondent.link.survey_public_id


def _arrival(request: HtmxRequest, respondent: Respondent) -> Arrival:
    is_theirs = request.method == "POST" and bool(respondent.token) and _is_theirs(request, respondent)
    return Arrival(request, respondent, is_theirs, is_awake=is_theirs or is_awake(request, respondent))


def _turned_away(arrival: Arrival, refuse: Refusal) -> HttpResponse | None:
    """From a page with somebody's own answers: with a page of another link, or into a visit that is asleep."""
    respondent, request = arrival.respondent, arrival.request
    if standing_of_survey(respondent) != Standing.OPEN:
        return None
    if arrival.is_post and not arrival.is_theirs:
        return refuse(request, respondent if respondent.token else None, None)
    if not arrival.is_awake and not request.htmx:
        return redirect("answering:welcome", arrival.survey)
    return None


def for_respondents(
    *standings: Standing,
    otherwise: Refusal | None = None,
    posts_freely: bool = False,
    own: bool = False,
    has_begun: bool = False,
) -> Callable:
    """A view `(request, respondent, …)` for whoever holds a link that stands so; all others are turned elsewhere.

    `own`: the page shows or changes what somebody gave. Posts without the mark of the link in use are refused, and a
    visit that is asleep is led to the welcome page. Whatever page of a visit is posted wakes it: it lay open.

    With `posts_freely`, whoever has submitted may post: for a view whose action looks for a ballot under its lock.
    `has_begun`: whoever comes here has a draft nearly always, and then has submitted nothing.
    """
    refuse = otherwise or elsewhere

    def decorate(view: Callable) -> Callable:
        @cleans_its_posts
        @login_not_required
        @never_cache
        @sensitive_post_parameters()
        @wraps(view)
        def entered(request: HtmxRequest, survey: str, *args: str, **kwargs: str) -> HttpResponse:
            respondent = respondent_of_request(request, survey, has_begun=has_begun)
            if respondent is None:
                return refuse(request, None, None)
            request.languages = choices(respondent.link)
            with translation.override(language_for(request, respondent)):
                response = answered(request, respondent, *args, **kwargs)
            return remembering(request, respondent, response)

        def answered(request: HtmxRequest, respondent: Respondent, *args: str, **kwargs: str) -> HttpResponse:
            survey = respondent.link.survey_public_id
            arrival = _arrival(request, respondent)
            if own and (response := _turned_away(arrival, refuse)):
                return response
            is_free = (posts_freely and arrival.is_post) or not arrival.is_awake  # asleep: nobody meets its ballot
            is_free = is_free or respondent.seen is not None
            standing = standing_of_survey(respondent) if is_free else standing_of(respondent)
            try:
                may = standing in standings
                response = view(request, respondent, *args, **kwargs) if may else refuse(request, respondent, standing)
            except SurveyNotOpen:  # since a moment ago, as the next one
                response = refuse(request, respondent, Standing.CLOSED)
            except AlreadySubmitted:
                response = refuse(request, respondent, Standing.DONE)
            except (NotStarted, LinkEnded):
                return refuse(request, None, None)
            except NoPlaceLeft:
                return no_place_left(request, respondent)
            return response if cookie_name(survey) in response.cookies else _remembered(response, arrival)

        return entered

    return decorate


def _remembered(response: HttpResponse, arrival: Arrival) -> HttpResponse:
    """A page that looks out for something by itself keeps nobody awake."""
    return remember(response, arrival.respondent, is_awake=arrival.is_awake and not arrival.request.htmx)
