import datetime

import pytest
from django.utils import timezone

from core.jobs import doorbell, registry
from core.jobs.actions import cancel, retry
from core.jobs.models import Job
from core.jobs.sweeping import MAX_DEATHS, MAX_RUNG, sweep

pytestmark = pytest.mark.django_db

SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def probe(new_kind):
    return new_kind()


def job(**fields) -> Job:
    return Job.objects.create(kind="probe", **{"subject": "1", "status": Job.Status.QUEUED} | fields)


def running(*, silent_for: int, **fields) -> Job:
    return job(status=Job.Status.RUNNING, claim=1, heartbeat_at=timezone.now() - silent_for * SECOND, **fields)


def test_a_silent_worker_loses_its_job_to_the_next(now, rings):
    lost = running(silent_for=16)
    sweep(now=now)
    lost.refresh_from_db()
    assert (lost.status, lost.deaths) == (Job.Status.QUEUED, 1)
    assert rings == [lost.pk]


def test_a_working_worker_is_left_alone(now, rings):
    kept = running(silent_for=10)
    sweep(now=now)
    kept.refresh_from_db()
    assert (kept.status, kept.deaths) == (Job.Status.RUNNING, 0)
    assert rings == []


def test_a_stopped_job_is_not_taken_up_again(now, rings):
    stopped = running(silent_for=16)
    cancel(job=stopped)
    sweep(now=now)
    stopped.refresh_from_db()
    assert stopped.status == Job.Status.CANCELLED
    assert rings == []


def test_a_silent_worker_is_known_by_the_clock_of_the_database(now, rings, monkeypatch):
    kept, lost = running(silent_for=10), running(silent_for=16, subject="2")
    there = timezone.now()
    for wrong in (-3600, 3600):
        monkeypatch.setattr(timezone, "now", lambda wrong=wrong: there + wrong * SECOND)
        sweep(now=timezone.now())
        kept.refresh_from_db()
        lost.refresh_from_db()
        assert (kept.status, lost.status, lost.deaths) == (Job.Status.RUNNING, Job.Status.QUEUED, 1)


def test_work_of_the_site_that_takes_five_workers_down_is_tried_again_later(now, rings):
    deadly = running(silent_for=16, deaths=MAX_DEATHS - 1, failures=registry.ALARMING - 1)
    sweep(now=timezone.now())
    deadly.refresh_from_db()
    assert (deadly.status, deadly.deaths, deadly.failures) == (Job.Status.QUEUED, 0, registry.ALARMING)
    assert deadly.not_before > timezone.now()
    assert list(registry.needing_a_hand()) == [deadly]


def test_a_job_that_takes_five_workers_down_fails_with_a_sentence(now, rings, alice, new_kind):
    new_kind(is_waited_for=True)
    deadly = running(silent_for=16, deaths=MAX_DEATHS - 1)
    sweep(now=now)
    deadly.refresh_from_db()
    assert deadly.status == Job.Status.FAILED
    assert deadly.error == "The probe could not be made. It was interrupted 5 times. Nothing is lost. Try again."
    assert rings == []
    assert retry(job=deadly, by=alice).deaths == 0


def test_a_doorbell_that_nobody_heard_rings_again(now, rings):
    missed = job(rung_at=None)
    sweep(now=now)
    assert rings == [missed.pk]
    sweep(now=now + 5 * SECOND)
    assert rings == [missed.pk], "it has just rung"
    sweep(now=now + 61 * SECOND)
    assert rings == [missed.pk, missed.pk], "a broker may forget"


def test_a_doorbell_that_the_broker_did_not_take_rings_at_the_next_sweep(now, monkeypatch):
    monkeypatch.setattr(doorbell, "ring", lambda job_id, kind: False)
    missed = job()
    sweep(now=now)
    missed.refresh_from_db()
    assert missed.rung_at is None


def test_what_is_put_off_rings_when_it_is_due(now, rings):
    later = job(not_before=now + 10 * SECOND)
    sweep(now=now)
    assert rings == []
    sweep(now=now + 10 * SECOND)
    assert rings == [later.pk]


@pytest.mark.parametrize("status", [Job.Status.DONE, Job.Status.FAILED])
def test_what_has_ended_is_left_alone(now, rings, status):
    job(status=status)
    sweep(now=now)
    assert rings == []


def test_a_long_queue_is_rung_in_order_as_far_as_workers_come_before_the_next_sweep(now, rings):
    waiting = [job(subject=str(number)).pk for number in range(MAX_RUNG + 2)]
    sweep(now=now)
    assert rings == waiting[:MAX_RUNG]
    sweep(now=now)
    assert rings == waiting[:MAX_RUNG]
    Job.objects.filter(pk=waiting[0]).update(status=Job.Status.DONE)
    sweep(now=now)
    assert rings == waiting[: MAX_RUNG + 1]
