"""What a slice says of one cell, in displayed values only, and how that is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Literal

from reports.publish.slices import Base, CellSums
from reports.scoring import (
    METHOD,
    Agreement,
    CellKey,
    Level,
    Method,
    agreement_word,
    display,
    has_two_camps,
    level,
    published_range,
    smoothed_sd,
    typical_sd,
)

End = Literal["low", "high"]  # of the scale
ShareWord = Literal["most", "half", "third", "fifth"]

LOW_END, HIGH_END = 1.5, 4.5  # what stands beyond them is not said where no ten stand behind it
SD_WHERE_VIEWS_DIFFER = 1.00
COULD_NOT_JUDGE: tuple[tuple[float, ShareWord], ...] = (  # from this share on
    (0.60, "most"),
    (0.42, "half"),
    (0.27, "third"),
    (0.20, "fifth"),
)


@dataclass(frozen=True, slots=True)
class CellFigures:
    """The figures of one cell that is shown; everything a reader or a finding may use."""

    n: int
    without: int  # groups of the slice that are hidden in this cell
    score: float  # as displayed; ends cut where no ten stand behind it
    end: End | None  # "low", "high": reads '≤ 1.5', '≥ 4.5'
    level: Level
    low: float  # of the likely range
    high: float
    is_pale: bool  # the range touches another level
    agreement: Agreement | None
    is_split: bool | None  # two camps; None where it may not be said
    views_differ: bool
    could_not_judge: ShareWord | None

    @property
    def is_of_tens(self) -> bool:
        """Whether they rest on a union of 10-atoms. Stored as this: only of those it is said whether there are two
        camps, and of those always."""
        return self.is_split is not None

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "CellFigures":
        return cls(
            n=stored["n"],
            without=stored["without"],
            score=stored["score"],
            end=stored["end"],
            level=stored["level"],
            low=stored["low"],
            high=stored["high"],
            is_pale=stored["pale"],
            agreement=stored["agreement"],
            is_split=stored["split"],
            views_differ=stored["views_differ"],
            could_not_judge=stored["could_not_judge"],
        )

    def stored(self) -> dict[str, Any]:
        return {
            "score": self.score,
            "end": self.end,
            "level": self.level,
            "low": self.low,
            "high": self.high,
            "pale": self.is_pale,
            "agreement": self.agreement,
            "split": self.is_split,
            "views_differ": self.views_differ,
            "could_not_judge": self.could_not_judge,
            "n": self.n,
            "without": self.without,
        }


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """One cell of one slice. Without figures too few people answered it.

    >>> hidden = {"condition": "task", "space": "team", "asked": 7, "state": "too_few_people", "score": None,
    ...           "level": None}
    >>> cell = PublishedCell.from_stored(hidden)
    >>> cell.key, cell.figures, cell.is_of_tens, cell.stored() == hidden
    (('task', 'team'), None, False, True)
    """

    condition: str
    space: str
    asked: int  # statements
    figures: CellFigures | None

    @property
    def key(self) -> CellKey:
        return self.condition, self.space

    @property
    def is_of_tens(self) -> bool:
        return self.figures is not None and self.figures.is_of_tens

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "PublishedCell":
        figures = CellFigures.from_stored(stored) if stored["state"] == "scored" else None
        return cls(stored["condition"], stored["space"], stored["asked"], figures)

    def stored(self) -> dict[str, Any]:
        head = {"condition": self.condition, "space": self.space, "asked": self.asked}
        if self.figures is None:
            return {**head, "state": "too_few_people", "score": None, "level": None}
        return {**head, "state": "scored", **self.figures.stored()}


def cell_figures(base: Base, sums: CellSums, *, sd: float, method: Method = METHOD) -> CellFigures:
    """The figures of a base that is shown; `sd`: that of its likely range. Source: method sheet, section 13.

    'Could not judge' is said only where the base is a union of 10-atoms, and then of everybody in the atoms shown: an
    atom in which the cell is hidden is left out of it as it is left out of the score.
    """
    score, end = displayed(sums.mean, base, method)
    agreement = _agreement(sums, method)
    low, high = published_range(score, base.n, sd=sd, method=method)
    is_split = bool(has_two_camps(base.n, sums.low, sums.high, method=method)) if base.is_of_tens else None
    word = level(score, method=method)
    return CellFigures(
        n=base.n,
        without=base.without,
        score=score,
        end=end,
        level=word,
        low=low,
        high=high,
        is_pale=level(low) != word or level(high) != word,
        agreement=agreement,
        is_split=is_split,
        views_differ=agreement == "wide" or bool(is_split),
        could_not_judge=_share_word(sums.dont_knows, method) if base.is_of_tens else None,
    )


def range_sd(base: Base, sums: CellSums, *, asked: int, method: Method = METHOD) -> float:
    """The SD that a likely range is made with; not published itself. `asked`: statements of the cell."""
    if base.is_of_tens:
        return smoothed_sd(sums.sd, base.n, asked=asked, method=method)
    return assumed_sd(asked, views_differ=_agreement(sums, method) == "wide", method=method)


def displayed(mean: float, base: Base, method: Method = METHOD) -> tuple[float, End | None]:
    """The mean as displayed, and which end it was cut to."""
    shown = display(mean, method=method)
    if base.is_of_tens:
        return shown, None
    if shown <= LOW_END + method.eps:
        return LOW_END, "low"
    return (HIGH_END, "high") if shown >= HIGH_END - method.eps else (shown, None)


def assumed_sd(asked: int, *, views_differ: bool, method: Method = METHOD) -> float:
    """A range made with the group's own SD would, with mean and two ends, give that SD away."""
    return SD_WHERE_VIEWS_DIFFER if views_differ else typical_sd(asked, method)


def _agreement(sums: CellSums, method: Method) -> Agreement | None:
    return agreement_word(None if isnan(sums.deviation) else sums.deviation, method)


def _share_word(share: float, method: Method) -> ShareWord | None:
    """Each word where it is the nearest: a fifth, a third, half, most."""
    return next((word for least, word in COULD_NOT_JUDGE if share >= least - method.eps), None)
