"""Level words: how often the true level is among them, and whether a second sample would say the same."""

from functools import partial

import numpy as np
import numpy.typing as npt

from benchmarks.method.items import Checklist, Numbers, expected, rate
from benchmarks.method.published import cells_of, displayed
from benchmarks.method.rows import Row, Section
from reports.scoring import METHOD, Method, level, level_words

Runs = npt.NDArray[np.number]
BETWEEN = 0.45  # SD of true cell means
MIDDLE = 3.6


def told(rng: np.random.Generator, runs: int, *, n: int, asked: int = 7, method: Method = METHOD) -> Runs:
    """(runs, 3), of five cells each: true level among the words, a word shared with a second sample, one word."""
    return np.array([_told(rng, n, asked, method) for _ in range(runs)])


def _told(rng: np.random.Generator, n: int, asked: int, method: Method) -> Numbers:
    checklist = Checklist({"team": asked})
    means = MIDDLE + BETWEEN * rng.standard_normal(len(checklist.keys))
    truth = [level(float(one), method=method) for one in expected(means)]
    first, second = (
        [
            level_words(cell.score or 0.0, cell.n, cell.s, asked=asked, method=method)
            for cell in cells_of(rate(rng, checklist, n, means), checklist, method)
        ]
        for _sample in range(2)
    )
    told = zip(truth, first, second, strict=True)
    found = [(true in one, bool(set(one) & set(other)), len(one) == 1) for true, one, other in told]
    return np.mean(found, axis=0)


def word_of_one(rng: np.random.Generator, runs: int, *, n: int, method: Method = METHOD) -> Runs:
    """Whether the one level word of a single statement is its true one, the mean of five cells."""
    checklist = Checklist({"team": 1})

    def right() -> float:
        means = MIDDLE + BETWEEN * rng.standard_normal(len(checklist.keys))
        shown = displayed(rate(rng, checklist, n, means).mean(axis=0))
        pairs = zip(shown.tolist(), expected(means).tolist(), strict=True)
        return float(np.mean([level(one, method=method) == level(true, method=method) for one, true in pairs]))

    return np.array([right() for _ in range(runs)])


SECTION = Section(
    "Level words (cells truly at 3.6, SD .45)",
    (
        *(
            Row(
                f"7 statements, n = {n}: true level among the words, two samples share one, a single word",
                sheet,
                (partial(told, n=n),),
                1_500,
            )
            for n, sheet in ((5, "96, 98, 29 %"), (8, "94, 97, 55 %"), (30, "97, 98, 77 %"))
        ),
        Row(
            "2 statements, n = 5 / 8 / 30: the same three",
            "",
            tuple(partial(told, n=n, asked=2) for n in (5, 8, 30)),
            1_000,
        ),
        Row(
            "one statement, its one word is the true level, n = 5 / 8 / 12 / 30",
            "66 / 71 / 76 / 85 %",
            tuple(partial(word_of_one, n=n) for n in (5, 8, 12, 30)),
            3_000,
        ),
    ),
)
