"""The words and figures of a cell by the current method of scoring: what to change here when the method does."""

from collections.abc import Sequence

import pandas as pd

from reports.scoring import (
    METHOD,
    Agreement,
    Compared,
    ComparedCell,
    Level,
    ad_star,
    assumed_sd,
    compare,
    display,
    level_words,
    published_range,
    sd_class,
    smoothed_sd,
)
from reports.scoring import two_camps as are_two_camps


def agreement(answers: pd.DataFrame, *, asked: int) -> tuple[float | None, Agreement | None]:
    """The index of a cell and its word; `answers`: 1–5 or NaN, columns = its statements."""
    ratings = range(METHOD.lowest, METHOD.highest + 1)
    counts = [[int((answers[column] == rating).sum()) for rating in ratings] for column in answers.columns]
    index = ad_star(counts, asked=asked)
    return index.value, index.word


def two_camps(scores: Sequence[float | None], *, asked: int) -> bool | None:
    return are_two_camps(scores, asked=asked)


def range_sd(sd: float | None, n: int, *, asked: int, views_differ: bool) -> float:
    """The SD that level words and the range are made with: the group's own, smoothed, where ten stand behind it."""
    if n >= METHOD.camp_people:
        return smoothed_sd(sd, n, asked=asked)
    return assumed_sd(asked, views_differ=views_differ)


def likely_range(displayed: float, n: int, sd: float) -> tuple[float, float]:
    return published_range(displayed, n, sd)


def levels(displayed: float, n: int, sd: float, *, asked: int) -> tuple[Level, ...]:
    return level_words(displayed, n, sd, asked=asked)


def compared(cells: Sequence[tuple[Sequence[Sequence[float]], int]]) -> Compared:
    """Every group against everybody else, over all cells at once.

    `cells`: of each the scores of the people of every group, in one order, and the statements asked. A group of fewer
    than five people with a score is not compared in that cell.
    """
    return compare([_compared_cell(groups, asked) for groups, asked in cells])


def _compared_cell(groups: Sequence[Sequence[float]], asked: int) -> ComparedCell:
    means = [sum(group) / len(group) if len(group) >= METHOD.min_compared else None for group in groups]
    large = [(group, mean) for group, mean in zip(groups, means, strict=True) if mean is not None]
    sd, df = sd_class(
        sum((score - mean) ** 2 for group, mean in large for score in group),
        people=sum(len(group) for group, _mean in large),
        groups=len(large),
        asked=asked,
    )
    scores = tuple(None if mean is None else display(mean) for mean in means)
    return ComparedCell(scores, tuple(map(len, groups)), asked, sd, df)
