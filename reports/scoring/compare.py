"""Groups of one survey held against everybody else in it: a word only where the difference matters and is no chance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtr

from reports.scoring.levels import within_ends
from reports.scoring.method import METHOD, Method

Tenths = npt.NDArray[np.int64]
GroupWord = Literal["higher", "lower", "no_clear_difference"]


@dataclass(frozen=True)
class ComparedCell:
    """One cell in all groups of a survey, in one order."""

    scores: tuple[float | None, ...]  # as displayed; None where none is published
    sizes: tuple[int, ...]  # people behind each
    asked: int  # statements
    sd: float  # inside groups, as a class of one decimal
    df: int | None  # its degrees of freedom; None for normal quantiles


@dataclass(frozen=True)
class AgainstOthers:
    """One group less everybody else in one cell, in rating points of one decimal."""

    difference: float
    others: float  # everybody else, as displayed; 1.5 and 4.5 stand for all beyond
    p: float  # two-sided
    without: int  # groups that differ so much that they are not among everybody else
    word: GroupWord = "no_clear_difference"


@dataclass(frozen=True)
class Compared:
    cells: tuple[tuple[AgainstOthers | None, ...], ...]  # cell by cell, group by group; None where nothing is compared
    largest_p: tuple[float, float]  # with a word: in deep cells, in brief ones; 0.0 where there is none


def compare(cells: Sequence[ComparedCell], *, method: Method = METHOD) -> Compared:
    """Every group of a survey against everybody else, in all its cells, once.

    Both sides are cut to 1.5..4.5. `z = |d| / (s·√(1/n + 1/N))`. The most unlike group leaves everybody's reference,
    and so on, so that one differing group does not colour the rest. Deep and brief cells are two families, over all
    groups; `higher` and `lower` need 0.3 and an adjusted p ≤ .05 in theirs. Source: method sheet 2.0, section 7
    (Benjamini & Hochberg 1995).

    >>> cell = ComparedCell((2.6, 3.7, 3.6, 3.8, 3.6, 3.7), (15,) * 6, 7, 0.7, 104)
    >>> [(one.difference, one.without, one.word) for one in compare([cell]).cells[0]][:2]
    [(-1.1, 0, 'lower'), (0.0, 1, 'no_clear_difference')]
    """
    found = [list(_against_others(cell, method)) for cell in cells]
    families = [method.is_deep(cell.asked) for cell in cells]
    largest = tuple(_judge(found, [one is family for one in families], method) for family in (True, False))
    return Compared(tuple(map(tuple, found)), (largest[0], largest[1]))


def held_against(
    group: tuple[float, int],
    others: Sequence[tuple[float, int]],
    *,
    sd: float,
    df: int | None,
    limit: float,
    method: Method = METHOD,
) -> AgainstOthers:
    """A group that was not among those judged together, as several of these, against everybody else.

    `group` and each of `others`: score as displayed, people. `limit`: up to this p there is a word, so that it does not
    depend on what else is looked at. Raises ValueError for nobody else.

    >>> found = held_against((2.8, 30), [(3.6, 15), (3.8, 15)], sd=0.7, df=104, limit=0.004)
    >>> found.difference, found.others, found.word
    (-0.9, 3.7, 'lower')
    """
    if not others:
        raise ValueError("There is nobody else.")
    every = (group, *others)
    tenths, sizes = _tenths([score for score, _n in every], method), np.array([n for _score, n in every])
    everybody = np.ones(len(every), dtype=bool)
    difference, mean, z = _from_others(tenths, sizes, everybody, sd)
    p = _p_values(z, everybody, df)
    found = AgainstOthers(float(difference[0]) / 10, float(mean[0]) / 10, float(p[0]), 0)
    return _worded(found) if _differs(found, found.p, limit, method) else found


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


def _against_others(cell: ComparedCell, method: Method) -> list[AgainstOthers | None]:
    """Stepping down: whoever is most unlike the others leaves, while more than three and more than half are left.

    Scores are counted in whole tenths, so that nothing depends on the order of the groups.
    """
    places = [at for at, score in enumerate(cell.scores) if score is not None]
    scores = [score for score in cell.scores if score is not None]
    tenths = _tenths(scores, method)
    sizes = np.array([cell.sizes[at] for at in places], dtype=np.int64)
    found: list[AgainstOthers | None] = [None] * len(cell.scores)
    if len(places) < 2:
        return found
    left, least = np.ones(len(places), dtype=bool), 0.0
    while True:
        difference, others, z = _from_others(tenths, sizes, left, cell.sd)
        far = left & (np.abs(difference) >= 10 * method.delta - method.eps)
        p = np.maximum(_p_values(z, far, cell.df), least)
        differing = far & (p <= method.chance + method.eps)
        is_last = not differing.any() or left.sum() <= max(3, len(places) / 2)
        if is_last:
            p = np.maximum(_p_values(z, left, cell.df), least)
        leaving = left if is_last else _most_unlike(differing, difference, p)
        without = int((~left).sum())
        for at in np.flatnonzero(leaving):
            found[places[at]] = AgainstOthers(float(difference[at]) / 10, float(others[at]) / 10, float(p[at]), without)
        if is_last:
            return found
        left, least = left & ~leaving, float(p[leaving][0])


def _tenths(scores: Sequence[float], method: Method) -> Tenths:
    return np.array([round(10 * within_ends(score, method=method)) for score in scores], dtype=np.int64)


def _from_others(
    tenths: Tenths, sizes: Tenths, left: npt.NDArray[np.bool_], sd: float
) -> tuple[Tenths, Tenths, npt.NDArray[np.float64]]:
    """Of each group its difference from the others who are left, and these, in tenths; and how unlikely that is (z)."""
    people = (sizes * left).sum() - sizes * left
    of_others = (tenths * sizes * left).sum() - tenths * sizes * left
    others = (2 * of_others + people) // (2 * people)
    difference = tenths - others
    return difference, others, np.abs(difference) / 10 / (sd * np.sqrt(1 / sizes + 1 / people))


def _p_values(z: npt.NDArray[np.float64], wanted: npt.NDArray[np.bool_], df: int | None) -> npt.NDArray[np.float64]:
    """Two-sided; 1 where none is wanted, since the distribution function is what takes time."""
    p = np.ones_like(z)
    p[wanted] = 2 * (ndtr(-z[wanted]) if df is None else stdtr(df, -z[wanted]))
    return p


def _most_unlike(
    differing: npt.NDArray[np.bool_], difference: Tenths, p: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """One of them: of the smallest p the largest difference, of these the first."""
    among = np.flatnonzero(differing)
    first = among[np.lexsort((-np.abs(difference[among]), p[among]))[0]]
    mask: npt.NDArray[np.bool_] = np.arange(len(p)) == first
    return mask


def _differs(one: AgainstOthers, p: float, most: float, method: Method) -> bool:
    return p <= most + method.eps and abs(one.difference) >= method.delta - method.eps


def _worded(one: AgainstOthers) -> AgainstOthers:
    return replace(one, word="higher" if one.difference > 0 else "lower")


def _judge(found: list[list[AgainstOthers | None]], is_in: Sequence[bool], method: Method) -> float:
    """Gives one family its words, and returns the largest p with one."""
    tested = [
        (place, at, one)
        for place, cell in enumerate(found)
        if is_in[place]
        for at, one in enumerate(cell)
        if one is not None
    ]
    largest = 0.0
    for (place, at, one), adjusted in zip(tested, benjamini_hochberg([one.p for *_, one in tested]), strict=True):
        if _differs(one, adjusted, method.false_signals, method):
            found[place][at] = _worded(one)
            largest = max(largest, one.p)
    return largest
