"""How a worker makes a file: read again, write, store under a random name, and say so in one transaction."""

import hashlib
import secrets
from typing import TypeVar

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from core.jobs.models import Job
from core.jobs.running import GiveUp, Run
from diagnostics.self_assessments.models import SelfAssessment
from reports.comparisons.results import ComparisonReading, read_comparison
from reports.documents.kinds import FILE_KINDS, job_kind
from reports.models import Comparison, Document, PublishedSlice, SelfAssessmentResult
from reports.results import Reading, read_result
from reports.survey_results import SliceReading, read_slice

Found = TypeVar("Found", bound=Model)

SUBJECTS = {"self_assessment": SelfAssessment, "slice": PublishedSlice, "comparison": Comparison}
KINDS_BY_JOB = {job_kind(kind): kind for kind in FILE_KINDS}


def make_document(run: Run) -> None:
    """The handler of the job: killed anywhere and run again, it leaves one Document and one file."""
    kind = KINDS_BY_JOB[run.job.kind]
    folder = f"documents/{run.job.public_id}"
    clear(folder)
    run.beat(10, _("Reading the result"))
    reading = _read(run.job.subject, kind)
    run.beat(30, _("Writing the file"))
    content = FILE_KINDS[kind].load_writer()(reading)
    run.beat(80, _("Keeping the file"))
    name = default_storage.save(f"{folder}/{secrets.token_hex(16)}.{FILE_KINDS[kind].suffix}", ContentFile(content))
    try:
        with run.finishing():
            _record(run.job, kind, name, content)
    except BaseException:
        default_storage.delete(name)
        raise


def clear(folder: str) -> None:
    """Delete what an earlier attempt at the same job left behind."""
    try:
        files = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    kept = set(Document.objects.filter(file__startswith=f"{folder}/").values_list("file", flat=True))
    for file in files:
        if f"{folder}/{file}" not in kept:
            default_storage.delete(f"{folder}/{file}")


def _read(public_id: str, kind: str) -> Reading | SliceReading | ComparisonReading:
    file_kind = FILE_KINDS[kind]
    if file_kind.of == "slice":
        return read_slice(_found(PublishedSlice.objects.for_reading().filter(public_id=public_id).first(), kind))
    if file_kind.of == "comparison":
        return read_comparison(_found(Comparison.objects.for_reading().filter(public_id=public_id).first(), kind))
    results = SelfAssessmentResult.objects.for_reading()
    result = _found(results.filter(self_assessment__public_id=public_id).first(), kind)
    return read_result(result, leader=None if file_kind.speaks_to_leader else result.self_assessment.leader.first_name)


def _record(job: Job, kind: str, name: str, content: bytes) -> None:
    """Whoever deletes the subject meanwhile comes before this, and then there is no Document, or after."""
    field = FILE_KINDS[kind].of
    subject = _found(SUBJECTS[field].objects.select_for_update().filter(public_id=job.subject).first(), kind)
    Document.objects.create(
        **{field: subject},
        kind=kind,
        version=job.version,
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=timezone.now(),
    )


def _found(subject: Found | None, kind: str) -> Found:
    if subject is None:
        is_own = FILE_KINDS[kind].of == "self_assessment"
        raise GiveUp(_("This self-assessment has been deleted.") if is_own else _("This report has been deleted."))
    return subject
