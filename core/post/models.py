"""Every message that leaves, as a row; a worker renders it at send time, so that no link or token is stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.post.bounces.reasons import Reason


class Message(models.Model):
    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be delivered")

    kind = models.CharField(max_length=50)  # names the renderer
    to = models.EmailField()
    reference = models.JSONField(default=dict)  # ids for the renderer: never a token, never an answer
    about = models.CharField(max_length=40, blank=True, db_index=True)  # what it belongs to, to be found and forgotten
    language = models.CharField(max_length=10, default="en-gb")
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    error = models.CharField(max_length=300, blank=True)
    refused_at = models.DateTimeField(null=True)  # the mail server first said no; it is asked again
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)  # it came back after it was sent
    returned_for = models.CharField(max_length=12, choices=Reason, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="post_sent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.status}"
