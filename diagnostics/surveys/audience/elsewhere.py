"""Whom of a list another survey of the same workspace asks just now."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from diagnostics.surveys.models import Participant, Survey
from diagnostics.surveys.statuses import RUNNING


@dataclass(frozen=True)
class Elsewhere:
    survey: Survey
    people: int


def asked_elsewhere(survey: Survey, mailboxes: Collection[str]) -> list[Elsewhere]:
    """Those that are open, being launched or planned, by what they close first. Nobody is named."""
    running = survey.workspace.surveys.filter(status__in=RUNNING)
    known = {one.pk: one for one in running.exclude(pk=survey.pk).order_by("closes_at", "pk")}
    if not known:
        return []
    wanted = set(mailboxes)
    asked = Participant.objects.filter(survey__in=known, is_removed=False).values_list("survey", "mailbox")
    numbers = Counter(one for one, mailbox in asked.iterator() if mailbox in wanted)
    return [Elsewhere(one, numbers[pk]) for pk, one in known.items() if numbers[pk]]
