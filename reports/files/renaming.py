"""Naming a comparison: what was made under another name goes, and so does the work that makes it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.jobs.models import Job
from reports.comparisons.models import Comparison
from reports.files.kinds import job_kind, kinds_to_keep
from reports.files.subjects import COMPARISON


@transaction.atomic
def rename_comparison(*, comparison: Comparison, name: str) -> None:
    """`name`: '' for none. A worker that is writing meanwhile finds its job gone, and keeps nothing."""
    locked = Comparison.objects.select_for_update().get(pk=comparison.pk)
    if locked.name == name:
        return
    same = {"edition": locked.edition_id, "is_against_others": locked.is_against_others, "choice": locked.choice}
    if Comparison.objects.filter(**same, name=name).exists():
        raise ValidationError(_("There is a comparison of these groups with this name already."))
    locked.name = name
    locked.save(update_fields=["name"])
    kinds = [job_kind(kind) for kind in kinds_to_keep(COMPARISON)]
    Job.objects.filter(kind__in=kinds, subject=locked.public_id).delete()
    locked.documents.all().delete()
