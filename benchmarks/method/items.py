"""People made of random numbers, and the checklists they answer.

A rating is the mean of its cell, with how hard the statement is to agree with, and the person's own level, view of the
cell and noise, rounded to 1–5. With the usual spreads a single rating has a standard deviation of about 1.0 and the
score of seven statements one of 0.73, much as in the two public data sets that the method's typical spreads come from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from reports.scoring import METHOD, CellKey

Numbers = npt.NDArray[np.float64]
Ratings = npt.NDArray[np.int64]  # (people, statements)

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
PRIMARY = "team"
USUAL_MEAN = 3.7
DIFFICULTY = 0.30  # SD of how hard statements are to agree with, where they differ


@dataclass(frozen=True)
class Spread:
    """Standard deviations between people, on the scale before rounding."""

    person: float = 0.5  # in all cells alike
    cell: float = 0.45  # in a cell
    noise: float = 0.7  # in a single rating

    @property
    def of_a_rating(self) -> float:
        return float(np.sqrt(self.person**2 + self.cell**2 + self.noise**2))


USUAL = Spread()


@dataclass(frozen=True)
class Checklist:
    """What is asked: of each space how many statements of every condition, the same first ones in each."""

    spaces: Mapping[str, int]

    @cached_property
    def keys(self) -> tuple[CellKey, ...]:
        return tuple((condition, space) for condition in CONDITIONS for space in self.spaces)

    @cached_property
    def asked(self) -> Ratings:
        return np.array([self.spaces[space] for _condition, space in self.keys])

    @cached_property
    def starts(self) -> Ratings:
        return np.concatenate([[0], np.cumsum(self.asked)[:-1]])

    @cached_property
    def cell_of(self) -> Ratings:
        """The cell of each statement."""
        return np.repeat(np.arange(len(self.keys)), self.asked)

    def inside(self, cell: int) -> slice:
        return slice(self.starts[cell], self.starts[cell] + self.asked[cell])

    def where(self, condition: str | None = None, space: str | None = None) -> npt.NDArray[np.bool_]:
        """The cells of a condition, of a space, or the one of both."""
        return np.array([condition in (None, one[0]) and space in (None, one[1]) for one in self.keys])

    def flat(self, mean: float = USUAL_MEAN) -> Numbers:
        return np.full(len(self.keys), mean)

    def scores(self, ratings: npt.NDArray[np.number]) -> Numbers:
        """The mean of each cell, along the last axis."""
        return np.add.reduceat(ratings, self.starts, axis=-1) / self.asked


FOCUSED = Checklist({"self": 2, "team": 7, "organisation": 2, "system": 2})
IN_DEPTH = Checklist({"self": 7, "team": 7, "organisation": 7, "system": 7})
BRIEF = Checklist({"self": 2, "team": 2, "organisation": 2, "system": 2})
PULSE = Checklist({"team": 1})
TEAM_ONLY = Checklist({"team": 7})


def rounded(values: Numbers) -> Ratings:
    return np.clip(np.rint(values), METHOD.lowest, METHOD.highest).astype(np.int64)


def rate(
    rng: np.random.Generator,
    checklist: Checklist,
    people: int,
    means: Numbers,
    *,
    difficulty: Numbers | float = 0.0,
    spread: Spread = USUAL,
) -> Ratings:
    """What `people` answer to every statement. `means`: of each cell, or (people, cells)."""
    person = spread.person * rng.standard_normal((people, 1))
    cells = means + person + spread.cell * rng.standard_normal((people, len(checklist.keys)))
    noise = spread.noise * rng.standard_normal((people, len(checklist.cell_of)))
    return rounded(cells[:, checklist.cell_of] + difficulty + noise)


def difficulties(rng: np.random.Generator, checklist: Checklist, sd: float = DIFFICULTY) -> Numbers:
    return sd * rng.standard_normal(len(checklist.cell_of))


def expected(mean: Numbers, sd: float = USUAL.of_a_rating) -> Numbers:
    """The mean of ratings that are rounded from a normal distribution: the truth that a score estimates."""
    borders = np.array([1.5, 2.5, 3.5, 4.5])
    return 1 + ndtr((np.asarray(mean)[..., np.newaxis] - borders) / sd).sum(axis=-1)
