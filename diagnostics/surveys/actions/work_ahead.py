"""What a survey does by itself later: it opens, reminds on the planned days, counts every morning, and closes."""

import datetime

from core.accounts.models import User
from core.jobs.actions import ask
from core.jobs.models import Job
from diagnostics.surveys.job_names import CLOSE_ON_DATE, COUNT_ANSWERS, OPEN_SURVEY, SEND_REMINDERS
from diagnostics.surveys.models import Survey

REMINDED_AT = datetime.time(9)  # in the survey's time zone, as the next
COUNTED_AT = datetime.time(6)


def ask_to_open(survey: Survey, *, by: User) -> None:
    """At its moment; a job for an earlier or a later one finds out for itself that it no longer holds."""
    ask(
        kind=OPEN_SURVEY,
        subject=survey.public_id,
        version=opening_version(survey),
        by=by,
        not_before=survey.opens_at,
    )


def opening_version(survey: Survey) -> str:
    return survey.opens_at.astimezone(datetime.UTC).isoformat() if survey.opens_at else "1"


def ask_for_work_ahead(survey: Survey) -> None:
    """Ask for what is planned now; what was planned before finds out for itself that it no longer is."""
    moment = survey.closing_moment.astimezone(datetime.UTC)
    ask(kind=CLOSE_ON_DATE, subject=survey.public_id, version=moment.isoformat(), not_before=moment)
    for day in survey.reminder_days:
        ask(kind=SEND_REMINDERS, subject=survey.public_id, version=day, not_before=reminder_moment(survey, day))


def forget_reminder_job(survey: Survey, day: str) -> None:
    """One that was planned for this day and taken out: it may be over, or wait for another hour."""
    jobs = Job.objects.filter(kind=SEND_REMINDERS, subject=survey.public_id, version=day)
    jobs.exclude(status=Job.Status.RUNNING).delete()


def reminder_moment(survey: Survey, day: str) -> datetime.datetime:
    """`day` is an ISO date."""
    time = datetime.time.fromisoformat(survey.reminder_times.get(day, REMINDED_AT.isoformat()))
    return datetime.datetime.combine(datetime.date.fromisoformat(day), time, tzinfo=survey.zone)


def ask_for_count(survey: Survey, *, now: datetime.datetime) -> None:
    """For the next morning. In the room nobody waits for one."""
    if not survey.is_in_room:
        moment = next_count(survey, now)
        ask(kind=COUNT_ANSWERS, subject=survey.public_id, version=f"{moment:%Y-%m-%d}", not_before=moment)


def next_count(survey: Survey, now: datetime.datetime) -> datetime.datetime:
    today = now.astimezone(survey.zone).date()
    moments = (datetime.datetime.combine(today + datetime.timedelta(days), COUNTED_AT, survey.zone) for days in (0, 1))
    return next(moment for moment in moments if moment > now)
