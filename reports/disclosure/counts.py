"""How many have answered, as far as that may be said while a survey is open (confidentiality.md, 'counts while open').

Every leaf group in which at least k are asked has its own count, in steps; smaller ones have none, and no rows are
joined, so that none appears or goes. The total is the sum of what is shown. Only those who count towards k are counted,
in the report as here: whoever adds people of their own to a survey moves no number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STEP, WIDE_STEP = 5, 10
WIDE_FROM = 50  # answers, from which on the steps are wide
ASKED_FROM = 50  # people asked, from which on their number may stand beside that of answers


@dataclass(frozen=True)
class Count:
    """At least `shown` have answered, or (None) fewer than `least`. `asked`: how many could; 0 where nobody knows."""

    least: int
    asked: int
    shown: int | None

    @property
    def asked_beside(self) -> int | None:
        return self.asked if self.asked >= ASKED_FROM else None

    @property
    def drawn(self) -> float:
        """Width of the bar, per cent of the people asked."""
        return round(min(100 * (self.shown or 0) / self.asked, 100), 1) if self.asked else 0.0


def step_of(answered: int, least: int) -> int | None:
    """The step that is reached: None below `least`, then fives, from fifty on tens.

    >>> [step_of(answered, 5) for answered in (4, 5, 9, 10, 49, 50, 59, 60)]
    [None, 5, 5, 10, 45, 50, 50, 60]
    """
    if answered < least:
        return None
    return max(least, answered - answered % (WIDE_STEP if answered >= WIDE_FROM else STEP))


def steps_of_groups(asked: Mapping[str, int], answered: Mapping[str, int], k: int) -> dict[str, int | None]:
    """The step of every leaf in which at least k are asked.

    >>> steps_of_groups({"a": 24, "b": 8, "c": 4}, {"a": 17, "b": 3, "c": 4}, k=5)
    {'a': 15, 'b': None}
    """
    return {leaf: step_of(answered.get(leaf, 0), k) for leaf, people in asked.items() if people >= k}


def total_of(steps: Iterable[int | None]) -> int | None:
    """The sum of what is shown; None while nothing is."""
    shown = [step for step in steps if step is not None]
    return sum(shown) if shown else None
