"""Which actions fit a place, a cause and the company in which somebody wants to act."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.readings.guidance import indicator
from reports.readings.improvement import Action, RootCause, TimeScale, actions, companies, root_causes, time_scale_of
from reports.scoring import CellKey

AT_MOST, AT_LEAST = 3, 2
EFFORT_WORDS = {
    "hours": gettext_lazy("An hour or two"),
    "days": gettext_lazy("A few days"),
    "weeks": gettext_lazy("Some weeks"),
}


@dataclass(frozen=True)
class ActionView:
    """One action as it is offered."""

    action: Action
    effort: str  # "An hour or two"
    company: str  # "With the team / With several groups"
    takes: TimeScale  # how long such a change takes
    why: str  # "Fits clear goals for the work."; "" where it fits the condition as a whole
    is_company_other: bool  # it cannot be done in the company that was asked for


class _Fit(NamedTuple):
    """How well an action fits; smaller comes first. What people can really do comes before what is nearest in theme."""

    other_company: bool
    other_condition: bool
    not_of_indicators: tuple[int, int]  # the first indicator it belongs to, and its place among those of that one
    not_primary: bool  # of the cause
    not_main: bool  # another condition is its main one
    order: int


def fitting_actions(
    place: CellKey,
    *,
    cause: RootCause | None = None,
    company: str = "",
    indicators: Sequence[str] = (),
    most: int = AT_MOST,
) -> tuple[ActionView, ...]:
    """At most `most`, the best fit first; where fewer than two can be done in the company chosen, others make it two.

    The space is always that of the place, and where a cause is known the action answers it: 'even a good action does
    little for another cause'. Then come, as far as they go, the company chosen, the condition, the `indicators`
    (those rated lowest first; the model lists the likeliest actions of each), and whether the cause names it first.

    >>> [view.action.key for view in fitting_actions(("task", "team"), indicators=["T1"], most=2)]
    ['task-talk', 'meeting-reset']
    """
    condition, space = place
    wanted: dict[str, tuple[int, int]] = {}
    for at, one_of in enumerate(indicators):
        for turn, key in enumerate(indicator(one_of).interventions):
            wanted.setdefault(key, (at, turn))
    ranked = sorted(
        (
            _Fit(
                other_company=bool(company) and company not in one.people,
                other_condition=condition not in one.conditions and one.key not in wanted,
                not_of_indicators=wanted.get(one.key, (len(indicators), 0)),
                not_primary=cause is not None and one.key not in cause.primary,
                not_main=one.conditions[0] != condition,
                order=order,
            ),
            one,
        )
        for order, one in enumerate(actions().values())
        if space in one.spaces and (cause is None or _answers(one, cause))
    )
    near = [(fit, one) for fit, one in ranked if cause is not None or not fit.other_condition]
    in_company = sum(not fit.other_company for fit, _one in near)
    offered = near[: min(most, max(in_company, AT_LEAST))]
    return tuple(_view(one, indicators, is_company_other=fit.other_company) for fit, one in offered)


def actions_of_condition(condition: str) -> tuple[ActionView, ...]:
    """All of which it is the main one, in model order."""
    return tuple(_view(one) for one in actions().values() if one.conditions[0] == condition)


def _answers(one: Action, cause: RootCause) -> bool:
    return one.key in cause.primary or one.key in cause.secondary or cause.key in one.root_causes


def _view(one: Action, indicators: Sequence[str] = (), *, is_company_other: bool = False) -> ActionView:
    labels = companies()
    return ActionView(
        action=one,
        effort=str(EFFORT_WORDS[one.effort]),
        company=" / ".join(labels[key] for key in one.people),
        takes=time_scale_of(one),
        why=_why(one, indicators),
        is_company_other=is_company_other,
    )


def _why(one: Action, indicators: Sequence[str]) -> str:
    topics = [indicator(key).topic for key in indicators if one.key in indicator(key).interventions]
    return _("Fits %(topics)s.") % {"topics": get_text_list(topics[:2], _("and"))} if topics else ""


def cause_of(key: str) -> RootCause | None:
    """By its key; None for what is none."""
    return root_causes().get(key)
