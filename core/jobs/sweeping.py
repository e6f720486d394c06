"""What makes work survive: jobs whose worker died go back to the queue, and unheard doorbells ring again."""

import datetime

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from core.identity.still import begin, say_still, why_still
from core.jobs import registry
from core.jobs.actions import ring
from core.jobs.models import Job
from core.jobs.running import fail

MAX_DEATHS = 5  # workers that one job may take down
MAX_RUNG = 500  # of each kind: workers have enough until the next sweep, and no broker holds a hundred thousand letters


def sweep(*, now: datetime.datetime) -> None:
    begin()
    if why := why_still():
        say_still(why)
        return
    free_stale()
    turn = Window(RowNumber(), partition_by="kind", order_by="pk")
    next_in_turn = registry.known_jobs().due(now).annotate(turn=turn).filter(turn__lte=MAX_RUNG)
    to_ring = registry.known_jobs().to_ring(now).filter(pk__in=next_in_turn.values("pk")).order_by("pk")
    for job_id, kind in to_ring.values_list("pk", "kind"):
        ring(job_id, kind, now=now)


@transaction.atomic
def free_stale() -> None:
    """Queue again what a dead worker left; fail what has cost too many of them."""
    for job in registry.known_jobs().stale():
        left = registry.known_jobs().stale().filter(pk=job.pk, claim=job.claim)
        if job.deaths + 1 < MAX_DEATHS:
            left.update(status=Job.Status.QUEUED, deaths=F("deaths") + 1, rung_at=None, heartbeat_at=None)
        else:
            fail(left, job, _interrupted(job))


def _interrupted(job: Job) -> str:
    return _("%(label)s could not be made. It was interrupted %(times)s times. Nothing is lost. Try again.") % {
        "label": registry.label_of(job),
        "times": MAX_DEATHS,
    }
