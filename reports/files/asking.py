"""Asking for a file: a row of background work, in the transaction of whoever asks."""

from django.db import transaction

from core.accounts.models import User
from core.jobs import actions as jobs
from core.jobs.models import Job
from reports.files.kinds import FILE_KINDS, job_kind
from reports.files.subjects import HasFiles


@transaction.atomic
def ask_for_file(*, of: HasFiles, kind: str, by: User | None, minutes: int | None = None) -> Job:
    """Have a worker make the file, unless it is made already or under way.

    `minutes`: of a kind that has a file for each length.
    """
    return jobs.ask(kind=job_kind(kind), subject=of.public_id, version=FILE_KINDS[kind].versions[minutes], by=by)
