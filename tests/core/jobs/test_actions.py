import datetime

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from core.jobs import actions, doorbell
from core.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def probe(new_kind):
    return new_kind()


def failed_job(**fields) -> Job:
    fields = {"status": Job.Status.FAILED, "error": "Broken.", "deaths": 4, "delays": 3, "progress": 60} | fields
    return Job.objects.create(kind="probe", subject="1", **fields)


def test_ask_queues_one_job_for_one_kind_subject_and_version(alice):
    first = actions.ask(kind="probe", subject="1", by=alice)
    again = actions.ask(kind="probe", subject="1")
    newer = actions.ask(kind="probe", subject="1", version="2")
    assert (first.status, first.requested_by) == (Job.Status.QUEUED, alice)
    assert again == first
    assert newer != first


def test_ask_refuses_a_kind_that_nobody_registered():
    with pytest.raises(KeyError):
        actions.ask(kind="unheard-of", subject="1")


@pytest.mark.parametrize("status", [Job.Status.FAILED, Job.Status.CANCELLED])
def test_ask_queues_a_failed_or_stopped_job_again_from_the_start(status):
    failed_job(status=status)
    job = actions.ask(kind="probe", subject="1")
    assert job.status == Job.Status.QUEUED
    assert (job.error, job.deaths, job.delays, job.progress) == ("", 0, 0, 0)


@pytest.mark.parametrize("status", [Job.Status.FAILED, Job.Status.CANCELLED])
def test_whoever_asks_again_is_who_may_stop_it(status, alice, bob):
    failed_job(status=status, requested_by=alice)
    assert actions.ask(kind="probe", subject="1", by=bob).requested_by == bob


def test_asking_for_what_is_under_way_takes_it_from_nobody(alice, bob):
    actions.ask(kind="probe", subject="1", by=alice)
    assert actions.ask(kind="probe", subject="1", by=bob).requested_by == alice


@pytest.mark.parametrize("status", [Job.Status.DONE, Job.Status.RUNNING])
def test_ask_leaves_what_is_done_or_under_way(status):
    Job.objects.create(kind="probe", subject="1", status=status)
    assert actions.ask(kind="probe", subject="1").status == status


def test_retry_queues_a_failed_job_for_whoever_asks(alice):
    job = actions.retry(job=failed_job(), by=alice)
    assert (job.status, job.requested_by) == (Job.Status.QUEUED, alice)


def test_retry_does_not_disturb_a_worker(alice):
    job = failed_job(status=Job.Status.RUNNING)
    assert actions.retry(job=job, by=alice).progress == 60


@pytest.mark.parametrize("status", [Job.Status.QUEUED, Job.Status.RUNNING])
def test_cancel_stops_what_waits_or_is_under_way(status, now):
    job = Job.objects.create(kind="probe", subject="1", status=status, progress=60, step="Drawing", heartbeat_at=now)
    job = actions.cancel(job=job)
    assert (job.status, job.progress, job.step, job.heartbeat_at) == (Job.Status.CANCELLED, 0, "", None)
    assert job.finished_at is not None


@pytest.mark.parametrize("status", [Job.Status.DONE, Job.Status.FAILED])
def test_cancel_leaves_what_has_ended(status):
    job = Job.objects.create(kind="probe", subject="1", status=status, progress=60)
    assert actions.cancel(job=job).status == status
    assert job.progress == 60


def test_doorbell_rings_only_after_the_commit(rings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.ask(kind="probe", subject="1")
        assert rings == []
    assert rings == [job.pk]


def test_nothing_is_asked_for_when_the_change_is_rolled_back(rings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        actions.ask(kind="probe", subject="1")
        transaction.set_rollback(True)
    assert rings == []
    assert not Job.objects.exists()


def test_doorbell_is_silent_for_what_is_not_due(rings, django_capture_on_commit_callbacks, now):
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask(kind="probe", subject="1", not_before=now + datetime.timedelta(days=36500))
    assert rings == []


def test_a_broken_broker_breaks_no_request(monkeypatch, django_capture_on_commit_callbacks):
    calls = []

    def broken(*args, **options):
        calls.append(args)
        raise OperationalError

    monkeypatch.setattr(doorbell, "silent_until", 0.0)
    monkeypatch.setattr(current_app, "send_task", broken)
    with django_capture_on_commit_callbacks(execute=True):
        jobs = [actions.ask(kind="probe", subject=subject) for subject in "123"]
    assert len(calls) == 1, "a broker that failed is left alone for a moment"
    for job in jobs:
        job.refresh_from_db()
        assert (job.status, job.rung_at) == (Job.Status.QUEUED, None)


def test_ring_sends_the_id_and_nothing_else(monkeypatch):
    sent = []
    monkeypatch.setattr(doorbell, "silent_until", 0.0)
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **options: sent.append((name, args)))
    assert doorbell.ring(7, "probe")
    assert sent == [("core.jobs.tasks.run_job", [7])]


def test_the_task_that_the_doorbell_names_exists():
    current_app.loader.import_default_modules()
    assert doorbell.RUN_JOB in current_app.tasks


def test_many_jobs_ring_for_the_first_of_them(rings, django_capture_on_commit_callbacks):
    """The sweeper rings for the others in turn."""
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_all(kind="probe", subjects=[str(number) for number in range(250)])
    assert Job.objects.filter(status=Job.Status.QUEUED).count() == 250
    assert rings == list(Job.objects.order_by("pk").values_list("pk", flat=True)[: actions.RINGS])
