"""The end of an edition: everything that hangs on it goes, its files too."""

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.audit.actions import record
from reports.editions.models import Edition, PurgePermit
from reports.editions.releasing import lock_edition
from reports.files.models import Document


class PurgeReason(models.TextChoices):
    RETENTION = "retention", gettext_lazy("The time for which the workspace keeps results is over")
    MISTAKE = "mistake", gettext_lazy("The survey should not have been run")
    DELETED = "deleted", gettext_lazy("The survey, or the workspace it was in, is deleted")
    LAW = "law", gettext_lazy("The law asks for it")


@transaction.atomic
def purge_edition(*, edition: Edition, by: User | None, reason: PurgeReason) -> None:
    """Delete an edition with all that hangs on it. The only writer of permits; the guard refuses everybody else."""
    lock_edition(edition)
    permit = PurgePermit.objects.create(edition_id=edition.pk)
    survey, why = edition.survey, PurgeReason(reason).value
    record(by=by, verb="purge_edition", obj=edition, workspace=survey.workspace, survey=survey.public_id, reason=why)
    of_edition = Q(slice__edition=edition) | Q(comparison__edition=edition)
    Document.objects.filter(of_edition).delete()  # row by row, so that the files go too
    edition.releases.all().delete()
    edition.comments.all().delete()
    edition.slices.all().delete()
    edition.delete()
    permit.delete()
