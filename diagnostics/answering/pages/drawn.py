"""Whole pages that say the same to nearly everybody who is asked: drawn once, and filled in for each.

What is kept is found by all that stands in the rows of the survey and its workspace, so that a change of either is seen
at once by every process. What differs between respondents is a part of the key where it is one of a few, and a slot
where it is their own: nothing of one reader stays in what is kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.identity import still
from core.requests import HtmxRequest
from diagnostics.answering import rows
from diagnostics.answering.languages import switch
from diagnostics.answering.respondents import Respondent
from diagnostics.questionnaire.cached import Part, Slot, in_parts, mark, put_together

KEPT = 100  # pages per process, of 10 to 30 kB
Key = tuple[Any, ...]

_kept: OrderedDict[Key, list[Part]] = OrderedDict()
_lock = Lock()


def drawn(
    template: str,
    respondent: Respondent,
    *also: Any,
    texts: Mapping[str, str],
    parts: Mapping[str, str],
    context: Callable[[], dict],
) -> SafeString:
    """`also`: on what of a respondent the page depends besides, each of few values; `texts` are escaped, `parts` HTML.

    `context` makes what the template needs apart from both; it is called once for each key.
    """
    wording = rows.wording(respondent.link.survey_id)
    empty = tuple(name for name, text in texts.items() if not text)
    key = (template, get_language(), still.why_still(within=still.LATELY), wording, empty, *also)
    found = _known(key)
    if found is None:
        slots = {name: mark(name) for name in (*texts, *parts)} | dict.fromkeys(empty, "")
        found = _keep(key, in_parts(render_to_string(template, context() | slots)))
    values: dict[Slot, str] = {(name,): escape(text) for name, text in texts.items()}
    return put_together(found, values | {(name,): html for name, html in parts.items()})


def frame_parts(request: HtmxRequest) -> tuple[dict[str, str], dict[str, str]]:
    """The texts and the parts that every page beside the rating has."""
    token = get_token(request)
    return {"csrf_token": token}, {"languages": _languages(request, token)}


def _languages(request: HtmxRequest, token: str) -> str:
    context = switch(request, token)
    return render_to_string("answering/switch.html", context) if context["choices"] else ""


def _known(key: Key) -> list[Part] | None:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: Key, parts: list[Part]) -> list[Part]:
    with _lock:
        _kept[key] = parts
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    return parts
