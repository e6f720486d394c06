"""Attackers that share no code with the method: they see only which people stand behind each published figure."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import dataclass

import numpy as np


def smallest_signature_class(published: Iterable[Set[int]]) -> int:
    """People in exactly the same figures cannot be told apart; the size of the smallest such class, 0 if none."""
    return min(_signatures(list(published)).values(), default=0)


def smallest_by_subtraction(published: Iterable[Set[int]]) -> int | None:
    """The fewest people that a linear combination of sums over the given sets isolates; None without any figure.

    Tries what a reader with a spreadsheet would: every figure, every sum and difference of two, and an exact
    elimination of small figures from larger ones (a total less all the parts that are shown).
    """
    sets = sorted({frozenset(one) for one in published if one}, key=lambda one: (len(one), sorted(one)))
    if not sets:
        return None
    classes = _signatures(sets)
    people = np.array(list(classes.values()))
    rows = np.array(list(classes)).T.astype(int)
    pairs = [rows[i] + sign * rows[j] for i in range(len(rows)) for j in range(i) for sign in (1, -1)]
    candidates = np.array([*rows, *pairs, *_eliminated(rows)], dtype=bool)
    supports = candidates @ people
    return int(supports[supports > 0].min())


def _signatures(sets: list[Set[int]]) -> Counter:
    people = set().union(*sets) if sets else set()
    return Counter(tuple(person in one for one in sets) for person in people)


def _eliminated(rows: np.ndarray) -> list[np.ndarray]:
    """The non-zero places of the rows after exact elimination in whole numbers, in the order given."""
    done: list[np.ndarray] = []
    for row in rows.astype(object):
        for basis in done:
            lead = np.flatnonzero(basis)[0]
            row = row * basis[lead] - basis * row[lead]  # noqa: PLW2901
        if row.any():
            done.append(row // np.gcd.reduce(row))
    return [row != 0 for row in done]


# Who stands behind what is published, worked out again person by person, as a reader of the rules would.


def atoms(parents: dict[str, str | None], people: dict[int, tuple[str, bool]], k: int) -> list[tuple[str, set[int]]]:
    """(node, people) of each set that reaches `k` counted people on the way up. `people`: id → (group, counts?)."""
    return carried(parents, [(group, {person}) for person, (group, _) in people.items()], counted(people), k)


def carried(parents, pieces: list[tuple[str, set[int]]], counts: set[int], k: int) -> list[tuple[str, set[int]]]:
    found = []

    def carry(node: str) -> set[int]:
        gathered = set().union(*(piece for owner, piece in pieces if owner == node))
        for child in [one for one, parent in parents.items() if parent == node]:
            gathered |= carry(child)
        if len(gathered & counts) < k:
            return gathered
        found.append((node, gathered))
        return set()

    carry(next(node for node, parent in parents.items() if parent is None))
    return found


def counted(people: dict[int, tuple[str, bool]]) -> set[int]:
    return {person for person, (_, counts) in people.items() if counts}


def base(within: Set[int], answered: Set[int], parts: list[tuple[str, set[int]]], counts: Set[int], k: int) -> set[int]:
    """Who of `within` stands behind a figure: in atoms in which at least `k` counted people answered."""
    enough = [part for _, part in parts if len(part & answered & counts) >= k]
    return set().union(*(part & answered & within for part in enough))


def is_union(of: Set[int], within: Set[int], parts: list[tuple[str, set[int]]], counts: Set[int], minimum: int) -> bool:
    """Whether `of` fills coarser parts that lie wholly `within`, each with at least `minimum` counted people."""
    touched = [part for _, part in parts if part & of]
    fits = all(part <= within and len(part & of & counts) >= minimum for part in touched)
    return bool(of) and fits and of <= set().union(*touched)


def in_whole(base: Set[int], within: Set[int], parts: list[tuple[str, set[int]]], answered: Set[int]) -> set[int]:
    """Who of `base` is in coarser parts that lie wholly `within`, each with at least ten of `answered`."""
    enough = [part for _, part in parts if part <= within and len(part & base & answered) >= 10]
    return base & set().union(*enough)


# Whose score may be told, where an atom may have to stay with a word: worked out again in the same way.


@dataclass(frozen=True)
class Partition:
    """The sets of one survey, coarser from list to list, and who counts."""

    fives: list[tuple[str, set[int]]]
    tens: list[tuple[str, set[int]]]
    thirties: list[tuple[str, set[int]]]
    counts: set[int]
    k: int

    def told(self, answered: Set[int]) -> list[set[int]]:
        """The atoms in which enough answered, as those of them who did."""
        return [part & answered for _, part in self.fives if len(part & answered & self.counts) >= self.k]

    def joined(self, pieces: list[set[int]], within: Set[int], skipped: Set[int] = frozenset()) -> set[int]:
        """The people of some atoms who make 30-atoms of such atoms alone, in 30-atoms that lie wholly `within`.

        A 30-atom in which just one or two have `skipped` the question is left out.
        """
        people = set().union(*pieces)
        large = set().union(*(part for _, part in self.tens if len(part & people & self.counts) >= max(10, self.k)))
        beside = set().union(*(part for _, part in self.fives if part & people)) & large & skipped
        whole = [part for _, part in self.thirties if part <= within and len(part & beside) not in (1, 2)]
        answered = [part & large & people for part in whole]
        return set().union(*(part for part in answered if len(part & self.counts) >= 30))

    def carriers(self, answered: Set[int], within: Set[int], again: Set[int], *, is_bound: bool) -> set[int]:
        """Who stands behind a score. `again`: people of leaves that were asked before; `is_bound`: in no atom alone."""
        before, others = self.apart(answered, again)
        apart = self.joined(before, within)
        ordinary = self.joined(others, within) if is_bound else set().union(*others)
        return (apart | ordinary) & within

    def apart(self, answered: Set[int], again: Set[int]) -> tuple[list[set[int]], list[set[int]]]:
        """The told atoms that hold somebody of `again`, whether or not they answered this, and the others."""
        touched = set().union(*(part for _, part in self.fives if part & again))
        pieces = self.told(answered)
        return [piece for piece in pieces if piece & touched], [piece for piece in pieces if not piece & touched]

    def numbered(
        self, answered: Set[int], within: Set[int], again: Set[int], minimum: int, skipped: Set[int] = frozenset()
    ) -> set[int]:
        """Who stands behind shares: in 10-atoms (or 30-atoms) wholly `within`, those asked before in 30-atoms alone.

        `skipped`: see `joined`.
        """
        before, others = self.apart(answered, again)
        people = set().union(*others)
        large = [part & people for _, part in self.tens if len(part & people & self.counts) >= max(10, self.k)]
        if minimum == 10:
            wholes = [part for _, part in self.tens if part <= within]
            ordinary = set().union(*(piece for piece in large if any(piece <= part for part in wholes)))
        else:
            ordinary = self.joined(others, within, skipped)
        return (ordinary | self.joined(before, within, skipped)) & within
