"""What is counted once in every atom, so that the figures of a slice are sums over its atoms."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reports.disclosure import NO_ATOM, Counts, Mask
from reports.publish.responses import BLANK, DONT_KNOW, HIGHEST, Cells, Codes, Responses
from reports.scoring import METHOD, Method, camps, person_scores

Numbers = npt.NDArray[np.float64]

ANSWERS = HIGHEST + 1  # told apart: "don't know", then 1–5
MIDDLE = 3.0  # of the scale: squares about it keep their digits
CHOSEN = 2  # conditions that matter most to a person


class Atoms:
    """Adds up over the people of each atom, always in the order of the rows."""

    def __init__(self, atom_of: Counts, size: int, counted: Sequence[bool]) -> None:
        self.size = size
        self.counted = np.array(counted, dtype=bool)
        self._is_placed = atom_of != NO_ATOM
        self._of = atom_of

    def count(self, who: Mask) -> Counts:
        return np.bincount(self._of[who & self._is_placed], minlength=self.size)

    def total(self, values: Numbers) -> Numbers:
        """NaN adds nothing."""
        among = self._is_placed & ~np.isnan(values)
        sums = np.bincount(self._of[among], weights=values[among], minlength=self.size)
        return sums.astype(np.float64)  # nobody placed gives whole numbers

    def histogram(self, codes: Codes, who: Mask) -> Counts:
        """(atoms, ANSWERS): how many of `who` gave each answer to one statement."""
        among = who & self._is_placed & (codes != BLANK)
        places = self._of[among] * ANSWERS + codes[among]
        return np.bincount(places, minlength=self.size * ANSWERS).reshape(self.size, ANSWERS)


@dataclass(frozen=True)
class CellTally:
    """Cells in model order, each array (atoms, cells). Voices are the people that count towards k."""

    voices: Counts  # with a score
    people: Counts  # with a score
    total: Numbers  # of their scores
    squares: Numbers  # of their scores about MIDDLE
    low: Counts
    high: Counts
    not_judged: Counts  # people without a score because of "don't know"
    answered: Counts  # people who said anything in it, if only "don't know"


@dataclass(frozen=True)
class StatementTally:
    """Statements in model order, of the people with a score in their cell: what is said of a cell rests on one base."""

    voices: Counts  # (atoms, statements), with a valid answer
    answers: Counts  # (atoms, statements, ANSWERS)


@dataclass(frozen=True)
class PicksTally:
    """What matters most to those who chose two conditions."""

    voices: Counts  # (atoms, 1)
    people: Counts  # (atoms, 1)
    chosen: Counts  # (atoms, conditions)


@dataclass(frozen=True)
class Tally:
    cells: CellTally
    statements: StatementTally
    picks: PicksTally


def tally(atoms: Atoms, responses: Responses, cells: Cells, scores: Numbers, method: Method = METHOD) -> Tally:
    conditions = list(dict.fromkeys(condition for condition, _ in cells))
    return Tally(
        _cells(atoms, responses, cells, scores, method),
        _statements(atoms, responses, cells, scores),
        _picks(atoms, responses, conditions),
    )


def scores_of(responses: Responses, cells: Cells, method: Method = METHOD) -> Numbers:
    """Condition scores, (people, cells); NaN where missing."""
    codes = [responses.codes_of(keys) for keys in cells.values()]
    return np.stack([person_scores(np.where(is_valid(one), one, np.nan), method) for one in codes], axis=1)


def is_valid(codes: Codes) -> Mask:
    valid: Mask = (codes != DONT_KNOW) & (codes != BLANK)
    return valid


def _cells(atoms: Atoms, responses: Responses, cells: Cells, scores: Numbers, method: Method) -> CellTally:
    columns = []
    for place, keys in enumerate(cells.values()):
        score, codes = scores[:, place], responses.codes_of(keys)
        has_score = ~np.isnan(score)
        low, high = camps(score, asked=len(keys), method=method)
        said = (codes == DONT_KNOW).any(axis=1)
        columns.append(
            (
                atoms.count(has_score & atoms.counted),
                atoms.count(has_score),
                atoms.total(score),
                atoms.total((score - MIDDLE) ** 2),
                atoms.count(low),
                atoms.count(high),
                atoms.count(said & ~has_score),
                atoms.count(said | is_valid(codes).any(axis=1)),
            )
        )
    return CellTally(*(np.stack(column, axis=1) for column in zip(*columns, strict=True)))


def _statements(atoms: Atoms, responses: Responses, cells: Cells, scores: Numbers) -> StatementTally:
    voices, answers = [], []
    for place, keys in enumerate(cells.values()):
        has_score = ~np.isnan(scores[:, place])
        for codes in responses.codes_of(keys).T:
            voices.append(atoms.count(has_score & is_valid(codes) & atoms.counted))
            answers.append(atoms.histogram(codes, has_score))
    return StatementTally(np.stack(voices, axis=1), np.stack(answers, axis=1))


def _picks(atoms: Atoms, responses: Responses, conditions: Sequence[str]) -> PicksTally:
    """Whoever chose fewer than two, or the same twice, is left out."""
    chosen = np.array([[condition in picks for condition in conditions] for picks in responses.picks], dtype=bool)
    chosen = chosen.reshape(len(responses.picks), len(conditions))
    chose = chosen.sum(axis=1) == CHOSEN
    return PicksTally(
        voices=atoms.count(chose & atoms.counted)[:, np.newaxis],
        people=atoms.count(chose)[:, np.newaxis],
        chosen=np.stack([atoms.count(chose & column) for column in chosen.T], axis=1),
    )
