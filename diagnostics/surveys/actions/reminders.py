"""What an open survey does by itself later: reminders on their days, closing on its date."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.jobs.actions import ask
from diagnostics.surveys.job_names import CLOSE_ON_DATE, SEND_REMINDERS
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import Status, lock_survey, sentence_of

REMINDED_AT = datetime.time(9, 0)  # in the survey's time zone
MOST_REMINDERS = 3  # that are still to come


def ask_for_work_ahead(survey: Survey) -> None:
    """Ask for what is planned now; what was planned before finds out for itself that it no longer is."""
    moment = survey.closing_moment.astimezone(datetime.UTC)
    ask(kind=CLOSE_ON_DATE, subject=survey.public_id, version=moment.isoformat(), not_before=moment)
    for day in survey.reminder_days:
        ask(kind=SEND_REMINDERS, subject=survey.public_id, version=day, not_before=reminder_moment(survey, day))


def reminder_moment(survey: Survey, day: str) -> datetime.datetime:
    """`day` is an ISO date."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), REMINDED_AT, tzinfo=survey.zone)


# --- Reminders while it is open ------------------------------------------------------------------


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
