"""The words and figures of a cell by the current method of scoring: what to change here when the method does."""

from collections.abc import Sequence

import pandas as pd

from reports.scoring import (
    Agreement,
    Level,
    ad_m,
    agreement_word,
    is_split,
    level,
    published_range,
    smoothed_sd,
    typical_sd,
)

OWN_SD_FROM = 10  # people from which a range is made with the group's own spread
SD_WHERE_VIEWS_DIFFER = 1.00


def agreement(answers: pd.DataFrame, *, asked: int) -> tuple[float | None, Agreement | None]:
    """The index of a cell and its word; `answers`: 1–5 or NaN, columns = its statements."""
    index = ad_m(answers, asked=asked).value
    return index, agreement_word(index)


def two_camps(scores: Sequence[float | None], *, asked: int) -> bool | None:
    return is_split(scores)


def range_sd(sd: float | None, n: int, *, asked: int, views_differ: bool) -> float:
    """The SD that level words and the range are made with: the group's own, smoothed, where ten stand behind it."""
    if n >= OWN_SD_FROM:
        return smoothed_sd(sd, n, asked=asked)
    return SD_WHERE_VIEWS_DIFFER if views_differ else typical_sd(asked)


def likely_range(displayed: float, n: int, sd: float) -> tuple[float, float]:
    return published_range(displayed, n, sd=sd)


def levels(displayed: float, n: int, sd: float, *, asked: int) -> tuple[Level, ...]:
    return (level(displayed),)
