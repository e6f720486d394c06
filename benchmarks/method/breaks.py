"""Breaks between spaces, through the real edition: of one group, and of several put together.

What is compared is what is published. Two cells that ask the same statements are held against each other on their
scores, others on the published means of the statements they share; a mean of a statement that would tell of few people
is not published, and then there is no comparison. Where a group is left out of a cell, the groups that are shown in
both are put together as the mean of what each displays, weighted by its people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from benchmarks.method.items import DIFFICULTY, FOCUSED, IN_DEPTH, USUAL, Checklist, Spread, difficulties, rate
from benchmarks.method.published import whole
from benchmarks.method.rows import Row, Section
from reports.scoring import METHOD, CellKey, Method

Runs = npt.NDArray[np.number]
LENIENT = 0.2
LOW = ("task", "system")
LOWER = 1.0


@dataclass(frozen=True)
class World:
    """Who is asked what, and what is true of them."""

    checklist: Checklist = FOCUSED
    groups: int = 1
    n: int = 30  # people in each
    lower: float = 0.0  # by so much is one condition less in place in the system
    difficulty: float = DIFFICULTY  # SD of statements, each in each space
    spread: Spread = USUAL
    is_one_left_out: bool = False  # one group could not judge anything in the system


def any_false(rng: np.random.Generator, runs: int, *, world: World, method: Method = METHOD) -> Runs:
    return np.array([bool(weaker_cells(rng, world, method)) for _ in range(runs)])


def found_true(rng: np.random.Generator, runs: int, *, world: World, method: Method = METHOD) -> Runs:
    """Whether the lower cell is told to be less in place than another of its condition."""
    return np.array([LOW in weaker_cells(rng, world, method) for _ in range(runs)])


def weaker_cells(rng: np.random.Generator, world: World, method: Method = METHOD) -> list[CellKey]:
    asked, people = world.checklist, world.groups * world.n
    hard = difficulties(rng, asked, world.difficulty)
    means = asked.flat() + LENIENT * asked.where(space="self") - world.lower * asked.where(*LOW)
    ratings = rate(rng, asked, people, means, difficulty=hard, spread=world.spread)
    if world.is_one_left_out:
        ratings[: world.n, asked.where(space="system")[asked.cell_of]] = 0
    found = whole(ratings, asked, world.groups, method).findings
    return [one.cells[0] for one in found if one.kind == "break"]


SIZES = (8, 15, 30, 100)


def _rates(
    title: str, runs: tuple[int, int], world: World, *, sheet: tuple[str, str] = ("", ""), sizes: Sequence[int] = SIZES
) -> tuple[Row, Row]:
    at = " / ".join(map(str, sizes))
    worlds = [replace(world, n=n) for n in sizes]
    lower = [replace(one, lower=LOWER) for one in worlds]
    false = tuple(partial(any_false, world=one) for one in worlds)
    true = tuple(partial(found_true, world=one) for one in lower)
    return (
        Row(f"{title}: maps with a false break, n = {at}", sheet[0], false, runs[0]),
        Row(f"{title}: found, one cell 1.0 lower", sheet[1], true, runs[1], "found"),
    )


IN_SHEET = ("– / – / 0 / 0 %", ".25 / .48 / .61 / .83")
SECTION = Section(
    "Breaks between spaces, through the real edition (statements differ, SD .30, each in each space; Self .2 lenient)",
    (
        *_rates("one group, focused", (500, 300), World(), sheet=IN_SHEET),
        Row(
            "one group, focused, statements alike: maps with a false break, n = 8 / 15 / 30 / 100",
            "0–2 %",
            tuple(partial(any_false, world=World(n=n, difficulty=0.0)) for n in SIZES),
            150,
        ),
        *_rates("one group, in depth", (120, 80), World(IN_DEPTH)),
        *_rates("3 groups of n together, focused", (250, 120), World(groups=3)),
        *_rates("10 groups of n together, focused", (140, 80), World(groups=10)),
        *_rates("3 groups, one left out of a space, focused", (200, 100), World(groups=3, is_one_left_out=True)),
        *_rates("10 groups, one left out of a space, focused", (100, 80), World(groups=10, is_one_left_out=True)),
        *_rates("10 groups of n together, in depth", (60, 30), World(IN_DEPTH, groups=10), sizes=(8, 30)),
    ),
)

STRICTER = replace(METHOD, break_signals=METHOD.break_signals / 2)
SETTLED = Section(
    "Breaks: a stricter bh",
    (
        Row(
            "bh .05 instead of .10, one group, focused: maps with a false break, n = 8 / 15 / 30 / 100",
            "",
            tuple(partial(any_false, world=World(n=n), method=STRICTER) for n in SIZES),
            500,
        ),
        Row(
            "bh .05 instead of .10, one group, focused: found, one cell 1.0 lower",
            "",
            tuple(partial(found_true, world=World(n=n, lower=LOWER), method=STRICTER) for n in SIZES),
            300,
            "found",
        ),
    ),
)
