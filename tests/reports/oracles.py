"""Attackers that share no code with the method: they see only which people stand behind each published figure."""

from collections import Counter
from collections.abc import Iterable, Set

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
