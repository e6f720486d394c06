"""The end of an edition: everything that hangs on it goes, its files too."""

from collections.abc import Iterable, Iterator

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from core.accounts.models import User
from core.audit.actions import record
from core.jobs.models import Job
from diagnostics.surveys.models import Survey
from reports.agreements.models import Agreement
from reports.comparisons.models import Comparison
from reports.editions.models import Edition, GoneReport, PublishedComment, PublishedSlice, PurgePermit, Release
from reports.editions.releasing import lock_edition
from reports.files.kinds import FILE_KINDS, job_kind
from reports.files.models import Document
from reports.files.subjects import COMPARISON, SLICE


class PurgeReason(models.TextChoices):
    RETENTION = "retention", gettext_lazy("The time for which the workspace keeps results is over")
    MISTAKE = "mistake", gettext_lazy("The survey should not have been run")
    UNNEEDED = "unneeded", gettext_lazy("It is no longer needed")
    DELETED = "deleted", gettext_lazy("The survey, or the workspace it was in, is deleted")
    LAW = "law", gettext_lazy("The law asks for it")


@transaction.atomic
def purge_edition(*, edition: Edition, by: User | None, reason: PurgeReason) -> None:
    """Delete an edition with all that hangs on it. The only writer of permits; the guard refuses everybody else."""
    lock_edition(edition)
    permit = PurgePermit.objects.create(edition_id=edition.pk)
    survey, why = edition.survey, PurgeReason(reason).value
    record(by=by, verb="purge_edition", obj=edition, workspace=survey.workspace, survey=survey.public_id, reason=why)
    _remember_gone(edition, why)
    _forget_work(edition)
    Document.objects.filter(_of([edition])).delete()  # row by row, so that the files go too
    edition.releases.all().delete()
    edition.comments.all().delete()
    edition.slices.all().delete()
    edition.delete()
    permit.delete()


def _remember_gone(edition: Edition, reason: str) -> None:
    """Where it stood, and nothing of what it said."""
    survey, now = edition.survey, timezone.now()
    GoneReport.objects.bulk_create(
        [
            GoneReport(public_id=one, workspace_id=survey.workspace_id, reason=reason, gone_at=now)
            for one in (survey.public_id, *_subjects(edition))
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _forget_work(edition: Edition) -> None:
    """Whoever makes a file of it loses hold of the work."""
    Job.objects.filter(kind__in=[job_kind(kind) for kind in FILE_KINDS], subject__in=_subjects(edition)).delete()


def _subjects(edition: Edition) -> list[str]:
    """Of its pages and files."""
    slices = edition.slices.values_list("public_id", flat=True)
    return [*slices, *edition.comparisons.values_list("public_id", flat=True)]


def forget_agreed(subject: PublishedSlice | Comparison) -> None:
    """Files that tell what was agreed, now that it has changed. Whoever makes one loses hold of the work, and with it
    the file."""
    of = COMPARISON if isinstance(subject, Comparison) else SLICE
    kinds = [kind for kind, one in FILE_KINDS.items() if one.of == of and one.tells_what_was_agreed]
    Job.objects.filter(kind__in=[job_kind(kind) for kind in kinds], subject=subject.public_id).delete()
    subject.documents.filter(kind__in=kinds).delete()


def _of(editions: Iterable[Edition]) -> Q:
    return Q(slice__edition__in=editions) | Q(comparison__edition__in=editions)


def reports_lost_with(survey: Survey) -> Iterator[str]:
    """What readers can open now and could not any more."""
    editions = survey.editions.all()
    if not editions:
        return
    slices = PublishedSlice.objects.filter(edition__in=editions).count()
    comments = PublishedComment.objects.filter(edition__in=editions, is_redacted=False).count()
    said = ngettext("The report: what it says of %(n)s group.", "The report: what it says of %(n)s groups.", slices)
    yield said % {"n": slices}
    if comments:
        yield ngettext("%(n)s comment.", "%(n)s comments.", comments) % {"n": comments}
    if agreed := Agreement.objects.filter(edition__in=editions).count():
        said = ngettext("%(n)s line of what was agreed.", "%(n)s lines of what was agreed.", agreed)
        yield said % {"n": agreed}
    if files := Document.objects.filter(_of(editions)).count():
        yield ngettext("%(n)s file made of it.", "%(n)s files made of it.", files) % {"n": files}
    if released := Release.objects.standing().filter(edition__in=editions).count():
        said = ngettext(
            "It is released to readers, by %(n)s release: they can no longer open it.",
            "It is released to readers, by %(n)s releases: they can no longer open it.",
            released,
        )
        yield said % {"n": released}
