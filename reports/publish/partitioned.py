"""The three nested partitions of a survey, and for any question who stands behind each slice's figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from reports.disclosure import Bases, carry_up, coarsen
from reports.disclosure.bases import Mask

Label = tuple[str, str]
Positions = npt.NDArray[np.int64]

TEN, THIRTY = 10, 30


@dataclass(frozen=True)
class Base:
    """The people behind one slice's figures of one question, and how large the whole atoms are that they fill."""

    positions: Positions
    without: int  # atoms of the slice that are hidden for this question
    is_of_tens: bool  # a union of 10-atoms, each with at least ten
    is_of_thirties: bool

    @property
    def n(self) -> int:
        return len(self.positions)


@dataclass(frozen=True)
class Question:
    """One question's bases at the three minima."""

    shown: Mask
    at_ten: Mask
    at_thirty: Mask


class Partitioned:
    def __init__(self, parents: Mapping[str, str | None], responses: Sequence[tuple[str, bool]], k: int) -> None:
        self.k = k
        self.published = carry_up(parents, responses, k)
        self.tens = coarsen(parents, self.published, max(k, TEN))
        self.thirties = coarsen(parents, self.tens, THIRTY)
        self.size = len(responses)

    @cached_property
    def fine(self) -> Bases:
        return Bases.of(self.published, self.size)

    @cached_property
    def _coarse(self) -> tuple[Bases, Bases]:
        return Bases.of(self.tens, self.size), Bases.of(self.thirties, self.size)

    @cached_property
    def slices(self) -> dict[Label, Positions]:
        return {label: np.array(sorted(people)) for label, people in self.published.slices.items()}

    @cached_property
    def _whole(self) -> dict[Label, tuple[Mask, Mask]]:
        tens, thirties = self._coarse
        return {label: (tens.whole(people), thirties.whole(people)) for label, people in self.slices.items()}

    def question(self, answered: Mask) -> Question:
        """`answered`: who has a score, or a valid answer."""
        tens, thirties = self._coarse
        shown = self.fine.shown(answered, self.k)
        at_ten = tens.shown(shown, TEN)
        return Question(shown, at_ten, thirties.shown(at_ten, THIRTY))

    def base(self, question: Question, label: Label) -> Base:
        people = self.slices[label]
        base = people[question.shown[people]]
        whole_tens, whole_thirties = self._whole[label]
        return Base(
            base,
            without=self._hidden_atoms(people, base),
            is_of_tens=_all(question.at_ten & whole_tens, base),
            is_of_thirties=_all(question.at_thirty & whole_thirties, base),
        )

    def judges(self, question: Question, label: Label) -> Positions:
        """Everybody in the slice's whole 10-atoms that are shown for the question, able to judge it or not."""
        people = self.slices[label]
        tens, _ = self._coarse
        shown = np.unique(tens.atom_of[people[question.at_ten[people] & self._whole[label][0][people]]])
        return people[np.isin(tens.atom_of[people], shown)]

    def _hidden_atoms(self, people: Positions, base: Positions) -> int:
        return len(np.unique(self.fine.atom_of[people])) - len(np.unique(self.fine.atom_of[base]))


def _all(mask: Mask, base: Positions) -> bool:
    return bool(len(base)) and bool(mask[base].all())
