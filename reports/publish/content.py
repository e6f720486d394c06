"""Everything that is said of one slice, and how it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.publish.cells import PublishedCell, cell_figures, range_sd
from reports.publish.findings import Finding, findings_in
from reports.publish.picks import pick_shares
from reports.publish.responses import Cells
from reports.publish.slices import SliceSums
from reports.publish.statements import OldShare, PublishedStatement, published_statement
from reports.scoring import METHOD, CellKey, Method


@dataclass(frozen=True, slots=True)
class PublishedPicks:
    """The share of `n` people that chose each condition, in model order; each of them chose two.

    None is a share that is withheld; in editions before code 3 it was the largest, beside 'few'.

    >>> stored = {"n": 20, "conditions": ["task", "route"], "shares": [60, None]}
    >>> PublishedPicks.from_stored(stored).stored() == stored
    True
    """

    n: int
    conditions: tuple[str, ...]
    shares: tuple[OldShare, ...]

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "PublishedPicks":
        return cls(stored["n"], tuple(stored["conditions"]), tuple(stored["shares"]))

    def stored(self) -> dict[str, Any]:
        return {"n": self.n, "conditions": list(self.conditions), "shares": list(self.shares)}


@dataclass(frozen=True, slots=True)
class SliceContent:
    """All that is published of a slice, cells and their statements in model order.

    >>> hidden = {"condition": "task", "space": "team", "asked": 7, "state": "too_few_people", "score": None,
    ...           "level": None}
    >>> stored = {"cells": [hidden], "picks": None, "findings": []}
    >>> content = SliceContent.from_stored(stored)
    >>> list(content.cells), content.statements, content.stored() == stored
    ([('task', 'team')], {}, True)
    """

    cells: Mapping[CellKey, PublishedCell]
    statements: Mapping[CellKey, tuple[PublishedStatement, ...]]  # of the cells with figures
    picks: PublishedPicks | None  # None where no tens stand behind them
    findings: tuple[Finding, ...]

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "SliceContent":
        return cls(
            cells=cells_from_stored(stored),
            statements={
                (cell["condition"], cell["space"]): tuple(map(PublishedStatement.from_stored, cell["statements"]))
                for cell in stored["cells"]
                if "statements" in cell
            },
            picks=PublishedPicks.from_stored(stored["picks"]) if stored["picks"] else None,
            findings=tuple(map(Finding.from_stored, stored["findings"])),
        )

    def stored(self) -> dict[str, Any]:
        return {
            "cells": [self._stored_cell(cell) for cell in self.cells.values()],
            "picks": self.picks.stored() if self.picks else None,
            "findings": [finding.stored() for finding in self.findings],
        }

    def _stored_cell(self, cell: PublishedCell) -> dict[str, Any]:
        if cell.figures is None:
            return cell.stored()
        return {**cell.stored(), "statements": [one.stored() for one in self.statements[cell.key]]}


def cells_from_stored(stored: Mapping[str, Any]) -> dict[CellKey, PublishedCell]:
    """The cells of a stored content alone: for whoever reads many slices and no statements."""
    return {cell.key: cell for cell in map(PublishedCell.from_stored, stored["cells"])}


def slice_content(sums: SliceSums, cells: Cells, method: Method = METHOD) -> SliceContent:
    shown = {key: (base, of_cell, len(cells[key])) for key, (base, of_cell) in sums.cells.items() if base.n}
    spreads = {key: range_sd(base, of, asked=asked, method=method) for key, (base, of, asked) in shown.items()}
    figures = {key: cell_figures(base, of, sd=spreads[key], method=method) for key, (base, of, _asked) in shown.items()}
    return SliceContent(
        cells={key: PublishedCell(*key, len(statements), figures.get(key)) for key, statements in cells.items()},
        statements={
            key: tuple(
                published_statement(one, *sums.statements[one], asked=asked, method=method) for one in cells[key]
            )
            for key, (_base, _of, asked) in shown.items()
        },
        picks=_picks(sums, cells),
        findings=findings_in(figures, spreads, _importance(sums, cells), method),
    )


def _conditions(cells: Cells) -> list[str]:
    return list(dict.fromkeys(condition for condition, _ in cells))


def _importance(sums: SliceSums, cells: Cells) -> dict[str, float]:
    """The share of choosers that chose each condition; nothing matters where too few chose."""
    base, chosen = sums.picks
    return {condition: count / max(base.n, 1) for condition, count in zip(_conditions(cells), chosen, strict=True)}


def _picks(sums: SliceSums, cells: Cells) -> PublishedPicks | None:
    base, chosen = sums.picks
    if not base.is_of_tens:
        return None
    return PublishedPicks(base.n, tuple(_conditions(cells)), pick_shares(chosen, base.n))
