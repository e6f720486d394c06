"""Checklists: a chosen set of statements with a rating scale. A draft can change, a published version never does."""

from django.db import models


class Checklist(models.Model):
    """A named line of versions; the presets of the instrument are checklists of no workspace."""

    key = models.CharField(max_length=60, unique=True)  # of a preset: "focused.team.self-team-organisation-system"
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class ChecklistVersion(models.Model):
    """One exact questionnaire, complete in itself: every word a respondent sees stands in `content`."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the canonical JSON of `content`
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="version_number_once_per_checklist")
        ]

    def __str__(self) -> str:
        return f"{self.checklist} v{self.number}"
