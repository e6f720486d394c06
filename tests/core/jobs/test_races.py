"""A job is stopped at the moment in which it is finished, on PostgreSQL: SQLite writes one at a time."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from core.audit.models import Entry
from core.jobs.actions import ask, cancel
from core.jobs.models import Job
from core.jobs.running import claim
from core.jobs.runs import Run, Superseded

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def run(transactional_db, new_kind) -> Run:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one at a time")
    new_kind()
    return claim(ask(kind="probe", subject="1").pk, now=timezone.now())


def store() -> None:
    Entry.objects.create(at=timezone.now(), verb="made", object_kind="probe", object_id="1")


def stopping(job: Job) -> threading.Thread:
    """Somebody else, who has pressed the button."""

    def press() -> None:
        cancel(job=Job.objects.get(pk=job.pk))
        connection.close()

    thread = threading.Thread(target=press)
    thread.start()
    thread.join(timeout=0.5)  # waits no longer where the row is locked
    return thread


def store_and_be_stopped(job: Job) -> None:
    store()
    stopping(job).join()


def ended(run: Run) -> tuple[str, int]:
    run.job.refresh_from_db()
    return run.job.status, Entry.objects.count()


def test_whoever_stops_it_before_it_says_done_wins(run):
    with pytest.raises(Superseded), run.finishing():
        store_and_be_stopped(run.job)
    assert ended(run) == (Job.Status.CANCELLED, 0)


def test_whoever_stops_it_before_done_is_committed_waits_and_comes_too_late(run, monkeypatch):
    release, threads = run.release, []

    def release_and_linger(**changes) -> None:
        release(**changes)
        threads.append(stopping(run.job))

    monkeypatch.setattr(run, "release", release_and_linger)
    with run.finishing():
        store()
    threads[0].join()
    assert ended(run) == (Job.Status.DONE, 1)
