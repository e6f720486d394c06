"""Asking for work. The row is written with the change that asks for it; the doorbell rings when both are committed."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from core import clock
from core.batches import batched
from core.jobs import doorbell, registry
from core.jobs.models import Job
from core.quotas.actions import spend

RINGS = 100  # at once
ROWS = 500  # per statement
FRESH = {
    "progress": 0,
    "step": "",
    "error": "",
    "deaths": 0,
    "delays": 0,
    "failures": 0,
    "rung_at": None,
    "finished_at": None,
}


@transaction.atomic
def ask(
    *,
    kind: str,
    subject: str,
    version: str = "1",
    by: AbstractBaseUser | None = None,
    not_before: datetime.datetime | None = None,
) -> Job:
    """The one job of this kind, subject and version: new, or as it stands; a failed or stopped one is queued again."""
    registry.get(kind)
    job, is_new = Job.objects.get_or_create(
        kind=kind,
        subject=subject,
        version=version,
        defaults={"requested_by_id": by.pk if by else None, "not_before": not_before},
    )
    if is_new:
        ring_on_commit(job)
    else:
        _queue_again(job, not_before, requested_by=by)
    return job


@transaction.atomic
def ask_all(
    *, kind: str, subjects: Iterable[str], versions: Iterable[str] | None = None, by: AbstractBaseUser | None = None
) -> int:
    """One job for each subject, of its version where there are some; none of them may have been asked for before.

    How many they are; of hundreds of thousands few are in memory at once.

    The bell rings for the first of them. The sweeper rings for the others in turn, so that a thousand letters leave
    room for other work.
    """
    registry.get(kind)
    asked = zip(subjects, repeat("1") if versions is None else versions, strict=versions is not None)
    who, number = by.pk if by else None, 0
    rows = (Job(kind=kind, subject=one, version=version, requested_by_id=who) for one, version in asked)
    for some in batched(rows, ROWS):
        jobs = Job.objects.bulk_create(some)
        for job in jobs[: max(0, RINGS - number)]:
            ring_on_commit(job)
        number += len(jobs)
    return number


@transaction.atomic
def retry(*, job: Job, by: AbstractBaseUser | AnonymousUser) -> Job:
    """Queue a failed or stopped job again, and at once one that waits to be tried again; any other is left as it is."""
    if job.is_tried_again:
        spend("jobs", person=by.pk)
        _queue_again(job, None, also=Job.Status.QUEUED)
        return job
    if not job.is_open and job.status != Job.Status.DONE:
        spend("jobs", person=by.pk)
    _queue_again(job, None, requested_by=by)
    return job


@transaction.atomic
def retry_all(*, kind: str, by: AbstractBaseUser) -> int:
    """All of one kind that need a hand, at once; how many. Each belongs as before to whoever asked for it."""
    waiting = registry.needing_a_hand().filter(kind=kind).exclude(status=Job.Status.RUNNING)
    return again_at_once(list(waiting.order_by("pk").values_list("pk", flat=True)), by=by)


@transaction.atomic
def again_at_once(numbers: Sequence[int], *, by: AbstractBaseUser) -> int:
    """Jobs by their primary keys, that have failed or wait to be tried again; how many. The bell rings for the first of
    them, and the sweeper rings for the others."""
    if not numbers:
        return 0
    spend("jobs", person=by.pk)
    again = {"status": Job.Status.QUEUED, "not_before": clock.now(), **FRESH}
    waiting = Job.objects.filter(status__in=(Job.Status.FAILED, Job.Status.QUEUED))
    lots = (numbers[start : start + 500] for start in range(0, len(numbers), 500))
    done = sum(waiting.filter(pk__in=some).update(**again) for some in lots)
    for job in Job.objects.filter(pk__in=numbers[:RINGS]):
        ring_on_commit(job)
    return done


@transaction.atomic
def cancel(*, job: Job) -> Job:
    """Stop a job that waits or is being made; one that has ended is left as it is.

    Its worker loses its hold and notices at its next beat. Where both end it at once, one of them finds no row.
    """
    stopped = {"progress": 0, "step": "", "heartbeat_at": None, "finished_at": timezone.now()}
    Job.objects.open().filter(pk=job.pk).update(status=Job.Status.CANCELLED, **stopped)
    job.refresh_from_db()
    return job


def _queue_again(
    job: Job, not_before: datetime.datetime | None, *, also: Job.Status = Job.Status.FAILED, **changes: Any
) -> None:
    waiting = Job.objects.filter(pk=job.pk, status__in={Job.Status.FAILED, Job.Status.CANCELLED, also})
    due = not_before or clock.now()  # it waits since now, and not since it was first asked for
    if waiting.update(status=Job.Status.QUEUED, not_before=due, **FRESH, **changes):
        ring_on_commit(job)
    job.refresh_from_db()


def ring_on_commit(job: Job) -> None:
    transaction.on_commit(lambda: ring(job.pk, job.kind, now=clock.now()), robust=True)


def ring(job_id: int, kind: str, *, now: datetime.datetime) -> None:
    """Ring for a job that is due. Noted first, so that nobody rings at the same time."""
    waiting = registry.known_jobs().due(now).to_ring(now).filter(pk=job_id)
    if waiting.update(rung_at=now) and not doorbell.ring(job_id, kind):
        Job.objects.filter(pk=job_id, rung_at=now).update(rung_at=None)
