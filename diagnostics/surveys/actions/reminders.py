"""Verbs on the reminders of an open survey."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from diagnostics.surveys.actions.work_ahead import ask_for_work_ahead, reminder_moment
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import Status, lock_survey, sentence_of

MOST_REMINDERS = 3  # that are still to come


@transaction.atomic
def plan_reminder(*, survey: Survey, day: datetime.date, by: User, now: datetime.datetime) -> None:
    locked = _lock_open(survey)
    _check_day(locked, day.isoformat(), now)
    locked.reminder_days = sorted([*locked.reminder_days, day.isoformat()])
    locked.save(update_fields=["reminder_days"])
    record(by=by, verb="plan_reminder", obj=locked, workspace=locked.workspace, now=now, day=day.isoformat())
    ask_for_work_ahead(locked)


@transaction.atomic
def drop_reminder_day(*, survey: Survey, day: str, by: User, now: datetime.datetime) -> None:
    locked = _lock_open(survey)
    if day not in still_ahead(locked, now):
        raise ValidationError(_("This reminder is no longer to come, so it cannot be taken out."))
    locked.reminder_days = [other for other in locked.reminder_days if other != day]
    locked.save(update_fields=["reminder_days"])
    record(by=by, verb="drop_reminder", obj=locked, workspace=locked.workspace, now=now, day=day)


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
    if day in survey.reminder_days:
        raise ValidationError({"day": _("A reminder is planned for this day already")})
    if len(still_ahead(survey, now)) >= MOST_REMINDERS:
        sentence = _("%(most)s reminders are planned. Take one out first: more of them annoy.")
        raise ValidationError({"day": sentence % {"most": MOST_REMINDERS}})
