"""What the pages of a draft show beside their forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.words import Words
from diagnostics.checklists.drafting import is_of_model, model_wording
from diagnostics.checklists.effects import Effects, effects_of
from diagnostics.checklists.models import ChecklistDraft
from diagnostics.checklists.source import SPACES, IndicatorWords, Source
from diagnostics.checklists.translating import missing_in

FIRST_OTHER = settings.LANGUAGES[1][0]


@dataclass(frozen=True)
class Tab:
    key: str
    name: str
    url: str
    statements: int | None = None


@dataclass(frozen=True)
class AskedIn:
    """One box to tick: an indicator in a space."""

    space: str
    name: str
    is_asked: bool
    is_written: bool
    is_reworded: bool
    text: str


@dataclass(frozen=True)
class Row:
    indicator: IndicatorWords
    boxes: tuple[AskedIn, ...]
    is_own: bool
    is_first: bool
    is_last: bool

    @property
    def is_asked(self) -> bool:
        return any(box.is_asked for box in self.boxes)


def draft_context(draft: ChecklistDraft, source: Source, *, here: str) -> dict[str, Any]:
    effects = effects_of(source)
    tabs = list(_tabs(draft, source, effects))
    return {
        "draft": draft,
        "workspace": draft.workspace,
        "source": source,
        "tabs": tabs,
        "here": here,
        "effects": effects,
        "matrix": matrix(source, effects),
    }


def _tabs(draft: ChecklistDraft, source: Source, effects: Effects) -> Iterator[Tab]:
    at = draft.public_id
    yield Tab("what", _("What is asked"), reverse("checklists:draft", args=[at]))
    for one in source.conditions:
        asked = sum(count for (condition, _space), count in effects.counts.items() if condition == one.key)
        yield Tab(one.key, one.name, reverse("checklists:condition", args=[at, one.key]), asked)
    yield Tab("scale", _("Scale"), reverse("checklists:scale", args=[at]))
    yield Tab("questions", _("Questions and frames"), reverse("checklists:questions", args=[at]))
    yield Tab("languages", _("Languages"), reverse("checklists:languages", args=[at, FIRST_OTHER]))
    yield Tab("publish", _("Check and publish"), reverse("checklists:publish", args=[at]))


def matrix(source: Source, effects: Effects) -> list[dict[str, Any]]:
    """Condition by space, how many statements are asked."""
    names = {one.key: one.name for one in source.spaces}
    return [
        {
            "condition": one,
            "cells": [{"space": names[space], "count": effects.counts[one.key, space]} for space in SPACES],
        }
        for one in source.conditions
    ]


def translated(content: Mapping[str, Any]) -> list[tuple[str, Words, int]]:
    """(code, language, how many texts are read in the original there)."""
    return [(code, name, len(missing_in(content, code))) for code, name in settings.LANGUAGES[1:]]


def of_condition(source: Source, condition: str) -> dict[str, Any]:
    rows = source.of_condition(condition)
    names = {one.key: one.name for one in source.spaces}
    return {
        "condition": next(one for one in source.conditions if one.key == condition),
        "spaces": source.spaces,
        "was": " ".join(f"{one.key}.{space}" for one in rows for space in one.asked_in()),
        "rows": [
            Row(
                one,
                tuple(_box(one, space, names[space]) for space in SPACES),
                is_own=not is_of_model(one.key),
                is_first=number == 0,
                is_last=number == len(rows) - 1,
            )
            for number, one in enumerate(rows)
        ],
    }


def _box(one: IndicatorWords, space: str, name: str) -> AskedIn:
    worded, of_model = one.wordings.get(space), model_wording(one.key, space)
    is_reworded = bool(worded and of_model and worded.text != of_model.text)
    is_asked = bool(worded and worded.is_asked)
    return AskedIn(space, name, is_asked, worded is not None, is_reworded, worded.text if worded else "")
