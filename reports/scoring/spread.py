"""The spread inside groups that a comparison is held against: one figure for a cell of a whole survey."""

from math import sqrt

from reports.scoring.levels import display
from reports.scoring.method import METHOD, Method

TYPICAL = {1: 1.05, 2: 0.85, 3: 0.80, 4: 0.75, 5: 0.75}  # SD of condition scores, by the statements asked
TYPICAL_OF_MANY = 0.70  # from six statements
WEIGHT = 20  # of the typical SD, in degrees of freedom
LEAST_GROUPS, LEAST_PEOPLE = 5, 30


def sd_class(squares: float, *, people: int, groups: int, asked: int, method: Method = METHOD) -> float | None:
    """The SD of condition scores inside groups, pooled and drawn towards the typical one, as a class of one decimal.

    `squares`: of each person's score about the mean of their own group, summed over all groups; `asked`: statements of
    the cell. `sqrt((20·s0² + SS) / (20 + N − G))`; None below 5 groups or 30 people. Source: method sheet 2.0, section
    7 (smoothing by Smyth 2004).

    >>> sd_class(30.0, people=60, groups=6, asked=7), sd_class(30.0, people=60, groups=4, asked=7)
    (0.7, None)
    """
    if groups < LEAST_GROUPS or people < LEAST_PEOPLE:
        return None
    typical = TYPICAL.get(asked, TYPICAL_OF_MANY)
    return display(sqrt((WEIGHT * typical**2 + squares) / (WEIGHT + people - groups)), method=method)
