"""Each group against everybody else, cell by cell: a word only where the difference matters and is no chance.

Pure: no Django. Source: method sheet, sections 6, 9 and 13.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from reports.comparisons.sides import counted_together, side
from reports.publish.between import Between
from reports.publish.cells import CellFigures, PublishedCell
from reports.scoring import METHOD, CellKey, MeanDifference, Method, adjusted_together, display, mean_difference

Word = Literal["higher", "lower", "not_clear", "too_few", "no_score", "alike", "nobody_else"]


@dataclass(frozen=True)
class Difference:
    """A group less everybody else in one cell, in rating points of one decimal; the ends are those of the interval."""

    word: Word
    others: CellFigures | None  # everybody else together
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    with_caution: bool = False  # a clear word where groups can only just be told apart


def differences_from_others(
    groups: Sequence[Mapping[CellKey, PublishedCell]],
    others: Sequence[Sequence[Mapping[CellKey, PublishedCell]]],
    between: Mapping[CellKey, Between],
    method: Method = METHOD,
) -> tuple[dict[CellKey, Difference], ...]:
    """For each of `groups` its cells against the same cells of `others`: the atoms that are not part of it.

    `between`: whether groups can be told apart in a cell, as published; where they cannot, nothing is compared
    (`alike`). All that is compared stands in one view: with five or more, a clear word must survive the many cells.
    Fewer than five people on a side, or a hidden cell, is `too_few`; a side that has a word and no score is `no_score`;
    a group of everybody has `nobody_else`. What has no cell was not asked.
    """
    sides = [_against(cells, apart) for cells, apart in zip(groups, others, strict=True)]
    compared = {
        (number, key): mean_difference(
            side(pair.others, pair.asked, method), side(pair.group, pair.asked, method), method=method
        )
        for number, pairs in enumerate(sides)
        for key, pair in pairs.items()
        if isinstance(pair, _Pair) and between.get(key) != "alike"
    }
    found = dict(zip(compared, adjusted_together(list(compared.values()), method=method), strict=True))
    return tuple(
        {key: _difference(pair, found.get((number, key)), between.get(key), method) for key, pair in pairs.items()}
        for number, pairs in enumerate(sides)
    )


class _Pair(NamedTuple):
    """One cell of a group and of everybody else together, both shown."""

    group: CellFigures
    others: CellFigures
    asked: int  # statements of the cell


def _against(
    cells: Mapping[CellKey, PublishedCell], others: Sequence[Mapping[CellKey, PublishedCell]]
) -> dict[CellKey, "_Pair | Word"]:
    """Every cell with the same of everybody else, or why the two cannot be compared."""
    if not others:
        return dict.fromkeys(cells, "nobody_else")
    return {key: _pair(cell, counted_together(other[key] for other in others)) for key, cell in cells.items()}


def _pair(cell: PublishedCell, rest: PublishedCell) -> "_Pair | Word":
    if cell.figures and rest.figures:
        return _Pair(cell.figures, rest.figures, cell.asked)
    return "no_score" if cell.said and rest.said else "too_few"


def _difference(
    pair: "_Pair | Word", found: MeanDifference | None, between: Between | None, method: Method
) -> Difference:
    if not isinstance(pair, _Pair):
        return Difference(pair, None)
    if found is None:
        return Difference("alike", pair.others)
    if found.difference is None or found.low is None or found.high is None:
        return Difference("too_few", None)
    difference, low, high = (_shown(value, method) for value in (found.difference, found.low, found.high))
    plain = Difference("not_clear", pair.others, difference, low, high)
    if not found.word.startswith("clear"):
        return plain
    return replace(plain, word="higher" if found.word == "clear_rise" else "lower", with_caution=between == "caution")


def _shown(value: float, method: Method) -> float:
    """A signed figure to one decimal, half away from zero."""
    shown = display(abs(value), method=method)
    return -shown if value < 0 else shown
