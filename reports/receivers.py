"""What this floor does when a lower one speaks, and the background work it offers. Loaded when Django is ready."""

from functools import partial
from importlib import import_module

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.jobs import actions as jobs
from core.jobs import registry
from core.jobs.models import Job
from core.jobs.runs import Run
from diagnostics.self_assessments.models import SelfAssessment
from diagnostics.signals import self_assessment_submitted, survey_stopped
from diagnostics.surveys.job_names import CLOSE_SURVEY
from diagnostics.surveys.jobs.register import can_see_work, dashboard
from diagnostics.surveys.models import Survey
from reports.comparisons.access import can_read_comparison
from reports.editions.access import can_read_slice
from reports.files.asking import ask_for_document
from reports.files.kinds import COMPARISON_DOWNLOADS, DOWNLOADS, FILE_KINDS, SLICE_DOWNLOADS, job_kind
from reports.files.models import Document
from reports.files.offers import file_address
from reports.self_assessments.access import can_read
from reports.self_assessments.actions import score_self_assessment


@receiver(self_assessment_submitted)
def score_at_once(self_assessment: SelfAssessment, **__) -> None:
    """In the submitting transaction: 20 cells take milliseconds. The figure is a worker's."""
    score_self_assessment(self_assessment=self_assessment, now=self_assessment.submitted_at)
    ask_for_document(self_assessment=self_assessment, kind=Document.Kind.FIGURE, by=self_assessment.leader)


@receiver(survey_stopped)
def ask_for_report(survey: Survey, **__) -> None:
    jobs.ask(kind=CLOSE_SURVEY, subject=survey.public_id)


@receiver(post_delete, sender=Document)
def delete_file(instance: Document, **__) -> None:
    """The file goes with its row, but only when the row is truly gone."""
    transaction.on_commit(partial(default_storage.delete, instance.file.name))


def make_document(run: Run) -> None:
    """Writers come with a second of imports: the process that only asks never loads them."""
    import_module("reports.files.making").make_document(run)


def make_report(run: Run) -> None:
    import_module("reports.editions.closing").close_survey(run)


def can_see_file_work(user: User, job: Job) -> bool:
    return can_read(user, job.subject)


def can_see_slice_work(user: User, job: Job) -> bool:
    return can_read_slice(user, job.subject)


def can_see_comparison_work(user: User, job: Job) -> bool:
    return can_read_comparison(user, job.subject)


def done_url(job: Job, *, kind: str) -> str:
    """A file is fetched; the figure is drawn where the result stands."""
    if kind == Document.Kind.SLICE_FIGURE:
        return reverse("reports:slice", args=[job.subject])
    if kind == Document.Kind.FIGURE:
        return reverse("reports:self_assessment", args=[job.subject])
    return file_address(kind, job.subject, FILE_KINDS[kind].length(job.version))


FILES_TO_KEEP = {*DOWNLOADS, *SLICE_DOWNLOADS, *COMPARISON_DOWNLOADS}
SEES_WORK = {"self_assessment": can_see_file_work, "slice": can_see_slice_work, "comparison": can_see_comparison_work}


def register_jobs() -> None:
    registry.register(registry.Kind(CLOSE_SURVEY, make_report, _("The report"), can_see_work, dashboard))
    for kind, file_kind in FILE_KINDS.items():
        registry.register(
            registry.Kind(
                name=job_kind(kind),
                run=make_document,
                label=file_kind.label,
                can_see=SEES_WORK[file_kind.of],
                done_url=partial(done_url, kind=kind),
                can_be_cancelled=kind in FILES_TO_KEEP,
            )
        )
