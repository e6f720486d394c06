"""Checklists: a chosen set of statements with a rating scale. A draft can change, a published version never does."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property

from core.ids import public_id
from diagnostics.instrument.changes import asks
from diagnostics.instrument.sources import FIRST
from spaces.models import Membership, Role, Workspace


class Checklist(models.Model):
    """A named line of versions. The presets of the instrument are checklists of no workspace."""

    workspace = models.ForeignKey(Workspace, null=True, on_delete=models.CASCADE, related_name="checklists")
    key = models.CharField(max_length=60, unique=True, default=public_id)  # of a preset: "pulse.team.team"
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class ChecklistVersion(models.Model):
    """One exact questionnaire, complete in itself: every word a respondent sees stands in `content`."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)  # SHA-256 of the canonical JSON of `content`
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="version_number_once_per_checklist"),
            models.UniqueConstraint(fields=["checklist", "content_hash"], name="content_once_per_checklist"),
        ]

    def __str__(self) -> str:
        return f"{self.checklist} v{self.number}"

    @property
    def model_version(self) -> str:
        return model_version_of(self.content)

    @property
    def pages(self) -> list[dict]:
        return self.content["pages"]

    @property
    def spaces(self) -> list[dict]:
        return self.content["spaces"]

    @cached_property
    def statement_keys(self) -> tuple[str, ...]:
        """In page order."""
        return tuple(statement["key"] for _, statement in self._statements())

    @cached_property
    def texts(self) -> dict[str, str]:
        """Statement key → its words, in page order."""
        return {statement["key"]: statement["text"] for _, statement in self._statements()}

    @cached_property
    def cells(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(condition, space) → statement keys, both in model order; only cells that are asked."""
        found = defaultdict(list)
        for condition, statement in self._statements():
            found[condition, statement["space"]].append(statement["key"])
        order = [(page["condition"], space["key"]) for page in self.pages for space in self.spaces]
        return {cell: tuple(found[cell]) for cell in order if found[cell]}

    @cached_property
    def asks(self) -> dict[str, str]:
        """Statement key → the identity of what it asks, in whatever words."""
        return {row["key"]: row.get("asks") or asks(row["key"], self.model_version) for _, row in self._statements()}

    @property
    def scale_asks(self) -> str:
        scale = self.content["scale"]
        return str(scale.get("asks") or scale["key"])

    def _statements(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for page in self.pages:
            for indicator in page["indicators"]:
                for statement in indicator["statements"]:
                    yield page["condition"], statement


def model_version_of(content: dict) -> str:
    """Of which version of the model a content was made; those of the first do not say."""
    return content.get("model", FIRST)


class Standing(models.Model):
    """Around a version of a workspace's own: what may change while the version itself never does."""

    version = models.OneToOneField(ChecklistVersion, on_delete=models.CASCADE, related_name="standing")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True)  # offered no longer; what uses it goes on
    is_for_leaders = models.BooleanField(default=False)  # offered to members for self-assessments
    link = models.CharField(max_length=16, null=True, unique=True)  # to a self-assessment, for whoever is given it
    # Who, while they own the workspace, lets whoever comes by the link join it as leader
    joins_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    draft = models.CharField(max_length=16, unique=True)  # public id of the draft that it was

    def __str__(self) -> str:
        return str(self.version)

    @property
    def joins(self) -> bool:
        owners = Membership.objects.filter(user=self.joins_by_id, role=Role.OWNER)
        return self.joins_by_id is not None and owners.filter(workspace__checklists__versions=self.version_id).exists()


class ChecklistDraft(models.Model):
    """What will become the next version of a checklist, or the first of a new one."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="checklist_drafts")
    checklist = models.ForeignKey(Checklist, null=True, on_delete=models.CASCADE, related_name="drafts")
    started_from = models.ForeignKey(ChecklistVersion, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=80)  # as in the source, for lists
    form = models.JSONField()  # the source in its plain form: `schema`
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    shared_with = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """That practitioners of a workspace have read a machine's translation and found it good."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="reviewed_translations")
    language = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "language"], name="language_reviewed_once")]

    def __str__(self) -> str:
        return f"{self.language} in {self.workspace}"
