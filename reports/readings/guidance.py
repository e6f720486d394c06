"""The texts that help to read results, and the model's own words about itself, from `fixtures/model`.

Files are read once per process, everything given out is frozen. Results of the model 1.0 keep its texts by cell; those
of 2.0 have texts by indicator, and a sentence for each level, in the language of the moment where it is translated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, overload

from django.utils.translation import get_language

from diagnostics.instrument.sources import CURRENT, FIRST, FOLDER, written
from diagnostics.questionnaire.questionnaire import Statement
from reports.scoring import CellKey


@dataclass(frozen=True)
class CellTexts:
    """Of 1.0: what a low, middle or high score in one condition and space may mean, and three questions."""

    condition: str
    space: str
    low: str
    middle: str
    high: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class CellGuidance:
    """Of 2.0: what is asked in one condition and space, which claims nothing of a result, and three questions."""

    condition: str
    space: str
    about: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorGuidance:
    """What may be said of one indicator where it was asked and answered, and what can be done about it.

    Self has a pair of texts and questions of its own; the others serve team, organisation, system and the 360.
    """

    key: str
    topic: str  # completes "This rests on …"
    if_low: str
    if_high: str
    if_low_self: str
    if_high_self: str
    questions_self: tuple[str, ...]
    questions_group: tuple[str, ...]
    first_step: str
    interventions: tuple[str, ...]  # keys, the likeliest first


@dataclass(frozen=True)
class Band:
    """What a level says of the answers. `below` is None for the highest."""

    key: str  # a level of the scoring method
    label: str
    from_: float
    below: float | None
    meaning: str


@dataclass(frozen=True)
class Principle:
    """One of the model owner's principles for developing leadership."""

    key: str
    title: str
    meaning: str
    implies: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    name: str
    version: str
    short_description: str
    purpose: tuple[str, ...]
    starting_idea: str
    how_to_read: tuple[str, ...]


@overload
def cells(version: Literal["1.0"]) -> Mapping[CellKey, CellTexts]: ...
@overload
def cells(version: Literal["2.0"] = ...) -> Mapping[CellKey, CellGuidance]: ...
@overload
def cells(version: str) -> Mapping[CellKey, CellTexts | CellGuidance]: ...
def cells(version: str = CURRENT) -> Mapping[CellKey, CellTexts | CellGuidance]:
    """(condition, space) → what a version of the model says of the cell, in model order. Raises FileNotFoundError.

    >>> cells("1.0")["energy", "team"].questions == cells("2.0")["energy", "team"].questions
    True
    """
    if version == FIRST:
        return _cells(FIRST, "", CellTexts)
    return _cells(version, _language(), CellGuidance)


@lru_cache
def _cells(
    version: str, language: str, kind: type[CellTexts | CellGuidance]
) -> Mapping[CellKey, CellTexts | CellGuidance]:
    rows = written(version, "guidance.yaml")["cells"]
    said = (
        [{**row, **other} for row, other in zip(rows, _translated(language)["cells"], strict=True)]
        if language
        else rows
    )
    return {(row["condition"], row["space"]): kind(**row) for row in map(_without_lists, said)}


def _language() -> str:
    """That of the moment where the guidance is translated into it, else '' for the model's own."""
    language = get_language() or ""
    return language if language in _languages() else ""


@lru_cache
def _languages() -> frozenset[str]:
    return frozenset(path.stem for path in (FOLDER / CURRENT / "translations" / "guidance").glob("*.yaml"))


def _translated(language: str) -> dict[str, Any]:
    return written(CURRENT, f"translations/guidance/{language}.yaml")


def cell(condition: str, space: str) -> CellGuidance:
    """Of the current model. Raises KeyError where it has no such cell.

    >>> cell("task", "self").questions[0]
    'In one sentence, what are you here to do just now, and who is it for?'
    """
    return cells()[condition, space]


def indicators() -> Mapping[str, IndicatorGuidance]:
    """Key → what the current model says of the indicator, in model order."""
    return _indicators(_language())


@lru_cache
def _indicators(language: str) -> Mapping[str, IndicatorGuidance]:
    topics = {row["key"]: row["topic"] for row in written(CURRENT, "trace_model.yaml")["indicators"]}
    rows = written(CURRENT, "guidance.yaml")["indicators"]
    if language:
        said = _translated(language)["indicators"]
        rows = {key: {**row, **said[key]} for key, row in rows.items()}
        topics = {
            key: words["topic"]
            for key, words in written(CURRENT, f"translations/{language}.yaml")["indicators"].items()
        }
    return {key: _indicator(key, topics[key], row) for key, row in rows.items()}


def _indicator(key: str, topic: str, row: dict[str, Any]) -> IndicatorGuidance:
    questions = _without_lists(row["questions"])
    others = {name: value for name, value in _without_lists(row).items() if name != "questions"}
    return IndicatorGuidance(
        key=key, topic=topic, questions_self=questions["self"], questions_group=questions["group"], **others
    )


def indicator(key: str) -> IndicatorGuidance:
    """Raises KeyError where the model has no such indicator.

    >>> indicator("T4").topic
    'clear goals for the work'
    """
    return indicators()[key]


def topic_of(statement: Statement) -> str:
    """What it is about, to complete "This rests on …": as the model says it, or whoever wrote the statement."""
    return indicator(statement.key.partition(".")[0]).topic if statement.is_of_model else statement.topic


def bands() -> tuple[Band, ...]:
    """From the lowest level to the highest."""
    return _bands(_language())


@lru_cache
def _bands(language: str) -> tuple[Band, ...]:
    said = _translated(language)["bands"] if language else {}
    rows = ({**row, **said.get(row["key"], {})} for row in written(CURRENT, "guidance.yaml")["bands"]["points"])
    return tuple(Band(row["key"], row["label"], row["from"], row["below"], row["meaning"]) for row in rows)


def level_text(level: str) -> str:
    """The sentence for a level. Raises KeyError for what is none.

    >>> level_text("partly")
    'Taken together, the answers lie around the middle, neither a clear yes nor a clear no.'
    """
    return {band.key: band.meaning for band in bands()}[level]


_OF_FIRST = {"not_yet": "low", "partly": "low", "mostly": "middle", "firmly": "high"}  # level → the text it reads


def level_texts(version: str, condition: str, space: str) -> dict[str, str]:
    """Level → what it may mean in a cell: a text of the cell's own in 1.0, since then a sentence of the level's.

    >>> level_texts("1.0", "task", "team")["partly"] == cells("1.0")["task", "team"].low
    True
    """
    if version == FIRST:
        said = cells(FIRST)[condition, space]
        return {level: getattr(said, name) for level, name in _OF_FIRST.items()}
    return {band.key: band.meaning for band in bands()}


def reading_notes() -> tuple[str, ...]:
    language = _language()
    return tuple((_translated(language) if language else written(CURRENT, "guidance.yaml"))["reading_notes"])


@lru_cache
def approach() -> tuple[Principle, ...]:
    rows = sorted(written(CURRENT, "guidance.yaml")["approach"], key=lambda row: row["order"])
    return tuple(Principle(row["key"], row["title"], row["meaning"], tuple(row["implies"])) for row in rows)


@lru_cache
def model() -> Model:
    row = _without_lists(written(CURRENT, "trace_model.yaml")["model"])
    return Model(**{name: row[name] for name in Model.__dataclass_fields__})


def _without_lists(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
