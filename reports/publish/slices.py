"""From atoms to slices: for every question of a slice its base and the sums over it, nothing rounded yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from reports.disclosure import Bases, Counts, Label, Layer, Mask, Shown, is_enough, wide
from reports.publish.responses import Cells
from reports.publish.tallies import MIDDLE, Numbers, Tally
from reports.scoring import METHOD, CellKey, Method, ad_of_counts

FULL_CELL = 4  # statements from which those of a cell say something of their own below ten, and have a mean
ALONE = 1  # a cell of so many statements is that statement: its score would give the answers to it away


class Base(NamedTuple):
    """How many people stand behind one slice's figures of one question, and how large the atoms are that they fill."""

    n: int  # of those who count towards k; whoever does not is in the sums and in no number
    without: int  # atoms of the slice that are hidden for this question
    is_of_tens: bool  # carries what needs ten people
    is_of_thirties: bool
    without_people: int = 0  # of the slice, in atoms that do not carry what this rests on
    has_score: bool = True  # else a word alone
    n_tens: int = 0  # of n, on whom what needs ten people rests; 0 where that is not told
    not_of_tens: int = 0  # atoms that are in n and not in n_tens
    people: int = 0  # all in the sums; told nowhere

    @property
    def has_open_ends(self) -> bool:
        """Whether a score beyond 1.5 and 4.5 may be told: where all of it rests on tens."""
        return self.is_of_tens and not self.not_of_tens


class CellSums(NamedTuple):
    """Mean and deviation of the people of the base; the others of those of its people who are in tens."""

    mean: float
    deviation: float  # AD*; NaN where too little was answered
    answers: int  # the most to one of its statements
    sd: float
    low: int  # people whose score is low
    high: int
    not_judged: int  # people without a score because of "don't know", and all who said anything: of everybody in tens
    answered: int
    mean_in_tens: float
    in_tens: int  # people who count towards k, however few they are of all


class SliceSums(NamedTuple):
    cells: dict[CellKey, tuple[Base, CellSums]]
    statements: dict[str, tuple[Base, list[int]]]  # how many said "don't know", 1, … 5; see `_at_best`
    picks: tuple[Base, list[int]]  # how many chose each condition; see `_at_best`


def slice_sums(
    bases: Bases, tally: Tally, cells: Cells, method: Method = METHOD, *, is_open_link: bool = False
) -> dict[Label, SliceSums]:
    """What each slice rests on. Every sum leaves out the atoms in which its question is hidden.

    `is_open_link`: no cell has a score below thirty people, as one of a single statement never has.
    """
    keys = [key for statements in cells.values() for key in statements]
    of_cells = Carried(bases, cells_shown(bases, tally, cells, is_open_link=is_open_link), tally.cells.voices)
    of_picks = bases.shown(tally.picks.voices)
    of_statements = bases.shown(tally.statements.voices, _skipped(tally, cells))
    bases_of_statements, answers = _at_best(
        bases,
        of_statements,
        tally.statements.voices,
        tally.statements.answers,
        has_no_word=np.repeat((_asked(cells) != ALONE) & (_asked(cells) < FULL_CELL), _asked(cells)),
        is_that_of_its_cell=np.repeat(_asked(cells) == ALONE, _asked(cells)),
    )
    picks_bases, chosen = _at_best(
        bases,
        of_picks,
        tally.picks.voices,
        np.append(tally.picks.people, tally.picks.chosen, axis=1)[:, np.newaxis],
        has_no_word=np.array([True]),
    )
    rows = zip(
        of_cells.listed,
        _cell_sums(of_cells, tally, cells, method),
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
            picks=(picks_base._replace(people=people), picked),
        )
        for label, (cell_bases, cell_sums, statement_bases, counts, [picks_base], [[people, *picked]]) in zip(
            bases.labels, rows, strict=True
        )
    }


