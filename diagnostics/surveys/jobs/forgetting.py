"""The job that forgets what a survey's time is over for: the hashes of who was asked, and corrected addresses."""

from core import clock
from core.jobs.runs import Run
from diagnostics.surveys.history.remembering import forget
from diagnostics.surveys.models import Survey


def forget_lists(run: Run) -> None:
    survey = Survey.objects.filter(public_id=run.job.subject).first()
    if survey is None:
        return
    with run.finishing():
        forget(survey, now=clock.now())
