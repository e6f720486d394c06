"""Groups held against everybody else: words where nothing differs, what is found, and what chance alone would give."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

import numpy as np
import numpy.typing as npt

from benchmarks.method.items import (
    BRIEF,
    FOCUSED,
    IN_DEPTH,
    PRIMARY,
    USUAL,
    USUAL_MEAN,
    Checklist,
    Numbers,
    Spread,
    rate,
)
from benchmarks.method.published import scores_shown
from benchmarks.method.rows import Row, Section
from reports.scoring import METHOD, Compared, ComparedCell, Method, compare, sd_class

Runs = npt.NDArray[np.number]
ONE = ("task", PRIMARY)
STRICTER = replace(METHOD, false_signals=0.025)


@dataclass(frozen=True)
class Survey:
    sizes: tuple[int, ...]
    checklist: Checklist = FOCUSED
    mean: float = USUAL_MEAN
    lower: float = 0.0  # of the last group …
    only: tuple[str, str] | None = None  # … in this cell, or in all
    spread: Spread = USUAL


def surveyed(rng: np.random.Generator, survey: Survey, method: Method = METHOD) -> Compared:
    asked, sizes = survey.checklist, np.array(survey.sizes)
    group = np.repeat(np.arange(len(sizes)), sizes)
    where = asked.where(*survey.only) if survey.only else asked.where()
    is_last = (group == len(sizes) - 1)[:, np.newaxis]
    means = np.full((len(group), len(asked.keys)), survey.mean) - survey.lower * is_last * where
    scores = asked.scores(rate(rng, asked, len(group), means, spread=survey.spread))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    of_groups = np.add.reduceat(scores, starts, axis=0) / sizes[:, np.newaxis]
    squares = ((scores - of_groups[group]) ** 2).sum(axis=0)
    return compare(_cells(asked, scores_shown(of_groups, sizes[:, np.newaxis]), squares, sizes, method), method=method)


def _cells(
    asked: Checklist, shown: Numbers, squares: Numbers, sizes: npt.NDArray[np.int64], method: Method
) -> list[ComparedCell]:
    people, groups = int(sizes.sum()), len(sizes)
    of_all = tuple(sizes.tolist())
    return [
        ComparedCell(
            tuple(shown[:, at].tolist()),
            of_all,
            int(asked.asked[at]),
            *sd_class(float(squares[at]), people=people, groups=groups, asked=int(asked.asked[at]), method=method),
        )
        for at in range(len(asked.keys))
    ]


def words_of(found: Compared) -> npt.NDArray[np.bool_]:
    """(cells, groups): where there is a word."""
    return np.array([[one is not None and one.word != "no_clear_difference" for one in cell] for cell in found.cells])


def false_words(rng: np.random.Generator, runs: int, *, survey: Survey, method: Method = METHOD) -> Runs:
    """Words on the groups that are alike: all of them, or all but the last where that one is lower everywhere."""
    alike = len(survey.sizes) - bool(survey.lower)
    return np.array([words_of(surveyed(rng, survey, method))[:, :alike].sum() for _ in range(runs)])


def found(rng: np.random.Generator, runs: int, *, survey: Survey, method: Method = METHOD) -> Runs:
    """Of the cells in which the last group is lower, the share that is found: (runs, 2), deep and brief; or of one."""
    where = survey.checklist.where(*survey.only) if survey.only else survey.checklist.where()
    deep = survey.checklist.asked >= method.deep_from
    lower = [
        [one[-1] is not None and one[-1].word == "lower" for one in surveyed(rng, survey, method).cells]
        for _ in range(runs)
    ]
    of_families = [
        np.array(lower)[:, where & family].mean(axis=1) for family in (deep, ~deep) if (where & family).any()
    ]
    return np.stack(of_families, axis=1)


def by_chance(rng: np.random.Generator, runs: int, *, survey: Survey, method: Method = METHOD) -> Runs:
    """(runs, 4): words, false ones, comparisons × the largest p that has a word, a twentieth of the words."""
    return np.array([_by_chance(rng, survey, method) for _ in range(runs)])


def _by_chance(rng: np.random.Generator, survey: Survey, method: Method) -> tuple[float, ...]:
    result = surveyed(rng, survey, method)
    words = words_of(result)
    alike = len(survey.sizes) - bool(survey.lower)
    every = int(words.sum())
    at_largest = expected_by_chance(result, survey.checklist.asked, method)
    return every, int(words[:, :alike].sum()), at_largest, method.false_signals * every


def more_than_said(rng: np.random.Generator, runs: int, *, survey: Survey, method: Method = METHOD) -> Runs:
    """Whether more words are false than one in twenty, rounded up."""
    alike = len(survey.sizes) - bool(survey.lower)
    each = (words_of(surveyed(rng, survey, method)) for _ in range(runs))
    return np.array([one[:, :alike].sum() > ceil(method.false_signals * one.sum()) for one in each])


def expected_by_chance(found: Compared, asked: Sequence[int] | npt.NDArray[np.int64], method: Method = METHOD) -> float:
    """How many words chance alone would give at the p-values that have one, if no group differed from the others."""
    of_cells = [sum(one is not None for one in cell) for cell in found.cells]
    return sum(n * found.largest_p[not method.is_deep(int(m))] for n, m in zip(of_cells, asked, strict=True))


def groups(count: int, n: int, **facts: object) -> Survey:
    return Survey((n,) * count, **facts)


NULLS = ((4, 8), (9, 8), (12, 8), (9, 15), (6, 30))
WARD = (40,) + (8,) * 8


def _found(title: str, sheet: str, surveys: Sequence[Survey], runs: int) -> Row:
    return Row(title, sheet, tuple(partial(found, survey=one) for one in surveys), runs, "found")


SECTION = Section(
    "Groups against everybody else (focused, 20 cells)",
    (
        Row(
            "nothing differs: false words a report (reports with any), 4 / 9 / 12 groups of 8; 9 of 15; 6 of 30",
            ".10 (6 %) / .14 (10 %) / .08 (6 %); .18 (12 %); .18 (9 %)",
            tuple(partial(false_words, survey=groups(*one)) for one in NULLS),
            2_000,
            "words",
        ),
        Row(
            "… one group of 40 and eight of 8, all at the ceiling / the floor",
            "0 / 0",
            tuple(partial(false_words, survey=Survey(WARD, mean=mean)) for mean in (5.2, 0.8)),
            400,
            "words",
        ),
        _found(
            "found: one group 1.0 lower everywhere, deep and brief cells: 9 of 8; 12 of 8; 9 of 15",
            ".81, .56; .70, .39; .95, .82",
            [groups(*one, lower=1.0) for one in ((9, 8), (12, 8), (9, 15))],
            400,
        ),
        _found(
            "… 0.56 lower: 9 of 8; 9 of 15",
            ".20, .12; .47, .18",
            [groups(*one, lower=0.56) for one in ((9, 8), (9, 15))],
            400,
        ),
        _found(
            "… one deep cell 1.0 lower: 9 of 8 / 12 of 8",
            ".64 / .56",
            [groups(*one, lower=1.0, only=ONE) for one in ((9, 8), (12, 8))],
            1_000,
        ),
        Row(
            "false words on five equal groups of 15, the sixth 1.0 lower everywhere (reports with any)",
            "0.6",
            (partial(false_words, survey=groups(6, 15, lower=1.0)),),
            1_000,
            "words",
        ),
    ),
)

CHANCE = ((4, 8), (6, 15), (6, 30), (12, 8), (12, 30), (20, 15), (40, 8))
MIXED = (
    ("nothing differs, 9 of 15", groups(9, 15)),
    ("one group of nine 1.0 lower everywhere, of 15", groups(9, 15, lower=1.0)),
    ("one group of nine .56 lower everywhere, of 15", groups(9, 15, lower=0.56)),
    ("one group of six 1.0 lower everywhere, of 15", groups(6, 15, lower=1.0)),
    ("one group of twelve 1.0 lower everywhere, of 8", groups(12, 8, lower=1.0)),
)
SETTLED = Section(
    "Comparisons: the level of false signals, and what chance alone would give",
    (
        Row(
            "bh .05: false words a report (reports with any), 9 of 8; 9 of 15; 6 of 30",
            "–; .18 (12 %); .18 (9 %)",
            tuple(partial(false_words, survey=groups(*one)) for one in ((9, 8), (9, 15), (6, 30))),
            3_000,
            "words",
        ),
        Row(
            "bh .025: the same",
            "",
            tuple(partial(false_words, survey=groups(*one), method=STRICTER) for one in ((9, 8), (9, 15), (6, 30))),
            3_000,
            "words",
        ),
        *(
            Row(
                f"bh {name}: found, one deep cell 1.0 lower, 9 of 8 / 12 of 8 / 9 of 15",
                sheet,
                tuple(
                    partial(found, survey=groups(*one, lower=1.0, only=ONE), method=method)
                    for one in ((9, 8), (12, 8), (9, 15))
                ),
                1_500,
                "found",
            )
            for name, sheet, method in ((".05", ".64 / .56 / –", METHOD), (".025", ".54 / – / –", STRICTER))
        ),
        *(
            Row(
                f"nothing differs, {count} groups of {n}: words (reports with any)",
                "",
                (partial(false_words, survey=groups(count, n)),),
                1_000,
                "words",
            )
            for count, n in CHANCE
        ),
        Row(
            "… 9 groups of 15: brief in four spaces / in depth in four spaces",
            "",
            tuple(partial(false_words, survey=groups(9, 15, checklist=one)) for one in (BRIEF, IN_DEPTH)),
            1_000,
            "words",
        ),
        Row(
            "… 9 groups of 15: people’s general level weighs nothing / twice as much (SD 0 / .5 / 1.0)",
            "",
            tuple(
                partial(false_words, survey=groups(9, 15, spread=Spread(person=person))) for person in (0.0, 0.5, 1.0)
            ),
            1_000,
            "words",
        ),
        *(
            Row(
                f"{title}: words, false ones, comparisons × largest p with a word, a twentieth of the words",
                "",
                (partial(by_chance, survey=survey),),
                1_000,
                "count",
            )
            for title, survey in MIXED
        ),
        Row(
            "reports in which more words are false than one in twenty, rounded up (the five surveys above)",
            "",
            tuple(partial(more_than_said, survey=survey) for _title, survey in MIXED),
            1_000,
        ),
    ),
)
