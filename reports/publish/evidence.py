"""Figures on the instrument itself, as a survey's ledger keeps them: `reports.publish.instrument` works them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StatementEvidence:
    """One statement. `rest`: how it goes with the others of its cell, from −1 to 1; shares in whole 5 %, None untold.

    >>> stored = {"key": "T1", "rest": 0.41, "dont_know": 20, "floor": None, "ceiling": 55}
    >>> StatementEvidence.from_stored(stored).stored() == stored
    True
    """

    key: str
    rest: float | None
    dont_know: int | None
    floor: int | None  # gave the lowest rating
    ceiling: int | None  # gave the highest

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "StatementEvidence":
        return cls(stored["key"], stored["rest"], stored["dont_know"], stored["floor"], stored["ceiling"])

    def stored(self) -> dict[str, Any]:
        ends = {"dont_know": self.dont_know, "floor": self.floor, "ceiling": self.ceiling}
        return {"key": self.key, "rest": self.rest, **ends}


@dataclass(frozen=True, slots=True)
class CellEvidence:
    """One cell and its statements. `n`: who rated all of them, in tens; None where those are fewer than thirty.

    >>> stored = {"condition": "task", "space": "team", "n": 80, "alpha": 0.81, "low": 0.74, "high": 0.87,
    ...           "statements": []}
    >>> CellEvidence.from_stored(stored).stored() == stored
    True
    """

    condition: str
    space: str
    n: int | None
    alpha: float | None
    low: float | None  # of its interval
    high: float | None
    statements: tuple[StatementEvidence, ...]

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "CellEvidence":
        statements = tuple(map(StatementEvidence.from_stored, stored["statements"]))
        head = (stored["condition"], stored["space"])
        return cls(*head, stored["n"], stored["alpha"], stored["low"], stored["high"], statements)

    def stored(self) -> dict[str, Any]:
        head = {"condition": self.condition, "space": self.space, "n": self.n}
        figures = {"alpha": self.alpha, "low": self.low, "high": self.high}
        return {**head, **figures, "statements": [one.stored() for one in self.statements]}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Cells in model order."""

    cells: tuple[CellEvidence, ...]

    @classmethod
    def from_stored(cls, stored: Sequence[Mapping[str, Any]]) -> "Evidence":
        return cls(tuple(map(CellEvidence.from_stored, stored)))

    def stored(self) -> list[dict[str, Any]]:
        return [cell.stored() for cell in self.cells]
