"""What stands out in a slice, by stated rules from published figures; ties in model order, no ranks."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from reports.publish.cells import CellFigures
from reports.scoring import METHOD, CellKey, Method, Side, change, change_together

STRENGTHS = ("mostly", "firmly")
BREAK = 0.5  # rating points between two spaces
IMPORTANT = 0.20  # share of people who chose the condition
ACT, TALK, DIFFER = 3, 2, 2  # at most so many

Figures = Mapping[CellKey, CellFigures]


def findings(figures: Figures, importance: Mapping[str, float], method: Method = METHOD) -> list[dict[str, Any]]:
    """`figures`: the shown cells in model order; `importance`: condition → share of people who chose it."""
    act, talk = priorities(figures, importance, method)
    return [
        *({"kind": "strongest", "cells": [list(place)]} for place in _strongest(figures)),
        *([{"kind": "act_first", "cells": [list(place) for place in act]}] if act else []),
        *([{"kind": "talk_first", "cells": [list(place) for place in talk]}] if talk else []),
        *({"kind": "views_differ", "cells": [list(place)]} for place in _differing(figures)),
        *({"kind": "break", "cells": [list(weak), list(strong)]} for weak, strong in breaks(figures, method)),
        *(
            {"kind": "could_not_judge", "cells": [list(place)], "share": cell.could_not_judge}
            for place, cell in figures.items()
            if cell.could_not_judge
        ),
    ]


def priorities(
    figures: Figures, importance: Mapping[str, float], method: Method = METHOD
) -> tuple[list[CellKey], list[CellKey]]:
    """(act first, talk first), each in model order. Agreement decides the kind of step, it is not multiplied in.

    Until there is a benchmark to shrink towards, need is that of the displayed score. Source: method sheet, section 11.
    """
    weight = {
        place: round(_need(cell.score, method) * importance.get(place[0], 0.0), 9)  # ties are ties
        for place, cell in figures.items()
        if importance.get(place[0], 0.0) >= IMPORTANT - method.eps and cell.n >= method.min_compared
    }
    talk = {place for place in weight if figures[place].views_differ}
    act = {place for place in weight if place not in talk and figures[place].high < method.target - method.eps}
    return _heaviest(act, weight, ACT), _heaviest(talk, weight, TALK)


def breaks(figures: Figures, method: Method = METHOD) -> list[tuple[CellKey, CellKey]]:
    """(weaker, stronger) cell of a condition whose spaces clearly differ by half a point or more.

    From displayed scores, n and the SD of the published ranges, as if different people had answered; all pairs of the
    map are held against chance together. Source: method sheet, section 11a.
    """
    pairs = [(a, b) for a, b in combinations(figures, 2) if a[0] == b[0]]
    sides = {place: _side(cell, method) for place, cell in figures.items()}
    compared = change_together([change(sides[a], sides[b], method=method) for a, b in pairs], method=method)
    return [
        (a, b) if one.word == "clear_rise" else (b, a)
        for (a, b), one in zip(pairs, compared, strict=True)
        if one.word.startswith("clear") and abs(one.difference or 0.0) >= BREAK - method.eps
    ]


def _strongest(figures: Figures) -> list[CellKey]:
    candidates = [place for place, cell in figures.items() if cell.level in STRENGTHS and not cell.views_differ]
    return [max(candidates, key=lambda place: figures[place].score)] if candidates else []


def _differing(figures: Figures) -> list[CellKey]:
    return [place for place, cell in figures.items() if cell.views_differ][:DIFFER]


def _need(score: float, method: Method) -> float:
    return max(0.0, (method.target - score) / (method.target - 1))


def _heaviest(places: set[CellKey], weight: Mapping[CellKey, float], most: int) -> list[CellKey]:
    chosen = sorted((place for place in weight if place in places), key=lambda place: -weight[place])
    return [place for place in weight if place in chosen[:most]]


def _side(cell: CellFigures, method: Method) -> Side:
    return Side(cell.score, cell.n, cell.range_sd, cell.n - 1 + method.nu0)
