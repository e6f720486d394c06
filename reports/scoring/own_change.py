"""What moved between two times that one person rated themselves: a word only beyond their usual back and forth."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from reports.scoring.levels import display
from reports.scoring.method import METHOD, Method

ChangeWord = Literal["clear_rise", "clear_fall"]
SpaceWord = Literal["rise", "fall"]
Ratings = Mapping[str, int | None]  # statement → 1–5; "don't know" and blank are missing or None


@dataclass(frozen=True)
class CellChange:
    """One cell, over the statements that were rated both times; None for a cell in which too few were."""

    condition: str
    space: str
    statements: int  # rated both times
    before: float  # mean of these, as displayed
    after: float
    difference: float  # rating points of one decimal
    higher: int  # statements rated higher than before
    lower: int
    threshold: float  # rating points; a clear change is larger
    word: ChangeWord | None


@dataclass(frozen=True)
class OwnChange:
    noise: float  # SD of the change of one statement, in rating points
    cells: tuple[CellChange, ...]  # those compared, in the order given
    spaces: Mapping[str, SpaceWord | None]


def own_change(
    cells: Sequence[tuple[str, str, Sequence[str]]],
    *,
    primary: str,
    before: Ratings,
    after: Ratings,
    method: Method = METHOD,
) -> OwnChange:
    """One person's change in each cell and each space, held against how restlessly they answered.

    `cells`: (condition, space, its statements asked both times in the same wording). A cell is compared where at least
    half of these were rated both times. The noise is never below the usual one, and wider where the statements of a
    cell moved apart. A cell has a word where |difference| > z·√(2·.15² + s²/m) and ≥ 0.5; a space over at least four
    cells, at least four of which go its way. Raises ValueError for ratings off the scale. Source: method sheet 2.0,
    section 1.

    >>> cell = ("task", "team", ["T1", "T2", "T3", "T4", "T5", "T6", "T7"])
    >>> def change(after):
    ...     return own_change([cell], primary="team", before=dict.fromkeys(cell[2], 3), after=dict(zip(cell[2], after)))
    >>> change([4, 4, 4, 4, 4, 3, 3]).cells[0].word, change([4, 4, 4, 4, 5, 4, 4]).cells[0].word
    (None, 'clear_rise')
    """
    pairs = [(*cell[:2], _pairs(cell[2], before, after, method)) for cell in cells]
    compared = [
        (condition, space, both)
        for (condition, space, both), (_c, _s, statements) in zip(pairs, cells, strict=True)
        if both and len(both) + method.eps >= method.min_share * len(statements)
    ]
    variance = _noise([[new - old for old, new in both] for _c, _s, both in compared], method)
    found = tuple(_cell(*one, variance, is_primary=one[1] == primary, method=method) for one in compared)
    spaces = dict.fromkeys(space for _c, space, _s in cells)
    return OwnChange(
        noise=sqrt(variance),
        cells=found,
        spaces={space: _space([cell for cell in found if cell.space == space], variance, method) for space in spaces},
    )


def which_earlier(now: Collection[str], earlier: Sequence[tuple[str, Collection[str]]]) -> int | None:
    """The position of the earlier occasion to compare with: the one that shares most rated statements, ties the latest.

    `earlier`: (date or anything that sorts like one, statements rated). None where none shares any.

    >>> which_earlier("abcd", [("2026-01-10", "abc"), ("2026-03-02", "abd"), ("2026-05-01", "ax")])
    1
    """
    shared = [(len(set(now) & set(rated)), date, at) for at, (date, rated) in enumerate(earlier)]
    most = max(shared, default=(0, "", -1))
    return most[2] if most[0] else None


def smallest_clear_change(
    statements: int, *, is_primary: bool, noise: float | None = None, method: Method = METHOD
) -> float:
    """The smallest displayed difference, in rating points, that is told of as clear.

    `noise`: that of an `OwnChange`, since a restless answerer has wider limits; by default that of a steady one.

    >>> smallest_clear_change(7, is_primary=True), smallest_clear_change(2, is_primary=False)
    (1.1, 1.9)
    >>> smallest_clear_change(7, is_primary=True, noise=1.4)
    1.6
    """
    variance = 2 * method.retest_sd**2 if noise is None else noise**2
    threshold = _threshold(statements, variance, is_primary=is_primary, method=method)
    return max(method.own_least, (int(10 * threshold + method.eps) + 1) / 10)


def _pairs(statements: Sequence[str], before: Ratings, after: Ratings, method: Method) -> list[tuple[int, int]]:
    both = [(before.get(one), after.get(one)) for one in statements]
    rated = [(old, new) for old, new in both if old is not None and new is not None]
    if any(not method.lowest <= rating <= method.highest for pair in rated for rating in pair):
        raise ValueError(f"A rating is a whole number from {method.lowest} to {method.highest}.")
    return rated


def _noise(changes: Sequence[Sequence[int]], method: Method) -> float:
    """The variance of one statement's change."""
    usual = 2 * method.retest_sd**2
    means = [sum(cell) / len(cell) for cell in changes]
    squares = sum((change - mean) ** 2 for cell, mean in zip(changes, means, strict=True) for change in cell)
    freedom = sum(len(cell) - 1 for cell in changes)
    return max((method.own_weight * usual + squares) / (method.own_weight + freedom), usual)


def _cell(
    condition: str, space: str, both: Sequence[tuple[int, int]], variance: float, *, is_primary: bool, method: Method
) -> CellChange:
    m = len(both)
    before, after = (display(sum(pair[at] for pair in both) / m, method=method) for at in (0, 1))
    difference = round(after - before, 1)
    threshold = _threshold(m, variance, is_primary=is_primary, method=method)
    is_clear = abs(difference) > threshold + method.eps and abs(difference) >= method.own_least - method.eps
    return CellChange(
        condition,
        space,
        statements=m,
        before=before,
        after=after,
        difference=difference,
        higher=sum(new > old for old, new in both),
        lower=sum(new < old for old, new in both),
        threshold=threshold,
        word=("clear_rise" if difference > 0 else "clear_fall") if is_clear else None,
    )


def _threshold(statements: int, variance: float, *, is_primary: bool, method: Method) -> float:
    return method.own_z[not is_primary] * sqrt(2 * method.occasion_sd**2 + variance / statements)


def _space(cells: Sequence[CellChange], variance: float, method: Method) -> SpaceWord | None:
    k = len(cells)
    if k < method.space_cells:
        return None
    mean = sum(cell.difference for cell in cells) / k
    own = 2 * method.space_sd**2 + 2 * method.occasion_sd**2 / k
    sd = sqrt(own + variance * sum(1 / cell.statements for cell in cells) / k**2)
    one_way = sum(cell.difference * mean > 0 for cell in cells)
    is_told = abs(mean) / sd > method.space_z + method.eps and abs(mean) >= method.space_least - method.eps
    if not is_told or one_way < method.space_cells:
        return None
    return "rise" if mean > 0 else "fall"
