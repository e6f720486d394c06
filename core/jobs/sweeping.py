"""What makes work survive: jobs whose worker died go back to the queue, and unheard doorbells ring again."""

import datetime

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from core.jobs import registry
from core.jobs.actions import ring
from core.jobs.models import Job
from core.jobs.running import fail

MAX_DEATHS = 5  # workers that one job may take down
MAX_RINGS = 100  # per sweep and kind: a long queue is not rung through every few seconds, and no other waits for it


def sweep(*, now: datetime.datetime) -> None:
    free_stale(now=now)
    to_ring = registry.known_jobs().due(now).to_ring(now).order_by("pk")
    turns = to_ring.annotate(turn=Window(RowNumber(), partition_by="kind", order_by="pk"))
    for job_id, kind in turns.filter(turn__lte=MAX_RINGS).values_list("pk", "kind"):
        ring(job_id, kind, now=now)


@transaction.atomic
def free_stale(*, now: datetime.datetime) -> None:
    """Queue again what a dead worker left; fail what has cost too many of them."""
    for job in registry.known_jobs().stale(now):
        left = registry.known_jobs().stale(now).filter(pk=job.pk, claim=job.claim)
        if job.deaths + 1 < MAX_DEATHS:
            left.update(status=Job.Status.QUEUED, deaths=F("deaths") + 1, rung_at=None, heartbeat_at=None)
        else:
            fail(left, _interrupted(job))


def _interrupted(job: Job) -> str:
    return _("%(label)s could not be made. It was interrupted %(times)s times. Nothing is lost. Try again.") % {
        "label": registry.label_of(job),
        "times": MAX_DEATHS,
    }
