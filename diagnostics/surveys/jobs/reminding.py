"""The job that reminds whoever has not answered, on one planned day. Who that is nobody learns.

No letter has a row, and everybody has a turn, in an order that only the survey's key tells: what stands in the database
while it runs is how far it is. Killed anywhere and run again it goes on there; one letter may come twice.
"""

import datetime

from django.utils import timezone

from core.ids import derived_id
from core.jobs.runs import Run, TryLater
from core.keys.store import KeyDestroyed
from core.post.sending import send_without_trace
from diagnostics.sealing.tokens import turn
from diagnostics.surveys.hours import may_leave, next_allowed
from diagnostics.surveys.jobs.together import REACHABLE, Together, reminder_of
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters.sending import AT_ONCE
from diagnostics.surveys.models import Invitation, Reminding, Survey

Turns = list[tuple[str, str]]  # (turn, public id of the invitation), in order


def send_reminders(run: Run) -> None:
    survey = Survey.objects.filter(public_id=run.job.subject).first()
    if survey is None:
        return
    day, now = run.job.version, timezone.now()
    if is_its_day(survey, day, now=now):
        if not may_leave(survey, now):  # late, and into the night
            raise TryLater((next_allowed(survey, now) - now).total_seconds())
        _remind(run, survey, day)
    with run.finishing():
        Reminding.objects.filter(survey=survey, day=day).delete()


def _remind(run: Run, survey: Survey, day: str) -> None:
    try:
        key = link_key(survey)
    except KeyDestroyed:  # closed or cancelled a moment ago
        return
    so_far, _is_new = Reminding.objects.get_or_create(survey=survey, day=day)
    together = Together(survey, day, now=timezone.now())
    turns = [one for one in _turns(survey, day, key) if one[0] > so_far.turn]
    for number, (at, name) in enumerate(turns):
        if not is_its_day(survey, day, now=timezone.now()):
            return
        _remind_one(run, name, key, together, letter_id=_letter_id(key, day, name))
        run.beat(100 * number // len(turns), "")
        Reminding.objects.filter(pk=so_far.pk).update(turn=at)


def _turns(survey: Survey, day: str, key: bytes) -> Turns:
    names = Invitation.objects.filter(survey=survey).values_list("public_id", flat=True)
    return sorted((turn(key, f"reminder of {day}", name), name) for name in names)


def _letter_id(key: bytes, day: str, name: str) -> str:
    """As every letter has one; no row stands behind it, so nothing is noted where it comes back."""
    return derived_id(bytes.fromhex(turn(key, f"letter of {day}", name)))


def _remind_one(run: Run, name: str, key: bytes, together: Together, *, letter_id: str) -> None:
    """Read again at their turn: an address may have been corrected, an answer handed in."""
    reachable = Invitation.objects.filter(**REACHABLE).select_related("survey__version", *AT_ONCE)
    invitation = reachable.filter(public_id=name).first()
    if invitation is None or not together.writes_for(invitation):
        return
    if waiting := together.waiting(invitation, key):
        send_without_trace(run, to=invitation.participant.email, letter=reminder_of(waiting), letter_id=letter_id)


def is_its_day(survey: Survey, day: str, *, now: datetime.datetime) -> bool:
    """Late is better than never, but not once the next day has come, and never after the closing date."""
    survey.refresh_from_db(fields=["status", "closes_at", "reminder_days"])
    today = now.astimezone(survey.zone).date().isoformat()
    has_next_come = any(day < other <= today for other in survey.reminder_days)
    is_planned = survey.status == Survey.Status.OPEN and day in survey.reminder_days
    return is_planned and now < survey.closing_moment and not has_next_come
