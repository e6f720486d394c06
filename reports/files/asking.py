"""Asking for a file: a row of background work, in the transaction of whoever asks."""

from django.db import transaction

from core.accounts.models import User
from core.jobs import actions as jobs
from core.jobs.models import Job
from diagnostics.self_assessments.models import SelfAssessment
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice
from reports.files.kinds import FILE_KINDS, job_kind


@transaction.atomic
def ask_for_document(*, self_assessment: SelfAssessment, kind: str, by: User | None) -> Job:
    """Have a worker make the file, unless it is made already or under way."""
    return jobs.ask(kind=job_kind(kind), subject=self_assessment.public_id, version=FILE_KINDS[kind].version, by=by)


@transaction.atomic
def ask_for_slice_document(*, one: PublishedSlice, kind: str, by: User) -> Job:
    """The same for a slice of a survey."""
    return jobs.ask(kind=job_kind(kind), subject=one.public_id, version=FILE_KINDS[kind].version, by=by)


@transaction.atomic
def ask_for_comparison_document(*, comparison: Comparison, kind: str, by: User, minutes: int | None = None) -> Job:
    """The same for a comparison; `minutes`: of a kind that has a file for each length."""
    version = FILE_KINDS[kind].versions[minutes]
    return jobs.ask(kind=job_kind(kind), subject=comparison.public_id, version=version, by=by)
