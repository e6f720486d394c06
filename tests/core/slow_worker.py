"""A worker with one more kind of work, slow enough to be killed in the middle of it. Started by the faults tests."""

import datetime
import os
import sys
import time

import django

from trace_site.celery import app

django.setup()

from django.conf import settings  # noqa: E402

from core.audit.actions import record  # noqa: E402
from core.jobs import actions, heartbeat, models, registry  # noqa: E402
from core.jobs.runs import Run  # noqa: E402

heartbeat.INTERVAL = 0.5
models.STALE_AFTER = datetime.timedelta(seconds=4)
app.conf.beat_schedule["sweep-jobs"]["schedule"] = 1.0

STARTS = settings.VAR / "starts"  # a line for every worker that began
GO_ON = settings.VAR / "go-on"  # the first worker waits for it


def slow(run: Run) -> None:
    with STARTS.open("a") as starts:
        starts.write(f"{os.getpid()}\n")
    run.beat(10, "Waiting")
    while run.job.claim == 1 and not GO_ON.exists():
        time.sleep(0.1)
    with run.finishing():
        record(by=None, verb="made", obj=run.job)


registry.register(
    registry.Kind("slow", run=slow, label="It", can_see=lambda user, job: False, done_url=lambda job: None)
)

if __name__ == "__main__":
    if sys.argv[1] == "cancel":
        actions.cancel(job=models.Job.objects.get())
    else:
        app.connection_for_write().transport.driver_version()  # imports it
        started = time.monotonic()
        actions.ask(kind="slow", subject="1")
        sys.stdout.write(str(time.monotonic() - started))
