"""The job that clears away what a deleted survey has left outside the database: its keys, and empty tables."""

from core.jobs.runs import Run
from diagnostics.surveys.keys import destroy_keys
from diagnostics.surveys.models import Survey
from diagnostics.surveys.storage import drop_storage


def clear_away(run: Run) -> None:
    """Again does no harm; a survey that is there after all keeps what it has."""
    if Survey.objects.filter(public_id=run.job.subject).exists():
        return
    gone = Survey(pk=int(run.job.version), public_id=run.job.subject)
    destroy_keys(gone)
    drop_storage(gone)
