"""The jobs that end a survey: on its closing date, and after it was cancelled."""

from itertools import chain

from core import clock
from core.jobs.runs import Run
from core.post.actions import send_all
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.keys import destroy_keys
from diagnostics.surveys.letters.sending import CANCELLED, forget_letters, in_parts, letters
from diagnostics.surveys.models import Invitation, Survey
from diagnostics.surveys.statuses import Status, lock_survey
from diagnostics.surveys.storage import drop_storage


def close_on_date(run: Run) -> None:
    """Reads the date again: a survey that was extended has another job for its new date."""
    survey = Survey.objects.filter(public_id=run.job.subject).first()
    if survey is None:
        return
    with run.finishing():
        locked, now = lock_survey(survey), clock.now()
        if locked.status == Status.OPEN and locked.closing_moment <= now:
            stop_survey(survey=locked, by=None, now=now)


def cancel_survey(run: Run) -> None:
    """Keys first: from then on nobody can read what there was. Told is whoever had a link."""
    survey = Survey.objects.filter(public_id=run.job.subject, status=Status.CANCELLED).first()
    if survey is None:
        return
    destroy_keys(survey)
    drop_storage(survey)
    with run.finishing():
        forget_letters(survey)
        invited = Invitation.objects.filter(survey=survey, token_hash__isnull=False, participant__is_away=False)
        send_all(letters(CANCELLED, chain.from_iterable(in_parts(invited, survey))))
