"""Attackers that share no code with the method: they see only which people stand behind each published figure."""

from collections import Counter
from collections.abc import Iterable, Set
from fractions import Fraction

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


def _eliminated(rows: np.ndarray) -> list[list[bool]]:
    """The non-zero places of the rows after exact Gauss–Jordan elimination, in the order given."""
    matrix = [[Fraction(int(value)) for value in row] for row in rows]
    done: list[list[Fraction]] = []
    for row in matrix:
        for basis in done:
            lead = next(i for i, value in enumerate(basis) if value)
            factor = row[lead] / basis[lead]
            row = [a - factor * b for a, b in zip(row, basis, strict=True)]  # noqa: PLW2901
        if any(row):
            done.append(row)
    return [[value != 0 for value in row] for row in done]
