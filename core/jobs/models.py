"""Background work as rows: the truth about what was asked for and how far it is. The broker is only a doorbell."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ids import public_id


class Job(models.Model):
    """One piece of work: `kind` names the handler, `subject` what it is about, `version` which state of it."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=50)
    subject = models.CharField(max_length=100)
    version = models.CharField(max_length=100, default="1")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    step = models.CharField(max_length=200, blank=True)  # what is being done, in words a reader understands
    error = models.CharField(max_length=300, blank=True)  # a sentence a reader may see
    claim = models.PositiveIntegerField(default=0)  # how often a worker took it: the fencing number
    not_before = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "version"], name="one_job_per_kind_subject_version"),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="job_progress_is_per_cent"),
        ]
        indexes = [models.Index(fields=["status", "not_before"], name="jobs_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} v{self.version}: {self.status}"
