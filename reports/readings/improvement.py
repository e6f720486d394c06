"""From a finding to something done: causes and how to tell them apart, actions, talks, from `fixtures/model`.

Files are read once per process, everything given out is frozen, in the language of the moment where it is translated:
`translations/improvement` holds, by section and key, the words that differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from django.utils.translation import get_language

from diagnostics.instrument.sources import CURRENT, FOLDER, written

Effort = str  # hours, days, weeks: what it takes to begin and do it once


@dataclass(frozen=True)
class RootCause:
    key: str  # direction, capability, environment, accountability, motivation
    name: str
    meaning: str
    may_look_like: tuple[str, ...]
    diagnostic_questions: tuple[str, ...]
    how_to_tell_it_apart: str
    summary: str  # of what helps
    primary: tuple[str, ...]  # actions that answer it
    secondary: tuple[str, ...]  # and those that go with them


@dataclass(frozen=True)
class SortingQuestion:
    """One of five, to be asked in this order: the first 'no' says where to begin."""

    key: str  # the root cause it asks about
    ask: str
    if_no: str


@dataclass(frozen=True)
class Action:
    """Something to do: the model calls it an intervention."""

    key: str
    title: str
    description: str
    first_step: str
    measure: str  # how one would notice
    conditions: tuple[str, ...]  # the main one first
    spaces: tuple[str, ...]
    indicators: tuple[str, ...]
    root_causes: tuple[str, ...]
    people: tuple[str, ...]  # in whose company: keys of `companies`
    effort: Effort
    origin: str
    success_sign: tuple[str, ...]  # indicators to be asked about again
    review_after_days: int


@dataclass(frozen=True)
class TimeScale:
    """How long a change takes to be seen."""

    key: str  # days, weeks, months, years
    title: str
    text: str
    from_days: int
    to_days: int
    first_look_days: int
    too_soon: str
    too_brief: str


@dataclass(frozen=True)
class TeamProblem:
    key: str
    title: str
    text: str
    signs: tuple[str, ...]
    first_question: str
    root_causes: tuple[str, ...]
    spaces: tuple[str, ...]
    indicators: tuple[str, ...]
    interventions: tuple[str, ...]


@dataclass(frozen=True)
class Caution:
    key: str
    title: str
    text: str
    spaces: tuple[str, ...]
    root_causes: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """One of five of the cycle from finding out to keeping what helped."""

    key: str
    title: str
    text: str
    do: tuple[str, ...]
    ask: tuple[str, ...]
    ready_when: str
    watch_out: str


@dataclass(frozen=True)
class Talk:
    """How to hold a talk between two people about the work of one of them."""

    before: tuple[str, ...]
    during: tuple[str, ...]
    after: tuple[str, ...]
    mistakes: tuple[str, ...]
    opening: str = ""
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class Situation:
    """A moment and never a kind of person: for reading, never stored of anybody nor offered from answers."""

    key: str
    title: str
    text: str
    signs: tuple[str, ...]
    approach: tuple[str, ...]
    avoid: str
    talk: Talk


@dataclass(frozen=True)
class IfNoChange:
    key: str
    title: str
    text: str
    if_not: str


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


Entry = TypeVar("Entry", bound=_Keyed)

SCALE_OF_EFFORT = {"hours": "days", "days": "weeks", "weeks": "months"}  # effort of an action → its time scale


def sorting_questions() -> Mapping[str, SortingQuestion]:
    """Root cause → its question, in the order in which they are asked."""
    return _sorting_questions(_language())


def root_causes() -> Mapping[str, RootCause]:
    return _root_causes(_language())


def actions() -> Mapping[str, Action]:
    """By key, in model order."""
    return _entries("guidance.yaml", "interventions", Action, _language())


def action(key: str) -> Action:
    """Raises KeyError where the model has no such action.

    >>> action("task-talk").title
    'Three-question task talk'
    """
    return actions()[key]


def companies() -> Mapping[str, str]:
    """In whose company something can be done: key → 'On your own'."""
    return _companies(_language())


def time_scales() -> Mapping[str, TimeScale]:
    return _entries("improvement.yaml", "time_scales", TimeScale, _language())


def time_scale_of(one: Action) -> TimeScale:
    """How long the change takes that it makes.

    >>> time_scale_of(action("task-talk")).key
    'days'
    """
    return time_scales()[SCALE_OF_EFFORT[one.effort]]


def team_problems() -> Mapping[str, TeamProblem]:
    return _entries("improvement.yaml", "team_problems", TeamProblem, _language())


def cautions() -> Mapping[str, Caution]:
    return _entries("improvement.yaml", "cautions", Caution, _language())


def stages() -> Mapping[str, Stage]:
    return _entries("improvement.yaml", "cycle", Stage, _language())


def if_no_change() -> Mapping[str, IfNoChange]:
    return _entries("improvement.yaml", "if_no_change", IfNoChange, _language())


def situations() -> Mapping[str, Situation]:
    return _situations(_language())


def talk() -> Talk:
    """What holds of every talk about how the work is going."""
    return _talk(_language())


@lru_cache
def _sorting_questions(language: str) -> Mapping[str, SortingQuestion]:
    rows = [{**row, "key": row["root_cause"]} for row in written(CURRENT, "guidance.yaml")["sorting_questions"]]
    return _frozen(_said("sorting_questions", rows, language), SortingQuestion)


@lru_cache
def _root_causes(language: str) -> Mapping[str, RootCause]:
    rows = [
        {
            **row,
            "summary": row["primary"]["summary"],
            "primary": row["primary"]["interventions"],
            "secondary": row["secondary"]["interventions"],
        }
        for row in written(CURRENT, "guidance.yaml")["root_causes"]
    ]
    return _frozen(_said("root_causes", rows, language), RootCause)


@lru_cache
def _companies(language: str) -> Mapping[str, str]:
    rows = _said("people", written(CURRENT, "guidance.yaml")["people"], language)
    return {row["key"]: row["label"] for row in rows}


@lru_cache
def _situations(language: str) -> Mapping[str, Situation]:
    rows = _said("situations", written(CURRENT, "improvement.yaml")["situations"], language)
    return _frozen([{**row, "talk": _one(row["conversation"], Talk)} for row in rows], Situation)


@lru_cache
def _talk(language: str) -> Talk:
    return _one(_said("conversation", [written(CURRENT, "improvement.yaml")["conversation"]], language)[0], Talk)


@lru_cache
def _entries(file: str, section: str, kind: type[Entry], language: str) -> Mapping[str, Entry]:
    return _frozen(_said(section, written(CURRENT, file)[section], language), kind)


def _frozen(rows: list[dict[str, Any]], kind: type[Entry]) -> Mapping[str, Entry]:
    return {row["key"]: _one(row, kind) for row in rows}


def _one(row: dict[str, Any], kind: type) -> Any:
    """The fields that `kind` has; lists become tuples."""
    known = {field.name for field in fields(kind)}
    return kind(
        **{name: tuple(said) if isinstance(said, list) else said for name, said in row.items() if name in known}
    )


def _said(section: str, rows: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    if not language:
        return rows
    other = written(CURRENT, f"translations/improvement/{language}.yaml")[section]
    return [{**row, **other[row["key"]]} for row in rows]


def _language() -> str:
    """That of the moment where these texts are translated into it, else '' for the model's own."""
    language = get_language() or ""
    return language if language in _languages() else ""


@lru_cache
def _languages() -> frozenset[str]:
    return frozenset(path.stem for path in (FOLDER / CURRENT / "translations" / "improvement").glob("*.yaml"))
