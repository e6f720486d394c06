"""Two waves of one group, answered by other people each time: words where nothing moved, and what is found."""

from functools import partial

import numpy as np
import numpy.typing as npt

from benchmarks.method.items import FOCUSED, PRIMARY, rate
from benchmarks.method.published import cells_of
from benchmarks.method.rows import Row, Section
from reports.scoring import METHOD, Method, WaveCell, WaveWord, wave_words

Runs = npt.NDArray[np.number]
MOVED = ("task", PRIMARY)


def false_words(rng: np.random.Generator, runs: int, *, n: int, method: Method = METHOD) -> Runs:
    return np.array([sum(_is_clear(one) for one in _waves(rng, n, 0.0, method)) for _ in range(runs)])


def found(rng: np.random.Generator, runs: int, *, n: int, shift: float, method: Method = METHOD) -> Runs:
    at = FOCUSED.keys.index(MOVED)
    return np.array([_waves(rng, n, shift, method)[at] == "clear_rise" for _ in range(runs)])


def _waves(rng: np.random.Generator, n: int, shift: float, method: Method) -> tuple[WaveWord | None, ...]:
    start = FOCUSED.flat(3.4)
    before, after = (
        cells_of(rate(rng, FOCUSED, n, means), FOCUSED, method)
        for means in (start, start + shift * FOCUSED.where(*MOVED))
    )
    cells = [
        WaveCell(old.score, new.score, old.n, new.n, old.s, new.s, old.asked)
        for old, new in zip(before, after, strict=True)
    ]
    return wave_words(cells, method=method)


def _is_clear(word: WaveWord | None) -> bool:
    return bool(word and word.startswith("clear"))


SECTION = Section(
    "Two waves (focused, 20 cells)",
    (
        Row(
            "nothing moved: false words a view (views with any), n = 8 / 15 / 30 / 100",
            ".10 / .18 / .15 / .13",
            tuple(partial(false_words, n=n) for n in (8, 15, 30, 100)),
            2_500,
            "words",
        ),
        Row(
            "found: one deep cell +.7, n = 8 / 15 / 30",
            ".18 / .49 / .86",
            tuple(partial(found, n=n, shift=0.7) for n in (8, 15, 30)),
            2_000,
            "found",
        ),
    ),
)
