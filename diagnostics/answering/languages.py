"""In which language a respondent reads: their choice on this device, their link's, their browser's, the survey's first.

The choice is kept in a cookie of their link and, sealed, in their draft: the link remembers it on another device, and
nobody else at this one meets it. No row says which language somebody chose, and no ballot: few may have chosen it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf.locale import LANG_INFO
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation.trans_real import parse_accept_lang_header

from diagnostics.answering.cookies import keep_choice, kept_choice
from diagnostics.answering.respondents import Respondent
from diagnostics.answering.rows import Link
from diagnostics.instrument.translations import languages
from diagnostics.surveys.links import LANGUAGE
from spaces.models import Workspace

BUTTON = "language."  # begins the value of a button that switches


@dataclass(frozen=True)
class Choice:
    code: str
    name: str  # in the language itself
    is_now: bool


def offered(link: Link) -> tuple[str, ...]:
    return tuple(link.languages.split())


def language_for(request: HttpRequest, respondent: Respondent) -> str:
    among = offered(respondent.link)
    asked = (
        chosen(request, respondent.link),
        kept_choice(request, respondent),
        request.GET.get(LANGUAGE, ""),
        *_of_browser(request),
    )
    return next((code for one in asked for code in among if one and _fits(one, code)), among[0])


def language_on_arrival(request: HttpRequest, respondent: Respondent, *, before: str) -> str:
    """What to go on in on this device, where nothing was chosen on it: the language of what was saved `before`, else of
    the link; '' where it is the browser that decides, now and later."""
    among = offered(respondent.link)
    if len(among) == 1 or kept_choice(request, respondent):
        return ""
    return next((code for code in (before, request.GET.get(LANGUAGE, "")) if code in among), "")


def _of_browser(request: HttpRequest) -> Sequence[str]:
    return [code for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]


def _fits(asked: str, code: str) -> bool:
    """'de-at' is content with German, and 'en-us' with British English."""
    return asked == code or asked.partition("-")[0] == code.partition("-")[0]


def chosen(request: HttpRequest, link: Link) -> str:
    """What a button asks for, '' where none does."""
    code = request.POST.get("to", "").removeprefix(BUTTON)
    return code if request.POST.get("to", "").startswith(BUTTON) and code in offered(link) else ""


def remembering(request: HttpRequest, respondent: Respondent, response: HttpResponse) -> HttpResponse:
    """With what was just chosen kept on this device."""
    code = chosen(request, respondent.link)
    return keep_choice(response, respondent, code) if code else response


def choices(link: Link) -> list[Choice]:
    """What may be switched between; nothing where there is one language."""
    codes = offered(link)
    names = {code: own_name(code) for code in codes}
    return [Choice(code, names[code], code == get_language()) for code in codes] if len(codes) > 1 else []


def switch(request: HttpRequest, csrf_token: object) -> dict[str, Any]:
    """What the switch at the head of a page shows; no choices where the page is not a respondent's, or has one.

    The token may come unread: reading it sets a cookie.
    """
    found = getattr(request, "languages", None)
    if not found or request.resolver_match is None:
        return {"choices": ()}
    action = reverse("answering:language", args=[request.resolver_match.kwargs["survey"]])
    return {"choices": found, "action": action, "back": request.path, "csrf_token": csrf_token}


def own_name(code: str) -> str:
    """What a language is called in itself.

    >>> own_name("cy"), own_name("de"), own_name("en-gb")
    ('Cymraeg', 'Deutsch', 'English')
    """
    name = LANG_INFO.get(code.partition("-")[0], {}).get("name_local", code)
    return name[0].upper() + name[1:]


def is_unreviewed(workspace: Workspace) -> bool:
    """Whether what is read now is a machine's translation that nobody of the workspace has ticked off."""
    return is_translated() and not workspace.reviewed_translations.filter(language=get_language()).exists()


def is_translated() -> bool:
    """Whether the site's own words are read in a translation now."""
    return get_language() in languages()
