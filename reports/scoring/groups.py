"""A group's score in one cell, and how sure it is: the mean of persons with an interval that borrows the typical SD."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from reports.scoring.levels import half_width
from reports.scoring.method import METHOD, Method, Reason
from reports.scoring.spread import smoothed_sd


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


def sample_sd(values: np.ndarray) -> float | None:
    """The standard deviation with n − 1, in two passes; None for fewer than two values."""
    if len(values) < 2:
        return None
    return float(sqrt(((values - values.mean()) ** 2).sum() / (len(values) - 1)))


@dataclass(frozen=True)
class Tens:
    """Who of a slice the figures that need ten people rest on."""

    n: int  # people of the slice, in groups that are shown
    n_tens: int  # of these, on whom they rest; 0 where they are not told
    left_out: int  # groups that are shown and not in it

    @property
    def ends_cut(self) -> bool:
        """Whether the score's ends are cut: unless all of it rests on tens."""
        return self.n_tens < self.n


def tens_base(atoms: Iterable[tuple[int, str | None]], *, k: int = 5, ten: int = 10) -> Tens:
    """Whether a slice carries what needs ten people: own SD, camps, could not judge, classes of answers.

    `atoms`: of each the people with a score, and the name of its 10-atom (None for none). An atom below `k` is hidden
    and in nothing. A 10-atom is good with `ten` people with a score; where those lie at least three quarters of the
    people, the figures rest on them. Source: method sheet 2.0, section 8.

    >>> tens_base([(12, "a"), (15, "b"), (9, None), (6, "c"), (7, "c"), (4, "c")])
    Tens(n=49, n_tens=40, left_out=1)
    """
    shown = [(n, name) for n, name in atoms if n >= k]
    sizes: dict[str, int] = {}
    for n, name in shown:
        if name is not None:
            sizes[name] = sizes.get(name, 0) + n
    good = {name for name, size in sizes.items() if size >= max(ten, k)}
    every = sum(n for n, _name in shown)
    inside = sum(n for n, name in shown if name in good)
    if not inside or 4 * inside < 3 * every:
        return Tens(every, 0, 0)
    return Tens(every, inside, sum(name not in good for _n, name in shown))
