"""A group's score in one cell, and how sure it is: the mean of persons with an interval that borrows the typical SD."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from reports.scoring.levels import display
from reports.scoring.method import METHOD, Method, Reason


@dataclass(frozen=True)
class GroupScore:
    """One group in one cell. All on 1–5 and unrounded; None with the reason where nothing can be said."""

    n: int  # persons with a score
    mean: float | None
    sd: float | None  # of the persons' scores, n − 1
    smoothed_sd: float | None
    df: float | None
    low: float | None  # interval of the mean, not cut to the scale
    high: float | None
    reason: Reason | None = None
    zero_variance: bool = False  # an ordinary interval of width zero: everybody said the same


def group_score(
    scores: Sequence[float | None], *, asked: int = 7, nu0: float | None = None, method: Method = METHOD
) -> GroupScore:
    """The mean of persons, each counting the same, with its interval at `method.conf`.

    `scores`: condition scores of one cell, one per person, None where missing. `asked`: statements of the cell, which
    choose the typical SD. `nu0`: weight of the typical SD; 0 gives the ordinary t interval (then one person has none).
    Nobody with a score gives reason `too_few_people`. Source: method sheet, section 5; smoothing by Smyth (2004).

    >>> group = group_score([4, 3.2857142857142856, 4.5, 2.8, 4.2, None])
    >>> group.n, round(group.mean, 6), round(group.low, 6), round(group.high, 6)
    (5, 3.757143, 3.036604, 4.477682)
    """
    values = np.array([score for score in scores if score is not None], dtype=np.float64)
    weight = method.nu0 if nu0 is None else nu0
    n = len(values)
    if n == 0:
        return GroupScore(0, None, None, None, None, None, None, "too_few_people")
    mean, sd = float(values.mean()), sample_sd(values)
    df = n - 1 + weight
    if df == 0:
        return GroupScore(n, mean, sd, None, None, None, None, "too_few_people")
    smoothed = smoothed_sd(sd, n, asked=asked, nu0=weight, method=method)
    half = half_width(smoothed, n, df, method)
    return GroupScore(n, mean, sd, smoothed, df, mean - half, mean + half, zero_variance=smoothed <= method.eps)


def smoothed_sd(
    sd: float | None, n: int, *, asked: int = 7, nu0: float | None = None, method: Method = METHOD
) -> float:
    """The standard deviation of `n` persons' scores, drawn towards the typical one. Source: Smyth (2004).

    `sd`: with n − 1; None for one person, whose smoothed SD is the typical one.

    >>> round(smoothed_sd(0.697371, 5), 6)
    0.698687
    """
    weight = method.nu0 if nu0 is None else nu0
    return sqrt(((n - 1) * (sd or 0.0) ** 2 + weight * typical_sd(asked, method) ** 2) / (n - 1 + weight))


def typical_sd(asked: int, method: Method = METHOD) -> float:
    """The typical SD of condition scores inside a group, for a cell that asks `asked` statements."""
    return method.s0 if asked >= method.s0_statements else method.s0_few


def half_width(sd: float, n: int, df: float, method: Method = METHOD) -> float:
    """Half the interval of a mean of `n` persons with standard deviation `sd` and `df` degrees of freedom."""
    return float(stdtrit(df, 0.5 + method.conf / 2)) * sd / sqrt(n)


def published_range(displayed: float, n: int, *, sd: float, method: Method = METHOD) -> tuple[float, float]:
    """The range printed beside a score, from displayed values only, cut to the scale and to one decimal.

    `sd`: the typical SD of the cell, 1.00 where views differ, or the smoothed SD where ten or more stand behind it.

    >>> published_range(3.8, 5, sd=0.70)
    (3.1, 4.5)
    """
    half = half_width(sd, n, n - 1 + method.nu0, method)
    low, high = max(method.lowest, displayed - half), min(method.highest, displayed + half)
    return display(low, method=method), display(high, method=method)


def sample_sd(values: np.ndarray) -> float | None:
    """The standard deviation with n − 1, in two passes; None for fewer than two values."""
    if len(values) < 2:
        return None
    return float(sqrt(((values - values.mean()) ** 2).sum() / (len(values) - 1)))
