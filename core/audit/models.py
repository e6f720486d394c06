"""Who did what to which object. Never written for what a respondent does."""

from django.db import models


class Entry(models.Model):
    """One line of the append-only log, which goes by its age only.

    Plain numbers and words, so that deleting a person changes no line.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=50)
    object_kind = models.CharField(max_length=60)  # "spaces.membership"
    object_id = models.CharField(max_length=40)
    workspace_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)  # ids and codes only: no names, no answers, no tokens

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id"], name="audit_by_object"),
            models.Index(fields=["workspace_id", "at"], name="audit_by_workspace"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_id} {self.verb} {self.object_kind} {self.object_id}"


class AgePermit(models.Model):
    """While a row stands here, in the same transaction, lines that are older may be deleted."""

    before = models.DateTimeField()

    def __str__(self) -> str:
        return f"permit for lines before {self.before}"
