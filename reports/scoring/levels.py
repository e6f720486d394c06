"""From an unrounded score to what is shown: one decimal, and words that never contradict it."""

import math

from scipy.special import stdtrit

from reports.scoring.method import LEVELS, METHOD, End, Level, Method


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


def level_words(
    displayed: float, n: int, s: float, *, asked: int, method: Method = METHOD
) -> tuple[Level] | tuple[Level, Level]:
    """One level word, or the two between which the group's true level probably lies, from displayed values only.

    The levels at `displayed ∓ t(.80; n + 3) · s / √n`, the ends of a 60 % band; `s` is the SD of the published range,
    `asked` the statements of the cell. A single statement has one word below thirty people (`confidentiality`, point
    5). Raises ValueError for nobody. Source: method sheet 2.0, section 9.

    >>> level_words(3.7, 5, 0.70, asked=7), level_words(3.0, 30, 0.70, asked=7), level_words(3.6, 12, 1.05, asked=1)
    (('partly', 'mostly'), ('partly',), ('mostly',))
    """
    if asked == 1 and n < 30:
        return (level(displayed, method=method),)
    half = _half(s, n, method.level_conf, method)
    low, high = (level(_inside(end, method), method=method) for end in (displayed - half, displayed + half))
    return (low,) if low == high else (low, high)


def published_range(
    displayed: float, n: int, s: float, *, end: End | None = None, method: Method = METHOD
) -> tuple[float, float]:
    """The range printed beside a score, from displayed values only, cut to the scale and to one decimal.

    `displayed ∓ t(.975; n + 3) · s / √n`. `s`: the typical SD of the cell, a fixed one where views differ, or the
    smoothed own SD of ten people or more. `end`: the end of 1.5..4.5 to which the score was cut; what lies beyond is as
    likely, so the range goes on to the end of the scale. Raises ValueError for nobody. Source: method sheet 2.0,
    section 9, which stops at the cut score's own half.

    >>> published_range(3.8, 5, 0.70), published_range(4.5, 40, 0.50, end="high")
    ((3.1, 4.5), (4.3, 5.0))
    """
    half = _half(s, n, method.conf, method)
    low, high = (display(_inside(one, method), method=method) for one in (displayed - half, displayed + half))
    return float(method.lowest) if end == "low" else low, float(method.highest) if end == "high" else high


def half_width(sd: float, n: int, df: float, method: Method = METHOD) -> float:
    """Half the interval of a mean of `n` persons with standard deviation `sd` and `df` degrees of freedom."""
    return float(stdtrit(df, 0.5 + method.conf / 2)) * sd / math.sqrt(n)


def out_of_100(displayed: float, *, method: Method = METHOD) -> int:
    """A displayed score on the scale from 0 to 100 (1 → 0, 3 → 50, 5 → 100), halves up; for files, never with a % sign.

    >>> out_of_100(1.0), out_of_100(2.9), out_of_100(5.0)
    (0, 48, 100)
    """
    share = (displayed - method.lowest) / (method.highest - method.lowest)
    return math.floor(100 * share + 0.5 + method.eps)


def within_ends(score: float, *, method: Method = METHOD) -> float:
    """Cut to 1.5..4.5: what lies beyond is not told below ten people, so nothing is compared there.

    >>> within_ends(4.8), within_ends(3.2), within_ends(1.0)
    (4.5, 3.2, 1.5)
    """
    return min(max(score, method.ends[0]), method.ends[1])


def _half(s: float, n: int, conf: float, method: Method) -> float:
    if n < 1:
        raise ValueError("Nobody has neither a range nor a level.")
    return float(stdtrit(n - 1 + method.nu0, 0.5 + conf / 2)) * s / math.sqrt(n)


def _inside(score: float, method: Method) -> float:
    return min(max(score, float(method.lowest)), float(method.highest))
