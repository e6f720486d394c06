"""The agreement indices of the literature, for specialists; never turned into words for leaders."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from reports.scoring.method import METHOD, Method, Reason
from reports.scoring.scores import ratings_of

Null = Literal["uniform", "slightly_skewed"]

NULL_VARIANCES: dict[Null, float] = {"uniform": 2.0, "slightly_skewed": 1.34}  # on five points: (5² − 1)/12; L & S 2008
LEAST_ITEMS = 4  # statements with enough answers, for an index of several
LEAST_RATERS = 2
LEAST_RATERS_AWG = 4  # one fewer than there are points on the scale


@dataclass(frozen=True)
class RaterAgreement:
    """An index of agreement; 1 where everybody gave the same rating."""

    value: float | None
    raw: float | None  # as computed: below 0 where people differ more than chance would make them
    above_null: bool  # the spread is that of random answering or more, which is often two camps
    n: int  # of ratings, or of statements where the index rests on several
    reason: Reason | None = None


def r_wg(ratings: Sequence[float | None], *, null: Null = "uniform", method: Method = METHOD) -> RaterAgreement:
    """How much less the ratings of one statement spread than random answering would: 1 − s²/σ².

    `ratings`: 1–5, None or NaN where missing; `null`: how random answers spread. The value is cut at 0, `raw` is not.
    Fewer than two ratings give `too_few_people`. Raises ValueError for anything else than ratings and for an unknown
    null. Source: James, Demaree & Wolf (1984); the skewed null: LeBreton & Senter (2008).

    >>> r_wg([4, 4, 5, 3]).value, r_wg([1, 1, 5, 5]).value, r_wg([1, 1, 5, 5]).above_null, r_wg([4]).reason
    (0.6666666666666667, 0.0, True, 'too_few_people')
    """
    values, expected = _valid(ratings, method), _null_variance(null)
    if len(values) < LEAST_RATERS:
        return RaterAgreement(None, None, False, len(values), "too_few_people")
    raw = 1 - float(values.var(ddof=1)) / expected
    return RaterAgreement(max(0.0, raw), raw, raw < -method.eps, len(values))


def r_wg_j(answers: pd.DataFrame, *, null: Null = "uniform", method: Method = METHOD) -> RaterAgreement:
    """r_wg of a cell: J(1 − q) / (J(1 − q) + q), where q is the mean variance of its statements over that of chance.

    `answers`: DataFrame, one row per respondent, columns = the statements of one cell, 1–5 or NaN. Statements with
    two ratings count, at least four of them, else `too_few_items`; `too_few_people` where none has two. It rises with
    the number of statements, so it says little to a lay reader. `raw` is what the formula gives where q < 1, and
    1 − q, which is 0 or less, beyond. Raises ValueError as `r_wg`. Source: James, Demaree & Wolf (1984).

    >>> two = pd.DataFrame([[4, 4, 3, 5], [3, 4, 2, 4]])
    >>> r_wg_j(two).value, r_wg_j(two, null="slightly_skewed").n, r_wg_j(two[[0, 1]]).reason
    (0.9454545454545454, 4, 'too_few_items')
    """
    values, expected = ratings_of(answers, method), _null_variance(null)
    rated = (~np.isnan(values)).sum(axis=0) >= LEAST_RATERS
    items = int(rated.sum())
    if lacking := _lacking(items):
        return RaterAgreement(None, None, False, items, lacking)
    q = float(np.nanvar(values[:, rated], axis=0, ddof=1).mean()) / expected
    if q >= 1 - method.eps:
        return RaterAgreement(0.0, 1 - q, True, items)
    value = items * (1 - q) / (items * (1 - q) + q)
    return RaterAgreement(value, value, False, items)


def a_wg(ratings: Sequence[float | None], *, method: Method = METHOD) -> RaterAgreement:
    """Agreement on one statement, held against the largest spread that the mean leaves room for; from −1 to 1.

    `ratings` as for `r_wg`. Four are needed, else `too_few_people`. With k of them, a mean nearer to an end than
    one deviating rating allows is `not_interpretable`, unless all are alike, which is 1. Source: Brown & Hauenstein
    (2005).

    >>> round(a_wg([4, 3, 5, 2, 4, 3]).value, 6), a_wg([5, 5, 5, 5]).value, a_wg([5, 5, 5, 4]).reason
    (0.511111, 1.0, 'not_interpretable')
    """
    values = _valid(ratings, method)
    k, low, high = len(values), method.lowest, method.highest
    if k < LEAST_RATERS_AWG:
        return RaterAgreement(None, None, False, k, "too_few_people")
    if np.ptp(values) == 0:
        return RaterAgreement(1.0, 1.0, False, k)
    mean, variance = float(values.mean()), float(values.var(ddof=1))
    if not (low * (k - 1) + high) / k - method.eps <= mean <= (high * (k - 1) + low) / k + method.eps:
        return RaterAgreement(None, None, False, k, "not_interpretable")
    largest = ((high + low) * mean - mean**2 - high * low) * k / (k - 1)
    value = 1 - 2 * variance / largest
    return RaterAgreement(value, value, value < -method.eps, k)


def a_wg_j(answers: pd.DataFrame, *, method: Method = METHOD) -> RaterAgreement:
    """The mean of the statements' a_wg, of those that have one.

    `answers` as for `r_wg_j`. At least four statements need four ratings, else `too_few_items` (`too_few_people` where
    none has them); `not_interpretable` where every mean is too near to an end. `n` counts the statements in the mean.
    Source: Brown & Hauenstein (2005).

    >>> round(a_wg_j(pd.DataFrame([[4, 4, 3, 5], [3, 4, 2, 4], [5, 4, 4, 5], [2, 3, 2, 4]])).value, 6)
    0.625012
    """
    found = [a_wg(column.tolist(), method=method) for column in ratings_of(answers, method).T]
    rated = sum(one.n >= LEAST_RATERS_AWG for one in found)
    if lacking := _lacking(rated):
        return RaterAgreement(None, None, False, rated, lacking)
    values = [one.value for one in found if one.value is not None]
    if not values:
        return RaterAgreement(None, None, False, 0, "not_interpretable")
    mean = sum(values) / len(values)
    return RaterAgreement(mean, mean, mean < -method.eps, len(values))


def _lacking(items: int) -> Reason | None:
    if items == 0:
        return "too_few_people"
    return "too_few_items" if items < LEAST_ITEMS else None


def _valid(ratings: Sequence[float | None], method: Method) -> npt.NDArray[np.float64]:
    values = ratings_of(pd.DataFrame({"the statement": list(ratings)}, dtype=object), method)[:, 0]
    given: npt.NDArray[np.float64] = values[~np.isnan(values)]
    return given


def _null_variance(null: Null) -> float:
    if null not in NULL_VARIANCES:
        raise ValueError(f"The null distribution is one of {', '.join(NULL_VARIANCES)}, not {null!r}.")
    return NULL_VARIANCES[null]
