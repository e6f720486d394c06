"""What stands out in a slice, by stated rules from published figures; in model order, no ranks.

The rules are those of `reports.scoring`; here stands which published figures they are given. Source: method sheet 2.0,
section 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from reports.publish.cells import PublishedCell, displayed_sd
from reports.publish.statements import PublishedStatement
from reports.scoring import (
    METHOD,
    CellKey,
    FoundCell,
    Method,
    ShareWord,
    act_first,
    breaks,
    display,
    strongest,
    talk_first,
)

SELF = "self"  # a view of oneself: never one side of a break

FindingKind = Literal[
    "stands_out",
    "firmly_in_place",
    "act_first",
    "talk_first",
    "break",
    "could_not_judge",
    "strongest",  # of editions of method 1.0, as is the next
    "views_differ",
]
Statements = Mapping[CellKey, Sequence[PublishedStatement]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that stands out in a slice, and in which cells; of a break the weaker one first.

    >>> stored = {"kind": "could_not_judge", "cells": [["task", "system"]], "share": "half"}
    >>> finding = Finding.from_stored(stored)
    >>> finding.cells, finding.stored() == stored
    ((('task', 'system'),), True)
    """

    kind: FindingKind
    cells: tuple[CellKey, ...]
    share: ShareWord | None = None  # of those who could not judge
    more: tuple[CellKey, ...] = ()  # that the same is true of and that are not named in a list
    scores: tuple[float, float] | None = None  # of a break, over the statements asked in both, as displayed

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Finding":
        weaker, stronger = stored.get("scores", (None, None))
        scores = None if weaker is None else (weaker, stronger)
        return cls(stored["kind"], _keys(stored["cells"]), stored.get("share"), _keys(stored.get("more", ())), scores)

    def stored(self) -> dict[str, Any]:
        said: dict[str, Any] = {"kind": self.kind, "cells": [list(key) for key in self.cells]}
        said |= {"share": self.share} if self.share else {}
        said |= {"more": [list(key) for key in self.more]} if self.more else {}
        return said | ({"scores": list(self.scores)} if self.scores else {})


def _keys(stored: Sequence[Sequence[str]]) -> tuple[CellKey, ...]:
    return tuple((condition, space) for condition, space in stored)


@dataclass(frozen=True, slots=True)
class Part:
    """What is published of a slice, or of one of the atoms it is made of."""

    cells: Mapping[CellKey, PublishedCell]
    statements: Statements


def findings_in(
    of: Part,
    parts: Sequence[Part] = (),
    *,
    primary: str | None = None,
    importance: Mapping[str, float] | None = None,
    method: Method = METHOD,
) -> tuple[Finding, ...]:
    """From published figures only; a cell without a score is in none of them.

    `parts`: the atoms of a slice of several. `primary`: the space asked in depth. `importance`: condition → share of
    people who chose it, as published; None where none is, or where few answered the question.
    """
    cells = found_cells(of.cells, method)
    top = strongest(cells, method=method)
    act = act_first(cells, primary=primary, shares=importance, method=method)
    talk = talk_first(cells, shares=importance, method=method)
    return (
        *([Finding("act_first", act.cells, more=act.others)] if act.cells else []),
        *([Finding("talk_first", talk.cells, more=talk.others)] if talk.cells else []),
        *([Finding(top.kind, top.cells, more=top.others)] if top else []),
        *breaks_in(of, parts, method),
        *(
            Finding("could_not_judge", (key,), cell.figures.could_not_judge)
            for key, cell in of.cells.items()
            if cell.figures and cell.figures.could_not_judge
        ),
    )


def found_cells(cells: Mapping[CellKey, PublishedCell], method: Method = METHOD) -> list[FoundCell]:
    """Those with a score, in model order."""
    return [
        FoundCell(
            *key,
            score=figures.score,
            low=figures.low,
            high=figures.high,
            n=figures.n,
            agreement=figures.agreement,
            split=figures.is_split,
            asked=cell.asked,
            s=displayed_sd(figures, cell.asked, method),
        )
        for key, cell in cells.items()
        if (figures := cell.figures)
    ]


def breaks_in(of: Part, parts: Sequence[Part], method: Method = METHOD) -> list[Finding]:
    """Weaker and stronger cell of a condition between two spaces, on the same statements and of the same people.

    All pairs of the map are held against chance together.
    """
    compared = {
        (first, second): pair
        for first, second in combinations(of.cells, 2)
        if first[0] == second[0] and SELF not in (first[1], second[1])
        if (pair := _pair(first, second, of, parts, method))
    }
    weaker = breaks(list(compared.values()), method=method)
    return [
        Finding("break", (first, second), scores=(one, another))
        if word == "first"
        else Finding("break", (second, first), scores=(another, one))
        for ((first, second), (one, another, *_)), word in zip(compared.items(), weaker, strict=True)
        if word
    ]


def _pair(
    first: CellKey, second: CellKey, of: Part, parts: Sequence[Part], method: Method
) -> tuple[float, float, int, int, int] | None:
    """Both sides as displayed, over the statements asked in both: of the slice where nothing is left out in it, else of
    the atoms that are shown in both."""
    asked = [_indicators(of, key) for key in (first, second)]
    shared = [one for one in asked[0] if one in asked[1]]
    if not shared:
        return None
    only = None if len(shared) == len(asked[0]) == len(asked[1]) else shared
    sides = [_side(of, key, only, method) for key in (first, second)]
    if all(side and side.is_whole for side in sides):
        [one, another] = [side for side in sides if side]
        return one.value, another.value, one.n, another.n, len(shared)
    both = [[_side(part, key, only, method) for key in (first, second)] for part in parts]
    told = [(one, another) for one, another in both if one and another]
    if not told:
        return None
    values = [_together(column, method) for column in zip(*told, strict=True)]
    return values[0].value, values[1].value, values[0].n, values[1].n, len(shared)


@dataclass(frozen=True, slots=True)
class _Side:
    value: float
    n: int
    is_whole: bool  # no group of the slice is left out of it


def _side(of: Part, key: CellKey, only: Sequence[str] | None, method: Method) -> _Side | None:
    figures = of.cells[key].figures if key in of.cells else None
    if figures is None:
        return None
    is_whole = not (figures.without or figures.without_people)
    if only is None:
        return _Side(figures.score, figures.n, is_whole)
    statements = [one for one in of.statements.get(key, ()) if _indicator(one.key) in only]
    means = [one.mean for one in statements if one.mean is not None]
    if len(means) < len(only):
        return None
    is_whole &= not any(one.without for one in statements)
    return _Side(display(sum(means) / len(means), method=method), figures.n, is_whole)


def _together(sides: Sequence[_Side], method: Method) -> _Side:
    """The mean of displayed figures, weighted by n."""
    n = sum(side.n for side in sides)
    return _Side(display(sum(side.value * side.n for side in sides) / n, method=method), n, is_whole=False)


def _indicators(of: Part, key: CellKey) -> list[str]:
    return [_indicator(one.key) for one in of.statements.get(key, ())]


def _indicator(statement: str) -> str:
    """What a statement words: `T1.team` → `T1`."""
    return statement.partition(".")[0]
