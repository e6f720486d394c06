"""Shares of answers: favourable, neutral, unfavourable, and whole percentages that add up to 100."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.scoring.method import Reason


@dataclass(frozen=True)
class Favourable:
    """Counts of valid answers to a statement, or pooled over a cell; shares are of `n`, None without any."""

    favourable: int  # 4 or 5
    neutral: int  # 3
    unfavourable: int  # 1 or 2
    n: int
    share: float | None
    percentages: tuple[int, int, int] | None  # favourable, neutral, unfavourable: add up to 100
    reason: Reason | None = None


def favourable(answers: pd.DataFrame | pd.Series) -> Favourable:
    """How many of the valid answers were a 4 or 5.

    `answers`: DataFrame or Series of 1–5 or NaN; the answers of all columns are pooled ('share of answers'). No valid
    answer gives the reason `too_few_people`. Source: method sheet, section 3.

    >>> favourable(pd.Series([5, 4, 3, 2, None])).percentages
    (50, 25, 25)
    """
    valid = answers.to_numpy(dtype=np.float64).ravel()
    valid = valid[~np.isnan(valid)]
    counts = (int((valid >= 4).sum()), int((valid == 3).sum()), int((valid <= 2).sum()))
    n = sum(counts)
    if n == 0:
        return Favourable(0, 0, 0, 0, None, None, "too_few_people")
    first, second, third = whole_percentages(counts)
    return Favourable(*counts, n, counts[0] / n, (first, second, third))


def whole_percentages(counts: Sequence[int]) -> tuple[int, ...]:
    """Counts as whole percentages that add up to 100, by largest remainder; ties go to the earlier.

    >>> whole_percentages([1, 1, 1]), whole_percentages([2, 0, 4])
    ((34, 33, 33), (33, 0, 67))
    """
    total = sum(counts)
    floors = [100 * count // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda i: (-(100 * counts[i] % total), i))
    raised = set(by_remainder[: 100 - sum(floors)])
    return tuple(floor + (i in raised) for i, floor in enumerate(floors))
