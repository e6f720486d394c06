"""What one person rated, from their answers as stored."""

from collections.abc import Mapping, Sequence

from reports.scoring import CellKey

RatedCell = tuple[str, str, tuple[int | None, ...]]  # condition, space, ratings of all its statements


def ratings_of(answers: Mapping[str, int]) -> dict[str, int]:
    """Statement → 1–5, without "don't know" (stored as 0) and without what was left blank.

    >>> ratings_of({"T1.self": 4, "T2.self": 0})
    {'T1.self': 4}
    """
    return {statement: rating for statement, rating in answers.items() if rating}


def rated_cells(cells: Mapping[CellKey, Sequence[str]], answers: Mapping[str, int]) -> tuple[RatedCell, ...]:
    """Every cell with a rating for each of its statements, None where there is none; in the order given.

    >>> rated_cells({("task", "self"): ["T1.self", "T2.self"]}, {"T1.self": 4, "T2.self": 0})
    (('task', 'self', (4, None)),)
    """
    rated = ratings_of(answers)
    return tuple((*key, tuple(map(rated.get, statements))) for key, statements in cells.items())
