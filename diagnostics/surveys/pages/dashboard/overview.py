"""The dashboard: how a survey that was launched stands."""

import datetime
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.jobs.models import Job
from core.jobs.registry import known_jobs
from core.post.standings import Standing
from diagnostics.instrument.translations import spaces_said
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.participants import failed_invitations
from diagnostics.surveys.actions.proposals import is_proposed
from diagnostics.surveys.actions.work_ahead import opening_version, reminder_moment
from diagnostics.surveys.job_names import CANCEL_SURVEY, CLOSE_SURVEY, OPEN_SURVEY, SEND_REMINDERS
from diagnostics.surveys.letters.returned import with_returns
from diagnostics.surveys.letters.sending import invitations_by_standing
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.dashboard.sharing import chosen_link
from diagnostics.surveys.statuses import Status
from spaces.models import Space

FAILED_SHOWN = 5  # addresses; the page of all has the others
LEAVES_FOR = datetime.timedelta(hours=1)  # as long as reminders are said to be on their way
WATCHED = {Status.LAUNCHING: OPEN_SURVEY, Status.STOPPED: CLOSE_SURVEY, Status.CANCELLED: CANCEL_SURVEY}


@dataclass(frozen=True)
class Reminder:
    day: str  # ISO date
    moment: datetime.datetime
    is_sent: bool
    is_leaving: bool
    is_proposed: bool  # it moves with the dates; else somebody chose it
    is_after_close: bool  # so it will not leave


@require_safe
@never_cache
def dashboard(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if survey.is_draft:
        return redirect("surveys:step", public_id, "purpose")
    context = {
        "survey": survey,
        "workspace": survey.workspace,
        "spaces": spaces_said(Space.objects.filter(key__in=survey.spaces_asked)),
        "job": work_in_hand(survey),
    }
    if survey.status == Status.OPEN:
        context |= _while_open(request, survey)
    if survey.status == Status.PLANNED:
        context |= _before_its_start(survey)
    return render(request, "surveys/dashboard.html", context)


def work_in_hand(survey: Survey) -> Job | None:
    """What a worker does with the survey as a whole just now.

    What ended since the survey was read has moved it on: the survey is read again, so that no page waits for it.
    """
    kind = WATCHED.get(Status(survey.status))
    version = opening_version(survey) if kind == OPEN_SURVEY else "1"
    job = known_jobs().filter(kind=kind, subject=survey.public_id, version=version).first() if kind else None
    if job and job.status == Job.Status.DONE:
        survey.refresh_from_db()
        return None
    return job


def _while_open(request: SignedInRequest, survey: Survey) -> dict:
    now = timezone.now()
    facts = {"days_left": _days_until(survey.closing_moment, now, survey), "is_due": survey.closing_moment <= now}
    return facts | (_personal(survey) if survey.is_personal else chosen_link(request, survey))


def _before_its_start(survey: Survey) -> dict:
    is_due = survey.opens_at is not None and survey.opens_at <= timezone.now()
    return {"is_due": is_due, "people": survey.participants.count(), "reminders": reminders_of(survey)}


def _days_until(moment: datetime.datetime, now: datetime.datetime, survey: Survey) -> int:
    return (moment.astimezone(survey.zone).date() - now.astimezone(survey.zone).date()).days


def _personal(survey: Survey) -> dict:
    failed = failed_invitations(survey)
    reminders = reminders_of(survey)
    letters = invitations_by_standing(survey)
    return {
        "reminders": reminders,
        "has_proposals": any(reminder.is_proposed and not reminder.is_sent for reminder in reminders),
        "on_their_way": letters[Standing.WAITING],
        "put_off": letters[Standing.PUT_OFF],
        "failed": with_returns(survey, failed[:FAILED_SHOWN]),
        "failed_number": failed.count(),
    }


def reminders_of(survey: Survey) -> list[Reminder]:
    """Days only. To how many a reminder went would say how many had answered, and so would how long that took: that it
    has left is said an hour later."""
    done = Job.objects.filter(kind=SEND_REMINDERS, subject=survey.public_id, status=Job.Status.DONE)
    sent = set(done.values_list("version", flat=True))
    now = timezone.now()
    return [_reminder(survey, day, is_done=day in sent, now=now) for day in sorted(survey.reminder_days)]


def _reminder(survey: Survey, day: str, *, is_done: bool, now: datetime.datetime) -> Reminder:
    moment = reminder_moment(survey, day)
    is_sent = is_done and moment + LEAVES_FOR <= now
    return Reminder(
        day=day,
        moment=moment,
        is_sent=is_sent,
        is_leaving=moment <= now and not is_sent,
        is_proposed=is_proposed(survey, day),
        is_after_close=moment >= survey.closing_moment,
    )
