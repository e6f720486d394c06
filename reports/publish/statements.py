"""What a slice says of one statement: a level word from five answers, classes from ten, more from thirty."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from reports.publish.cells import displayed
from reports.publish.partitioned import Base
from reports.scoring import METHOD, Method, level

THREE = ((1, 2), (3, 3), (4, 5))
FIVE = tuple((value, value) for value in range(1, 6))
FEW = 2  # a class of so many or fewer carries no number
FULL_CELL = 4  # statements from which a cell's statements have a mean of their own
Ratings = npt.NDArray[np.float64]


def statement_content(
    key: str, base: Base, ratings: Ratings, *, dont_knows: int, asked: int, method: Method = METHOD
) -> dict[str, Any]:
    """`ratings`: by position; `base`: who stands behind this statement's figures; `dont_knows`: beside them."""
    given = ratings[base.positions]
    if base.n == 0:
        return {"key": key, "state": "some_could_not_judge"}
    mean, end = displayed(float(given.mean()), base, method)
    if not base.is_of_tens:
        if asked < FULL_CELL:
            return {"key": key, "state": "not_shown"}
        return {"key": key, "state": "level", "level": level(mean, method=method)}
    borders = FIVE if base.is_of_thirties else THREE
    has_mean = base.is_of_thirties or asked >= FULL_CELL
    return {
        "key": key,
        "state": "five_classes" if base.is_of_thirties else "three_classes",
        "level": level(mean, method=method),
        "mean": mean if has_mean else None,
        "end": end,
        **classes([*(int(((given >= low) & (given <= high)).sum()) for low, high in borders), dont_knows]),
    }


def classes(counts: Sequence[int]) -> dict[str, Any]:
    """Class counts as they may be printed; 'few' for two or fewer, and then no number on the largest.

    Without its number the largest class cannot be used to work out a small one.

    >>> classes([4, 5, 6, 3]), classes([1, 5, 6, 0])
    ({'counts': [4, 5, 6, 3]}, {'counts': ['few', 5, None, 'few']})
    """
    if min(counts) > FEW:
        return {"counts": list(counts)}
    largest = max(range(len(counts)), key=lambda i: (counts[i], -i))
    printed: list[int | str | None] = ["few" if count <= FEW else count for count in counts]
    if counts[largest] > FEW:
        printed[largest] = None
    return {"counts": printed}
