"""Who a figure of one question rests on: whole atoms again, less those in which too few answered it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reports.disclosure.partition import Published

Mask = npt.NDArray[np.bool_]  # over positions
NO_ATOM = -1


@dataclass(frozen=True)
class Bases:
    """A partition as arrays over positions: fast for many questions.

    `atom_of`: number of each position's atom, or NO_ATOM. `counted`: positions that count towards k.
    """

    atom_of: npt.NDArray[np.int64]
    counted: Mask

    @classmethod
    def of(cls, published: Published, size: int) -> "Bases":
        """`size`: how many positions there are, unused ones included."""
        atom_of = np.full(size, NO_ATOM)
        for number, atom in enumerate(published.atoms):
            atom_of[list(atom.positions)] = number
        counted = np.zeros(size, dtype=bool)
        counted[list(published.counted)] = True
        return cls(atom_of, counted)

    def shown(self, answered: Mask, k: int) -> Mask:
        """The positions that every published figure of one question rests on.

        `answered`: positions with a score (of a cell) or a valid answer (to a statement). An atom in which fewer than
        `k` counted positions answered is hidden, and with it its people, in every slice above it: a total that kept
        them could be subtracted from. For a higher minimum on coarser atoms pass what is shown on the finer ones, so
        that answers hidden there do not return.

        >>> from reports.disclosure import carry_up
        >>> world = {"all": None, "north": "all", "south": "all"}
        >>> published = carry_up(world, [("north", True)] * 5 + [("south", True)] * 5, k=5)
        >>> Bases.of(published, 10).shown(np.arange(10) < 9, k=5).astype(int).tolist()
        [1, 1, 1, 1, 1, 0, 0, 0, 0, 0]
        """
        voices = answered & self.counted & (self.atom_of != NO_ATOM)
        counts = np.bincount(self.atom_of[voices], minlength=self.atom_of.max(initial=0) + 1)
        enough = counts[self.atom_of] >= k
        shown: Mask = answered & (self.atom_of != NO_ATOM) & enough
        return shown

    def whole(self, positions: npt.NDArray[np.int64]) -> Mask:
        """Which of `positions` belong to an atom that lies wholly among them; a mask over all positions."""
        among = np.zeros(len(self.atom_of), dtype=bool)
        among[positions] = True
        straddled = self.atom_of[~among]
        inside = np.ones(self.atom_of.max(initial=0) + 1, dtype=bool)
        inside[straddled[straddled != NO_ATOM]] = False
        is_whole: Mask = among & (self.atom_of != NO_ATOM) & inside[self.atom_of]
        return is_whole
