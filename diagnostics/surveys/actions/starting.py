"""Verbs on a survey that was launched and waits for its planned start. Nobody has been written to yet."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.seen import check_seen
from diagnostics.surveys.actions.facts import of_start
from diagnostics.surveys.actions.lifecycle import cancel_launch, copy_of
from diagnostics.surveys.actions.proposals import days_after, propose
from diagnostics.surveys.actions.work_ahead import ask_to_open
from diagnostics.surveys.hours import may_leave, next_allowed
from diagnostics.surveys.letters.wording import moment_words
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import Status, advance, lock_survey, sentence_of

KEPT = ("opens_at", "closes_at", "reminder_days", "proposed_reminders", "writer")  # beside what every copy has


@transaction.atomic
def move_start(*, survey: Survey, opens_at: datetime.datetime, by: User, now: datetime.datetime) -> Survey:
    """Proposed reminders move with it; one that somebody chose is taken out where it would come too early."""
    locked = _lock_planned(survey)
    if sentence := wrong_start(locked, opens_at, now=now):
        raise ValidationError({"opens_on": sentence})
    locked.opens_at = opens_at
    fields = propose(locked, now=now)
    locked.reminder_days = days_after(locked, opens_at)
    locked.save(update_fields=["opens_at", *fields])
    record(by=by, verb="move_start", obj=locked, workspace=locked.workspace, now=now)
    ask_to_open(locked, by=by)
    return locked


@transaction.atomic
def start_now(*, survey: Survey, by: User, now: datetime.datetime, seen: str | None = None) -> Survey:
    """`seen`: what whoever starts it saw (`facts.of_start`), where somebody pressed the button."""
    locked = _lock_planned(survey)
    if seen is not None:
        check_seen(seen, of_start(locked), of=locked.public_id)
    if locked.closing_moment <= now:
        raise ValidationError(_("The closing date has passed. Take the launch back and choose a later one."))
    advance(locked, Status.LAUNCHING, opens_at=now)
    locked.save(update_fields=propose(locked, now=now))
    record(by=by, verb="start_survey", obj=locked, workspace=locked.workspace, now=now)
    ask_to_open(locked, by=by)
    return locked


@transaction.atomic
def take_launch_back(*, survey: Survey, by: User, now: datetime.datetime) -> Survey:
    """Nobody was asked: it ends here, and a draft with the same settings, dates and sender takes its place."""
    locked = _lock_planned(survey)
    draft = copy_of(locked, by=by)
    for field in KEPT:
        setattr(draft, field, getattr(locked, field))
    draft.save(update_fields=KEPT)
    cancel_launch(survey=locked, by=by, now=now)
    return draft


def check_is_planned(survey: Survey) -> None:
    if survey.status != Status.PLANNED:
        raise ValidationError(sentence_of(survey))


def wrong_start(survey: Survey, opens_at: datetime.datetime, *, now: datetime.datetime) -> str:
    """The sentence that says why it cannot start then, and when it could; '' where it can."""
    if opens_at <= now:
        return _("Enter a start that is still to come")
    if survey.closes_at and opens_at >= survey.closes_at:
        return _("Enter a start before the survey closes")
    return wrong_hour(survey, opens_at) if survey.is_personal else ""


def wrong_hour(survey: Survey, moment: datetime.datetime) -> str:
    """Of letters, which leave by day."""
    if may_leave(survey, moment):
        return ""
    words = {"next": moment_words(survey, next_allowed(survey, moment))}
    if survey.working_days_only:
        return _("Letters leave between 07:00 and 20:00, Monday to Friday. The next such moment: %(next)s") % words
    return _("Letters leave between 07:00 and 20:00. The next such moment: %(next)s") % words


def _lock_planned(survey: Survey) -> Survey:
    locked = lock_survey(survey)
    check_is_planned(locked)
    return locked
