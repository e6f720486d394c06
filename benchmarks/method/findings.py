"""What is named in a group's map where there is nothing to name."""

from functools import partial

import numpy as np
import numpy.typing as npt

from benchmarks.method.items import FOCUSED, PRIMARY, USUAL_MEAN, Numbers, difficulties, rate
from benchmarks.method.published import cells_of
from benchmarks.method.rows import Row, Section
from reports.scoring import METHOD, FoundCell, Method, act_first, could_not_judge, level, strongest

Runs = npt.NDArray[np.number]
NEEDED = 4  # of seven statements for a score
ALIKE = 0.35  # how much saying "don't know" lies with the person: correlation of two statements


def stands_out(
    rng: np.random.Generator,
    runs: int,
    *,
    n: int,
    difficulty: float = 0.0,
    higher: float = 0.0,
    method: Method = METHOD,
) -> Runs:
    """Whether a cell is named higher than the others: any in a flat map, or the one that is `higher`."""
    means = FOCUSED.flat() + higher * FOCUSED.where("task", PRIMARY)
    return np.array([_named(_cells(rng, means, n, difficulty), higher, method) for _ in range(runs)])


def act(rng: np.random.Generator, runs: int, *, n: int, mean: float, method: Method = METHOD) -> Runs:
    """(runs, 2): cells to act on first, and how many of these read *Mostly in place* or better."""
    return np.array([_act(_cells(rng, FOCUSED.flat(mean), n, 0.0), method) for _ in range(runs)])


def act_found(rng: np.random.Generator, runs: int, *, n: int, low: float, method: Method = METHOD) -> Runs:
    """Whether the one low cell of a map is among those to act on first."""
    means = FOCUSED.flat() + (low - USUAL_MEAN) * FOCUSED.where("task", PRIMARY)
    found = (act_first(_cells(rng, means, n, 0.0), primary=PRIMARY, shares=None, method=method) for _ in range(runs))
    return np.array([("task", PRIMARY) in one.cells for one in found])


def not_judged(rng: np.random.Generator, runs: int, *, n: int, share: float, method: Method = METHOD) -> Runs:
    """Words among twenty cells of seven statements, where `share` of all answers is "don't know"."""
    total = 1 / ALIKE - 1
    inclined = rng.beta(share * total, (1 - share) * total, size=(runs, 20, n))
    unknown = rng.binomial(7, inclined)
    people = ((unknown > 7 - NEEDED) & (unknown < 7)).sum(axis=2)  # who answered nothing is not among them
    of = (unknown < 7).sum(axis=2)
    words = [
        [could_not_judge(int(a), int(b), method=method) is not None for a, b in zip(*one, strict=True)]
        for one in zip(people, of, strict=True)
    ]
    return np.array(words).sum(axis=1)


def _cells(rng: np.random.Generator, means: Numbers, n: int, difficulty: float) -> list[FoundCell]:
    hard = difficulties(rng, FOCUSED, difficulty)
    return cells_of(rate(rng, FOCUSED, n, means, difficulty=hard), FOCUSED)


def _named(cells: list[FoundCell], higher: float, method: Method) -> bool:
    found = strongest(cells, method=method)
    if found is None or found.kind != "stands_out":
        return False
    return not higher or ("task", PRIMARY) in found.cells


def _act(cells: list[FoundCell], method: Method) -> tuple[int, int]:
    scores = {cell.key: cell.score for cell in cells if cell.score is not None}
    named = act_first(cells, primary=PRIMARY, shares=None, method=method).cells
    return len(named), sum(level(scores[key]) in ("mostly", "firmly") for key in named)


SECTION = Section(
    "Findings of a group (focused)",
    (
        Row(
            "“stands out” in a flat map, n = 8 / 30 / 100",
            "0 %",
            tuple(partial(stands_out, n=n) for n in (8, 30, 100)),
            2_000,
        ),
        Row(
            "… where statements differ in how hard they are (SD .30)",
            "1 %",
            tuple(partial(stands_out, n=n, difficulty=0.3) for n in (8, 30, 100)),
            2_000,
        ),
        Row(
            "… found: one deep cell 1.0 higher, n = 8 / 30 / 100 (statements differ)",
            "",
            tuple(partial(stands_out, n=n, difficulty=0.3, higher=1.0) for n in (8, 30, 100)),
            1_500,
            "found",
        ),
        Row(
            "“act first” in a flat map at 3.9: cells named, and of these *Mostly* or better, n = 8 / 30",
            "0.3, none; 0.0, none",
            tuple(partial(act, n=n, mean=3.9) for n in (8, 30)),
            2_000,
            "count",
        ),
        Row(
            "… found: one deep cell at 2.7 of 3.7, n = 8 / 15 / 30",
            "",
            tuple(partial(act_found, n=n, low=2.7) for n in (8, 15, 30)),
            1_500,
            "found",
        ),
        Row(
            "“could not judge” among 20 cells of 7 statements, n = 12: 10 / 20 % of answers “don’t know”",
            "0.04 / 0.7",
            tuple(partial(not_judged, n=12, share=share) for share in (0.1, 0.2)),
            4_000,
            "count",
        ),
    ),
)
