"""One letter for somebody whom two surveys of a workspace would remind on the same day.

Which survey writes to whom follows from lists and days alone: the earlier one writes for all of them, whatever the
person has done; so the others' silence tells nothing. Only what the letter holds depends on what still waits.
"""

import datetime
from collections.abc import Iterable
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from core.jobs.models import Job
from core.keys.store import KeyDestroyed
from core.post.registry import Rendered
from diagnostics.surveys.answered import is_waited_for
from diagnostics.surveys.job_names import SEND_REMINDERS
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters import no_reminders
from diagnostics.surveys.letters.sending import AT_ONCE, letter_to
from diagnostics.surveys.letters.wording import REMINDER
from diagnostics.surveys.models import Invitation, Survey

REACHABLE = {
    "has_bounced": False,
    "token_hash__isnull": False,
    "participant__is_removed": False,
    "participant__is_away": False,
}
RULE = "\n\n" + "-" * 40 + "\n\n"


class Together:
    """The other surveys of the workspace that remind on this day at the same hour: as planned, for a reminder that
    somebody sends at once goes alone.

    Of the very same address: a link goes nowhere else than where its own survey sends it.
    """

    def __init__(self, survey: Survey, day: str, *, now: datetime.datetime) -> None:
        others = [one for one in _reminding(survey, day) if one.closing_moment > now]
        self._led = set(_addresses([one for one in others if one.pk < survey.pk and _will_write(one, day)]))
        later = [one for one in others if one.pk > survey.pk]
        self._beside: dict[str, list[int]] = {}
        rows = Invitation.objects.filter(survey__in=later, **REACHABLE).order_by("survey", "pk")
        for address, number in rows.values_list("participant__email", "pk"):
            self._beside.setdefault(address, []).append(number)

    def writes_for(self, invitation: Invitation) -> bool:
        """Whether no earlier survey writes to this person."""
        return invitation.participant.email not in self._led

    def waiting(self, invitation: Invitation, key: bytes) -> list[tuple[Invitation, bytes]]:
        """This one and those beside it that wait for an answer, each with the key of its survey."""
        numbers = self._beside.get(invitation.participant.email, [])
        rows = Invitation.objects.filter(pk__in=numbers, survey__status=Survey.Status.OPEN, **REACHABLE)
        beside = rows.select_related("survey__version", *AT_ONCE).order_by("survey", "pk") if numbers else []
        keyed = [(invitation, key), *((one, _key(one.survey)) for one in beside)]
        return [(one, known) for one, known in keyed if known and is_waited_for(one, known)]


def _reminding(survey: Survey, day: str) -> list[Survey]:
    """Of one time zone, so that they remind at one moment."""
    same = survey.workspace.surveys.filter(time_zone=survey.time_zone, entry=survey.entry, status=Survey.Status.OPEN)
    others = same.exclude(pk=survey.pk) if _is_planned(survey, day) else same.none()
    return [one for one in others if _is_planned(one, day)]


def _is_planned(survey: Survey, day: str) -> bool:
    return day in survey.reminder_days and day not in survey.reminder_times


def _will_write(survey: Survey, day: str) -> bool:
    jobs = Job.objects.filter(kind=SEND_REMINDERS, subject=survey.public_id, version=day)
    return jobs.filter(status__in=[Job.Status.QUEUED, Job.Status.RUNNING, Job.Status.DONE]).exists()


def _addresses(surveys: list[Survey]) -> Iterable[str]:
    rows = Invitation.objects.filter(survey__in=surveys, **REACHABLE)
    return rows.values_list("participant__email", flat=True) if surveys else ()


def _key(survey: Survey) -> bytes | None:
    try:
        return link_key(survey)
    except KeyDestroyed:
        return None


def reminder_of(waiting: list[tuple[Invitation, bytes]]) -> Rendered:
    """The reminder of one survey, or those of several in one letter, each with its own link.

    A mailbox stops the reminders of one survey, so a letter of several names no such address.
    """
    letters = [_letter(one, key) for one, key in waiting]
    if len(letters) == 1:
        return letters[0]
    first = waiting[0][0].participant
    with translation.override(first.language):
        subject = _("Reminder: %(number)s surveys wait for you") % {"number": len(letters)}
        opening = _(
            "Several surveys ask you at the moment, and remind you today. So this is one letter for all of them, each "
            "with a link of its own."
        )
    text = RULE.join([opening, *(one.text for one in letters)])
    return replace(letters[0], subject=subject, text=text, headers={})


def _letter(invitation: Invitation, key: bytes) -> Rendered:
    with translation.override(invitation.participant.language):
        return replace(letter_to(invitation, REMINDER, key), headers=no_reminders.headers(invitation, key))
