"""Which questions a leader is left with after a self-assessment, by a stated rule."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from reports.scoring import CellKey
from reports.self_assessments.cells import ResultCell
from reports.self_assessments.observations import observations_in


@dataclass(frozen=True)
class Question:
    condition: str
    space: str
    text: str


def questions_to_reflect_on(
    cells: Iterable[ResultCell], *, matters_most: Sequence[str], texts: Mapping[CellKey, Sequence[str]]
) -> tuple[Question, ...]:
    """Up to three: the first question of each of the two lowest cells, and one about what matters most now.

    `cells` as stored, in model order; `matters_most` the chosen condition keys; `texts` the guidance's questions by
    (condition, space). The third question is the first one of the lowest cell of a condition that was chosen and is
    not among the first two; where there is none, of any other condition; where there is none either, there is no
    third question. Ties go to the earlier cell. Only cells with a score count.

    >>> scores = {"task": 4.0, "route": 2.0, "energy": 5.0}
    >>> cells = [ResultCell(key, "team", score, "partly", 7, 7, 0, None) for key, score in scores.items()]
    >>> texts = {("task", "team"): ["Why?"], ("route", "team"): ["How?"], ("energy", "team"): ["Who?"]}
    >>> [q.text for q in questions_to_reflect_on(cells, matters_most=["energy"], texts=texts)]
    ['Why?', 'How?', 'Who?']
    """
    scored = [cell for cell in cells if cell.score is not None]
    lowest = _lowest_two(scored)
    taken = {condition for condition, _ in lowest}
    third = _lowest(scored, within=set(matters_most) - taken) or _lowest(scored, without=taken)
    return tuple(Question(*key, texts[key][0]) for key in [*lowest, *third])


def _lowest_two(scored: Sequence[ResultCell]) -> list[CellKey]:
    found = observations_in(scored)
    lowest = [observation for observation in found if observation.kind == "lowest"] or found
    return [(observation.condition, observation.space) for observation in lowest]


def _lowest(
    scored: Sequence[ResultCell], *, within: set[str] | None = None, without: Set[str] = frozenset()
) -> list[CellKey]:
    """The lowest cell of some conditions, as a list of one or none."""
    wanted = [cell for cell in scored if cell.condition not in without and (within is None or cell.condition in within)]
    lowest = min(wanted, key=lambda cell: cell.score or 0, default=None)
    return [lowest.key] if lowest else []
