"""Which questions a leader is left with after a self-assessment, by a stated rule."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reports.readings.self_assessment.statements import RatedStatement

AT_MOST = 3


class Question(NamedTuple):
    statement: RatedStatement
    text: str


def questions_to_reflect_on(
    *, named: Sequence[Sequence[RatedStatement]], matters_most: Sequence[Sequence[RatedStatement]]
) -> tuple[Question, ...]:
    """Up to three, each of a statement that was asked and rated, none twice.

    `named`: the statements of each place that stands out, in the order in which places are named, those that made it
    stand out first. `matters_most`: those of each condition that was chosen and is not among them, the lowest rated
    first. Each gives one question, of its first statement that has one; what matters most always keeps a place.

    >>> def rated(topic):
    ...     return [RatedStatement("task", "team", 2, topic, "", "", (f"Why {topic}?",))]
    >>> asked = questions_to_reflect_on(named=[rated("a"), rated("b"), rated("c")], matters_most=[rated("d")])
    >>> [question.text for question in asked]
    ['Why a?', 'Why b?', 'Why d?']
    """
    used: set[str] = set()
    first = list(_one_each(named, used))
    chosen = list(_one_each(matters_most, used))
    return (*first[: AT_MOST - bool(chosen)], *chosen)[:AT_MOST]


def _one_each(places: Sequence[Sequence[RatedStatement]], used: set[str]) -> Iterator[Question]:
    for statements in places:
        asked = (Question(one, text) for one in statements for text in one.questions[:1] if text not in used)
        if question := next(asked, None):
            used.add(question.text)
            yield question
