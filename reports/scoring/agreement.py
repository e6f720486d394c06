"""How much the people of one group see a cell alike: the average deviation, its words, and two camps."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from reports.scoring.method import METHOD, Method, Reason

Agreement = Literal["close", "some_spread", "wide"]
RATINGS = np.arange(1, 6)


@dataclass(frozen=True)
class Deviation:
    """The average deviation of a cell, in rating points."""

    value: float | None
    items: int  # statements it rests on
    reason: Reason | None = None


def ad_m(answers: pd.DataFrame, *, asked: int | None = None, method: Method = METHOD) -> Deviation:
    """AD_M(J): per statement the mean distance from its mean, averaged over the statements.

    `answers`: DataFrame, one row per respondent, columns = the statements of one cell, 1–5 or NaN. A statement needs
    two valid answers; the index needs at least half of the `asked` statements (all columns by default), else the
    reason is `too_few_items`; `too_few_people` when no statement has two answers. In rating points, so a lay reader
    can follow it. Source: Burke, Finkelstein & Dusig (1999); at most 0.8 is acceptable (Burke & Dunlap 2002).

    >>> round(ad_m(pd.DataFrame({"T1": [4, 4, 2], "T2": [3, 5, None]})).value, 4)
    0.9444
    """
    counts = np.stack([(answers == rating).to_numpy().sum(axis=0) for rating in RATINGS], axis=1)
    items = int((counts.sum(axis=1) >= 2).sum())
    value = float(ad_m_of_counts(counts, asked=asked, method=method))
    if items == 0:
        return Deviation(None, 0, "too_few_people")
    return Deviation(None, items, "too_few_items") if np.isnan(value) else Deviation(value, items)


def ad_m_of_counts(
    counts: npt.NDArray[np.int64], *, asked: int | None = None, method: Method = METHOD
) -> npt.NDArray[np.float64]:
    """AD_M(J) of many groups at once, as `ad_m`; NaN where that gives a reason.

    `counts`: how many gave each rating, (…, statements, 5). Where one item holds n answers, its deviation is
    Σ c·|v − M| / n (method sheet, section 13).

    >>> round(float(ad_m_of_counts(np.array([[0, 1, 0, 2, 0], [0, 0, 1, 0, 1]]))), 4)
    0.9444
    """
    n = counts.sum(axis=-1)
    means = (counts * RATINGS).sum(axis=-1) / np.maximum(n, 1)
    distances = np.abs(RATINGS - means[..., np.newaxis])
    deviations = np.where(n >= 2, (counts * distances).sum(axis=-1) / np.maximum(n, 1), 0.0)
    items = (n >= 2).sum(axis=-1)
    enough = (items > 0) & (items + method.eps >= method.min_share * (asked or counts.shape[-2]))
    value: npt.NDArray[np.float64] = np.where(enough, deviations.sum(axis=-1) / np.maximum(items, 1), np.nan)
    return value


def agreement_word(deviation: float | None, method: Method = METHOD) -> Agreement | None:
    """`close` up to 0.50, `some_spread` up to 0.80, `wide` beyond; None without a deviation.

    >>> agreement_word(0.534048), agreement_word(0.8), agreement_word(0.81)
    ('some_spread', 'some_spread', 'wide')
    """
    if deviation is None:
        return None
    if deviation <= method.ad_close + method.eps:
        return "close"
    return "some_spread" if deviation <= method.ad_wide + method.eps else "wide"


def is_split(scores: Sequence[float | None], *, method: Method = METHOD) -> bool | None:
    """Whether a group falls into two camps: many low, many high, hardly anyone in between.

    `scores`: condition scores of one cell, one per person. Needs eight scores, else None. Low is below the first level
    border, high at or above the second; each camp needs a quarter of the people (two at least), and those between
    must be fewer than either. Source: method sheet, section 4.

    >>> is_split([1.5, 1.8, 2.0, 2.2, 4.0, 4.2, 4.4, 4.8]), is_split([3, 3, 3, 3, 3, 3, 3, 3]), is_split([1, 5])
    (True, False, None)
    """
    values = np.array([score for score in scores if score is not None], dtype=np.float64)
    low, high = camps(values, method)
    return has_two_camps(len(values), int(low.sum()), int(high.sum()), method=method)


def camps(
    scores: npt.NDArray[np.float64], method: Method = METHOD
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whose score is low, and whose is high; NaN is neither."""
    return scores < method.bands[0] - method.eps, scores >= method.bands[1] - method.eps


def has_two_camps(n: int, low: int, high: int, *, method: Method = METHOD) -> bool | None:
    """`is_split` from counts: of `n` people, how many are low and how many high.

    >>> has_two_camps(8, 4, 4), has_two_camps(8, 3, 3), has_two_camps(7, 3, 4)
    (True, True, None)
    """
    if n < method.split_people:
        return None
    camp = max(2, ceil(method.split_share * n - method.eps))
    return low >= camp and high >= camp and n - low - high < min(low, high)
