"""Condition scores: what one person's ratings say about one cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from reports.scoring.method import METHOD, Method, Reason

CellKey = tuple[str, str]  # (condition, space): which cell of the model


@dataclass(frozen=True)
class ConditionScores:
    """The scores of one cell, one per respondent, in the order of the rows they came from."""

    scores: tuple[float | None, ...]  # 1–5, unrounded; None where too little was rated
    answered: tuple[int, ...]  # how many of the cell's statements each respondent rated
    asked: int  # how many statements the cell has
    reasons: tuple[Reason | None, ...]  # why a score is None


def condition_scores(
    answers: pd.DataFrame, statements: Sequence[str] | None = None, *, method: Method = METHOD
) -> ConditionScores:
    """The mean of what each person rated in one cell, if they rated at least half of it.

    `answers`: DataFrame, one row per respondent, columns = statement ids, values 1–5; "don't know" and blank are
    both missing (NaN). `statements`: the columns that make the cell; all columns by default. Missing rule:
    `2 · answered ≥ asked` (4 of 7, 1 of 2), no imputation; below it the score is None with the reason
    `too_few_items`. Raises ValueError for anything else than whole ratings on the scale, and for statements that
    are not among the columns. Source: method sheet, section 3 (Newman 2014; Mazza, Enders & Ruehlman 2015).

    >>> answers = pd.DataFrame({"T1": [4, 3, 2], "T2": [5, None, 3], "T3": [4, None, None]})
    >>> condition_scores(answers)
    ConditionScores(scores=(4.333333333333333, None, 2.5), answered=(3, 1, 2), asked=3, \
reasons=(None, 'too_few_items', None))
    """
    ratings = ratings_of(_cell(answers, statements), method)
    asked = ratings.shape[1]
    scores = [None if np.isnan(score) else score for score in person_scores(ratings, method).tolist()]
    return ConditionScores(
        scores=tuple(scores),
        answered=tuple((~np.isnan(ratings)).sum(axis=1).tolist()),
        asked=asked,
        reasons=tuple("too_few_items" if score is None else None for score in scores),
    )


def person_scores(ratings: npt.NDArray[np.float64], method: Method = METHOD) -> npt.NDArray[np.float64]:
    """`condition_scores` of many people at once: (people, statements of one cell) → (people,), NaN where missing."""
    rated = ~np.isnan(ratings)
    answered = rated.sum(axis=1)
    enough = (answered > 0) & (answered + method.eps >= method.min_share * ratings.shape[1])
    means = np.where(rated, ratings, 0.0).sum(axis=1) / np.maximum(answered, 1)
    scores: npt.NDArray[np.float64] = np.where(enough, means, np.nan)
    return scores


def _cell(answers: pd.DataFrame, statements: Sequence[str] | None) -> pd.DataFrame:
    cell = list(answers.columns) if statements is None else list(statements)
    if foreign := [statement for statement in cell if statement not in answers.columns]:
        raise ValueError(f"These statements are not among the answers: {', '.join(map(str, foreign))}.")
    if len(set(cell)) < len(cell) or not answers.columns.is_unique:
        raise ValueError("A statement stands twice in one cell.")
    return answers[cell]


def ratings_of(cell: pd.DataFrame, method: Method = METHOD) -> npt.NDArray[np.float64]:
    """The cell as numbers, NaN where nothing was rated. Raises ValueError for anything else than ratings."""
    for statement in cell.columns:
        given = cell[statement].dropna().infer_objects()
        if len(given) and (pd.api.types.is_bool_dtype(given) or not pd.api.types.is_numeric_dtype(given)):
            raise ValueError(f"The answers to {statement} are not numbers.")
    ratings = cell.where(cell.notna(), np.nan).to_numpy(dtype=np.float64, na_value=np.nan)
    valid = np.isnan(ratings) | (
        (ratings >= method.lowest) & (ratings <= method.highest) & (ratings == np.floor(ratings))
    )
    if not valid.all():
        wrong = ratings[~valid][0]
        raise ValueError(f"A rating is a whole number from {method.lowest} to {method.highest}, not {wrong:g}.")
    return ratings
