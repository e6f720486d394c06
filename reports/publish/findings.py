"""What stands out in a slice, by stated rules from published figures; ties in model order, no ranks."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

from reports.publish.cells import CellFigures, PublishedCell, ShareWord, displayed_sd
from reports.scoring import METHOD, CellKey, Method, Side, adjusted_together, mean_difference

STRENGTHS = ("mostly", "firmly")
BREAK = 0.5  # rating points between two spaces
IMPORTANT = 0.20  # share of people who chose the condition
ACT, TALK, DIFFER = 3, 2, 2  # at most so many

Figures = Mapping[CellKey, CellFigures]
FindingKind = Literal["strongest", "act_first", "talk_first", "views_differ", "break", "could_not_judge"]


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

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Finding":
        cells = tuple((condition, space) for condition, space in stored["cells"])
        return cls(stored["kind"], cells, stored.get("share"))

    def stored(self) -> dict[str, Any]:
        said = {"kind": self.kind, "cells": [list(key) for key in self.cells]}
        return said | ({"share": self.share} if self.share else {})


def findings_in(
    cells: Mapping[CellKey, PublishedCell], importance: Mapping[str, float] | None, method: Method = METHOD
) -> tuple[Finding, ...]:
    """From published figures only; a cell without a score is in none of them.

    `cells`: in model order. `importance`: condition → share of people who chose it, as published; None where none is.
    """
    figures = {key: cell.figures for key, cell in cells.items() if cell.figures}
    spreads = {key: displayed_sd(of, cells[key].asked, method) for key, of in figures.items()}
    act, talk = priorities(figures, importance, method)
    return (
        *(Finding("strongest", (key,)) for key in _strongest(figures)),
        *([Finding("act_first", tuple(act))] if act else []),
        *([Finding("talk_first", tuple(talk))] if talk else []),
        *(Finding("views_differ", (key,)) for key in _differing(figures)),
        *(Finding("break", pair) for pair in breaks(figures, spreads, method)),
        *(
            Finding("could_not_judge", (key,), cell.could_not_judge)
            for key, cell in figures.items()
            if cell.could_not_judge
        ),
    )


def priorities(
    figures: Figures, importance: Mapping[str, float] | None, method: Method = METHOD
) -> tuple[list[CellKey], list[CellKey]]:
    """(act first, talk first), each in model order. Agreement decides the kind of step, it is not multiplied in.

    Until there is a benchmark to shrink towards, need is that of the displayed score. Where no share of what matters
    most is published every condition weighs the same. Source: method sheet, section 11.
    """
    share = dict.fromkeys((key[0] for key in figures), 1.0) if importance is None else importance
    weight = {
        key: round(_need(cell.score, method) * share.get(key[0], 0.0), 9)  # ties are ties
        for key, cell in figures.items()
        if share.get(key[0], 0.0) >= IMPORTANT - method.eps and cell.n >= method.min_compared
    }
    talk = {key for key in weight if figures[key].views_differ}
    act = {key for key in weight if key not in talk and figures[key].high < method.target - method.eps}
    return _heaviest(act, weight, ACT), _heaviest(talk, weight, TALK)


def breaks(
    figures: Figures, spreads: Mapping[CellKey, float], method: Method = METHOD
) -> list[tuple[CellKey, CellKey]]:
    """(weaker, stronger) cell of a condition whose spaces clearly differ by half a point or more.

    From displayed scores, n and the SD of the published ranges, as if different people had answered; all pairs of the
    map are held against chance together. Source: method sheet, section 11a.
    """
    pairs = [(a, b) for a, b in combinations(figures, 2) if a[0] == b[0]]
    sides = {key: Side(cell.score, cell.n, spreads[key], cell.n - 1 + method.nu0) for key, cell in figures.items()}
    compared = adjusted_together([mean_difference(sides[a], sides[b], method=method) for a, b in pairs], method=method)
    return [
        (a, b) if one.word == "clear_rise" else (b, a)
        for (a, b), one in zip(pairs, compared, strict=True)
        if one.word.startswith("clear") and abs(one.difference or 0.0) >= BREAK - method.eps
    ]


def _strongest(figures: Figures) -> list[CellKey]:
    candidates = [key for key, cell in figures.items() if cell.level in STRENGTHS and not cell.views_differ]
    return [max(candidates, key=lambda key: figures[key].score)] if candidates else []


def _differing(figures: Figures) -> list[CellKey]:
    return [key for key, cell in figures.items() if cell.views_differ][:DIFFER]


def _need(score: float, method: Method) -> float:
    return max(0.0, (method.target - score) / (method.target - 1))


def _heaviest(places: set[CellKey], weight: Mapping[CellKey, float], most: int) -> list[CellKey]:
    chosen = sorted((key for key in weight if key in places), key=lambda key: -weight[key])
    return [key for key in weight if key in chosen[:most]]
