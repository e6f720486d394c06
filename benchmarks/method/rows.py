"""One line of the table: what was simulated, what the method sheet says of it, what came out here."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Measure = Callable[[np.random.Generator, int], npt.NDArray[np.number]]  # (runs,), or (runs, figures)
Unit = Literal["share", "found", "count", "words"]

SEED = 20261129
QUICK = 12  # so many times fewer runs
LEAST = 20


@dataclass(frozen=True)
class Figure:
    """A mean over runs with its standard error."""

    value: float
    error: float
    runs: int

    @classmethod
    def of(cls, runs: npt.ArrayLike) -> "Figure":
        values = np.asarray(runs, dtype=np.float64)
        return cls(float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values))), len(values))

    def text(self, unit: Unit) -> str:
        if unit == "share":
            return f"{100 * self.value:.1f} ±{100 * self.error:.1f} %"
        return f"{self.value:.2f} ±{self.error:.2f}"


Figures = tuple[Figure, ...]


@dataclass(frozen=True)
class Row:
    """`sheet`: what section 14 of the method sheet has, in the same order; "" where it has nothing.

    `unit`: `share` of runs or of what was looked at, in per cent; `found`, the same as a part of 1; `count` for each
    run; `words`, the count and the share of runs with any.
    """

    what: str
    sheet: str
    measures: tuple[Measure, ...]
    runs: int
    unit: Unit = "share"

    def figures(self, *, is_quick: bool = False) -> tuple[Figures, ...]:
        """Of each measure those of its columns."""
        runs = max(LEAST, self.runs // QUICK) if is_quick else self.runs
        return tuple(self._of(measure, at, runs) for at, measure in enumerate(self.measures))

    def text(self, figures: Iterable[Figures]) -> str:
        return " / ".join(", ".join(self._words(one)) for one in figures)

    def _of(self, measure: Measure, at: int, runs: int) -> Figures:
        rng = np.random.default_rng([SEED, zlib.crc32(self.what.encode()), at])
        found = measure(rng, runs)
        columns = found.T if found.ndim == 2 else [found]
        if self.unit != "words":
            return tuple(Figure.of(column) for column in columns)
        return tuple(Figure.of(of) for column in columns for of in (column, column > 0))

    def _words(self, figures: Figures) -> Iterator[str]:
        if self.unit != "words":
            yield from (one.text(self.unit) for one in figures)
        else:
            for count, share in zip(figures[::2], figures[1::2], strict=True):
                yield f"{count.text('count')} ({share.text('share')})"


@dataclass(frozen=True)
class Section:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Done:
    section: str
    row: Row
    figures: tuple[Figures, ...]

    @property
    def cells(self) -> tuple[str, str, str, str]:
        return self.row.what, self.row.sheet or "–", self.row.text(self.figures), f"{self.figures[0][0].runs:,}"
