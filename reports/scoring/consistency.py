"""Whether the statements of a cell pull in one direction: coefficient alpha, and each statement against the others."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import fdtri

from reports.scoring.method import METHOD, Method, Reason
from reports.scoring.scores import ratings_of

Ratings = npt.NDArray[np.integer]  # (people, statements of one cell), of people who rated all of them


@dataclass(frozen=True)
class Alpha:
    """Coefficient alpha of one cell, unrounded; below 0 where statements contradict each other."""

    value: float | None
    n: int  # people
    statements: int
    reason: Reason | None = None


def cronbach_alpha(ratings: Ratings) -> Alpha:
    """`k/(k−1) · (1 − Σ s_j² / s_T²)`, s_T that of each person's total. Source: Cronbach (1951).

    `ratings`: whole numbers, one row per person, columns = the statements of one cell; nothing missing, so people who
    left a statement out stay out. Counted in whole numbers, hence the same in whatever order people come. One
    statement gives the reason `too_few_items`, one person `too_few_people`, totals that are all alike `zero_variance`.
    Raises ValueError for anything else than whole numbers.

    >>> cell = np.array([[4, 4, 3, 5], [3, 4, 2, 4], [5, 4, 4, 5], [2, 3, 2, 4], [4, 5, 3, 5]])  # method sheet, sec. 14
    >>> round(cronbach_alpha(cell).value, 6), cronbach_alpha(cell[:, :1]).reason
    (0.894118, 'too_few_items')
    """
    if not np.issubdtype(ratings.dtype, np.integer):
        raise ValueError("Ratings are whole numbers, none missing; `alpha_with_interval` leaves out who missed one.")
    n, statements = ratings.shape
    if statements < 2:
        return Alpha(None, n, statements, "too_few_items")
    if n < 2:
        return Alpha(None, n, statements, "too_few_people")
    scatter = _scatter(ratings)
    total = int(scatter.sum())
    if total == 0:
        return Alpha(None, n, statements, "zero_variance")
    return Alpha(statements / (statements - 1) * (1 - int(scatter.trace()) / total), n, statements)


@dataclass(frozen=True)
class AlphaWithInterval:
    """Coefficient alpha with its interval, and the statements that everybody rated alike."""

    alpha: Alpha
    low: float | None
    high: float | None
    constant: tuple[str, ...]  # they cannot go with anything, and hold alpha down


def alpha_with_interval(answers: pd.DataFrame, *, method: Method = METHOD) -> AlphaWithInterval:
    """Alpha of the people who rated every statement of a cell, with its interval at `method.conf`.

    `answers`: DataFrame, one row per respondent, columns = the statements of one cell, 1–5 or NaN; whoever left one out
    stays out (listwise). Reasons as for `cronbach_alpha`. Statements rated alike are named where two people rated all.
    Raises ValueError for anything else than ratings. Source: Cronbach (1951); Feldt, Woodruff & Salih (1987).

    >>> cell = [[4, 4, 3, 5], [3, 4, 2, 4], [5, 4, 4, 5], [2, 3, 2, 4], [4, 5, 3, 5], [1, None, 1, 1]]
    >>> found = alpha_with_interval(pd.DataFrame(cell))
    >>> found.alpha.n, round(found.alpha.value, 6), round(found.low, 6), round(found.high, 6)
    (5, 0.894118, 0.563637, 0.987901)
    """
    ratings = ratings_of(answers, method)
    complete = ratings[~np.isnan(ratings).any(axis=1)].astype(np.int64)
    alpha = cronbach_alpha(complete)
    constant = tuple(str(name) for name in answers.columns[np.ptp(complete, axis=0) == 0]) if len(complete) > 1 else ()
    if alpha.value is None:
        return AlphaWithInterval(alpha, None, None, constant)
    low, high = alpha_interval(alpha.value, n=alpha.n, statements=alpha.statements, method=method)
    return AlphaWithInterval(alpha, low, high, constant)


def alpha_interval(alpha: float, *, n: int, statements: int, method: Method = METHOD) -> tuple[float, float]:
    """The interval of an alpha from `n` people and `statements` statements, at `method.conf`.

    `1 − (1 − alpha)·F` with the quantiles of F on n − 1 and (n − 1)(k − 1) degrees of freedom. Source: Feldt (1965);
    Feldt, Woodruff & Salih (1987). Raises ValueError for fewer than two of either.

    >>> [round(end, 6) for end in alpha_interval(0.8941176470588235, n=5, statements=4)]
    [0.563637, 0.987901]
    """
    if min(n, statements) < 2:
        raise ValueError("An alpha has an interval from two people and two statements on.")
    df, tail = (n - 1, (n - 1) * (statements - 1)), 0.5 + method.conf / 2
    return 1 - (1 - alpha) * float(fdtri(*df, tail)), 1 - (1 - alpha) * float(fdtri(*df, 1 - tail))


def alpha_of_length(alpha: float, *, statements: int, length: int) -> float:
    """The alpha of `length` statements that go together as well as these `statements` do.

    So that two statements can be judged like seven. −1 stands for all that is worse. Source: Spearman (1910) and Brown
    (1910).

    >>> round(alpha_of_length(0.4, statements=2, length=7), 2), alpha_of_length(0.8, statements=7, length=7)
    (0.7, 0.8)
    """
    together = alpha / (statements - alpha * (statements - 1))
    shrunk = 1 + (length - 1) * together
    return max(-1.0, length * together / shrunk) if shrunk > 0 else -1.0


def item_rest_correlations(ratings: Ratings) -> tuple[float | None, ...]:
    """How each statement goes with the sum of the others of its cell, from −1 to 1 ('corrected item–total').

    `ratings` as for `cronbach_alpha`. None where everybody rated the statement, or all the others, alike, and in a cell
    of one statement. Source: Nunnally & Bernstein (1994), chapter 8.

    >>> cell = np.array([[4, 4, 3, 5], [3, 4, 2, 4], [5, 4, 4, 5], [2, 3, 2, 4], [4, 5, 3, 5]])
    >>> [round(one, 4) for one in item_rest_correlations(cell)]
    [0.9415, 0.5774, 0.8545, 0.9097]
    """
    scatter = _scatter(ratings)
    own = scatter.diagonal()
    with_rest = scatter.sum(axis=0) - own
    of_rest = int(scatter.sum()) - 2 * scatter.sum(axis=0) + own
    return tuple(
        int(shared) / sqrt(int(mine) * int(rest)) if mine > 0 and rest > 0 else None
        for shared, mine, rest in zip(with_rest, own, of_rest, strict=True)
    )


def _scatter(ratings: Ratings) -> npt.NDArray[np.int64]:
    """n times the sums of squares and products about the means, exactly: the factor falls out of every ratio."""
    whole = ratings.astype(np.int64)
    sums = whole.sum(axis=0)
    scatter: npt.NDArray[np.int64] = len(whole) * (whole.T @ whole) - np.outer(sums, sums)
    return scatter
