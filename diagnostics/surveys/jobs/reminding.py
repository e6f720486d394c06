"""The job that reminds whoever has not answered, on one planned day. Who that is nobody learns.

No letter has a row, and everybody has a turn, in an order that only the survey's key tells: what stands in the database
while it runs is how far it is. Killed anywhere and run again it goes on there; one letter may come twice.
"""

import datetime
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from core import clock
from core.ids import derived_id
from core.jobs.runs import Run, TryLater
from core.keys.store import KeyDestroyed
from core.post.sending import WAITS, put_off, send_without_trace
from diagnostics.sealing.tokens import turn
from diagnostics.surveys.hours import may_leave, next_allowed
from diagnostics.surveys.jobs.together import REACHABLE, Together, reminder_of
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.letters.sending import AT_ONCE
from diagnostics.surveys.models import Invitation, Reminding, Survey

AGAIN_AFTER = (60.0, 120.0)  # seconds, for addresses that were not wanted
NOT_WELL = 20  # letters in a row that a server did not want: it is not the addresses
SURE_OF_ALL = len(WAITS)  # times after which it is believed of everybody

Turns = list[tuple[str, str]]  # (turn, public id of the invitation), in order


def send_reminders(run: Run) -> None:
    survey = Survey.objects.filter(public_id=run.job.subject).first()
    if survey is None:
        return
    day, now = run.job.version, clock.now()
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
    together = Together(survey, day, now=clock.now())
    turns = [one for one in _turns(survey, day, key) if one[0] > so_far.turn]
    round_ = Round(run, so_far)
    for number, (at, name) in enumerate(turns):
        if not is_its_day(survey, day, now=clock.now()):
            return
        round_.note(at, name, wants=_remind_one(run, name, key, together, letter_id=_letter_id(key, day, name)))
        run.beat(100 * number // len(turns), "")
    for wait in round_.waits():
        _wait(run, wait)
        for name in round_.take_put_off():
            if is_its_day(survey, day, now=clock.now()):
                letter_id = _letter_id(key, day, name)
                round_.note("", name, wants=_remind_one(run, name, key, together, letter_id=letter_id))


@dataclass
class Round:
    """Who was not wanted by the mail server, in memory alone: a row of them would tell who has not answered.

    Of an address it is believed in the end. A server that wants nobody is not well, and all is tried again later.
    """

    run: Run
    so_far: Reminding
    has_taken: bool = False  # the server, anything
    in_a_row: list[str] = field(default_factory=list)  # not wanted, since it last took a letter
    put_off: list[str] = field(default_factory=list)  # not wanted, by a server that is well

    def note(self, at: str, name: str, *, wants: bool | None) -> None:
        """`wants`: whether the server took the letter; None where nothing was to be sent. Raises TryLater."""
        if wants is False:
            self.in_a_row.append(name)
            self._give_up_for_now(at_least=NOT_WELL)
        elif wants:
            self.has_taken = True
            self.put_off += self.in_a_row
            self.in_a_row = []
        if at and not self.in_a_row:
            Reminding.objects.filter(pk=self.so_far.pk).update(turn=at)

    def waits(self) -> Iterator[float]:
        """As long as somebody is put off. Raises TryLater where the server took nothing at all."""
        if not self.has_taken:
            self._give_up_for_now(at_least=1)
        for wait in AGAIN_AFTER:
            self.put_off += self.in_a_row
            self.in_a_row = []
            if self.put_off:
                yield wait

    def take_put_off(self) -> list[str]:
        taken, self.put_off = self.put_off, []
        return taken

    def _give_up_for_now(self, *, at_least: int) -> None:
        if len(self.in_a_row) >= at_least and self.run.job.delays < SURE_OF_ALL:
            put_off(self.run)


def _wait(run: Run, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        run.beat(99, "")
        time.sleep(1)


def _turns(survey: Survey, day: str, key: bytes) -> Turns:
    names = Invitation.objects.filter(survey=survey).values_list("public_id", flat=True)
    return sorted((turn(key, f"reminder of {day}", name), name) for name in names)


def _letter_id(key: bytes, day: str, name: str) -> str:
    """As every letter has one; no row stands behind it, so nothing is noted where it comes back."""
    return derived_id(bytes.fromhex(turn(key, f"letter of {day}", name)))


def _remind_one(run: Run, name: str, key: bytes, together: Together, *, letter_id: str) -> bool | None:
    """Read again at their turn: an address may have been corrected, an answer handed in. Whether the mail server took a
    letter; None where there is none to send."""
    reachable = Invitation.objects.filter(**REACHABLE).select_related("survey__version", *AT_ONCE)
    invitation = reachable.filter(public_id=name).first()
    if invitation is None or not together.writes_for(invitation):
        return None
    waiting = together.waiting(invitation, key)
    if not waiting:
        return None
    return send_without_trace(run, to=invitation.participant.email, letter=reminder_of(waiting), letter_id=letter_id)


def is_its_day(survey: Survey, day: str, *, now: datetime.datetime) -> bool:
    """Late is better than never, but not once the next day has come, and never after the closing date."""
    survey.refresh_from_db(fields=["status", "closes_at", "reminder_days"])
    today = now.astimezone(survey.zone).date().isoformat()
    has_next_come = any(day < other <= today for other in survey.reminder_days)
    is_planned = survey.status == Survey.Status.OPEN and day in survey.reminder_days
    return is_planned and now < survey.closing_moment and not has_next_come
