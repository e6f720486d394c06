"""Everything that is said of one slice, and how it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.publish.cells import PublishedCell, Why, cell_figures, cell_word
from reports.publish.findings import Finding, Part, findings_in
from reports.publish.picks import EACH, pick_shares
from reports.publish.responses import Cells
from reports.publish.slices import ALONE, SliceSums
from reports.publish.statements import OfCell, OldShare, PublishedStatement, published_statement
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
    statements: Mapping[CellKey, tuple[PublishedStatement, ...]]  # of the cells of which anything is told
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
        if cell.said is None:
            return cell.stored()
        return {**cell.stored(), "statements": [one.stored() for one in self.statements[cell.key]]}


def cells_from_stored(stored: Mapping[str, Any]) -> dict[CellKey, PublishedCell]:
    """The cells of a stored content alone: for whoever reads many slices and no statements."""
    return {cell.key: cell for cell in map(PublishedCell.from_stored, stored["cells"])}


def slice_content(
    sums: SliceSums,
    cells: Cells,
    parts: Sequence[SliceContent] = (),
    *,
    n: int,
    primary: str | None = None,
    is_open_link: bool = False,
    method: Method = METHOD,
) -> SliceContent:
    """`parts`: of a slice of several atoms, what is published of each; `n`: people of the slice; `is_open_link` as for
    `slice_sums`."""
    published = {key: _cell(sums, key, len(cells[key]), method, is_open_link=is_open_link) for key in cells}
    picks = _picks(sums, cells)
    statements = {
        key: tuple(published_statement(one, *sums.statements[one], of_cell, method) for one in cells[key])
        for key, cell in published.items()
        if (of_cell := _of_cell(sums, cells[key], cell, is_open_link=is_open_link))
    }
    findings = findings_in(
        Part(published, statements),
        [Part(part.cells, part.statements) for part in parts],
        primary=primary,
        importance=importance(picks) if picks and picks.n >= method.picks_share * n else None,
        method=method,
    )
    return SliceContent(published, statements, picks, findings)


def _cell(sums: SliceSums, key: CellKey, asked: int, method: Method, *, is_open_link: bool) -> PublishedCell:
    base, of = sums.cells[key]
    if not base.n:
        return PublishedCell(*key, asked, None)
    if base.has_score:
        return PublishedCell(*key, asked, cell_figures(base, of, asked=asked, method=method))
    why: Why = "one_statement" if asked == ALONE else "open_link" if is_open_link else "same_people"
    return PublishedCell(*key, asked, None, cell_word(base, of, why, method))


def _of_cell(sums: SliceSums, keys: Sequence[str], cell: PublishedCell, *, is_open_link: bool) -> OfCell | None:
    if cell.said is None or cell.said.level is None:
        return None
    of, bases = sums.cells[cell.key][1], [sums.statements[key][0] for key in keys]
    return OfCell(
        cell.asked,
        cell.said.level,
        has_score=cell.figures is not None,
        is_open_link=is_open_link,
        is_of_thirties=all(base.is_of_thirties for base in bases if base.is_of_tens),
        mean_in_tens=of.mean_in_tens,
        in_tens=of.in_tens,
    )


def _conditions(cells: Cells) -> list[str]:
    return list(dict.fromkeys(condition for condition, _ in cells))


def _picks(sums: SliceSums, cells: Cells) -> PublishedPicks | None:
    base, chosen = sums.picks
    if not base.is_of_tens:
        return None
    return PublishedPicks(base.n, tuple(_conditions(cells)), pick_shares(chosen, base.people))


def importance(picks: PublishedPicks | None) -> dict[str, float] | None:
    """Condition → the share of people who chose it, as published; None where no share is.

    What is withheld has equal parts of what the printed shares leave over: everybody chose two.
    """
    printed = [share for share in picks.shares if isinstance(share, int)] if picks else []
    if picks is None or not printed:
        return None
    withheld = len(picks.shares) - len(printed)
    rest = max(0, EACH * 100 - sum(printed)) / max(1, withheld)
    shares = (share if isinstance(share, int) else rest for share in picks.shares)
    return {condition: share / 100 for condition, share in zip(picks.conditions, shares, strict=True)}
