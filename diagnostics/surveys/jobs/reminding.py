"""The job that reminds whoever has not answered, on one planned day. Who that is nobody learns."""

import datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from core.jobs.runs import Run
from core.post.actions import send_all
from diagnostics.surveys.letters.sending import REMINDER, letters
from diagnostics.surveys.models import Invitation, Survey
from diagnostics.surveys.statuses import SurveyNotOpen, lock_open_survey


def send_reminders(run: Run) -> None:
    """Counted and written in one transaction with the job's end: killed anywhere, a day reminds once."""
    survey = Survey.objects.filter(public_id=run.job.subject).first()
    if survey is None:
        return
    with run.finishing():
        _remind(survey, run.job.version, now=timezone.now())


def _remind(survey: Survey, day: str, *, now: datetime.datetime) -> None:
    try:
        lock_open_survey(survey.pk)
    except SurveyNotOpen:
        return
    survey.refresh_from_db(fields=["closes_at", "reminder_days"])
    if not is_its_day(survey, day, now=now):
        return
    waiting = list(_waiting(survey).select_related("survey", "participant").select_for_update(of=("self",)))
    Invitation.objects.filter(pk__in=[one.pk for one in waiting]).update(reminder_count=F("reminder_count") + 1)
    send_all(letters(REMINDER, waiting))


def is_its_day(survey: Survey, day: str, *, now: datetime.datetime) -> bool:
    """Late is better than never, but not once the next day has come, and never after the closing date."""
    today = now.astimezone(survey.zone).date().isoformat()
    has_next_come = any(day < other <= today for other in survey.reminder_days)
    return day in survey.reminder_days and now < survey.closing_moment and not has_next_come


def _waiting(survey: Survey) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        survey=survey,
        status=Invitation.Status.PENDING,
        is_reminded=True,
        has_bounced=False,
        token_hash__isnull=False,
    )
