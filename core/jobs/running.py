"""One worker's hold on one job. Every write asks whether the hold is still ours: the claim is a fencing number."""

import datetime
import logging
import traceback

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import clock
from core.identity.still import say_still, why_still
from core.jobs import registry
from core.jobs.heartbeat import beating
from core.jobs.models import LONGEST, Job, JobQuerySet
from core.jobs.runs import GiveUp, Hindered, Run, Superseded, TryLater
from core.words import Words

logger = logging.getLogger(__name__)

AGAIN_AFTER = [10, 60, 300, 1800, 7200, 21600]  # seconds; the last again and again


def perform(job_id: int) -> None:
    """Claim the job and do it; nothing happens when it is done, gone, not due or in other hands."""
    run = claim(job_id, now=clock.now())
    if run is None:
        return
    try:
        with beating(run.held):
            _do(run)
    except Superseded:
        logger.warning("Job %s: claim %s was superseded.", run.job.pk, run.job.claim)


def claim(job_id: int, *, now: datetime.datetime) -> Run | None:
    """One conditional UPDATE decides between workers; read in the same transaction, so that the number is ours.

    On a site that stands still nobody gets any.
    """
    if why := why_still():
        say_still(why)
        return None
    waiting = registry.known_jobs().due(now).filter(pk=job_id)
    taken = {"status": Job.Status.RUNNING, "claim": F("claim") + 1, "heartbeat_at": Now(), "progress": 0, "step": ""}
    with transaction.atomic():
        if not waiting.update(**taken):
            return None
        return Run(Job.objects.get(pk=job_id))


def fail(jobs: JobQuerySet, job: Job, sentence: str, *, reason: Words = "") -> None:
    """Where somebody waits for the work it ends so, with the sentence; else it is tried again, and says why where that
    is known."""
    if registry.get(job.kind).is_waited_for:
        end_as_failed(jobs, sentence)
        return
    wait = AGAIN_AFTER[min(job.failures, len(AGAIN_AFTER) - 1)]
    again = clock.now() + datetime.timedelta(seconds=wait)
    failures = job.failures + 1
    if failures >= registry.ALARMING:
        logger.critical("Job %s (%s) went wrong %s times and needs a hand.", job.pk, job.kind, failures)
    jobs.update(
        status=Job.Status.QUEUED,
        failures=failures,
        deaths=0,
        not_before=again,
        rung_at=None,
        heartbeat_at=None,
        step=_said(job, reason, again)[:LONGEST],
    )


def _said(job: Job, reason: Words, again: datetime.datetime) -> str:
    parts = (str(reason) or _("Something went wrong."), registry.get(job.kind).checked(job), _again_at(again))
    return " ".join(filter(None, parts))


def _again_at(moment: datetime.datetime) -> str:
    there = timezone.localtime(moment)
    words = {"time": date_format(there, "H:i T")}
    if there.date() > timezone.localdate():
        return _("It is tried again tomorrow at %(time)s.") % words
    return _("It is tried again at %(time)s.") % words


def end_as_failed(jobs: JobQuerySet, sentence: str) -> None:
    now = clock.now()
    jobs.update(status=Job.Status.FAILED, error=sentence[:LONGEST], step="", heartbeat_at=None, finished_at=now)


def _do(run: Run) -> None:
    try:
        registry.get(run.job.kind).run(run)
        if not run.is_finished:
            with run.finishing():
                pass
    except Superseded:
        raise
    except TryLater as later:
        _put_off(run, later)
    except GiveUp as end:
        end_as_failed(run.held(), end.sentence)
    except Exception as failure:
        if not run.held().exists():  # what it was about is gone, and the work with it
            raise Superseded from failure
        _log(run, failure)
        label = registry.label_of(run.job)
        if isinstance(failure, Hindered):
            fail(run.held(), run.job, str(failure.sentence), reason=failure.sentence)
        else:
            fail(run.held(), run.job, _("%(label)s could not be made. Nothing is lost. Try again.") % {"label": label})


def _put_off(run: Run, later: TryLater) -> None:
    run.release(
        status=Job.Status.QUEUED,
        delays=F("delays") + 1,
        not_before=clock.now() + datetime.timedelta(seconds=later.seconds),
        rung_at=None,
        step=str(later.reason)[:LONGEST],
    )


def _log(run: Run, failure: Exception) -> None:
    """Where it happened, without the message: an error's text may quote what people wrote."""
    place = "".join(traceback.format_tb(failure.__traceback__))
    said = (run.job.pk, run.job.kind, type(failure).__name__, place)
    logger.error("Job %s (%s) failed with %s:\n%s", *said, extra={"failure": failure})
