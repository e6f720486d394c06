"""What stands out in a self-assessment, by stated rules, from its cells as stored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal

from reports.scoring import METHOD, CellKey, Method
from reports.self_assessments.cells import ResultCell
from reports.self_assessments.reliable import ReliableChange, reliable_change


@dataclass(frozen=True)
class Observation:
    kind: Literal["highest", "lowest"]
    condition: str
    space: str


@dataclass(frozen=True)
class CellChange:
    condition: str
    space: str
    before: float  # scores as displayed
    after: float
    reliable: ReliableChange


def observations_in(cells: Iterable[ResultCell]) -> tuple[Observation, ...]:
    """The highest cell and the two lowest of a self-assessment, from cells in model order.

    Only cells with a score count, and none counts twice: three or more give three observations, two give the highest
    and the lowest, one gives itself as the highest. Ties go to the earlier cell; the two lowest stand in model order.

    >>> scores = {"task": 3.0, "route": 4.0, "energy": 2.0}
    >>> cells = [ResultCell(key, "team", score, "partly", 7, 7, 0, None) for key, score in scores.items()]
    >>> [(o.kind, o.condition) for o in observations_in(cells)]
    [('highest', 'route'), ('lowest', 'task'), ('lowest', 'energy')]
    """
    scored = [(cell.score, cell.key) for cell in cells if cell.score is not None]
    if not scored:
        return ()
    highest = max(scored, key=itemgetter(0))
    others = [one for one in scored if one is not highest]
    low = sorted(range(len(others)), key=lambda at: others[at][0])[:2]
    return (
        Observation("highest", *highest[1]),
        *(Observation("lowest", *others[at][1]) for at in sorted(low)),
    )


def comparable(before: Mapping[CellKey, Sequence[str]], after: Mapping[CellKey, Sequence[str]]) -> frozenset[CellKey]:
    """The cells that two checklist versions ask with the same statements, from each version's statements by cell.

    >>> comparable({("task", "self"): ["T1", "T2"], ("task", "team"): ["T1"]}, {("task", "self"): ["T2", "T1"]})
    frozenset({('task', 'self')})
    """
    return frozenset(key for key in before.keys() & after.keys() if set(before[key]) == set(after[key]))


def changes(
    before: Iterable[ResultCell], after: Iterable[ResultCell], *, among: Collection[CellKey], method: Method = METHOD
) -> tuple[CellChange, ...]:
    """A leader's earlier and later self-assessment, cell by cell in the order of `after`.

    Only the cells `among` those named (those asked with the same statements) that have a score both times.
    """
    earlier = {cell.key: cell.score for cell in before}
    compared = []
    for cell in after:
        old, new = earlier.get(cell.key), cell.score
        if cell.key in among and old is not None and new is not None:
            compared.append(CellChange(*cell.key, old, new, reliable_change(old, new, method=method)))
    return tuple(compared)
