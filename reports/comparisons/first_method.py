"""Comparisons of editions of method 1.0, which keep their words: every rule and figure of it that 2.0 has changed.

Each group against everybody else, all that is looked at in one view; only where groups could be told apart by their
ICC(2), which the close had judged. Pure: no Django. Source: method sheet 1.0, sections 6, 9 and 13.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from reports.comparisons.differences import Cells, Difference, EverybodyElse, Word, signed_display
from reports.comparisons.sides import counted_together
from reports.publish.cells import CellFigures, PublishedCell, displayed_sd
from reports.scoring import FIRST_METHOD as FIRST
from reports.scoring import CellKey, MeanDifference, Side, adjusted_together, mean_difference

Between = Literal["few_groups", "alike", "caution", "apart"]
ALIKE, APART, LEAST_GROUPS = 0.5, 0.7, 10  # ICC(2) below which nothing is compared, up to which with caution; groups


def first_differences(
    groups: Sequence[Cells], others: Sequence[Sequence[Cells]], between: Mapping[CellKey, Between]
) -> tuple[dict[CellKey, Difference], ...]:
    """For each of `groups` its cells against the same cells of `others`: the atoms that are not part of it.

    `between`: whether groups can be told apart in a cell, as published; where they cannot, nothing is compared
    (`alike`). With five or more comparisons, a clear word must survive the many. Fewer than five people on a side, or a
    hidden cell, is `too_few`; a side that has a word and no score is `no_score`; a group of everybody has
    `nobody_else`. What has no cell was not asked.
    """
    sides = [_against(cells, apart) for cells, apart in zip(groups, others, strict=True)]
    compared = {
        (number, key): mean_difference(_side(pair.others, pair.asked), _side(pair.group, pair.asked), method=FIRST)
        for number, pairs in enumerate(sides)
        for key, pair in pairs.items()
        if isinstance(pair, _Pair) and between.get(key) != "alike"
    }
    found = list(compared.values())
    if len(found) >= FIRST.many_cells:
        found = list(adjusted_together(found, method=FIRST))
    by_place = dict(zip(compared, found, strict=True))
    return tuple(
        {key: _difference(pair, by_place.get((number, key)), between.get(key)) for key, pair in pairs.items()}
        for number, pairs in enumerate(sides)
    )


class _Pair(NamedTuple):
    """One cell of a group and of everybody else together, both shown."""

    group: CellFigures
    others: CellFigures
    asked: int  # statements of the cell


def _against(cells: Cells, others: Sequence[Cells]) -> dict[CellKey, "_Pair | Word"]:
    """Every cell with the same of everybody else, or why the two cannot be compared."""
    if not others:
        return dict.fromkeys(cells, "nobody_else")
    return {key: _pair(cell, counted_together((other[key] for other in others), FIRST)) for key, cell in cells.items()}


def _pair(cell: PublishedCell, rest: PublishedCell) -> "_Pair | Word":
    if cell.figures and rest.figures:
        return _Pair(cell.figures, rest.figures, cell.asked)
    return "no_score" if cell.said and rest.said else "too_few"


def _side(figures: CellFigures, asked: int) -> Side:
    """Mean, people and SD as a reader could work them out from the page."""
    return Side(figures.score, figures.n, displayed_sd(figures, asked, FIRST), figures.n - 1 + FIRST.nu0)


def _difference(pair: "_Pair | Word", found: MeanDifference | None, between: Between | None) -> Difference:
    if not isinstance(pair, _Pair):
        return Difference(pair)
    rest = pair.others
    others = EverybodyElse(rest.score, rest.n, views_differ=rest.views_differ, sd=displayed_sd(rest, pair.asked, FIRST))
    if found is None:
        return Difference("alike", others)
    if found.difference is None or found.low is None or found.high is None:
        return Difference("too_few")
    difference, low, high = map(signed_display, (found.difference, found.low, found.high))
    plain = Difference("not_clear", others, difference, low, high)
    if not found.word.startswith("clear"):
        return plain
    return replace(plain, word="higher" if found.word == "clear_rise" else "lower", with_caution=between == "caution")
