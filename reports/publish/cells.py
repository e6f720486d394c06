"""What a slice says of one cell, in displayed values only."""

from dataclasses import dataclass
from math import isnan
from typing import Any

from reports.publish.slices import Base, CellSums
from reports.scoring import (
    METHOD,
    Agreement,
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

LOW_END, HIGH_END = 1.5, 4.5  # what stands beyond them is not told where no ten stand behind it
SD_WHERE_VIEWS_DIFFER = 1.00
COULD_NOT_JUDGE = ((0.60, "most"), (0.42, "half"), (0.27, "third"), (0.20, "fifth"))  # from this share on


@dataclass(frozen=True)
class CellFigures:
    """One cell of one slice; everything a reader or a finding may use."""

    n: int
    without: int
    score: float  # as displayed; ends cut where no ten stand behind it
    end: str | None  # "low", "high": reads '≤ 1.5', '≥ 4.5'
    level: Level
    low: float
    high: float
    range_sd: float  # of the published range
    agreement: Agreement | None
    is_split: bool | None  # None where it may not be told
    could_not_judge: str | None

    @property
    def views_differ(self) -> bool:
        return self.agreement == "wide" or bool(self.is_split)

    @property
    def is_pale(self) -> bool:
        """The range touches another level."""
        return level(self.low) != self.level or level(self.high) != self.level

    def content(self) -> dict[str, Any]:
        return {
            "state": "scored",
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


def cell_figures(base: Base, sums: CellSums, *, asked: int, method: Method = METHOD) -> CellFigures:
    """The figures of a base that is shown; `asked`: statements of the cell. Source: method sheet, section 13.

    'Could not judge' is told only where the base is a union of 10-atoms, and then of everybody in the atoms shown: an
    atom in which the cell is hidden is left out of it as it is left out of the score.
    """
    score, end = displayed(sums.mean, base, method)
    agreement = agreement_word(None if isnan(sums.deviation) else sums.deviation, method)
    sd = smoothed_sd(sums.sd, base.n, asked=asked, method=method)
    if not base.is_of_tens:
        sd = assumed_sd(agreement, asked, method)
    low, high = published_range(score, base.n, sd=sd, method=method)
    return CellFigures(
        n=base.n,
        without=base.without,
        score=score,
        end=end,
        level=level(score, method=method),
        low=low,
        high=high,
        range_sd=sd,
        agreement=agreement,
        is_split=has_two_camps(base.n, sums.low, sums.high, method=method) if base.is_of_tens else None,
        could_not_judge=_share_word(sums.dont_knows, method) if base.is_of_tens else None,
    )


def displayed(mean: float, base: Base, method: Method = METHOD) -> tuple[float, str | None]:
    """The mean as displayed, and which end it was cut to."""
    shown = display(mean, method=method)
    if base.is_of_tens:
        return shown, None
    if shown <= LOW_END + method.eps:
        return LOW_END, "low"
    return (HIGH_END, "high") if shown >= HIGH_END - method.eps else (shown, None)


def assumed_sd(agreement: Agreement | None, asked: int, method: Method = METHOD) -> float:
    """A range made with the group's own SD would, with mean and two ends, give that SD away."""
    return SD_WHERE_VIEWS_DIFFER if agreement == "wide" else typical_sd(asked, method)


def _share_word(share: float, method: Method) -> str | None:
    """Each word where it is the nearest: a fifth, a third, half, most."""
    return next((word for least, word in COULD_NOT_JUDGE if share >= least - method.eps), None)
