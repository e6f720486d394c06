"""Checklists: a chosen set of statements with a rating scale. A draft can change, a published version never does."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.functional import cached_property

from diagnostics.instrument.sources import FIRST


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
        """(condition, space) → statement keys, both in model order."""
        found = defaultdict(list)
        for condition, statement in self._statements():
            found[condition, statement["space"]].append(statement["key"])
        order = [(page["condition"], space["key"]) for page in self.pages for space in self.spaces]
        return {cell: tuple(found[cell]) for cell in order}

    def _statements(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for page in self.pages:
            for indicator in page["indicators"]:
                for statement in indicator["statements"]:
                    yield page["condition"], statement


def model_version_of(content: dict) -> str:
    """Of which version of the model a content was made; those of the first do not say."""
    return content.get("model", FIRST)
