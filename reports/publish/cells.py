"""What a slice says of one cell, in displayed values only."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from reports.publish.partitioned import Base, Positions
from reports.scoring import (
    METHOD,
    Agreement,
    Method,
    ad_m,
    agreement_word,
    display,
    group_score,
    is_split,
    level,
    published_range,
    typical_sd,
)

LOW_END, HIGH_END = 1.5, 4.5  # what stands beyond them is not told where no ten stand behind it
SD_WHERE_VIEWS_DIFFER = 1.00
COULD_NOT_JUDGE = ((0.60, "most"), (0.43, "half"), (0.30, "third"), (0.20, "fifth"))  # least share, word


@dataclass(frozen=True)
class CellFigures:
    """One cell of one slice; everything a reader or a finding may use."""

    base: Base
    asked: int
    score: float  # as displayed; ends cut where no ten stand behind it
    end: str | None  # "low", "high": reads '≤ 1.5', '≥ 4.5'
    level: str
    low: float
    high: float
    range_sd: float  # of the published range
    agreement: Agreement | None
    is_split: bool
    could_not_judge: str | None

    @property
    def views_differ(self) -> bool:
        return self.agreement == "wide" or self.is_split

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
            "n": self.base.n,
            "without": self.base.without,
        }


def cell_figures(
    base: Base,
    *,
    scores: npt.NDArray[np.float64],
    ratings: pd.DataFrame,
    dont_knows: pd.DataFrame,
    judges: Positions,
    method: Method = METHOD,
) -> CellFigures:
    """The figures of a base that is shown.

    `scores`: condition scores by position; `ratings` and `dont_knows`: the cell's statements by position; `judges`:
    all people of the slice's 10-atoms shown in the cell, whether or not they could judge it.
    """
    asked = ratings.shape[1]
    group = group_score(scores[base.positions].tolist(), asked=asked, method=method)
    assert group.mean is not None and group.smoothed_sd is not None  # noqa: S101, PT018 (a shown base has people)
    score, end = displayed(group.mean, base, method)
    agreement = agreement_word(ad_m(ratings.iloc[base.positions], asked=asked, method=method).value, method)
    split = base.is_of_tens and bool(is_split(scores[base.positions].tolist(), method=method))
    sd = group.smoothed_sd if base.is_of_tens else _assumed_sd(agreement, asked, method)
    low, high = published_range(score, base.n, sd=sd, method=method)
    return CellFigures(
        base, asked, score, end, level(score, method=method), low, high, sd, agreement, split,
        _could_not_judge(ratings, dont_knows, judges),
    )  # fmt: skip


def displayed(mean: float, base: Base, method: Method = METHOD) -> tuple[float, str | None]:
    """The mean as displayed, and which end it was cut to."""
    shown = display(mean, method=method)
    if base.is_of_tens:
        return shown, None
    if shown <= LOW_END + method.eps:
        return LOW_END, "low"
    return (HIGH_END, "high") if shown >= HIGH_END - method.eps else (shown, None)


def _assumed_sd(agreement: Agreement | None, asked: int, method: Method) -> float:
    """A range made with the group's own SD would, with mean and two ends, give that SD away."""
    return SD_WHERE_VIEWS_DIFFER if agreement == "wide" else typical_sd(asked, method)


def _could_not_judge(ratings: pd.DataFrame, dont_knows: pd.DataFrame, judges: Positions) -> str | None:
    said = int(dont_knows.iloc[judges].to_numpy().sum())
    rated = int(ratings.iloc[judges].notna().to_numpy().sum())
    share = said / (said + rated) if said + rated else 0.0
    return next((word for least, word in COULD_NOT_JUDGE if share >= least), None)
