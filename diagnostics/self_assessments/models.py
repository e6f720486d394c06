"""A leader's own ratings of themselves: named, theirs alone until shared, repeatable, deletable."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from core.accounts.models import User
from core.ids import public_id
from diagnostics.checklists.models import ChecklistVersion
from spaces.models import Space


class SelfAssessmentQuerySet(models.QuerySet["SelfAssessment"]):
    def listed(self) -> "SelfAssessmentQuerySet":
        """For lists: with `preset`, `checklist` and `spaces`, without the words of the version."""
        rows = self.select_related("leader", "primary_space").prefetch_related("shares")
        return rows.annotate(
            preset=KeyTextTransform("preset", "version__content"),
            checklist=KeyTextTransform("name", "version__content"),
            spaces=KeyTransform("spaces", "version__content"),
        )

    def shared_with(self, user: User) -> "SelfAssessmentQuerySet":
        shares = Share.objects.filter(reader=user).values("self_assessment")
        return self.filter(pk__in=shares, submitted_at__isnull=False)


class SelfAssessment(models.Model):
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="self_assessments")
    version = models.ForeignKey(ChecklistVersion, on_delete=models.PROTECT, related_name="+")
    primary_space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)  # statement key → 1…5, or 0 for "don't know"
    comments = models.JSONField(default=dict)  # open question key → text
    matters_most = models.JSONField(default=list)  # at most two condition keys
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    preset: str  # these three where `listed` was asked, from the content of the version
    checklist: str | None  # the name of a workspace's own
    spaces: list[dict[str, Any]]

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(submitted_at__gte=models.F("started_at")),
                name="submitted_after_started",
            )
        ]

    def __str__(self) -> str:
        return f"self-assessment {self.public_id}"

    @property
    def submission(self) -> datetime.datetime:
        """When it was submitted, where it was."""
        if self.submitted_at is None:
            raise ValueError("This self-assessment has not been submitted yet.")
        return self.submitted_at


class Share(models.Model):
    """A self-assessment shown to one named person, until its leader takes it back."""

    self_assessment = models.ForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="shares")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    shared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["self_assessment", "reader"], name="shared_once_per_person")]

    def __str__(self) -> str:
        return f"{self.self_assessment} with {self.reader}"
