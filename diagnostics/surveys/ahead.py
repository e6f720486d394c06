"""What an open survey does by itself later: reminders on their days, closing on its date."""

import datetime

from core.jobs.actions import ask
from diagnostics.surveys.models import Survey
from diagnostics.surveys.work import CLOSE_ON_DATE, SEND_REMINDERS

REMINDED_AT = datetime.time(9, 0)  # in the survey's time zone


def ask_for_work_ahead(survey: Survey) -> None:
    """Ask for what is planned now; what was planned before finds out for itself that it no longer is."""
    moment = survey.closes_at.astimezone(datetime.UTC)
    ask(kind=CLOSE_ON_DATE, subject=survey.public_id, version=moment.isoformat(), not_before=moment)
    for day in survey.reminder_days:
        ask(kind=SEND_REMINDERS, subject=survey.public_id, version=day, not_before=reminder_moment(survey, day))


def reminder_moment(survey: Survey, day: str) -> datetime.datetime:
    """`day` is an ISO date."""
    return datetime.datetime.combine(datetime.date.fromisoformat(day), REMINDED_AT, tzinfo=survey.zone)
