"""Scores beside those of other groups: on 0–100, as a rank, drawn towards the mean of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from reports.scoring.method import METHOD, Method, Reason


@dataclass(frozen=True)
class PercentileRank:
    """Where a group mean stands among others: 0 below all of them, 100 above all."""

    value: float | None
    groups: int
    reason: Reason | None = None


@dataclass(frozen=True)
class ShrunkenScore:
    """A group mean drawn towards the benchmark; orders groups, and is never shown."""

    value: float | None
    weight: float | None  # of the group's own mean, 0–1
    reason: Reason | None = None


def rescale_100(score: float, *, method: Method = METHOD) -> float:
    """An unrounded score on the scale from 0 to 100 (1 → 0, 3 → 50, 5 → 100); never written with a % sign.

    For displayed scores there is `out_of_100`. Raises ValueError outside 1–5. Source: method sheet, section 3.

    >>> rescale_100(1), rescale_100(3.7), rescale_100(5)
    (0.0, 67.5, 100.0)
    """
    _check_score(score, method)
    return 100 * (score - method.lowest) / (method.highest - method.lowest)


def percentile_rank(score: float, base: Sequence[float], *, method: Method = METHOD) -> PercentileRank:
    """The share of the groups in `base` that lie below, those with the same mean counted half; from 0 to 100.

    `base`: means of other groups of the same kind, never of persons. An empty base gives `too_few_groups`; from how
    many groups a rank may be shown is the reader's rule (100). Raises ValueError outside 1–5. Source: method sheet,
    section 10 (mid-rank).

    >>> percentile_rank(3.4, [3.1, 3.4, 3.4, 3.9]).value, percentile_rank(3.4, []).reason
    (50.0, 'too_few_groups')
    """
    for one in (score, *base):
        _check_score(one, method)
    if len(base) == 0:
        return PercentileRank(None, 0, "too_few_groups")
    below = sum(one < score - method.eps for one in base)
    equal = sum(abs(one - score) <= method.eps for one in base)
    return PercentileRank(100 * (below + 0.5 * equal) / len(base), len(base))


def shrink(
    score: float | None, n: int, *, benchmark: float | None, icc1: float | None = None, method: Method = METHOD
) -> ShrunkenScore:
    """θ = λM + (1 − λ)B with λ = n·ICC(1) / (1 + (n − 1)·ICC(1)), the reliability of a mean of `n` persons.

    `score`: the group mean M on 1–5; `benchmark`: B, on 1–5, or None while there is none: then θ = M. `icc1`: of the
    benchmark's groups, 0–1; `method.icc1_default` by default. No score, or nobody behind it, gives `too_few_people`.
    Raises ValueError for anything outside these bounds. Source: Efron & Morris (1977); method sheet, section 5.

    >>> shrink(3.0, 8, benchmark=3.8).value, shrink(3.0, 8, benchmark=None).value, shrink(None, 0, benchmark=3.8).reason
    (3.3826086956521735, 3.0, 'too_few_people')
    """
    correlation = method.icc1_default if icc1 is None else icc1
    if not 0 <= correlation <= 1:
        raise ValueError(f"To shrink by, ICC(1) lies between 0 and 1, not at {correlation}.")
    if n != int(n) or n < 0:
        raise ValueError(f"The number of persons is a whole number of 0 or more, not {n}.")
    for one in (score, benchmark):
        if one is not None:
            _check_score(one, method)
    if score is None or n == 0:
        return ShrunkenScore(None, None, "too_few_people")
    if benchmark is None:
        return ShrunkenScore(float(score), 1.0)
    weight = n * correlation / (1 + (n - 1) * correlation)
    return ShrunkenScore(weight * score + (1 - weight) * benchmark, weight)


def _check_score(score: float, method: Method) -> None:
    if not isfinite(score) or not method.lowest - method.eps <= score <= method.highest + method.eps:
        raise ValueError(f"A score lies between {method.lowest} and {method.highest}, not at {score}.")
