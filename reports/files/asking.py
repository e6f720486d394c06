"""Asking for a file: a row of background work, in the transaction of whoever asks."""

from django.db import transaction

from core.accounts.models import User
from core.jobs import actions as jobs
from core.jobs.models import Job
from core.quotas.actions import spend
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice
from reports.files.kinds import FILE_KINDS, job_kind
from reports.files.subjects import HasFiles

AGAIN = (Job.Status.FAILED, Job.Status.CANCELLED)


@transaction.atomic
def ask_for_file(*, of: HasFiles, kind: str, by: User | None, minutes: int | None = None) -> Job:
    """Have a worker make the file, unless it is made already or under way.

    `minutes`: of a kind that has a file for each length.
    """
    asked_for, version = job_kind(kind), FILE_KINDS[kind].versions[minutes]
    there = Job.objects.filter(kind=asked_for, subject=of.public_id, version=version).exclude(status__in=AGAIN)
    if by and not FILE_KINDS[kind].is_figure and not there.exists():  # a figure is part of its page
        spend("files", person=by.pk, workspace=_workspace(of))
    return jobs.ask(kind=asked_for, subject=of.public_id, version=version, by=by)


def _workspace(of: HasFiles) -> int | None:
    """A self-assessment belongs to its leader alone."""
    return of.edition.survey.workspace_id if isinstance(of, PublishedSlice | Comparison) else None
