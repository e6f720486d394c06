"""Comparing two groups, or one group with itself later: a word only where the difference matters and is no chance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import stdtr, stdtrit

from reports.scoring.groups import GroupScore
from reports.scoring.method import METHOD, Method, Reason

DifferenceWord = Literal["clear_rise", "clear_fall", "about_same", "cannot_tell", "not_enough"]


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a mean on 1–5, of `n` persons, with its standard deviation and degrees of freedom."""

    mean: float
    n: int
    sd: float
    df: float

    @classmethod
    def of(cls, group: GroupScore) -> "Side":
        """Raises ValueError for a group without an interval."""
        if group.mean is None or group.smoothed_sd is None or group.df is None:
            raise ValueError("A group without an interval cannot be compared.")
        return cls(group.mean, group.n, group.smoothed_sd, group.df)


@dataclass(frozen=True)
class MeanDifference:
    """Second side less first, in rating points; the p-value is two-sided."""

    word: DifferenceWord
    difference: float | None
    low: float | None
    high: float | None
    df: float | None
    p: float | None
    reason: Reason | None = None


def mean_difference(first: Side, second: Side, *, method: Method = METHOD) -> MeanDifference:
    """The difference of two independent groups with its interval and its word.

    `clear_rise` and `clear_fall` need at least `method.delta` and an interval that excludes 0; `about_same` an interval
    that shows the difference to be small; anything else is `cannot_tell`. Fewer than five persons on a side are
    `not_enough` (reason `too_few_people`). Degrees of freedom as Welch (1947), from smoothed variances (Smyth 2004).

    >>> result = mean_difference(Side(3.0, 20, 0.7, 23), Side(3.8, 20, 0.7, 23))
    >>> result.word, round(result.low, 2), round(result.high, 2)
    ('clear_rise', 0.35, 1.25)
    """
    if min(first.n, second.n) < method.min_compared:
        return MeanDifference("not_enough", None, None, None, None, None, "too_few_people")
    difference = second.mean - first.mean
    v1, v2 = first.sd**2 / first.n, second.sd**2 / second.n
    if v1 + v2 == 0:
        word = _word(difference, difference, difference, method)
        return MeanDifference(word, difference, difference, difference, None, None, "zero_variance")
    df = (v1 + v2) ** 2 / (v1**2 / first.df + v2**2 / second.df)
    se = sqrt(v1 + v2)
    half = float(stdtrit(df, 0.5 + method.conf / 2)) * se
    low, high = difference - half, difference + half
    p = float(2 * stdtr(df, -abs(difference) / se))
    return MeanDifference(_word(difference, low, high, method), difference, low, high, df, p)


def _word(difference: float, low: float, high: float, method: Method) -> DifferenceWord:
    delta, eps = method.delta, method.eps
    excludes_zero = low > eps or high < -eps
    if difference >= delta - eps and low > eps:
        return "clear_rise"
    if difference <= -delta + eps and high < -eps:
        return "clear_fall"
    if abs(difference) < delta - eps and (excludes_zero or (low >= -delta - eps and high <= delta + eps)):
        return "about_same"
    return "cannot_tell"


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values, in the order given: the share of false signals among those at or below each.

    Raises ValueError outside 0–1. Source: Benjamini & Hochberg (1995).

    >>> [round(p, 4) for p in benjamini_hochberg([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.0533, 0.0533, 0.5]
    """
    p = np.asarray(p_values, dtype=np.float64)
    if len(p) == 0:
        return ()
    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("A p-value lies between 0 and 1.")
    order = np.argsort(p)[::-1]
    scaled = p[order] * len(p) / np.arange(len(p), 0, -1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum.accumulate(scaled).clip(max=1.0)
    return tuple(adjusted.tolist())


def adjusted_together(differences: Sequence[MeanDifference], *, method: Method = METHOD) -> tuple[MeanDifference, ...]:
    """Comparisons that stand in one view: with five or more, a clear word must also survive the many cells.

    A clear word whose adjusted p-value exceeds `method.false_signals` becomes `cannot_tell`; nothing else changes.

    >>> lone = mean_difference(Side(3.0, 8, 0.7, 11), Side(3.8, 8, 0.7, 11))
    >>> same = mean_difference(Side(3.0, 8, 0.7, 11), Side(3.0, 8, 0.7, 11))
    >>> lone.word, adjusted_together([lone])[0].word, adjusted_together([lone] + [same] * 19)[0].word
    ('clear_rise', 'clear_rise', 'cannot_tell')
    """
    tested = [index for index, one in enumerate(differences) if one.p is not None]
    adjusted = dict(zip(tested, benjamini_hochberg([differences[i].p or 0.0 for i in tested]), strict=True))
    if len(differences) < method.many_cells:
        return tuple(differences)
    return tuple(
        replace(one, word="cannot_tell")
        if one.word.startswith("clear") and adjusted.get(index, 0.0) > method.false_signals + method.eps
        else one
        for index, one in enumerate(differences)
    )
