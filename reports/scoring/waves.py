"""One group at two times: whether they may be compared, on what, and the word for what moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

from scipy.special import stdtr, stdtrit

from reports.scoring.compare import benjamini_hochberg
from reports.scoring.levels import within_ends
from reports.scoring.method import METHOD, Method, Reason

WaveWord = Literal["clear_rise", "clear_fall", "about_same", "cannot_tell", "not_enough"]


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a mean on 1–5, of `n` persons, with its standard deviation and degrees of freedom."""

    mean: float
    n: int
    sd: float
    df: float


@dataclass(frozen=True)
class MeanDifference:
    """Second side less first, in rating points; the p-value is two-sided."""

    word: WaveWord
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


def adjusted_together(differences: Sequence[MeanDifference], *, method: Method = METHOD) -> tuple[MeanDifference, ...]:
    """Comparisons that are held against chance together: a clear word must also survive the many.

    A clear word whose adjusted p-value exceeds `method.false_signals` becomes `cannot_tell`; nothing else changes.

    >>> lone = mean_difference(Side(3.0, 8, 0.7, 11), Side(3.8, 8, 0.7, 11))
    >>> same = mean_difference(Side(3.0, 8, 0.7, 11), Side(3.0, 8, 0.7, 11))
    >>> lone.word, adjusted_together([lone])[0].word, adjusted_together([lone] + [same] * 19)[0].word
    ('clear_rise', 'clear_rise', 'cannot_tell')
    """
    tested = [index for index, one in enumerate(differences) if one.p is not None]
    adjusted = dict(zip(tested, benjamini_hochberg([differences[i].p or 0.0 for i in tested]), strict=True))
    return tuple(
        replace(one, word="cannot_tell")
        if one.word.startswith("clear") and adjusted.get(index, 0.0) > method.false_signals + method.eps
        else one
        for index, one in enumerate(differences)
    )


@dataclass(frozen=True)
class WaveCell:
    """One cell of a group in two waves: displayed scores, people, SDs of the published ranges, statements compared."""

    before: float | None
    after: float | None
    n1: int
    n2: int
    s1: float
    s2: float
    asked: int


def wave_words(cells: Sequence[WaveCell], *, method: Method = METHOD) -> tuple[WaveWord | None, ...]:
    """What moved in each cell of one view; None where a wave has no published score.

    Both waves are cut to 1.5..4.5. In a view of five cells or more a clear word must survive all of its family, deep or
    brief. Source: method sheet 2.0, section 10 (Welch 1947, Benjamini & Hochberg 1995).

    >>> wave_words([WaveCell(2.9, 4.2, 14, 15, 0.7, 0.7, 7), WaveCell(2.9, 4.2, 14, 4, 0.7, 0.7, 7)])
    ('clear_rise', 'not_enough')
    """
    found = [_moved(cell, method) for cell in cells]
    for family in (True, False) if len(cells) >= method.many_cells else ():
        places = [at for at, one in enumerate(found) if one and method.is_deep(cells[at].asked) is family]
        together = adjusted_together([one for at in places if (one := found[at])], method=method)
        for at, one in zip(places, together, strict=True):
            found[at] = one
    return tuple(one.word if one else None for one in found)


def may_compare(
    *, same_atoms: bool, other_groups: bool, days: int, n_before: int, n_after: int, method: Method = METHOD
) -> bool:
    """Whether a group of one wave may be set beside one of another: made of the same groups, of no 'other groups', and
    under sixty days apart only from ten people on (two close waves could be subtracted).

    >>> may_compare(same_atoms=True, other_groups=False, days=30, n_before=9, n_after=12)
    False
    """
    is_far = days >= method.wave_days or min(n_before, n_after) >= method.wave_people
    return same_atoms and not other_groups and is_far


def comparable(
    *, kept: int, before: int, after: int, method: Method = METHOD
) -> Literal["scores", "same_statements"] | None:
    """On what a cell is compared: its scores, the statements in both waves, or nothing.

    `kept`: statements in the same wording both times; `before`, `after`: statements asked. Where some were exchanged at
    least half of the longer cell must be left.

    >>> [comparable(kept=kept, before=7, after=after) for kept, after in ((7, 7), (4, 7), (1, 1))]
    ['scores', 'same_statements', None]
    """
    if kept and kept == before == after:
        return "scores"
    is_half = kept and kept + method.eps >= method.min_share * max(before, after)
    return "same_statements" if is_half else None


def _moved(cell: WaveCell, method: Method) -> MeanDifference | None:
    if cell.before is None or cell.after is None:
        return None
    sides = [
        Side(within_ends(score, method=method), n, s, n - 1 + method.nu0)
        for score, n, s in ((cell.before, cell.n1, cell.s1), (cell.after, cell.n2, cell.s2))
    ]
    return mean_difference(*sides, method=method)


def _word(difference: float, low: float, high: float, method: Method) -> WaveWord:
    delta, eps = method.delta, method.eps
    excludes_zero = low > eps or high < -eps
    if difference >= delta - eps and low > eps:
        return "clear_rise"
    if difference <= -delta + eps and high < -eps:
        return "clear_fall"
    if abs(difference) < delta - eps and (excludes_zero or (low >= -delta - eps and high <= delta + eps)):
        return "about_same"
    return "cannot_tell"
