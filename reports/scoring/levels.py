"""From an unrounded score to what is shown: one decimal, and a word that never contradicts it."""

import math

from reports.scoring.method import LEVELS, METHOD, Level, Method


def display(score: float, *, method: Method = METHOD) -> float:
    """The score as shown: one decimal, half up.

    `score` is any finite number in rating points. The tolerance of the method keeps a half that binary
    arithmetic lost (2.45 − 1e-12) a half. Raises ValueError for NaN and infinity.

    >>> display(2.45), display(4.25), display(23 / 7)
    (2.5, 4.3, 3.3)
    """
    if not math.isfinite(score):
        raise ValueError(f"A score must be a finite number, not {score}.")
    return math.floor(10 * score + 0.5 + method.eps) / 10


def level(score: float, *, method: Method = METHOD) -> Level:
    """The level word of a score on 1–5, taken from its displayed value so that word and number agree.

    Raises ValueError outside 1–5.

    >>> level(2.44), level(2.45), level(4.2), level(4.25)
    ('not_yet', 'partly', 'mostly', 'firmly')
    """
    shown = display(score, method=method)
    if not method.lowest - method.eps <= score <= method.highest + method.eps:
        raise ValueError(f"A score lies between {method.lowest} and {method.highest}, not at {score}.")
    return LEVELS[sum(shown >= border - method.eps for border in method.bands)]


def out_of_100(displayed: float, *, method: Method = METHOD) -> int:
    """A displayed score on the scale from 0 to 100 (1 → 0, 3 → 50, 5 → 100), halves up; for files, never with a % sign.

    >>> out_of_100(1.0), out_of_100(2.9), out_of_100(5.0)
    (0, 48, 100)
    """
    share = (displayed - method.lowest) / (method.highest - method.lowest)
    return math.floor(100 * share + 0.5 + method.eps)
