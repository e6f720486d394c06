"""The texts that help to read results, and the model's own words about itself, from `fixtures/model`.

Pure: files are read once per process, everything given out is frozen.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from reports.scoring import CellKey

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "model"


@dataclass(frozen=True)
class CellGuidance:
    """What a low, middle or high score in one condition and space may mean, and three questions to talk about."""

    condition: str
    space: str
    low: str
    middle: str
    high: str
    questions: tuple[str, ...]


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


@lru_cache
def cells() -> dict[CellKey, CellGuidance]:
    """(condition, space) → CellGuidance, in model order."""
    rows = (_without_lists(row) for row in _source("guidance.yaml")["cells"])
    return {(row["condition"], row["space"]): CellGuidance(**row) for row in rows}


def cell(condition: str, space: str) -> CellGuidance:
    """Raises KeyError where the model has no such cell.

    >>> cell("task", "self").questions[1]
    'When did you last explain why a task mattered, and what did people do with that?'
    """
    return cells()[condition, space]


@lru_cache
def reading_notes() -> tuple[str, ...]:
    return tuple(_source("guidance.yaml")["reading_notes"])


@lru_cache
def approach() -> tuple[Principle, ...]:
    rows = sorted(_source("guidance.yaml")["approach"], key=lambda row: row["order"])
    return tuple(Principle(row["key"], row["title"], row["meaning"], tuple(row["implies"])) for row in rows)


@lru_cache
def model() -> Model:
    row = _without_lists(_source("trace_model.yaml")["model"])
    return Model(**{name: row[name] for name in Model.__dataclass_fields__})


@lru_cache
def _source(name: str) -> dict[str, Any]:
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.CSafeLoader)


def _without_lists(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
