"""The spread of condition scores inside groups: the typical one, a group's own, and one figure for a whole survey."""

from math import sqrt

from reports.scoring.levels import display
from reports.scoring.method import METHOD, Method


def typical_sd(asked: int, method: Method = METHOD) -> float:
    """The typical SD of condition scores inside a group, in rating points, for a cell of `asked` statements.

    Fewer statements make a less reliable score, which spreads more. Raises ValueError for no statement.

    >>> typical_sd(1), typical_sd(2), typical_sd(7)
    (1.05, 0.85, 0.7)
    """
    if asked < 1:
        raise ValueError("A cell has at least one statement.")
    return method.typical_sds[min(asked, len(method.typical_sds)) - 1]


def assumed_sd(asked: int, *, views_differ: bool, method: Method = METHOD) -> float:
    """The SD of a range that must not tell the group's own: the typical one, or a fixed one where views differ.

    >>> assumed_sd(7, views_differ=False), assumed_sd(7, views_differ=True), assumed_sd(2, views_differ=True)
    (0.7, 1.05, 1.2)
    """
    return method.wide_sds[not method.is_deep(asked)] if views_differ else typical_sd(asked, method)


def smoothed_sd(sd: float | None, n: int, *, asked: int, nu0: float | None = None, method: Method = METHOD) -> float:
    """The SD of `n` persons' scores, drawn towards the typical one: `sqrt(((n−1)s² + 4·s0²) / (n+3))`.

    `sd`: with n − 1; None for one person, whose smoothed SD is the typical one. Source: Smyth (2004).

    >>> round(smoothed_sd(0.697371, 5, asked=7), 6)
    0.698687
    """
    weight = method.nu0 if nu0 is None else nu0
    return sqrt(((n - 1) * (sd or 0.0) ** 2 + weight * typical_sd(asked, method) ** 2) / (n - 1 + weight))


def sd_class(
    squares: float, *, people: int, groups: int, asked: int, method: Method = METHOD
) -> tuple[float, int | None]:
    """The SD of condition scores inside groups that comparisons use, and its degrees of freedom.

    `squares`: of each person's score about the mean of their own group, summed over all groups; `asked`: statements of
    the cell. `sqrt((20·s0² + SS) / (20 + N − G))` as a class of one decimal, df N − G + 20; below 5 groups or 30 people
    the typical SD with normal quantiles (df None). Raises ValueError for a negative sum of squares. Source: method
    sheet 2.0, section 7 (smoothing by Smyth 2004).

    >>> sd_class(30.0, people=60, groups=6, asked=7), sd_class(30.0, people=60, groups=4, asked=7)
    ((0.7, 74), (0.7, None))
    """
    if squares < -method.eps:
        raise ValueError("A sum of squares is not negative.")
    typical = typical_sd(asked, method)
    if groups < method.class_groups or people < method.class_people:
        return typical, None
    df = people - groups + method.class_weight
    return display(sqrt((method.class_weight * typical**2 + max(0.0, squares)) / df), method=method), df
