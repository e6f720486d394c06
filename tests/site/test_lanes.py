"""Every kind of work waits in one lane, and somebody serves each of them."""

import subprocess
import sys
from unittest import mock

import pytest
from celery import current_app

from core.jobs import doorbell, registry
from core.post import registry as post
from core.post.sending import SEND, SEND_NOW, job_for
from trace_site import lanes
from trace_site.celery import app


def lane_of(kind: str) -> str:
    """Where Celery puts the bell of such a job."""
    sent = []

    def send(producer, name, message, **options) -> None:
        sent.append(options)

    with (
        mock.patch.object(app.amqp, "send_task_message", send),
        mock.patch.object(app, "producer_or_acquire", mock.MagicMock()),
        mock.patch.object(doorbell, "silent_until", 0.0),
    ):
        assert doorbell.ring(1, kind)
    return sent[0]["queue"].name


def test_every_kind_of_job_is_in_the_table_once():
    written = [kind for kinds in lanes.WORK.values() for kind in kinds]
    for kind in registry.kinds:
        found = [one for one in written if kind == one or (one.endswith("*") and kind.startswith(one[:-1]))]
        assert len(found) == 1, kind
    assert [one for one in written if not one.endswith("*") and one not in registry.kinds] == []


@pytest.mark.parametrize(
    ("kind", "lane"),
    [
        (SEND_NOW, "letters-now"),
        (SEND, "letters"),
        ("send_reminders", "letters"),
        ("close_survey", "closes"),
        ("open_survey", "closes"),
        ("comparison_pack", "files"),
        ("slice_pdf", "files"),
        ("spaces.forget_list", "sweeps"),
    ],
)
def test_the_bell_of_a_job_rings_in_its_lane(kind, lane):
    assert lane_of(kind) == lane


def test_every_task_has_a_lane_and_every_lane_a_queue():
    current_app.loader.import_default_modules()
    ours = {name for name in current_app.tasks if not name.startswith("celery.")}
    assert {name for name in ours if not any(route.startswith(name) for route in lanes.routes())} == set()
    assert set(app.amqp.queues) == set(lanes.LANES)
    assert {queue.routing_key for queue in app.amqp.queues.values()} == set(lanes.LANES), "else all get everything"


def test_the_workers_of_a_site_serve_every_lane_and_none_waits_for_mail_or_files_but_its_own():
    assert {lane for served in lanes.WORKERS.values() for lane in served} == set(lanes.LANES)
    served = {name: set(lanes.WORKERS[name]) - {lanes.SWEEPS} for name in lanes.WORKERS}
    assert served["files"] == {lanes.FILES}
    assert served["now"] == {lanes.LETTERS_NOW, lanes.LETTERS}
    assert served["work"] == {lanes.CLOSES}
    assert lanes.SWEEPS not in lanes.WORKERS["now"], "dates are kept while the mail server hangs"
    assert all(list(served) == sorted(served, key=lanes.LANES.index) for served in lanes.WORKERS.values())


def test_letters_that_somebody_waits_for_go_first():
    assert {kind for kind in post.renderers if job_for(kind) == SEND_NOW} == {
        kind for kind in post.renderers if kind.startswith("account.")
    }


def test_a_worker_without_a_name_says_which_there_are():
    ended = subprocess.run([sys.executable, "-m", "trace_site.worker"], capture_output=True, text=True, check=False)
    assert ended.stderr.startswith("Say which worker: one of now, work, files.")
