"""Verbs on the reminders of an open survey."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.seen import check_seen
from diagnostics.surveys.actions.facts import of_reminding
from diagnostics.surveys.actions.proposals import still_proposed
from diagnostics.surveys.actions.starting import wrong_hour
from diagnostics.surveys.actions.work_ahead import ask_for_work_ahead, forget_reminder_job, reminder_moment
from diagnostics.surveys.hours import is_day_for_letters
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import Status, lock_survey, sentence_of

MOST_REMINDERS = 3  # that are still to come


@transaction.atomic
def plan_reminder(*, survey: Survey, day: datetime.date, by: User, now: datetime.datetime) -> None:
    locked = _lock_open(survey)
    _check_day(locked, day.isoformat(), now)
    _set_days(locked, [*locked.reminder_days, day.isoformat()])
    record(by=by, verb="plan_reminder", obj=locked, workspace=locked.workspace, now=now, day=day.isoformat())
    ask_for_work_ahead(locked)


@transaction.atomic
def drop_reminder_day(*, survey: Survey, day: str, by: User, now: datetime.datetime) -> None:
    locked = _lock_open(survey)
    if day not in still_ahead(locked, now):
        raise ValidationError(_("This reminder is no longer to come, so it cannot be taken out."))
    _set_days(locked, [other for other in locked.reminder_days if other != day])
    record(by=by, verb="drop_reminder", obj=locked, workspace=locked.workspace, now=now, day=day)


def _set_days(survey: Survey, days: list[str]) -> None:
    """As somebody chose them."""
    survey.proposed_reminders = still_proposed(survey, days)
    survey.reminder_days = sorted(days)
    survey.save(update_fields=["reminder_days", "proposed_reminders", "reminder_times"])


@transaction.atomic
def remind_now(*, survey: Survey, by: User, now: datetime.datetime, seen: str | None = None) -> None:
    """Whoever has not answered, at once; on a day on which no reminder has left or will. Nobody is told how many.

    `seen`: what whoever does it saw (`facts.of_reminding`), where somebody pressed the button.
    """
    locked = _lock_open(survey)
    check_can_remind_now(locked, now=now)
    if seen is not None:
        check_seen(seen, of_reminding(locked), of=locked.public_id)
    there = now.astimezone(locked.zone)
    day = there.date().isoformat()
    locked.reminder_times[day] = f"{there:%H:%M}"
    _set_days(locked, [*locked.reminder_days, day])
    record(by=by, verb="remind_now", obj=locked, workspace=locked.workspace, now=now, day=day)
    forget_reminder_job(locked, day)
    ask_for_work_ahead(locked)


@transaction.atomic
def reword_reminders(
    *, survey: Survey, by: User, now: datetime.datetime, words: Mapping[str, Mapping[str, str]], **texts: str
) -> Survey:
    """For letters that have not left. `words`: the same in other languages of the survey, language → field → text."""
    locked = _lock_open(survey)
    for field, text in texts.items():
        setattr(locked, field, text)
    locked.reminder_words = {language: dict(given) for language, given in words.items()}
    locked.save(update_fields=[*texts, "reminder_words"])
    record(by=by, verb="reword_reminders", obj=locked, workspace=locked.workspace, now=now)
    return locked


def check_can_remind_now(survey: Survey, *, now: datetime.datetime) -> None:
    check_can_remind(survey)
    if survey.closing_moment <= now:
        raise ValidationError(_("The closing date has come, so nobody is reminded any more."))
    if now.astimezone(survey.zone).date().isoformat() in survey.reminder_days:
        raise ValidationError(_("A reminder leaves today, or has left. One a day is the most."))
    if sentence := wrong_hour(survey, now):
        raise ValidationError(sentence)


def still_ahead(survey: Survey, now: datetime.datetime) -> list[str]:
    return [day for day in survey.reminder_days if reminder_moment(survey, day) > now]


def check_can_remind(survey: Survey) -> None:
    if survey.status != Status.OPEN:
        raise ValidationError(sentence_of(survey))
    if not survey.is_personal:
        raise ValidationError(_("People come into this survey by a shared link, so nobody is reminded by name."))


def _lock_open(survey: Survey) -> Survey:
    locked = lock_survey(survey)
    check_can_remind(locked)
    return locked


def _check_day(survey: Survey, day: str, now: datetime.datetime) -> None:
    moment = reminder_moment(survey, day)
    if moment <= now:
        raise ValidationError({"day": _("Enter a day on which it is not yet 09:00")})
    if moment >= survey.closing_moment:
        raise ValidationError({"day": _("Enter a day before the survey closes")})
    if not is_day_for_letters(survey, moment.date()):
        raise ValidationError({"day": _("Letters leave on working days only. Enter a day from Monday to Friday")})
    if day in survey.reminder_days:
        raise ValidationError({"day": _("A reminder is planned for this day already")})
    if len(still_ahead(survey, now)) >= MOST_REMINDERS:
        sentence = _("%(most)s reminders are planned. Take one out first: more of them annoy.")
        raise ValidationError({"day": sentence % {"most": MOST_REMINDERS}})