def cells_shown(bases: Bases, tally: Tally, cells: Cells, *, is_open_link: bool) -> Shown:
    bound = np.broadcast_to((_asked(cells) == ALONE) | is_open_link, tally.cells.voices.shape)
    return bases.shown(tally.cells.voices, bound=bound)


@dataclass(frozen=True)
class Carried:
    """Whom each cell of each slice rests on, (slices, cells): those who carry its score, or a word alone.

    A score is told of the atoms that may carry one, where they are three quarters of the slice's people. Elsewhere a
    word stands, of everybody; where some of the atoms have scores, of these or of the others, whichever are more: a
    word that rested on both could be set against the scores, and would narrow down what the others may not tell.
    """

    bases: Bases
    shown: Shown
    voices: Counts

    def sums(self, values: npt.NDArray[Any], cell_of: Counts | None = None) -> npt.NDArray[Any]:
        """`values`: (atoms, cells, …) or, with the cell of each, (atoms, statements, …), added up over those people."""
        of = slice(None) if cell_of is None else cell_of
        layer = self.shown.scores
        carry = self.bases.sums_of(Layer(layer.alone[:, of], layer.whole, layer.together[:, of]), values)
        every = self.bases.sums(values * wide(self.shown.atoms[:, of], values))
        return np.where(wide(self._is_on_carriers[:, of], values), carry, every - carry)

    @cached_property
    def _every(self) -> Counts:
        every: Counts = self.bases.sums(self.voices * self.shown.atoms)
        return every

    @cached_property
    def _carry(self) -> Counts:
        carry: Counts = self.bases.sums_of(self.shown.scores, self.voices)
        return carry

    @cached_property
    def _is_on_carriers(self) -> Mask:
        return (self._carry > 0) & (2 * self._carry >= self._every)

    @cached_property
    def has_score(self) -> Mask:
        return is_enough(self._carry, self._every)

    @property
    def atoms_with_scores(self) -> Mask:
        """(atoms, cells): those whose own slice has a score."""
        labels = {label: number for number, label in enumerate(self.bases.labels)}
        atoms = [labels[atom.kind, atom.owner] for atom in self.bases.published.atoms]
        mask: Mask = self.has_score[np.array(atoms, dtype=np.int64)]
        return mask

    @cached_property
    def listed(self) -> list[list[Base]]:
        n, n_tens = self.sums(self.voices), self._n_tens
        columns = (
            n,
            self.shown.without,
            n_tens > 0,
            self.has_score & self.shown.is_of_thirties,
            self._every - n,
            self.has_score,
            n_tens,
            np.where(n_tens > 0, self._not_of_tens, 0),
        )
        return _listed(columns)

    def sums_in_tens(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """As `sums`, of those of its people who are in 10-atoms."""
        in_tens: npt.NDArray[Any] = self.bases.sums_of(self.shown.scores_of_tens, values)
        return in_tens

    @cached_property
    def _n_tens(self) -> Counts:
        """Where they are three quarters of all: then what needs ten people is told of them."""
        in_tens = self.sums_in_tens(self.voices)
        n_tens: Counts = np.where(self.has_score & is_enough(in_tens, self._carry), in_tens, 0)
        return n_tens

    @cached_property
    def _not_of_tens(self) -> Counts:
        every = np.ones_like(self.voices)
        left: Counts = self.bases.sums_of(self.shown.scores, every) - self.sums_in_tens(every)
        return left


def _asked(cells: Cells) -> Counts:
    return np.array([len(keys) for keys in cells.values()])


def _at_best(
    bases: Bases,
    shown: Shown,
    voices: Counts,
    counts: Counts,
    *,
    has_no_word: Mask,
    is_that_of_its_cell: Mask | None = None,
) -> tuple[list[list[Base]], Counts]:
    """The bases and sums of questions whose numbers need ten people, as high as each slice allows.

    A 10-atom with fewer than ten answers is left out, as an atom with fewer than k is, and so is one that lies partly
    outside the slice: the numbers rest on the others, where these are at least three quarters of the people, and a full
    distribution where they are all of 30-atoms too. Elsewhere the base is that of the level words; a question that
    `has_no_word` below ten rests on the others whatever their share, so that a whole never says less than its parts.
    `voices`: (atoms, questions); `counts`: (atoms, questions, …), summed over the base. `is_that_of_its_cell`: the only
    statement of a cell, which rests on the 30-atoms that the score rests on, where there is one.
    """
    every, in_tens = bases.sums(voices * shown.atoms), bases.sums_of(shown.tens, voices)
    in_thirties = bases.sums_of(shown.thirties, voices)
    is_of_tens = is_enough(in_tens, every) | (has_no_word & (in_tens > 0))
    is_of_thirties = is_of_tens & (in_thirties == in_tens)
    if is_that_of_its_cell is not None:
        is_of_thirties |= is_that_of_its_cell & is_enough(in_thirties, every)
    parts, every_atom = (shown.thirties, shown.tens), np.ones_like(voices)
    left_out = [bases.sums(every_atom) - bases.sums_of(part, every_atom) for part in parts]
    is_of = (is_of_thirties, is_of_tens)
    columns = (
        np.select(is_of, (in_thirties, in_tens), every),
        np.select(is_of, left_out, shown.without),
        is_of_tens,
        is_of_thirties,
    )
    sums = np.select(
        [wide(one, counts) for one in is_of],
        [bases.sums_of(part, counts) for part in parts],
        bases.sums(counts * wide(shown.atoms, counts)),
    )
    return _listed(columns), sums


def _listed(columns: Sequence[npt.NDArray[Any]]) -> list[list[Base]]:
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [[Base(*one) for one in zip(*row, strict=True)] for row in rows]


def _skipped(tally: Tally, cells: Cells) -> Counts:
    """(atoms, statements): people with a score in a cell of few statements who did not rate this one."""
    asked = _asked(cells)
    people = np.repeat(tally.cells.people, asked, axis=1) - tally.statements.answers[..., 1:].sum(axis=-1)
    skipped: Counts = people * (np.repeat(asked, asked) < FULL_CELL)
    return skipped


def _cell_sums(carried: Carried, tally: Tally, cells: Cells, method: Method) -> list[list[CellSums]]:
    of = tally.cells
    means = carried.sums(of.total) / np.maximum(carried.sums(of.people), 1)
    in_tens = (of.people, of.total, of.squares, of.low, of.high, of.not_judged, of.answered)
    people, total, squares, low, high, not_judged, answered = map(carried.sums_in_tens, in_tens)
    about = people * (total / np.maximum(people, 1) - MIDDLE) ** 2
    sds = np.sqrt(np.maximum(squares - about, 0.0) / np.maximum(people - 1, 1))
    of_tens = (total / np.maximum(people, 1), carried.sums_in_tens(of.voices))
    columns = (means, *_deviations(carried, tally, cells, method), sds, low, high, not_judged, answered, *of_tens)
    listed = [column.tolist() for column in columns]
    return [[CellSums(*one) for one in zip(*row, strict=True)] for row in zip(*listed, strict=True)]


def _deviations(carried: Carried, tally: Tally, cells: Cells, method: Method) -> tuple[Numbers, Counts]:
    """(slices, cells): AD* of the people of each cell's base, and the most answers to one of its statements."""
    asked = _asked(cells)
    answers = carried.sums(tally.statements.answers[..., 1:], np.repeat(np.arange(len(asked)), asked))
    of_cells = np.split(answers, np.cumsum(asked)[:-1], axis=1)
    deviations = [ad_of_counts(of_cell, method=method) for of_cell in of_cells]
    return np.stack(deviations, axis=1), np.stack([one.sum(axis=2).max(axis=1) for one in of_cells], axis=1)
