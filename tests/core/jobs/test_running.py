import datetime
import logging
import time

import pytest
from django.utils import timezone

from core.audit.models import Entry
from core.jobs import heartbeat, registry, running
from core.jobs.actions import ask, cancel
from core.jobs.models import Job
from core.jobs.runs import GiveUp, Superseded, TryLater
from core.jobs.tasks import run_job
from tests.stage import comes_true

pytestmark = pytest.mark.django_db


def store(**fields) -> Entry:
    """Any row will do as a result."""
    return Entry.objects.create(at=timezone.now(), verb="made", object_kind="probe", object_id="1", **fields)


def take(job: Job) -> running.Run:
    return running.claim(job.pk, now=timezone.now())


def lose(job: Job) -> None:
    """What the sweeper does with a job whose worker went silent."""
    Job.objects.filter(pk=job.pk).update(status=Job.Status.QUEUED)


@pytest.fixture
def perform(new_kind):
    def ask_and_run(handler, **kind) -> Job:
        new_kind(handler, **kind)
        job = ask(kind="probe", subject="1")
        run_job(job.pk)
        job.refresh_from_db()
        return job

    return ask_and_run


def test_a_job_is_done_with_its_result(perform):
    def handler(run):
        run.beat(40, "Half-way there")
        with run.finishing():
            store()

    job = perform(handler)
    assert (job.status, job.progress, job.step, job.claim) == (Job.Status.DONE, 100, "", 1)
    assert job.finished_at is not None
    assert Entry.objects.count() == 1


def test_a_handler_without_a_result_is_done_when_it_returns(perform):
    assert perform(lambda run: None).status == Job.Status.DONE


def test_result_and_done_are_both_there_or_neither(perform):
    def handler(run):
        with run.finishing():
            store()
            raise ZeroDivisionError

    assert perform(handler, is_waited_for=True).status == Job.Status.FAILED
    assert not Entry.objects.exists()


def test_beat_tells_how_far_it_is(new_kind):
    new_kind()
    run = take(ask(kind="probe", subject="1"))
    run.beat(40, "x" * 550)
    run.job.refresh_from_db()
    assert (run.job.progress, run.job.step) == (40, "x" * 500)


def test_a_second_delivery_finds_nothing_to_do(perform):
    calls = []
    job = perform(calls.append)
    run_job(job.pk)
    assert len(calls) == 1


def test_one_of_two_workers_gets_the_job(new_kind):
    new_kind()
    job = ask(kind="probe", subject="1")
    assert take(job).job.claim == 1
    assert take(job) is None


def test_a_job_that_is_gone_is_no_error(db):
    run_job(4711)
    assert not Job.objects.exists()


def test_a_job_waits_for_its_hour(new_kind, now):
    new_kind()
    job = ask(kind="probe", subject="1", not_before=now)
    assert running.claim(job.pk, now=now - datetime.timedelta(seconds=1)) is None
    assert running.claim(job.pk, now=now) is not None


def test_a_worker_of_another_release_leaves_unknown_kinds_alone(db):
    job = Job.objects.create(kind="of-next-year", subject="1")
    assert take(job) is None


def test_a_stale_run_cannot_finish(new_kind):
    new_kind()
    job = ask(kind="probe", subject="1")
    stale = take(job)
    lose(job)
    current = take(job)
    with pytest.raises(Superseded), stale.finishing():
        store()
    assert not Entry.objects.exists()
    with current.finishing():
        store()
    job.refresh_from_db()
    assert (job.status, job.claim) == (Job.Status.DONE, 2)


def test_a_stale_run_cannot_beat_or_fail_the_job(new_kind):
    def handler(run):
        lose(run.job)
        take(run.job)
        raise ZeroDivisionError

    new_kind(handler)
    job = ask(kind="probe", subject="1")
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.claim, job.error) == (Job.Status.RUNNING, 2, "")
    stale = running.Run(Job(pk=job.pk, claim=1))
    with pytest.raises(Superseded):
        stale.beat(50, "Still here")


def test_a_stale_run_cannot_put_the_job_off(new_kind):
    def handler(run):
        lose(run.job)
        take(run.job)
        raise TryLater(60)

    new_kind(handler)
    job = ask(kind="probe", subject="1")
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.delays) == (Job.Status.RUNNING, 0)


