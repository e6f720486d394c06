"""Whether groups can be told apart at all: intraclass correlations of a one-way layout."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import fdtri

from reports.scoring.method import METHOD, Method, Reason

NOTHING = 1e-12  # a sum of squares below this is rounding


@dataclass(frozen=True)
class IntraclassCorrelation:
    """ICC(1), the share of variance that lies between groups, with its interval; ICC(2), of the group means."""

    icc1: float | None
    icc2: float | None
    low: float | None
    high: float | None
    groups: int
    n0: float | None  # the size that unequal groups amount to
    msb: float | None
    msw: float | None
    reason: Reason | None = None


def intraclass_correlation(groups: Sequence[Sequence[float]], *, method: Method = METHOD) -> IntraclassCorrelation:
    """One-way random-effects ICC of condition scores, one sequence per group; empty groups are left out.

    Fewer than two groups, or groups of one each, give the reason `too_few_groups`; no variance at all gives
    `zero_variance`. Negative values are kept. Source: Bartko (1976), Shrout & Fleiss (1979);
    n0 and interval: Donner (1986).

    >>> result = intraclass_correlation([(3, 3.5, 4), (4, 4.5, 4.2, 4.1), (2.5, 3.1)])
    >>> round(result.icc1, 6), round(result.icc2, 6), round(result.n0, 6)
    (0.756176, 0.899592, 2.888889)
    """
    samples = [np.asarray(group, dtype=np.float64) for group in groups if len(group)]
    sizes = np.array([len(sample) for sample in samples])
    count, total = len(samples), int(sizes.sum())
    if count < 2 or total == count:
        return IntraclassCorrelation(None, None, None, None, count, None, None, None, "too_few_groups")
    grand = np.concatenate(samples).mean()
    between = float(sum(len(s) * (s.mean() - grand) ** 2 for s in samples))
    within = float(sum(((s - s.mean()) ** 2).sum() for s in samples))
    n0 = float((total - (sizes**2).sum() / total) / (count - 1))
    msb = between / (count - 1) if between >= NOTHING else 0.0
    msw = within / (total - count) if within >= NOTHING else 0.0
    return _from_squares(msb, msw, n0, (count, total), method)


def _from_squares(msb: float, msw: float, n0: float, sizes: tuple[int, int], method: Method) -> IntraclassCorrelation:
    count, total = sizes
    if msb == 0 and msw == 0:
        return IntraclassCorrelation(None, None, None, None, count, n0, msb, msw, "zero_variance")
    if msw == 0:
        return IntraclassCorrelation(1.0, 1.0, None, None, count, n0, msb, msw)
    icc1 = (msb - msw) / (msb + (n0 - 1) * msw)
    icc2 = (msb - msw) / msb if msb else None
    f, tail = msb / msw, 0.5 + method.conf / 2
    low = f / float(fdtri(count - 1, total - count, tail))
    high = f * float(fdtri(total - count, count - 1, tail))
    return IntraclassCorrelation(
        icc1, icc2, (low - 1) / (low + n0 - 1), (high - 1) / (high + n0 - 1), count, n0, msb, msw
    )
