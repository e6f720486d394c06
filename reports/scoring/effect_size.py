"""How large a difference of two groups is, in standard deviations."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, sqrt

import numpy as np
import numpy.typing as npt

from reports.scoring.icc import NOTHING
from reports.scoring.method import Reason

NORMAL = 1.959964  # two-sided 95 %


@dataclass(frozen=True)
class HedgesG:
    """Second group less first, in pooled standard deviations, with its 95 % interval."""

    g: float | None
    variance: float | None
    low: float | None
    high: float | None
    reason: Reason | None = None


def hedges_g(first: Sequence[float | None], second: Sequence[float | None]) -> HedgesG:
    """The standardised difference of two independent groups, free of the bias of small ones.

    Each sequence: one score per person, None where missing. Fewer than two scores in a group give `too_few_people`, no
    spread inside the groups `zero_variance`. Raises ValueError for NaN and infinity. Source: Hedges (1981), with the
    exact correction; variance and interval: Hedges & Olkin (1985).

    >>> result = hedges_g([3.2, 3.8, 2.9, 3.5, 4.1, 3.0], [3.9, 4.2, 3.6, 4.4, 3.3])
    >>> round(result.g, 6), round(result.variance, 6), round(result.low, 4), round(result.high, 4)
    (0.922453, 0.405345, -0.3254, 2.1703)
    """
    one, two = _present(first), _present(second)
    n1, n2 = len(one), len(two)
    if min(n1, n2) < 2:
        return HedgesG(None, None, None, None, "too_few_people")
    squares = float(((one - one.mean()) ** 2).sum() + ((two - two.mean()) ** 2).sum())
    df = n1 + n2 - 2
    if squares < NOTHING:
        return HedgesG(None, None, None, None, "zero_variance")
    g = small_sample_correction(df) * float(two.mean() - one.mean()) / sqrt(squares / df)
    variance = 1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2))
    half = NORMAL * sqrt(variance)
    return HedgesG(g, variance, g - half, g + half)


def small_sample_correction(df: float) -> float:
    """What turns Cohen's d into Hedges' g, exactly: Γ(df/2) / (√(df/2)·Γ((df − 1)/2)). Source: Hedges (1981).

    Raises ValueError for one degree of freedom or fewer.

    >>> round(small_sample_correction(2), 4), round(small_sample_correction(10), 4)
    (0.5642, 0.9227)
    """
    if not df > 1:
        raise ValueError(f"The correction needs more than one degree of freedom, not {df}.")
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)


def _present(scores: Sequence[float | None]) -> npt.NDArray[np.float64]:
    values = np.array([score for score in scores if score is not None], dtype=np.float64)
    if not np.isfinite(values).all():
        raise ValueError("A score is a finite number, or None where it is missing.")
    return values
