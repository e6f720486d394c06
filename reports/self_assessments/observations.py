"""What stands out, by stated rules, from published cells. A cell is a row as stored: condition, space, score, …"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reports.scoring import METHOD, CellKey, Method, ReliableChange, reliable_change

Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Observation:
    kind: Literal["highest", "lowest"]
    condition: str
    space: str


@dataclass(frozen=True)
class Change:
    condition: str
    space: str
    before: float  # scores as displayed
    after: float
    reliable: ReliableChange


def observations(cells: Iterable[Cell]) -> tuple[Observation, ...]:
    """The highest cell and the two lowest of a self-assessment, from cells in model order.

    Only cells with a score count, and none counts twice: three or more give three observations, two give the highest
    and the lowest, one gives itself as the highest. Ties go to the earlier cell; the two lowest stand in model order.

    >>> scores = {"task": 3.0, "route": 4.0, "energy": 2.0}
    >>> cells = [{"condition": condition, "space": "team", "score": score} for condition, score in scores.items()]
    >>> [(o.kind, o.condition) for o in observations(cells)]
    [('highest', 'route'), ('lowest', 'task'), ('lowest', 'energy')]
    """
    scored = [cell for cell in cells if cell["score"] is not None]
    if not scored:
        return ()
    highest = max(scored, key=lambda cell: cell["score"])
    others = [cell for cell in scored if cell is not highest]
    low = sorted(range(len(others)), key=lambda at: others[at]["score"])[:2]
    return (
        Observation("highest", highest["condition"], highest["space"]),
        *(Observation("lowest", others[at]["condition"], others[at]["space"]) for at in sorted(low)),
    )


def comparable(before: Mapping[CellKey, Sequence[str]], after: Mapping[CellKey, Sequence[str]]) -> frozenset[CellKey]:
    """The cells that two checklist versions ask with the same statements, from each version's statements by cell.

    >>> comparable({("task", "self"): ["T1", "T2"], ("task", "team"): ["T1"]}, {("task", "self"): ["T2", "T1"]})
    frozenset({('task', 'self')})
    """
    return frozenset(place for place in before.keys() & after.keys() if set(before[place]) == set(after[place]))


def changes(
    before: Iterable[Cell], after: Iterable[Cell], *, places: Collection[CellKey], method: Method = METHOD
) -> tuple[Change, ...]:
    """A leader's earlier and later self-assessment, cell by cell in the order of `after`.

    Only the cells in `places` (those asked with the same statements) that have a score both times.
    """
    earlier = {(cell["condition"], cell["space"]): cell["score"] for cell in before}
    compared = []
    for cell in after:
        place = (cell["condition"], cell["space"])
        old, new = earlier.get(place), cell["score"]
        if place in places and old is not None and new is not None:
            compared.append(Change(*place, old, new, reliable_change(old, new, method=method)))
    return tuple(compared)
