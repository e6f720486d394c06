"""A leader's own view beside that of others: clear gaps where there is none, and what is found.

The leader's ratings have the day (.15 on a cell) and, on each statement, what is theirs alone: .65 with the rounding.
"""

from functools import partial

import numpy as np
import numpy.typing as npt

from benchmarks.method.items import FOCUSED, PRIMARY, USUAL_MEAN, Numbers, rate, rounded
from benchmarks.method.published import cells_of, displayed
from benchmarks.method.rows import Row, Section
from reports.scoring import METHOD, GapCell, Method, gaps

Runs = npt.NDArray[np.number]
ALONE = 0.58  # before rounding
LOW = 3.2
ONE = ("task", PRIMARY)


def leaders_with_a_gap(
    rng: np.random.Generator, runs: int, *, n: int, lenient: float = 0.0, alone: float = ALONE, method: Method = METHOD
) -> Runs:
    own = FOCUSED.flat() + lenient
    return np.array(["clear" in _words(rng, own, n, alone=alone, method=method) for _ in range(runs)])


def found(
    rng: np.random.Generator, runs: int, *, n: int, gap: float, is_all: bool = False, method: Method = METHOD
) -> Runs:
    """The share of the deep cells with a true gap that are clear. Others are at 3.2, so that there is room above."""
    where = FOCUSED.where(space=PRIMARY) if is_all else FOCUSED.where(*ONE)
    own = FOCUSED.flat(LOW) + gap * where
    found = (_words(rng, own, n, others=LOW, method=method) for _ in range(runs))
    return np.array([np.mean([one[at] == "clear" for at in np.flatnonzero(where)]) for one in found])


def _words(
    rng: np.random.Generator,
    own: Numbers,
    n: int,
    *,
    alone: float = ALONE,
    others: float = USUAL_MEAN,
    method: Method,
) -> tuple[str | None, ...]:
    means = FOCUSED.flat(others)
    cells = cells_of(rate(rng, FOCUSED, n, means), FOCUSED, method)
    day = own + method.occasion_sd * rng.standard_normal(len(own))
    ratings = rounded(day[FOCUSED.cell_of] + alone * rng.standard_normal(len(FOCUSED.cell_of)))
    scores = displayed(FOCUSED.scores(ratings)).tolist()
    pairs = zip(scores, cells, strict=True)
    return gaps([GapCell(score, cell.score, cell.n, cell.s, cell.asked) for score, cell in pairs], method=method)


SECTION = Section(
    "Gaps between self and others (focused)",
    (
        Row(
            "no gap: leaders with any clear one, n = 5 / 8",
            "5 / 8 %",
            tuple(partial(leaders_with_a_gap, n=n) for n in (5, 8)),
            3_000,
        ),
        Row(
            "… self .2 lenient",
            "6 / 7 %",
            tuple(partial(leaders_with_a_gap, n=n, lenient=0.2) for n in (5, 8)),
            3_000,
        ),
        Row(
            "found: one deep cell, true gap 1.0 / 1.5, n = 8; all deep cells 1.0",
            ".32 / .76; .56",
            (partial(found, n=8, gap=1.0), partial(found, n=8, gap=1.5), partial(found, n=8, gap=1.0, is_all=True)),
            2_000,
            "found",
        ),
    ),
)
