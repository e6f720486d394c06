"""One person who rates themselves twice: what is told of a change where nothing changed, and of places that stand out.

A person has a stable view of every statement; a sitting adds the day (.10 on a space, .15 on a cell) and noise on each
rating. With noise .50 before rounding a statement's retest standard deviation is .58, which is the usual one.
"""

from dataclasses import dataclass
from functools import partial
from statistics import median

import numpy as np
import numpy.typing as npt

from benchmarks.method.items import BRIEF, FOCUSED, IN_DEPTH, PRIMARY, PULSE, Checklist, Numbers, Ratings, rounded
from benchmarks.method.rows import Row, Section
from reports.scoring import METHOD, Method, Observation, observations, own_change

STEADY, ORDINARY, LOOSE = 0.30, 0.50, 0.70  # noise of a rating before rounding
INSIDE = 0.55  # SD of stable views inside a cell: of the ratings it makes .80
NOTHING = 0.3  # a difference of stable views below which a claim is untrue
Runs = npt.NDArray[np.number]


@dataclass(frozen=True)
class People:
    """How stable views lie: their general level, how far cells and statements lie apart."""

    mean: float = 3.2
    level: float = 0.4
    cells: float = 0.45

    def stable(self, rng: np.random.Generator, checklist: Checklist) -> Numbers:
        level = self.mean + self.level * rng.standard_normal()
        cells = level + self.cells * rng.standard_normal(len(checklist.keys))
        return cells[checklist.cell_of] + INSIDE * rng.standard_normal(len(checklist.cell_of))


USUAL, FLAT = People(), People(cells=0.0)


def sitting(rng: np.random.Generator, checklist: Checklist, stable: Numbers, noise: float) -> Ratings:
    spaces = {space: METHOD.space_sd * rng.standard_normal() for space in checklist.spaces}
    of_space = np.array([spaces[space] for _condition, space in checklist.keys])
    day = of_space + METHOD.occasion_sd * rng.standard_normal(len(of_space))
    return rounded(stable + day[checklist.cell_of] + noise * rng.standard_normal(len(stable)))


def false_changes(
    rng: np.random.Generator, runs: int, *, checklist: Checklist, noise: float = ORDINARY, method: Method = METHOD
) -> Runs:
    """Words of cells and spaces of somebody who has not changed."""
    nothing = np.zeros(len(checklist.keys))
    return np.array([_words(*_repeat(rng, checklist, nothing, noise, method)) for _ in range(runs)])


def found_cell(rng: np.random.Generator, runs: int, *, shift: float, method: Method = METHOD) -> Runs:
    """Whether one cell of the primary space is told to have risen."""
    moved = shift * FOCUSED.where("task", PRIMARY)
    return np.array(
        [
            any(word == "clear_rise" for key, word in cells if key == ("task", PRIMARY))
            for cells, _spaces in (_repeat(rng, FOCUSED, moved, ORDINARY, method) for _ in range(runs))
        ]
    )


def found_space(rng: np.random.Generator, runs: int, *, space: str, shift: float, method: Method = METHOD) -> Runs:
    moved = shift * FOCUSED.where(space=space)
    return np.array([_repeat(rng, FOCUSED, moved, ORDINARY, method)[1][space] == "rise" for _ in range(runs)])


def _repeat(rng: np.random.Generator, checklist: Checklist, moved: Numbers, noise: float, method: Method):
    stable = USUAL.stable(rng, checklist)
    names = [str(at) for at in range(len(stable))]
    before = sitting(rng, checklist, stable, noise).tolist()
    after = sitting(rng, checklist, stable + moved[checklist.cell_of], noise).tolist()
    cells = [(*key, names[checklist.inside(at)]) for at, key in enumerate(checklist.keys)]
    found = own_change(
        cells,
        primary=PRIMARY,
        before=dict(zip(names, before, strict=True)),
        after=dict(zip(names, after, strict=True)),
        method=method,
    )
    return [((one.condition, one.space), one.word) for one in found.cells], found.spaces


