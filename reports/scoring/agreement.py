"""How much the people of one group see a cell alike: the average deviation, its words, and two camps."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
import pandas as pd

from reports.scoring.method import METHOD, Method, Reason

Agreement = Literal["close", "some_spread", "wide"]


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
    items = [column.dropna().to_numpy(dtype=np.float64) for _, column in answers.items()]
    deviations = [float(np.abs(item - item.mean()).mean()) for item in items if len(item) >= 2]
    if not deviations:
        return Deviation(None, 0, "too_few_people")
    if len(deviations) + method.eps < method.min_share * (asked or len(items)):
        return Deviation(None, len(deviations), "too_few_items")
    return Deviation(float(np.mean(deviations)), len(deviations))


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
    values = [score for score in scores if score is not None]
    if len(values) < method.split_people:
        return None
    low = sum(value < method.bands[0] - method.eps for value in values)
    high = sum(value >= method.bands[1] - method.eps for value in values)
    middle = len(values) - low - high
    camp = max(2, ceil(method.split_share * len(values) - method.eps))
    return low >= camp and high >= camp and middle < min(low, high)
