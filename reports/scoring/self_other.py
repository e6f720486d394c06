"""A leader's own rating beside that of others: six groups, because four mislead (Fleenor, McCauley & Brutus 1996)."""

from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Literal

from reports.scoring.levels import level
from reports.scoring.method import METHOD, Method, Reason

SelfOtherGroup = Literal[
    "strength_rated_higher_by_self",
    "agreed_strength",
    "hidden_strength",
    "blind_spot",
    "agreed_development",
    "known_development_self_stricter",
]
Certainty = Literal["clear", "possible"]

NORMAL = 1.96  # two-sided 95 %
SEM_SELF = 0.30  # noise of one self-rating, in rating points


@dataclass(frozen=True)
class SelfOtherGap:
    """Own rating less that of all others, in rating points: above 0 where one rates oneself higher."""

    gap: float | None
    group: SelfOtherGroup | None
    certainty: Certainty | None
    reason: Reason | None = None


def self_other_gap(
    own: float | None, others: float | None, *, half_width: float, method: Method = METHOD
) -> SelfOtherGap:
    """Which of six groups a cell falls into, and whether the gap is more than chance.

    `own`: the self-rating, `others`: the mean of all others, both unrounded on 1–5; `half_width`: half the interval of
    `others`. A missing side gives `too_few_items` (own) or `too_few_people` (others). `clear` where the gap exceeds
    √(h² + (1.96·sem)²), else `possible`. Raises ValueError outside the scale, and for a half-width that is no finite
    number of 0 or more. Method sheet 1.0, section 8; gaps are never averaged or followed over time (Edwards 1994).

    >>> self_other_gap(5.0, 4.4, half_width=0.3).group, self_other_gap(4.0, 3.0, half_width=0.3).group
    ('strength_rated_higher_by_self', 'blind_spot')
    >>> self_other_gap(4.0, 3.0, half_width=0.3).certainty, self_other_gap(4.0, 3.0, half_width=0.9).certainty
    ('clear', 'possible')
    """
    if not isfinite(half_width) or half_width < 0:
        raise ValueError(f"Half the width of an interval is a finite number of 0 or more, not {half_width}.")
    for score in (own, others):
        if score is not None:
            level(score, method=method)  # raises for what is no score
    if own is None or others is None:
        return SelfOtherGap(None, None, None, "too_few_items" if own is None else "too_few_people")
    gap = own - others
    chance = sqrt(half_width**2 + (NORMAL * SEM_SELF) ** 2)
    certainty: Certainty = "clear" if abs(gap) > chance + method.eps else "possible"
    return SelfOtherGap(gap, _group(gap, others, method), certainty)


def _group(gap: float, others: float, method: Method) -> SelfOtherGroup:
    is_strength = others >= method.cut - method.eps
    if gap >= method.gap - method.eps:
        return "strength_rated_higher_by_self" if is_strength else "blind_spot"
    if gap <= -method.gap + method.eps:
        return "hidden_strength" if is_strength else "known_development_self_stricter"
    return "agreed_strength" if is_strength else "agreed_development"
