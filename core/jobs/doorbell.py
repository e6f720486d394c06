"""Tells the workers that something waits. A ring may be lost: the row is the truth and the sweeper rings again."""

import logging
import time

from celery import current_app

logger = logging.getLogger(__name__)

RUN_JOB = "core.jobs.tasks.run_job"
PAUSE = 5.0  # seconds for which a broker that failed is left alone, so that a hundred rings cost one time-out

silent_until = 0.0


def ring(job_id: int, kind: str) -> bool:
    """True when the broker took it. A broken broker costs a log line, never the request.

    By its kind the job finds the queue that it waits in (trace_site.lanes).
    """
    global silent_until  # noqa: PLW0603
    if time.monotonic() < silent_until:
        return False
    try:
        current_app.send_task(RUN_JOB, args=[job_id], route_name=f"{RUN_JOB}.{kind}", ignore_result=True, retry=False)
    except Exception as failure:  # whatever the transport raises
        silent_until = time.monotonic() + PAUSE
        logger.warning("The broker did not take job %s (%s).", job_id, type(failure).__name__)
        return False
    return True
