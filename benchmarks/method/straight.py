"""Long runs of one answer in people who answer honestly."""

from functools import partial

import numpy as np
import numpy.typing as npt

from benchmarks.method.items import USUAL_MEAN, Checklist, Ratings, rate
from benchmarks.method.rows import Row, Section

Runs = npt.NDArray[np.number]
PAGES = {
    10: Checklist({"team": 2}),
    20: Checklist({"team": 2, "system": 2}),
    35: Checklist({"team": 7}),
}
HALF_IS_ENOUGH = 20  # statements; below, a run must hold all


def honest(rng: np.random.Generator, runs: int, *, asked: int, mean: float = USUAL_MEAN) -> Runs:
    checklist = PAGES[asked]
    runs_found = longest_runs(rate(rng, checklist, runs, checklist.flat(mean)))
    return runs_found >= (asked if asked < HALF_IS_ENOUGH else -(-asked // 2))


def longest_runs(ratings: Ratings) -> Ratings:
    """Of identical answers, person by person, in the order of the pages."""
    longest = current = np.ones(len(ratings), dtype=np.int64)
    for at in range(1, ratings.shape[1]):
        current = np.where(ratings[:, at] == ratings[:, at - 1], current + 1, 1)
        longest = np.maximum(longest, current)
    return longest


SECTION = Section(
    "Straight-lining: the sign S in honest people (it counts only together with haste)",
    (
        Row(
            "10 / 20 / 35 statements, typical (mean 3.7)",
            ".3 / 1.1 / .2 %",
            tuple(partial(honest, asked=asked) for asked in PAGES),
            100_000,
        ),
        Row(
            "… happy (mean 4.2)",
            "2.1 / 5.7 / 1.8 %",
            tuple(partial(honest, asked=asked, mean=4.2) for asked in PAGES),
            100_000,
        ),
    ),
)
