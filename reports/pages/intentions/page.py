"""Intentions as their leader meets them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from diagnostics.instrument.models import Condition
from diagnostics.instrument.translations import said
from diagnostics.self_assessments.models import SelfAssessment
from reports.intentions.models import Intention
from reports.readings.heatmap import place_name
from reports.readings.improvement import Action, actions, time_scale_of

MONTHS_UNTIL_NEXT = 3


@dataclass(frozen=True)
class IntentionView:
    intention: Intention
    place: str  # "Alignment in the system"
    action: Action | None  # that it began from, where the guide still has it
    is_due: bool
    advice: str  # where its day comes too early to see a change; it forbids nothing


def view_of(intention: Intention) -> IntentionView:
    return intention_views([intention])[0]


def intention_views(intentions: Iterable[Intention]) -> list[IntentionView]:
    kept = list(intentions)
    if not kept:
        return []
    names = {one.key: said(f"condition.{one.key}.name", one.name) for one in Condition.objects.all()}
    today = timezone.localdate()
    return [
        IntentionView(
            intention=one,
            place=place_name(names[one.condition], one.space),
            action=actions().get(one.action),
            is_due=one.is_open and one.day <= today,
            advice=_advice(one),
        )
        for one in kept
    ]


def _advice(one: Intention) -> str:
    action = actions().get(one.action)
    if action is None or not one.is_open:
        return ""
    scale = time_scale_of(action)
    days = (one.day - timezone.localdate(one.created_at)).days
    if days < scale.from_days:
        return scale.too_soon
    return scale.too_brief if days < scale.to_days else ""


def next_day(own: SelfAssessment, months: int) -> datetime.date:
    """The same day of the month `months` later, or the last one that month has.

    >>> from unittest.mock import Mock
    >>> next_day(Mock(submission=datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)), 3)
    datetime.date(2027, 2, 28)
    """
    day = timezone.localdate(own.submission)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = datetime.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))
