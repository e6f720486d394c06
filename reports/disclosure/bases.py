"""Who the figures of a question rest on: whole atoms again, less those in which too few answered it.

Everything is said per atom and for many questions at once: arrays have the atoms (or the slices) along the first axis
and the questions along the second. A figure of a slice is then a sum over the atoms that are shown in it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from reports.disclosure.partition import Atom, Published, carry_up, coarsen

Mask = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]
Label = tuple[str, str]  # (kind, node)

NO_ATOM = -1
TEN, THIRTY = 10, 30  # minima of the nested walks
A_FEW = 2  # people whom a full distribution beside a score could single out


@dataclass(frozen=True)
class Layer:
    """The atoms that figures of one kind rest on, (atoms, questions) each.

    `alone`: wherever they stand; with `whole` (TEN or THIRTY), where their 10-atom or 30-atom lies wholly in the slice.
    `together`: atoms that carry no number below thirty people, in 30-atoms made of such alone; where that 30-atom lies
    wholly in the slice.
    """

    alone: Mask
    whole: int | None
    together: Mask


@dataclass(frozen=True)
class Shown:
    """What may be said of each question. The layers are of the atoms that may carry a number."""

    atoms: Mask  # (atoms, questions): the atoms that anything said of the question rests on, in every slice
    scores: Layer
    scores_of_tens: Layer  # of these, in 10-atoms with at least ten answers
    tens: Layer  # in 10-atoms with at least ten answers
    thirties: Layer
    without: Counts  # (slices, questions): atoms of the slice that are left out altogether
    is_of_thirties: Mask  # (slices, questions): the scores rest on a union of 30-atoms, each with at least thirty


class Bases:
    """The three nested partitions of one survey, and the slices made of them.

    `parents`, `responses`, `k` as for `carry_up`. Those of one leaf who count alike are never told apart, so the
    partition is of `kinds`: (leaf, counts towards k?); `kind_of` is the kind of each response. `labels` number the
    slices and `published.atoms` the atoms; `atom_of` is the atom of each response, or NO_ATOM. `words_only`: leaves
    that were asked before, with nearly the same people. An atom that holds an answer from one carries no number below
    thirty people, and stands in none together with others: what was published then and now could be subtracted.

    >>> world = {"all": None, "north": "all", "south": "all"}
    >>> bases = Bases(world, [("north", True)] * 6 + [("south", True)] * 5, k=5)
    >>> bases.labels
    (('team', 'north'), ('team', 'south'), ('group', 'all'))
    >>> bases.shown(np.array([[6], [4]])).atoms.tolist()  # four answered in the south
    [[True], [False]]
    """

    def __init__(
        self,
        parents: Mapping[str, str | None],
        responses: Sequence[tuple[str, bool]],
        k: int,
        words_only: Collection[str] = (),
    ) -> None:
        self.k = k
        numbers = {kind: number for number, kind in enumerate(dict.fromkeys(responses))}
        self.kinds = tuple(numbers)
        self.kind_of = np.fromiter((numbers[one] for one in responses), dtype=np.int64, count=len(responses))
        people = np.bincount(self.kind_of, minlength=len(numbers)).tolist()
        self.published = carry_up(parents, self.kinds, k, people)
        self.tens = coarsen(parents, self.published, max(k, TEN))
        thirties = coarsen(parents, self.tens, max(k, THIRTY))
        self.labels: tuple[Label, ...] = tuple(self.published.slices)
        atom_of = numbers_of(self.published.atoms, len(numbers))
        self.atom_of = atom_of[self.kind_of]
        again = frozenset(position for position, (leaf, _counts) in enumerate(self.kinds) if leaf in words_only)
        self._is_again = np.array([bool(atom.positions & again) for atom in self.published.atoms], dtype=bool)[:, None]
        inside = [np.unique(atom_of[list(positions)]) for positions in self.published.slices.values()]
        self._members = _rows(inside, len(self.published.atoms))
        self._at_ten = _Coarser(self.published, self.tens, inside, max(k, TEN))
        self._at_thirty = _Coarser(self.published, thirties, inside, max(k, THIRTY))

    def shown(self, voices: Counts, skipped: Counts | None = None, *, bound: Mask | None = None) -> Shown:
        """What may be said of questions that so many people answered.

        `voices`: (atoms, questions), people who count towards k and have a score (of a cell) or a valid answer (to a
        statement). An atom with fewer than k of them is hidden, and with it its people, in every slice above it: a
        total that kept them could be subtracted from. What is hidden there does not return in the coarser atoms.
        `skipped`: people beside them whose score rests on other statements alone; where a 30-atom has one or two of
        them it stays with the figures of tens, since score and full distributions together would tell their answers.
        `bound`: questions whose scores may only be told of 30-atoms, in every atom.
        """
        shown = voices >= self.k
        again = shown & self._is_again
        held = again if bound is None else again | (shown & bound)
        free = shown & ~held
        at_ten = self._at_ten.shown(free, voices)
        at_thirty = self._at_thirty.shown(at_ten, voices, skipped)
        together = self._thirties(again, voices)
        scores = Layer(free, None, together | self._thirties(held & ~again, voices))
        is_any = self.sums_of(scores, np.ones_like(voices)) > 0
        return Shown(
            atoms=shown,
            scores=scores,
            scores_of_tens=Layer(at_ten, TEN, scores.together),
            tens=Layer(at_ten, TEN, together),
            thirties=Layer(at_thirty, THIRTY, self._thirties(again, voices, skipped)),
            without=self.sums(~shown),
            is_of_thirties=is_any & (self.sums(free & ~at_thirty) + self._at_thirty.torn(free) == 0),
        )

    def _thirties(self, among: Mask, voices: Counts, skipped: Counts | None = None) -> Mask:
        """Of some atoms, those that make 30-atoms by themselves."""
        return self._at_thirty.shown(self._at_ten.shown(among, voices), voices, skipped)

    def sums_of(self, layer: Layer, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """From (atoms, questions, …) to (slices, questions, …): what the atoms of a layer have together."""
        alone, together = (values * wide(mask, values) for mask in (layer.alone, layer.together))
        in_slices: npt.NDArray[Any] = self.sums(alone, whole=layer.whole) + self.sums(together, whole=THIRTY)
        return in_slices

    def sums(self, values: npt.NDArray[Any], *, whole: int | None = None) -> npt.NDArray[Any]:
        """From (atoms, …) to (slices, …): what the atoms of each slice have together, always added in atom order.

        With `whole` (TEN or THIRTY), only of those whose 10-atom or 30-atom lies wholly in the slice.
        """
        members = {None: self._members, TEN: self._at_ten.inside, THIRTY: self._at_thirty.inside}
        return _times(members[whole], values)


class _Coarser:
    """The atoms of a higher minimum, seen from the finest ones."""

    def __init__(self, fine: Published, coarse: Published, slices: Sequence[Counts], minimum: int) -> None:
        self.minimum = minimum
        atom_of = numbers_of(coarse.atoms, _size(fine))
        parts = [next(iter(atom.positions)) for atom in fine.atoms]  # an atom lies wholly in one coarser atom
        self.of = atom_of[np.array(parts, dtype=np.int64)]
        joined = [np.flatnonzero(self.of == number) for number in range(len(coarse.atoms))]
        self._joins = _rows(joined, len(parts))
        sizes = self._joins.sum(axis=1)
        torn = [self._is_torn(inside, sizes) for inside in slices]
        self._torn = _rows([inside[apart] for inside, apart in zip(slices, torn, strict=True)], len(parts))
        self.inside = _rows([inside[~apart] for inside, apart in zip(slices, torn, strict=True)], len(parts))

    def shown(self, finer: Mask, voices: Counts, skipped: Counts | None = None) -> Mask:
        """(atoms, questions): of those shown at the lower minimum, the ones whose coarser atom has enough voices."""
        enough = _times(self._joins, voices * finer) >= self.minimum
        if skipped is not None:
            beside = _times(self._joins, skipped * finer)
            enough &= (beside == 0) | (beside > A_FEW)
        shown: Mask = finer & np.append(enough, [np.zeros(enough.shape[1], dtype=bool)], axis=0)[self.of]
        return shown  # the row appended is that of NO_ATOM, −1

    def torn(self, shown: Mask) -> Counts:
        """(slices, questions): how many of the atoms shown in a slice belong to no coarser atom within it."""
        torn: Counts = _times(self._torn, shown)
        return torn

    def _is_torn(self, inside: Counts, sizes: Counts) -> Mask:
        """Which atoms of a slice have some of their coarser atom outside it; sizes: atoms in each coarser one."""
        coarse = self.of[inside]
        is_whole = np.bincount(coarse[coarse != NO_ATOM], minlength=len(sizes)) == sizes
        torn: Mask = ~np.append(is_whole, False)[coarse]
        return torn


def is_enough(part: Counts, whole: Counts) -> Mask:
    """Three quarters, so that what is said of a part may stand for the whole."""
    return (part > 0) & (4 * part >= 3 * whole)


def wide(mask: Mask, values: npt.NDArray[Any]) -> Mask:
    """With as many axes as the values have."""
    return mask.reshape(mask.shape + (1,) * (values.ndim - mask.ndim))


def numbers_of(atoms: Sequence[Atom], size: int) -> Counts:
    """The number of the atom that each position is in, or NO_ATOM."""
    numbers = np.full(size, NO_ATOM)
    for number, atom in enumerate(atoms):
        numbers[list(atom.positions)] = number
    return numbers


def _size(published: Published) -> int:
    return sum(len(atom.positions) for atom in published.atoms) + len(published.unused)


def _rows(chosen: Sequence[Counts], width: int) -> csr_array:
    """A matrix of 0 and 1: row by row which columns are chosen."""
    ends = np.cumsum([0, *(len(columns) for columns in chosen)])
    columns = np.concatenate([*chosen, np.array([], dtype=np.int64)])
    return csr_array((np.ones(len(columns), dtype=np.int64), columns, ends), shape=(len(chosen), width))


def _times(matrix: csr_array, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The matrix times values of any further axes."""
    numbers = values.astype(np.int64) if values.dtype == np.bool_ else values
    height, width = matrix.shape
    product: npt.NDArray[Any] = matrix @ numbers.reshape(width, prod(values.shape[1:]))
    return product.reshape(height, *values.shape[1:])
