"""What a respondent's browser keeps: whose link is in use, whether the visit is awake, which link was opened beside it.

A link in use is forgotten after two idle hours. On a shared link the visit falls asleep much earlier: after five idle
minutes, or when the link is opened anew. Whoever sits there then is offered 'Start' and meets nobody else's answers.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from diagnostics.answering.respondents import Respondent, respondent_of

IDLE = 2 * 60 * 60  # seconds
AWAKE = 5 * 60
CHOICE = 24 * 60 * 60  # of a language; longer it is kept with the answers
ASKING = 10 * 60  # that a link opened beside another one waits for an answer


def cookie_name(survey: str, kind: str = "answer") -> str:
    """`survey` is its public id. The prefix makes browsers refuse the cookie from any other host or without TLS."""
    return f"__Host-{kind}-{survey}" if _is_secure() else f"{kind}-{survey}"


def _is_secure() -> bool:
    return settings.SITE_URL.startswith("https://")


def _keep(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(name, value, max_age=seconds, secure=_is_secure(), httponly=True, samesite="Lax")


# --- The link in use ---


def remember(response: HttpResponse, respondent: Respondent, *, is_awake: bool = True) -> HttpResponse:
    """For two idle hours: every page of theirs starts them again, and a visit's five minutes where it is awake."""
    survey = respondent.link.survey_public_id
    _keep(response, cookie_name(survey), respondent.secret, IDLE)
    if respondent.is_visit and is_awake:
        _keep(response, cookie_name(survey, "awake"), respondent.page_mark, AWAKE)
    return response


def remembered(request: HttpRequest, survey: str, kind: str = "answer") -> Respondent | None:
    """Whose cookie this is, if their link belongs to the survey of that public id."""
    return respondent_in(secret_kept(request, survey, kind), survey)


def secret_kept(request: HttpRequest, survey: str, kind: str = "answer") -> str:
    return request.COOKIES.get(cookie_name(survey, kind), "")


def respondent_in(secret: str, survey: str) -> Respondent | None:
    found = respondent_of(secret)
    return found if found and found.link.survey_public_id == survey else None


# --- A visit by a shared link ---


def is_awake(request: HttpRequest, respondent: Respondent) -> bool:
    """A personal link is always, and a shared one before 'Start': there is nothing to meet."""
    if not respondent.is_visit:
        return True
    kept = request.COOKIES.get(cookie_name(respondent.link.survey_public_id, "awake"), "")
    return constant_time_compare(kept, respondent.page_mark)


def put_to_sleep(response: HttpResponse, survey: str) -> HttpResponse:
    for kind in ("awake", "language"):
        response.delete_cookie(cookie_name(survey, kind), samesite="Lax")
    return response


# --- A second link ---


def keep_beside(response: HttpResponse, respondent: Respondent) -> HttpResponse:
    """Until its holder has said which link is to be used."""
    _keep(response, cookie_name(respondent.link.survey_public_id, "beside"), respondent.secret, ASKING)
    return response


def kept_beside(request: HttpRequest, survey: str) -> Respondent | None:
    return remembered(request, survey, "beside")


def forget_beside(response: HttpResponse, survey: str) -> HttpResponse:
    response.delete_cookie(cookie_name(survey, "beside"), samesite="Lax")
    return response


# --- The language that was chosen ---


def keep_choice(response: HttpResponse, respondent: Respondent, language: str) -> HttpResponse:
    """For whoever holds this link and nobody else at the device; shorter for the pages that a survey links to."""
    kept = f"{respondent.without_visit().page_mark}.{language}"
    _keep(response, cookie_name(respondent.link.survey_public_id, "language"), kept, CHOICE)
    _keep(response, settings.LANGUAGE_COOKIE_NAME, language, IDLE)
    return response


def kept_choice(request: HttpRequest, respondent: Respondent) -> str:
    """'' where there is none, or only that of another link."""
    kept = request.COOKIES.get(cookie_name(respondent.link.survey_public_id, "language"), "")
    mark, _dot, language = kept.partition(".")
    return language if constant_time_compare(mark, respondent.without_visit().page_mark) else ""
