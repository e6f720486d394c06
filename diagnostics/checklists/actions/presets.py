"""The presets, published when they are first used."""

import datetime

from django.db import transaction
from django.db.models import Max

from diagnostics.checklists.content import content_hash, content_of
from diagnostics.checklists.models import Checklist, ChecklistVersion
from diagnostics.checklists.presets import Recipe


@transaction.atomic
def publish_preset(*, recipe: Recipe, language: str = "en-GB", now: datetime.datetime) -> ChecklistVersion:
    """The version that holds exactly what the recipe makes today: the one already published, or a new one.

    Raises NotInThisLanguage.
    """
    made = content_of(recipe, language)
    return version_with(made) or _publish(recipe=recipe, made=made, now=now)


def _publish(*, recipe: Recipe, made: dict, now: datetime.datetime) -> ChecklistVersion:
    """Whoever publishes the same at the same time waits at the checklist's row and then finds the version."""
    checklist, _ = Checklist.objects.get_or_create(key=recipe.key, defaults={"name": str(recipe.kind.name)})
    Checklist.objects.select_for_update().get(pk=checklist.pk)
    return version_with(made) or checklist.versions.create(
        number=(checklist.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        content=made,
        content_hash=content_hash(made),
        published_at=now,
    )


def version_with(made: dict) -> ChecklistVersion | None:
    """Of a preset, whichever."""
    return ChecklistVersion.objects.filter(content_hash=content_hash(made), checklist__workspace=None).first()
