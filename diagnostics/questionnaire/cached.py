"""Templates that are drawn once, with marks where something of one reader's goes, and filled in for each of them.

The text between two marks is kept with the questionnaire. Nothing of a request is at hand when a template is drawn, so
that nothing of one reader can stay in it.
"""

import re
from collections.abc import Callable, Mapping

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from diagnostics.questionnaire.questionnaire import Questionnaire

_MARK = re.compile("\x00([^\x00]+)\x00")  # NUL stands in no checklist: PostgreSQL would refuse it
Slot = tuple[str, ...]  # ("checked", statement, "4"), ("comment", question), …


def mark(*slot: str) -> str:
    return "\x00" + "\x1f".join(slot) + "\x00"


def filled(
    template: str,
    questionnaire: Questionnaire,
    condition: str,
    values: Mapping[Slot, str],
    *,
    marked: Callable[[Questionnaire, str], dict],
) -> SafeString:
    """The template's page of one condition. `values` are HTML; `marked` makes the context to draw it with."""
    key = (template, get_language() or "", condition)
    if key not in questionnaire.drawings:
        questionnaire.drawings[key] = in_parts(render_to_string(template, marked(questionnaire, condition)))
    return put_together(questionnaire.drawings[key], values)


Part = str | Slot


def in_parts(drawn: str) -> list[Part]:
    """The text and the slots of what was drawn with marks, in turn."""
    return [tuple(part.split("\x1f")) if place % 2 else part for place, part in enumerate(_MARK.split(drawn))]


def put_together(parts: list[Part], values: Mapping[Slot, str]) -> SafeString:
    text = "".join([part if isinstance(part, str) else values.get(part, "") for part in parts])
    return mark_safe(text)  # noqa: S308 — the text comes from our templates, the values are escaped by who gives them
