"""One cell of a self-assessment, and how it is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from reports.scoring import CellKey, Level, Reason

ResultState = Literal["scored", "too_few_answers", "dont_know", "not_asked", "too_few_people"]


@dataclass(frozen=True, slots=True)
class ResultCell:
    """One person's score in one cell, as displayed, and what it rests on.

    >>> stored = {"condition": "task", "space": "self", "score": None, "level": None, "answered": 1, "asked": 7,
    ...           "dont_know": 2, "reason": "too_few_items"}
    >>> cell = ResultCell.from_stored(stored)
    >>> cell.key, cell.state, cell.stored() == stored
    (('task', 'self'), 'dont_know', True)
    """

    condition: str
    space: str
    score: float | None
    level: Level | None
    answered: int  # statements
    asked: int
    dont_know: int | None  # statements; None where they were not counted apart from what was left blank
    reason: Reason | None  # why there is no score

    @property
    def key(self) -> CellKey:
        return self.condition, self.space

    @property
    def state(self) -> ResultState:
        """Why a cell has no score: as `could_not_judge_person` tells it, where "don't know" was counted."""
        if not self.asked:
            return "not_asked"
        if self.score is not None:
            return "scored"
        if self.reason == "too_few_people":
            return "too_few_people"
        could_not_judge = self.dont_know is None or self.dont_know > 0
        return "dont_know" if could_not_judge else "too_few_answers"

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "ResultCell":
        return cls(
            condition=stored["condition"],
            space=stored["space"],
            score=stored["score"],
            level=stored["level"],
            answered=stored["answered"],
            asked=stored["asked"],
            dont_know=stored.get("dont_know"),
            reason=stored["reason"],
        )

    def stored(self) -> dict[str, Any]:
        return {
            "condition": self.condition,
            "space": self.space,
            "score": self.score,
            "level": self.level,
            "answered": self.answered,
            "asked": self.asked,
            "dont_know": self.dont_know,
            "reason": self.reason,
        }


def cells_from_stored(stored: Iterable[Mapping[str, Any]]) -> tuple[ResultCell, ...]:
    return tuple(map(ResultCell.from_stored, stored))
