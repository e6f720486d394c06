"""Thin: the rows say what is true, these only carry an id to a worker."""

from celery import shared_task

from core import clock
from core.jobs import running, sweeping

LONGEST = 840  # seconds: then its process is ended and the job tried again; below the broker's visibility time-out


@shared_task(time_limit=LONGEST)
def run_job(job_id: int) -> None:
    running.perform(job_id)


@shared_task
def sweep_jobs() -> None:
    sweeping.sweep(now=clock.now())
