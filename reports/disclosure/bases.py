"""Who a figure of one question rests on: whole atoms again, less those in which too few answered it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from reports.disclosure.partition import Published


@dataclass(frozen=True)
class Bases:
    """For one question (a cell or a statement): label of a slice → the positions its figures rest on.

    A slice all of whose atoms are hidden is not in `slices`. `without`: label → how many of its atoms are hidden.
    """

    slices: Mapping[tuple[str, str], frozenset[int]]
    without: Mapping[tuple[str, str], int]


def question_bases(published: Published, answered: Set[int], k: int) -> Bases:
    """The bases of one question for every slice of `published`.

    `answered`: positions with a score (of a cell) or a valid answer (to a statement). An atom in which fewer than `k`
    counted positions answered is hidden, and left out of this question in every slice above it: a total that kept
    its people could be subtracted from.

    >>> from reports.disclosure import carry_up
    >>> world = {"all": None, "north": "all", "south": "all"}
    >>> published = carry_up(world, [("north", True)] * 5 + [("south", True)] * 5, k=5)
    >>> bases = question_bases(published, answered=set(range(9)), k=5)
    >>> sorted(bases.slices), sorted(bases.slices["group", "all"]), bases.without["group", "all"]
    ([('group', 'all'), ('team', 'north')], [0, 1, 2, 3, 4], 1)
    """
    shown = [atom.positions for atom in published.atoms if len(atom.positions & answered & published.counted) >= k]
    base = frozenset().union(*shown) & answered
    slices = {label: positions & base for label, positions in published.slices.items() if positions & base}
    without = {
        label: sum(atom.positions <= positions and not atom.positions & base for atom in published.atoms)
        for label, positions in published.slices.items()
    }
    return Bases(slices, without)


def nested_bases(published: Published, coarse: Published, answered: Set[int], *, k: int, minimum: int) -> Bases:
    """The bases of one question for figures with a higher minimum, on the slices of `coarse`.

    `coarse` is `coarsen(parents, published, minimum)`. Answers inside atoms that are hidden for this question at `k`
    do not return at the higher minimum; of what remains a coarse atom needs at least `minimum`.
    """
    fine = question_bases(published, answered, k)
    shown = frozenset().union(*fine.slices.values())
    return question_bases(coarse, shown, minimum)
