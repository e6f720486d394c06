"""A worker's hold on one job, and how it lets go. Every write asks whether the hold is still its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from core.jobs.models import LONGEST, Job, JobQuerySet
from core.words import Words


class Superseded(Exception):
    """The job is no longer ours: another worker took it, or it was stopped."""


class TryLater(Exception):
    """Raised by a handler that wants another go in `seconds`; `reason` is a sentence a reader may see."""

    def __init__(self, seconds: float, reason: str = "") -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.reason = reason


class GiveUp(Exception):
    """Raised by a handler that cannot succeed; `sentence` tells a reader why."""

    def __init__(self, sentence: Words) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)


class Hindered(Exception):
    """Raised by a handler that something outside it stops, which somebody can put right: `sentence` tells a reader what
    it is and who can. It is tried again like all that goes wrong."""

    def __init__(self, sentence: Words) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass
class Run:
    """What a handler is given: the job as it was when claimed, and the ways to report about it."""

    job: Job
    is_finished: bool = False

    def held(self) -> JobQuerySet:
        """The job's row for as long as this claim holds, else no row."""
        return Job.objects.filter(pk=self.job.pk, claim=self.job.claim, status=Job.Status.RUNNING)

    def hold_claim(self) -> None:
        """Until the transaction ends no other worker takes the job, stopped or not; raises Superseded where one has."""
        claimed = Job.objects.select_for_update().filter(pk=self.job.pk, claim=self.job.claim)
        if not claimed.values("pk").first():
            raise Superseded

    def beat(self, progress: int, step: Words) -> None:
        """Say how far it is, in per cent and in words; raises Superseded when the work has become useless."""
        if not self.held().update(progress=progress, step=str(step)[:LONGEST], heartbeat_at=Now()):
            raise Superseded

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """A transaction in which the result is stored: both it and 'done' are there, or neither is."""
        with transaction.atomic():
            yield
            self.release(status=Job.Status.DONE, progress=100, step="", finished_at=timezone.now())
        self.is_finished = True

    def release(self, **changes: Any) -> None:
        if not self.held().update(heartbeat_at=None, **changes):
            raise Superseded