def _words(cells, spaces) -> int:
    return sum(word is not None for _key, word in cells) + sum(word is not None for word in spaces.values())


def named_again(
    rng: np.random.Generator, runs: int, *, checklist: Checklist, people: People, method: Method = METHOD
) -> Runs:
    """(runs, 3): whether any place is named, any that a second sitting would not name, any that is untrue."""
    return np.array([_observed(rng, checklist, people, method) for _ in range(runs)])


def _observed(rng: np.random.Generator, checklist: Checklist, people: People, method: Method) -> tuple[bool, ...]:
    stable = people.stable(rng, checklist)
    first, second = (
        _seen(checklist, sitting(rng, checklist, stable, ORDINARY), method) for _sitting in ("today", "another day")
    )
    truth = dict(zip(checklist.keys, checklist.scores(np.clip(stable, 1, 5)).tolist(), strict=True))
    return bool(first), bool(set(first) - set(second)), any(_lead(one, truth, first) < NOTHING for one in first)


def _seen(checklist: Checklist, ratings: Ratings, method: Method) -> tuple[Observation, ...]:
    cells = [(*key, ratings[checklist.inside(at)].tolist()) for at, key in enumerate(checklist.keys)]
    return observations(cells, primary=PRIMARY, method=method)


def _lead(one: Observation, truth: dict[tuple[str, str], float], named: tuple[Observation, ...]) -> float:
    """By how much the place truly lies on the side it is said to lie on, of what it was set against."""
    if one.kind == "cell":
        rest = [score for key, score in truth.items() if key[1] == one.space and key != one.place]
        difference = truth[one.place] - median(rest)
    else:
        at = 1 if one.kind == "space" else 0
        gone = {other.place for other in named if other.kind == one.kind}
        own = [score for key, score in truth.items() if key[at] == one.place]
        rest = [score for key, score in truth.items() if key[at] not in gone]
        difference = float(np.mean(own) - np.mean(rest))
    return difference if one.side == "higher" else -difference


_repeated = partial(false_changes, checklist=FOCUSED)
_looked_at = partial(named_again, checklist=FOCUSED)

SECTION = Section(
    "One leader twice",
    (
        Row(
            "nothing changed, focused, an ordinary answerer: false words a report (reports with any)",
            "0.10 (8.6 %)",
            (_repeated,),
            12_000,
            "words",
        ),
        Row(
            "… a steady answerer / a loose one (retest SD .42 / .76 for a usual .58)",
            "– (1.8 %) / – (22.6 %)",
            (partial(_repeated, noise=STEADY), partial(_repeated, noise=LOOSE)),
            8_000,
            "words",
        ),
        Row(
            "… brief / pulse / in depth, ordinary",
            "– (7.3 %) / – (1.1 %) / – (8.1 %)",
            tuple(partial(false_changes, checklist=one) for one in (BRIEF, PULSE, IN_DEPTH)),
            8_000,
            "words",
        ),
        Row(
            "found: one cell of the primary space +1.0 / +1.5",
            ".36 / .72",
            (partial(found_cell, shift=1.0), partial(found_cell, shift=1.5)),
            6_000,
            "found",
        ),
        Row(
            "found: the whole primary space +.7 / +1.0; another space, two statements a cell, +1.0",
            ".59 / .93; .56",
            (
                partial(found_space, space=PRIMARY, shift=0.7),
                partial(found_space, space=PRIMARY, shift=1.0),
                partial(found_space, space="system", shift=1.0),
            ),
            6_000,
            "found",
        ),
        Row(
            "what stands out, all cells truly alike: reports that name a place, one that a second sitting would not "
            "name, one whose claim is untrue of the stable view (less than .3)",
            "–, 6, 2.2 %",
            (partial(_looked_at, people=FLAT),),
            12_000,
        ),
        Row(
            "… cells differ (SD .45)",
            "–, 36, 0.8 %",
            (partial(_looked_at, people=USUAL),),
            12_000,
        ),
    ),
)
