"""What the page about protection says in numbers: each from where the code keeps it, the example from the partition."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.words import in_words
from diagnostics.answering import signs
from diagnostics.answering.cookies import AWAKE, IDLE
from diagnostics.surveys.models import K_PERSONAL, K_SHARED
from reports.disclosure import GROUP, OTHER_GROUPS, TEAM, carry_up
from reports.publish.edition import COUNT_SET_ASIDE

WHOLE = "whole"


@dataclass(frozen=True)
class Line:
    """A team of the example: how many of it answered, and where they are counted."""

    name: str
    answered: int
    has_own: bool
    is_joined: bool


@dataclass(frozen=True)
class Example:
    lines: tuple[Line, ...]
    joined: int  # people counted together as other groups
    whole: int  # people in the result of the whole


def example(answered: Mapping[str, int], k: int) -> Example:
    """What would be shown of teams side by side in which so many people answered."""
    parents = {WHOLE: None, **dict.fromkeys(answered, WHOLE)}
    slices = carry_up(parents, [(team, True) for team, people in answered.items() for _one in range(people)], k).slices
    has_own = {team: (TEAM, team) in slices for team in answered}
    is_joined = (OTHER_GROUPS, WHOLE) in slices
    lines = [Line(team, people, has_own[team], is_joined and not has_own[team]) for team, people in answered.items()]
    return Example(tuple(lines), len(slices.get((OTHER_GROUPS, WHOLE), ())), len(slices.get((GROUP, WHOLE), ())))


def numbers() -> dict:
    k = K_PERSONAL
    teams = {_("District nursing"): k + 2, _("Pharmacy"): k - 1, _("Podiatry"): k - 2}
    return {
        "k": in_words(k),
        "k_shared": in_words(K_SHARED),
        "idle_hours": in_words(IDLE // 3600),
        "awake_minutes": in_words(AWAKE // 60),
        "fast": in_words(int(signs.FAST)),
        "careless_from": in_words(signs.ASKED_AT_LEAST),
        "half_from": in_words(signs.HALF_IS_ENOUGH),
        "set_aside_from": COUNT_SET_ASIDE,
        "example": example(teams, k),
        "without": example({**teams, _("Podiatry"): 0}, k),
    }