def test_an_unexpected_error_is_told_kindly_and_logged_without_its_words(perform, caplog):
    comment = "I cannot stand my manager"

    def handler(run):
        raise ValueError(comment)

    with caplog.at_level(logging.DEBUG):
        job = perform(handler, is_waited_for=True)
    assert job.status == Job.Status.FAILED
    assert job.error == "The probe could not be made. Nothing is lost. Try again."
    assert f"Job {job.pk} (probe) failed with ValueError" in caplog.text
    assert "handler" in caplog.text, "the place is logged"
    assert comment not in caplog.text


def test_work_of_the_site_is_tried_again_later_and_later_and_calls_for_a_hand(perform, caplog):
    times = iter([*range(registry.ALARMING + 3)])

    def handler(run):
        if next(times) < registry.ALARMING + 2:
            raise ConnectionError

    job, waits = perform(handler), []
    while job.status != Job.Status.DONE:
        assert (job.status, job.error) == (Job.Status.QUEUED, "")
        assert job.step.startswith("Something went wrong. It is tried again ")
        assert registry.needing_a_hand().exists() == (job.failures >= registry.ALARMING)
        waits.append(round((job.not_before - timezone.now()).total_seconds()))
        Job.objects.update(not_before=None)
        run_job(job.pk)
        job.refresh_from_db()
    assert waits == running.AGAIN_AFTER
    assert caplog.text.count("needs a hand") == len(waits) - registry.ALARMING + 1
    assert not registry.needing_a_hand().exists()


def test_giving_up_tells_the_reader_why(perform):
    def handler(run):
        raise GiveUp("The PDF needs Pango, which this server lacks.")

    job = perform(handler)
    assert (job.status, job.error) == (Job.Status.FAILED, "The PDF needs Pango, which this server lacks.")


def test_trying_later_queues_the_job_for_then(perform):
    def handler(run):
        raise TryLater(3600, "The mail server rests.")

    job = perform(handler)
    assert (job.status, job.step, job.delays, job.deaths) == (Job.Status.QUEUED, "The mail server rests.", 1, 0)
    assert abs(job.not_before - timezone.now() - datetime.timedelta(hours=1)) < datetime.timedelta(minutes=1)
    assert take(job) is None


def test_a_stopped_job_is_noticed_at_the_next_beat_and_has_no_result(perform):
    beats = []

    def handler(run):
        run.beat(10, "One")
        cancel(job=run.job)
        beats.append("one")
        run.beat(20, "Two")
        beats.append("two")

    job = perform(handler)
    assert (job.status, beats) == (Job.Status.CANCELLED, ["one"])
    assert job.error == ""


def test_a_stopped_job_that_fails_meanwhile_stays_stopped(perform):
    def handler(run):
        cancel(job=run.job)
        raise GiveUp("The PDF needs Pango, which this server lacks.")

    assert perform(handler).status == Job.Status.CANCELLED


def test_who_is_stopped_stores_nothing_even_when_it_is_asked_for_again(new_kind):
    new_kind()
    job = ask(kind="probe", subject="1")
    stopped = take(job)
    cancel(job=job)
    current = take(ask(kind="probe", subject="1"))
    with pytest.raises(Superseded), stopped.finishing():
        store()
    with current.finishing():
        store()
    assert Entry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_heart_beats_while_the_claim_holds_and_stops_with_it(new_kind, monkeypatch):
    monkeypatch.setattr(heartbeat, "INTERVAL", 0.02)
    seen = []

    def handler(run):
        long_ago = timezone.now() - datetime.timedelta(hours=1)
        run.held().update(heartbeat_at=long_ago)
        seen.append(comes_true(lambda: Job.objects.get(pk=run.job.pk).heartbeat_at > long_ago, seconds=5))
        lose(run.job)
        Job.objects.filter(pk=run.job.pk).update(heartbeat_at=long_ago)
        time.sleep(0.2)
        seen.append(Job.objects.get(pk=run.job.pk).heartbeat_at == long_ago)

    new_kind(handler)
    job = ask(kind="probe", subject="1")
    run_job(job.pk)
    assert seen == [True, True]
