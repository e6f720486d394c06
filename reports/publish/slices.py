"""From atoms to slices: for every question of a slice its base and the sums over it, nothing rounded yet."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from reports.disclosure import TEN, THIRTY, Bases, Counts, Label, Mask, Shown
from reports.publish.responses import Cells
from reports.publish.tallies import MIDDLE, Numbers, Tally
from reports.scoring import METHOD, CellKey, Method, ad_m_of_counts

FULL_CELL = 4  # statements from which those of a cell say something of their own below ten, and have a mean


class Base(NamedTuple):
    """How many people stand behind one slice's figures of one question, and how large the atoms are that they fill."""

    n: int
    without: int  # atoms of the slice that are hidden for this question
    is_of_tens: bool  # a union of 10-atoms, each with at least ten
    is_of_thirties: bool


class CellSums(NamedTuple):
    """Of the people of the base; the last of everybody in its atoms, with a score or without."""

    mean: float
    sd: float
    low: int  # people whose score is low
    high: int
    deviation: float  # AD_M(J); NaN where too little was answered
    dont_knows: float  # share of the answers


class SliceSums(NamedTuple):
    cells: dict[CellKey, tuple[Base, CellSums]]
    statements: dict[str, tuple[Base, list[int]]]  # how many said "don't know", 1, … 5; see `_at_best`
    picks: tuple[Base, list[int]]  # how many chose each condition; see `_at_best`


def slice_sums(bases: Bases, tally: Tally, cells: Cells, method: Method = METHOD) -> dict[Label, SliceSums]:
    """What each slice rests on. Every sum leaves out the atoms in which its question is hidden."""
    keys = [key for statements in cells.values() for key in statements]
    of_cells, of_picks = bases.shown(tally.cells.voices), bases.shown(tally.picks.voices)
    of_statements = bases.shown(tally.statements.voices, _skipped(tally, cells))
    bases_of_statements, answers = _at_best(
        bases, of_statements, tally.statements.answers[..., 1:].sum(axis=-1), tally.statements.answers
    )
    picks_bases, chosen = _at_best(bases, of_picks, tally.picks.people, tally.picks.chosen[:, np.newaxis])
    rows = zip(
        _bases(of_cells, bases.sums(tally.cells.people * of_cells.atoms)),
        _cell_sums(bases, tally, cells, of_cells.atoms, method),
        bases_of_statements,
        answers.tolist(),
        picks_bases,
        chosen.tolist(),
        strict=True,
    )
    return {
        label: SliceSums(
            cells=dict(zip(cells, zip(cell_bases, cell_sums, strict=True), strict=True)),
            statements=dict(zip(keys, zip(statement_bases, counts, strict=True), strict=True)),
            picks=(picks_base, picked),
        )
        for label, (cell_bases, cell_sums, statement_bases, counts, [picks_base], [picked]) in zip(
            bases.labels, rows, strict=True
        )
    }


def _at_best(bases: Bases, shown: Shown, people: Counts, counts: Counts) -> tuple[list[list[Base]], Counts]:
    """The bases and sums of questions whose numbers need ten people, as high as each slice allows.

    A 10-atom with fewer than ten answers is left out, as an atom with fewer than k is, and so is one that lies partly
    outside the slice: the numbers rest on the others, where these are at least three quarters of the people, and a full
    distribution where they are all of 30-atoms too. Elsewhere the base is that of the level words. `people`: (atoms,
    questions); `counts`: (atoms, questions, …), summed over the base.
    """
    every, in_tens = bases.sums(people * shown.atoms), bases.sums(people * shown.tens, whole=TEN)
    is_of_tens = (in_tens > 0) & (4 * in_tens >= 3 * every)
    is_of_thirties = is_of_tens & (bases.sums(people * shown.thirties, whole=THIRTY) == in_tens)
    left_out = bases.sums(np.ones_like(people)) - bases.sums(shown.tens, whole=TEN)
    columns = (
        np.where(is_of_tens, in_tens, every),
        np.where(is_of_tens, left_out, shown.without),
        is_of_tens,
        is_of_thirties,
    )
    sums = np.where(
        is_of_tens[..., np.newaxis],
        bases.sums(counts * shown.tens[..., np.newaxis], whole=TEN),
        bases.sums(counts * shown.atoms[..., np.newaxis]),
    )
    return _listed(columns), sums


def _bases(shown: Shown, n: Counts) -> list[list[Base]]:
    """Slice by slice, question by question."""
    return _listed((n, shown.without, shown.is_of_tens, shown.is_of_thirties))


def _listed(columns: Sequence[npt.NDArray[Any]]) -> list[list[Base]]:
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [[Base(*one) for one in zip(*row, strict=True)] for row in rows]


def _skipped(tally: Tally, cells: Cells) -> Counts:
    """(atoms, statements): people with a score in a cell of few statements who did not rate this one."""
    asked = [len(keys) for keys in cells.values()]
    people = np.repeat(tally.cells.people, asked, axis=1) - tally.statements.answers[..., 1:].sum(axis=-1)
    skipped: Counts = people * (np.repeat(asked, asked) < FULL_CELL)
    return skipped


def _cell_sums(bases: Bases, tally: Tally, cells: Cells, shown: Mask, method: Method) -> list[list[CellSums]]:
    of = tally.cells
    people, total, squares, low, high, said, rated = (
        bases.sums(part * shown) for part in (of.people, of.total, of.squares, of.low, of.high, of.said, of.rated)
    )
    means = total / np.maximum(people, 1)
    columns = (
        means,
        np.sqrt(np.maximum(squares - people * (means - MIDDLE) ** 2, 0.0) / np.maximum(people - 1, 1)),
        low,
        high,
        _deviations(bases, tally, cells, shown, method),
        said / np.maximum(said + rated, 1),
    )
    listed = [column.tolist() for column in columns]
    return [[CellSums(*one) for one in zip(*row, strict=True)] for row in zip(*listed, strict=True)]


def _deviations(bases: Bases, tally: Tally, cells: Cells, shown: Mask, method: Method) -> Numbers:
    """(slices, cells): AD_M(J) of the people of each cell's base, on all that they answered in it."""
    borders = pairwise(accumulate((len(keys) for keys in cells.values()), initial=0))
    return np.stack(
        [
            ad_m_of_counts(
                bases.sums(tally.statements.answers[:, first:last, 1:] * shown[:, place, np.newaxis, np.newaxis]),
                method=method,
            )
            for place, (first, last) in enumerate(borders)
        ],
        axis=1,
    )
