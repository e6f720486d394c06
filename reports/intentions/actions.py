"""Keeping an intention, looking back on it, asking to be reminded. Refusals are ValidationErrors with a sentence."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.jobs import actions as jobs
from diagnostics.self_assessments.models import SelfAssessment
from reports.intentions.letters import REMIND_OF_INTENTION, REMIND_OF_NEXT_TIME, leaves_at
from reports.intentions.models import Intention, NextTime
from reports.scoring import CellKey

AT_MOST = 2  # open at a time: one small thing done is worth more than a list
KEPT = 200  # of one leader, with those they have looked back on


@transaction.atomic
def keep(
    *,
    self_assessment: SelfAssessment,
    place: CellKey,
    words: str,
    day: datetime.date,
    wants_reminder: bool,
    begun_from: str = "",
    now: datetime.datetime,
) -> Intention:
    """Keeping the same twice keeps it once. `begun_from`: the action of the guide that gave the idea."""
    leader = User.objects.select_for_update().get(pk=self_assessment.leader_id)
    condition, space = place
    theirs = Intention.objects.filter(leader=leader)
    same = theirs.open().filter(condition=condition, space=space, words=words, day=day).first()
    if same:
        return same
    check_has_room(leader)
    kept = Intention.objects.create(
        leader=leader,
        self_assessment=self_assessment,
        condition=condition,
        space=space,
        action=begun_from,
        words=words,
        day=day,
        wants_reminder=wants_reminder,
        language=_language(),
        created_at=now,
    )
    _plan(kept)
    return kept


def check_has_room(leader: User) -> None:
    theirs = Intention.objects.filter(leader=leader)
    if theirs.open().count() >= AT_MOST:
        raise ValidationError(
            _("You have two intentions already. Look back on one of them first, or let one go: two are enough.")
        )
    if theirs.count() >= KEPT:
        raise ValidationError(_("You have kept very many intentions. Delete some of the old ones first."))


@transaction.atomic
def change(*, intention: Intention, words: str, day: datetime.date, wants_reminder: bool) -> None:
    locked = _locked(intention)
    if not locked.is_open:
        raise ValidationError(_("You have looked back on this intention, so it stays as it was."))
    is_moved = locked.day != day
    locked.words, locked.day, locked.wants_reminder = words, day, wants_reminder
    if is_moved:
        locked.reminded_at = None
    locked.save(update_fields=["words", "day", "wants_reminder", "reminded_at"])
    _plan(locked)


@transaction.atomic
def look_back(*, intention: Intention, outcome: str, looking_back: str, now: datetime.datetime) -> None:
    """It ends with that; said again, the later words stand."""
    locked = _locked(intention)
    locked.outcome, locked.looking_back, locked.ended_at = outcome, looking_back, now
    locked.save(update_fields=["outcome", "looking_back", "ended_at"])


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _locked(intention: Intention) -> Intention:
    found = Intention.objects.select_for_update().filter(pk=intention.pk).first()
    if found is None:
        raise ValidationError(_("This intention has been deleted."))
    return found


def _plan(kept: Intention) -> None:
    if kept.wants_reminder and kept.reminded_at is None:
        day = kept.day.isoformat()
        jobs.ask(kind=REMIND_OF_INTENTION, subject=kept.public_id, version=day, not_before=leaves_at(kept.day))


@transaction.atomic
def ask_for_next_time(*, self_assessment: SelfAssessment, day: datetime.date) -> None:
    asked, _is_new = NextTime.objects.get_or_create(
        self_assessment=self_assessment, defaults={"day": day, "language": _language()}
    )
    jobs.ask(
        kind=REMIND_OF_NEXT_TIME,
        subject=self_assessment.public_id,
        version=asked.day.isoformat(),
        not_before=leaves_at(asked.day),
    )


def forget_next_time(*, self_assessment: SelfAssessment) -> None:
    NextTime.objects.filter(self_assessment=self_assessment, reminded_at=None).delete()
