"""What is kept of the answers: cell by cell, so that no whole person survives the close."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from reports.disclosure import Label
from reports.publish.edition import Publication
from reports.publish.responses import Cells
from reports.publish.tallies import CHOSEN
from reports.scoring import CellKey


class CellAnswers(NamedTuple):
    """The answers of one atom to one cell; nothing leads from one of its rows to a row of another cell."""

    atom: Label
    place: CellKey
    statements: tuple[str, ...]  # the columns
    answers: bytes  # one byte an answer, row by row: 1–5, DONT_KNOW, BLANK


class PickPairs(NamedTuple):
    """What matters most to the people of one atom who chose two conditions."""

    atom: Label
    picks: tuple[tuple[str, ...], ...]  # each in model order, not in that of choosing


def cell_answers(publication: Publication, cells: Cells, shuffler: np.random.Generator) -> Iterator[CellAnswers]:
    """Every atom's answers to every cell, everybody of the atom in every cell, each cell shuffled by itself.

    People in no atom are in none of them, nor is a leaf group, a role, a comment or whether somebody counts. What was
    set aside is blank.
    """
    for place, statements in cells.items():
        codes = publication.responses.codes_of(statements)
        for atom, positions in publication.atoms.items():
            yield CellAnswers(atom, place, tuple(statements), codes[shuffler.permutation(positions)].tobytes())


def pick_pairs(publication: Publication, cells: Cells, shuffler: np.random.Generator) -> Iterator[PickPairs]:
    conditions = list(dict.fromkeys(condition for condition, _ in cells))
    for atom, positions in publication.atoms.items():
        everybody = (publication.responses.picks[position] for position in shuffler.permutation(positions))
        pairs = [_in_model_order(picks, conditions) for picks in everybody]
        yield PickPairs(atom, tuple(pair for pair in pairs if len(pair) == CHOSEN))


def _in_model_order(picks: Sequence[str], conditions: Sequence[str]) -> tuple[str, ...]:
    return tuple(condition for condition in conditions if condition in picks)
