"""What this floor does when a lower one speaks, and the background work it offers. Loaded when Django is ready."""

from functools import partial
from importlib import import_module
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from core.accounts import doors
from core.accounts.models import User
from core.jobs import actions as jobs
from core.jobs import registry
from core.jobs.models import Job
from core.jobs.runs import Run
from core.seen import Fact, Facts
from diagnostics.self_assessments import notices
from diagnostics.self_assessments.models import SelfAssessment
from diagnostics.signals import self_assessment_submitted, survey_ends, survey_stopped
from diagnostics.surveys.actions.deleting import tell_lost
from diagnostics.surveys.job_names import CLOSE_SURVEY, COUNT_ANSWERS
from diagnostics.surveys.jobs import register as survey_jobs
from diagnostics.surveys.models import Survey
from reports.agreements import letters as agreements
from reports.agreements.signals import agreements_changed
from reports.comparisons.models import Comparison
from reports.counts.counting import count_answers
from reports.editions.letters import SEND_RELEASE_LETTERS, register_letters, send_release_letters
from reports.editions.links import is_opened_by_letter
from reports.editions.models import Edition, PublishedComment, PublishedSlice, Release
from reports.files.asking import ask_for_file
from reports.files.kinds import FILE_KINDS, can_see_work, job_kind
from reports.files.models import Document
from reports.files.offers import made_address
from reports.files.posters import MAKE_POSTERS, forget_posters, make_posters, posters_address
from reports.files.purging import PurgeReason, forget_agreed, purge_edition, reports_lost_with
from reports.files.subjects import SLICE
from reports.intentions import letters as intentions
from reports.intentions.letters import (
    REMIND_OF_INTENTION,
    REMIND_OF_NEXT_TIME,
    remind_of_intention,
    remind_of_next_time,
)
from reports.intentions.notices import what_they_meant_to_do
from reports.retention import letters as retention
from reports.self_assessments.actions import score_self_assessment
from spaces.ending import workspace_counted
from spaces.models import Workspace


@receiver(self_assessment_submitted)
def score_at_once(self_assessment: SelfAssessment, **__: Any) -> None:
    """In the submitting transaction: 20 cells take milliseconds. The figure is a worker's."""
    score_self_assessment(self_assessment=self_assessment, now=self_assessment.submission)
    ask_for_file(of=self_assessment, kind=Document.Kind.FIGURE, by=self_assessment.leader)


@receiver(survey_stopped)
@receiver(survey_ends)
def take_posters_down(survey: Survey, **__: Any) -> None:
    forget_posters(survey)


@receiver(agreements_changed)
def forget_what_was_agreed(subject: PublishedSlice | Comparison, **__: Any) -> None:
    forget_agreed(subject)


@receiver(survey_stopped)
def ask_for_report(survey: Survey, **__: Any) -> None:
    jobs.ask(kind=CLOSE_SURVEY, subject=survey.public_id)


@receiver(survey_ends)
def purge_reports(survey: Survey, by: User | None, **__: Any) -> None:
    for edition in survey.editions.all():
        purge_edition(edition=edition, by=by, reason=PurgeReason.DELETED)


@receiver(workspace_counted)
def count_reports(workspace: Workspace, **__: Any) -> Facts:
    editions = Edition.objects.filter(survey__workspace=workspace)
    of_them = Q(slice__edition__in=editions) | Q(comparison__edition__in=editions)
    counts = {
        "reports": (_("reports"), editions.count()),
        "released": (_("releases of reports"), Release.objects.standing().filter(edition__in=editions).count()),
        "files": (_("files made of reports"), Document.objects.filter(of_them).count()),
    }
    return {key: Fact(label, count, str(count)) for key, (label, count) in counts.items()}


@receiver(post_delete, sender=Document)
def delete_file(instance: Document, **__: Any) -> None:
    """The file goes with its row, but only when the row is truly gone."""
    transaction.on_commit(partial(default_storage.delete, instance.path))


@receiver(post_save, sender=PublishedComment)
def forget_files_with_comments(instance: PublishedComment, *, created: bool, **__: Any) -> None:
    """A comment was taken out: no file keeps it, and no worker that has read it ends its file."""
    if created:
        return
    kinds = [kind for kind, one in FILE_KINDS.items() if one.is_for_some]
    slices = instance.edition.slices.values_list("public_id", flat=True)
    Job.objects.filter(kind__in=map(job_kind, kinds), subject__in=slices).delete()
    Document.objects.filter(kind__in=kinds, slice__edition=instance.edition_id).delete()


def make_document(run: Run) -> None:
    """Writers come with a second of imports: the process that only asks never loads them."""
    import_module("reports.files.making").make_document(run)


def make_report(run: Run) -> None:
    import_module("reports.editions.closing").close_survey(run)


def what_is_there(job: Job) -> str:
    said: str = import_module("reports.editions.closing").what_is_there(job)
    return said


def register_jobs() -> None:
    tell_lost(reports_lost_with)
    doors.register("reports:slice", is_opened_by_letter)
    registry.register(
        registry.Kind(
            CLOSE_SURVEY,
            make_report,
            _("The report"),
            survey_jobs.can_see_work,
            survey_jobs.dashboard,
            checked=what_is_there,
        )
    )
    registry.register(
        registry.Kind(COUNT_ANSWERS, count_answers, _("The count"), lambda user, job: False, lambda job: None)
    )
    registry.register(
        registry.Kind(
            SEND_RELEASE_LETTERS,
            send_release_letters,
            _("The letters about a release"),
            lambda user, job: False,
            lambda job: None,
        )
    )
    register_letters()
    for name, run, label in (
        (REMIND_OF_INTENTION, remind_of_intention, _("The reminder of an intention")),
        (REMIND_OF_NEXT_TIME, remind_of_next_time, _("The reminder to look again")),
    ):
        registry.register(registry.Kind(name, run, label, lambda user, job: False, lambda job: None))
    intentions.register_letters()
    notices.tellers.append(what_they_meant_to_do)
    agreements.register_letters()
    retention.register_letters()
    registry.register(
        registry.Kind(
            MAKE_POSTERS,
            make_posters,
            _("The PDF with all posters"),
            survey_jobs.can_see_work,
            posters_address,
            True,
            is_waited_for=True,
        )
    )
    for kind in FILE_KINDS:
        registry.register(making_of(kind))


def making_of(kind: str) -> registry.Kind:
    """The background work that makes files of this kind."""
    made = FILE_KINDS[kind]
    return registry.Kind(
        name=job_kind(kind),
        run=make_document,
        label=made.label,
        can_see=partial(can_see_work, kind),
        done_url=made_address,
        can_be_cancelled=made.can_be_cancelled,
        is_waited_for=True,
        is_for_guests=made.of is SLICE,
    )
