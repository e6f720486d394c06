"""Background work as rows: the truth about what was asked for and how far it is. The broker is only a doorbell."""

import datetime
import zlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.ids import public_id

STALE_AFTER = datetime.timedelta(seconds=15)  # without a heartbeat: its worker is taken for dead
LONGEST = 500  # characters, of what a job says of itself
RING_AGAIN_AFTER = datetime.timedelta(seconds=60)  # nobody came: the broker may have forgotten


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: datetime.datetime) -> "JobQuerySet":
        return self.filter(Q(not_before=None) | Q(not_before__lte=now), status=Job.Status.QUEUED)

    def to_ring(self, now: datetime.datetime) -> "JobQuerySet":
        return self.filter(Q(rung_at=None) | Q(rung_at__lt=now - RING_AGAIN_AFTER))

    def open(self) -> "JobQuerySet":
        return self.filter(status__in=OPEN)

    def stale(self) -> "JobQuerySet":
        """By the clock of the database, which is one, whatever the hosts of workers think the time is."""
        return self.filter(status=Job.Status.RUNNING, heartbeat_at__lt=Now() - STALE_AFTER)


class Job(models.Model):
    """One piece of work: `kind` names the handler, `subject` what it is about, `version` which state of it."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Stopped")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=50)
    subject = models.CharField(max_length=100)
    version = models.CharField(max_length=100, default="1")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    step = models.CharField(max_length=LONGEST, blank=True)  # what is being done, in words a reader understands
    error = models.CharField(max_length=LONGEST, blank=True)  # a sentence a reader may see
    claim = models.PositiveIntegerField(default=0)  # how often a worker took it: the fencing number
    deaths = models.PositiveSmallIntegerField(default=0)  # workers lost over it since it was asked for
    delays = models.PositiveSmallIntegerField(default=0)  # how often it was put off since it was asked for
    failures = models.PositiveSmallIntegerField(default=0, db_default=0)  # how often it went wrong, and is tried again
    not_before = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True)  # when the doorbell last rang; None: not since it became due
    heartbeat_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "version"], name="one_job_per_kind_subject_version"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_is_per_cent"),
        ]
        indexes = [models.Index(fields=["status", "not_before"], name="jobs_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} v{self.version}: {self.status}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_tried_again(self) -> bool:
        """It waits because it went wrong."""
        return self.status == Job.Status.QUEUED and self.failures > 0

    @property
    def error_parts(self) -> tuple[str, str]:
        """The first sentence, which pages set in bold, and the rest."""
        first, stop, rest = self.error.partition(". ")
        return first + stop.rstrip(), rest

    @property
    def mark(self) -> str:
        """Changes whenever what a reader sees of the job changes."""
        return f"{zlib.crc32(f'{self.status} {self.progress} {self.step} {self.error}'.encode()):08x}"


class Sighting(models.Model):
    """A process that serves lanes, and when it last said so."""

    name = models.CharField(max_length=200, unique=True)  # "files@host"
    lanes = models.CharField(max_length=200)  # with spaces between
    seen_at = models.DateTimeField()  # by the database's clock
    ahead = models.FloatField(default=0)  # seconds by which its host's clock is before the database's
    version = models.CharField(max_length=60, blank=True)  # of TRACE, that it runs
    keys = models.CharField(max_length=20, blank=True)  # what it says of the key store (core.keys.mark)

    def __str__(self) -> str:
        return f"{self.name} ({self.lanes}) at {self.seen_at}"


OPEN = {Job.Status.QUEUED, Job.Status.RUNNING}
