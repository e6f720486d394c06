"""Where to act first and where to talk first, from given figures, by method sheet 1.0, section 11.

Agreement decides the kind of step and is not multiplied in: a low score that people dispute needs a conversation, not
less attention. The lists are shown without rank numbers, since few raters cannot tell first from second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from reports.scoring.method import METHOD, Method
from reports.scoring.scores import CellKey

Route = Literal["not_enough", "talk_pool", "act_pool", "watch"]

LEAST_PEOPLE = 5
LEAST_IMPORTANCE = 0.20  # share of people who name the condition among those that matter most
ACT_AT_MOST, TALK_AT_MOST = 3, 2


@dataclass(frozen=True)
class CellToWeigh:
    """The figures of one cell: what a priority is worked out from."""

    key: CellKey
    n: int
    score: float | None  # 1–5, shrunken where there is a benchmark; None where none is published
    high: float | None  # upper end of its range
    views_differ: bool  # agreement is `wide`, or there are two camps
    importance: float  # 0–1


@dataclass(frozen=True)
class Priority:
    """`need` and `value` are on 0–1; None where the cell has no score."""

    key: CellKey
    need: float | None  # how far the score lies below the target, as a share of the way from 1
    value: float | None  # need times importance
    route: Route


@dataclass(frozen=True)
class Priorities:
    """Every cell in the order given, and the two lists, the greatest need first."""

    cells: tuple[Priority, ...]
    act_first: tuple[CellKey, ...]
    talk_first: tuple[CellKey, ...]


def priorities(cells: Sequence[CellToWeigh], *, method: Method = METHOD) -> Priorities:
    """The cells weighed, and up to three to act on and two to talk about.

    `cells`: in model order, which decides ties. Fewer than five people, or no score, are `not_enough`; differing views
    go to `talk_pool`; a range that ends below `method.target` to `act_pool`; all else is `watch`. Only what at least a
    fifth of the people find important enters a list. Raises ValueError for a figure out of its bounds.

    >>> low = CellToWeigh(("task", "team"), 12, 2.9, 3.3, views_differ=False, importance=0.5)
    >>> torn = CellToWeigh(("route", "team"), 12, 3.0, 3.6, views_differ=True, importance=0.3)
    >>> found = priorities([low, torn])
    >>> found.act_first, found.talk_first, round(found.cells[0].need, 4), round(found.cells[0].value, 4)
    ((('task', 'team'),), (('route', 'team'),), 0.4242, 0.2121)
    """
    for cell in cells:
        _check(cell, method)
    weighed = tuple(_weighed(cell, method) for cell in cells)
    listed = [one for one, cell in zip(weighed, cells, strict=True) if cell.importance >= LEAST_IMPORTANCE - method.eps]
    return Priorities(
        cells=weighed,
        act_first=_first(listed, "act_pool", ACT_AT_MOST),
        talk_first=_first(listed, "talk_pool", TALK_AT_MOST),
    )


def _weighed(cell: CellToWeigh, method: Method) -> Priority:
    if cell.score is None:
        return Priority(cell.key, None, None, "not_enough")
    need = max(0.0, (method.target - cell.score) / (method.target - method.lowest))
    return Priority(cell.key, need, need * cell.importance, _route(cell, method))


def _route(cell: CellToWeigh, method: Method) -> Route:
    if cell.n < LEAST_PEOPLE or cell.high is None:
        return "not_enough"
    if cell.views_differ:
        return "talk_pool"
    return "act_pool" if cell.high < method.target - method.eps else "watch"


def _first(listed: Sequence[Priority], route: Route, at_most: int) -> tuple[CellKey, ...]:
    pool = [one for one in listed if one.route == route]
    return tuple(one.key for one in sorted(pool, key=lambda one: -(one.value or 0.0))[:at_most])


def _check(cell: CellToWeigh, method: Method) -> None:
    if cell.n < 0:
        raise ValueError(f"A cell holds 0 people or more, not {cell.n}.")
    if not 0 <= cell.importance <= 1:
        raise ValueError(f"Importance is a share between 0 and 1, not {cell.importance}.")
    for figure in (cell.score, cell.high):
        if figure is not None and not (isfinite(figure) and method.lowest <= figure <= method.highest):
            raise ValueError(f"A score lies between {method.lowest} and {method.highest}, not at {figure}.")
