"""Everything that is said of one slice, as it is stored."""

from collections.abc import Sequence
from typing import Any

from reports.publish.cells import CellFigures, cell_figures
from reports.publish.findings import findings
from reports.publish.responses import Cells
from reports.publish.slices import SliceSums
from reports.publish.statements import hide_few, statement_content
from reports.scoring import METHOD, CellKey, Method, whole_percentages


def slice_content(sums: SliceSums, cells: Cells, method: Method = METHOD) -> dict[str, Any]:
    figures = {
        place: cell_figures(base, of_cell, asked=len(cells[place]), method=method)
        for place, (base, of_cell) in sums.cells.items()
        if base.n
    }
    return {
        "cells": [_cell(place, figures.get(place), sums, keys, method) for place, keys in cells.items()],
        "picks": _picks(sums, cells),
        "findings": findings(figures, _importance(sums, cells), method),
    }


def _cell(
    place: CellKey, figures: CellFigures | None, sums: SliceSums, keys: Sequence[str], method: Method
) -> dict[str, Any]:
    condition, space = place
    asked = len(keys)
    head = {"condition": condition, "space": space, "asked": asked}
    if figures is None:
        return {**head, "state": "too_few_people", "score": None, "level": None}
    statements = [statement_content(key, *sums.statements[key], asked=asked, method=method) for key in keys]
    return {**head, **figures.content(), "statements": statements}


def _conditions(cells: Cells) -> list[str]:
    return list(dict.fromkeys(condition for condition, _ in cells))


def _importance(sums: SliceSums, cells: Cells) -> dict[str, float]:
    """The share of choosers that chose each condition; nothing matters where too few chose."""
    base, chosen = sums.picks
    return {condition: count / max(base.n, 1) for condition, count in zip(_conditions(cells), chosen, strict=True)}


def _picks(sums: SliceSums, cells: Cells) -> dict[str, Any] | None:
    """The share of people that chose each condition, where tens stand behind it; each of them chose two."""
    base, chosen = sums.picks
    if not base.is_of_tens:
        return None
    shares = [whole_percentages([count, base.n - count])[0] for count in chosen]
    return {"n": base.n, "conditions": _conditions(cells), "shares": hide_few(chosen, shares)}
