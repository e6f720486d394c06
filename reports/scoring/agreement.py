"""How much the people of one group see a cell alike: the average deviation, its words, and two camps."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from reports.scoring.method import METHOD, Method, Reason

Agreement = Literal["close", "usual", "wide"]
RATINGS = np.arange(1, 6)


@dataclass(frozen=True)
class Deviation:
    """The average deviation of a cell, in rating points."""

    value: float | None
    items: int  # statements it rests on
    reason: Reason | None = None


def ad_m(answers: pd.DataFrame, *, asked: int | None = None, method: Method = METHOD) -> Deviation:
    """AD_M(J): per statement the mean distance from its mean, averaged over the statements. Biased in small groups.

    `answers`: DataFrame, one row per respondent, columns = the statements of one cell, 1–5 or NaN. A statement needs
    two valid answers; the index needs at least half of the `asked` statements (all columns by default), else the
    reason is `too_few_items`; `too_few_people` when no statement has two answers. In rating points, so a lay reader
    can follow it. Source: Burke, Finkelstein & Dusig (1999); at most 0.8 is acceptable (Burke & Dunlap 2002).

    >>> round(ad_m(pd.DataFrame({"T1": [4, 4, 2], "T2": [3, 5, None]})).value, 4)
    0.9444
    """
    counts = np.stack([(answers == rating).to_numpy().sum(axis=0) for rating in RATINGS], axis=1)
    return _deviation(counts, asked=asked, is_corrected=False, method=method)


@dataclass(frozen=True)
class AgreementIndex:
    """AD* of a cell with its word."""

    value: float | None  # rating points
    word: Agreement | None
    n: int  # the most answers to one of its statements
    reason: Reason | None = None


def ad_star(counts: Sequence[Sequence[int]], *, asked: int | None = None, method: Method = METHOD) -> AgreementIndex:
    """AD*: the average deviation with each statement's divided by what chance takes from it, √((n − 1)/n).

    `counts`: for each statement how many rated it 1, 2, … 5. Needs what `ad_m` needs, with its reasons. So that groups
    of five and of fifty are held against the same borders. Raises ValueError for counts that are none. Source: method
    sheet 2.0, section 5.

    >>> index = ad_star([[0, 1, 2, 4, 1], [1, 1, 1, 3, 2]])
    >>> round(index.value, 6), index.word
    (0.985526, 'usual')
    """
    table = np.asarray(counts)
    if table.ndim != 2 or table.shape[1] != len(RATINGS) or not (table == np.floor(table)).all() or (table < 0).any():
        raise ValueError("Counts are whole numbers, five for each statement.")
    found = _deviation(table.astype(np.int64), asked=asked, is_corrected=True, method=method)
    n = int(table.sum(axis=1).max(initial=0))
    word = agreement_word(found.value, n, asked=asked or len(table), method=method)
    return AgreementIndex(found.value, word, n, found.reason)


def _deviation(counts: npt.NDArray[np.int64], *, asked: int | None, is_corrected: bool, method: Method) -> Deviation:
    items = int((counts.sum(axis=1) >= 2).sum())
    value = float(ad_of_counts(counts, asked=asked, is_corrected=is_corrected, method=method))
    if items == 0:
        return Deviation(None, 0, "too_few_people")
    return Deviation(None, items, "too_few_items") if np.isnan(value) else Deviation(value, items)


def ad_of_counts(
    counts: npt.NDArray[np.int64], *, asked: int | None = None, is_corrected: bool = True, method: Method = METHOD
) -> npt.NDArray[np.float64]:
    """AD* of many groups at once, as `ad_star`, or AD_M(J), as `ad_m`; NaN where these give a reason.

    `counts`: how many gave each rating, (…, statements, 5). Where one item holds n answers, its deviation is
    Σ c·|v − M| / n (method sheet, section 13).

    >>> round(float(ad_of_counts(np.array([[0, 1, 0, 2, 0], [0, 0, 1, 0, 1]]), is_corrected=False)), 4)
    0.9444
    """
    n = counts.sum(axis=-1)
    means = (counts * RATINGS).sum(axis=-1) / np.maximum(n, 1)
    distances = np.abs(RATINGS - means[..., np.newaxis])
    correction = np.sqrt(n / np.maximum(n - 1, 1)) if is_corrected else 1.0
    deviations = np.where(n >= 2, correction * (counts * distances).sum(axis=-1) / np.maximum(n, 1), 0.0)
    items = (n >= 2).sum(axis=-1)
    enough = (items > 0) & (items + method.eps >= method.min_share * (asked or counts.shape[-2]))
    value: npt.NDArray[np.float64] = np.where(enough, deviations.sum(axis=-1) / np.maximum(items, 1), np.nan)
    return value


def agreement_word(value: float | None, n: int, *, asked: int, method: Method = METHOD) -> Agreement | None:
    """`close`, `usual` or `wide`; None without an AD*, and of a single statement below thirty people.

    `n`: the most answers to one of the statements. Close up to .75 − a, wide beyond .95 + a, with a = .35 / √n for a
    deep cell and .50 / √n for a brief one. The borders are set on two public data sets, so that most groups are
    `usual`. Source: method sheet 2.0, section 5.

    >>> agreement_word(0.63, 8, asked=7), agreement_word(0.62, 8, asked=7), agreement_word(1.5, 12, asked=1)
    ('usual', 'close', None)
    """
    if value is None or n < 2 or (asked == 1 and n < 30):
        return None
    allowance = method.ad_allowances[not method.is_deep(asked)] / sqrt(n)
    if value <= method.ad_close - allowance + method.eps:
        return "close"
    return "wide" if value > method.ad_wide + allowance + method.eps else "usual"


def two_camps(scores: Sequence[float | None], *, asked: int, method: Method = METHOD) -> bool | None:
    """Whether a group falls into two camps: many low, many high, hardly anyone in between.

    `scores`: condition scores of one cell of `asked` statements, one per person. Needs ten people and two statements,
    else None. Low is below 2.5 and high from 3.5 on; in a brief cell up to 2.0 and from 4.0 on. Each camp needs a
    quarter of the people and three of them, and those between must be fewer than the smaller camp. Source: method
    sheet 2.0, section 6.

    >>> ten = [1.5, 1.8, 2.0, 2.2, 2.4, 4.0, 4.2, 4.4, 4.8, 5.0]
    >>> two_camps(ten, asked=7), two_camps([3] * 10, asked=7), two_camps(ten, asked=1), two_camps(ten[1:], asked=7)
    (True, False, None, None)
    """
    values = np.array([score for score in scores if score is not None], dtype=np.float64)
    low, high = camps(values, asked=asked, method=method)
    return has_two_camps(len(values), int(low.sum()), int(high.sum()), asked=asked, method=method)


def camps(
    scores: npt.NDArray[np.float64], *, asked: int, method: Method = METHOD
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whose score is low, and whose is high; NaN is neither."""
    low, high = method.camp_ends[not method.is_deep(asked)]
    is_low = scores < low - method.eps if method.is_deep(asked) else scores <= low + method.eps
    return is_low, scores >= high - method.eps


def has_two_camps(n: int, low: int, high: int, *, asked: int, method: Method = METHOD) -> bool | None:
    """`two_camps` from counts: of `n` people, how many are low and how many high.

    >>> has_two_camps(10, 5, 5, asked=7), has_two_camps(10, 3, 3, asked=7), has_two_camps(9, 4, 5, asked=7)
    (True, False, None)
    """
    if n < method.camp_people or asked == 1:
        return None
    camp = max(method.camp_least, ceil(method.camp_share * n - method.eps))
    return low >= camp and high >= camp and n - low - high < min(low, high)
