"""Figures for whoever holds the token; none that tells when somebody answered."""

import datetime
import re

import pytest
import yaml
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from core.jobs import sightings
from core.jobs.models import Job, Sighting
from core.post.models import Message
from tests.stage import ROOT
from trace_site import lots, metrics, ready
from trace_site.lanes import LANES

TOKEN = "for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789"


@pytest.fixture(autouse=True)
def counted(monkeypatch, settings, tmp_path):
    settings.METRICS_TOKEN, settings.VAR = TOKEN, tmp_path
    monkeypatch.setattr(ready, "broker", lambda: ready.OK)
    monkeypatch.setattr(ready, "REMEMBERED", -1.0)
    monkeypatch.setattr(metrics, "site", metrics.Site())
    monkeypatch.setattr(metrics, "lots", lots.Lots(metrics.count))
    for figure in (metrics.requests, metrics.duration, metrics.failures):
        figure.clear()


def page(client, token: str = TOKEN):
    return client.get("/metrics/", headers={"Authorization": f"Bearer {token}"}, HTTP_HOST="10.0.0.7")


def figures(client) -> dict[str, float]:
    lines = page(client).content.decode().splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


def visited(path: str, status: int = 200, times: int = 1) -> None:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    for _ in range(times):
        metrics.note(request, status, 0.2)


def test_it_is_closed_without_the_token(client, settings):
    assert page(client, "another").status_code == 401
    assert client.get("/metrics/").status_code == 401
    settings.METRICS_TOKEN = ""
    assert page(client, "").status_code == 404


def test_what_is_done_by_those_who_sign_in_is_counted_at_once(client, db):
    assert client.get("/surveys/").status_code == 302
    assert figures(client)['trace_requests_total{outcome="3xx",room="surveys"}'] == 1


@pytest.mark.parametrize(
    "path", ["/answer/any/save/", "/answer/any/submit/", "/s/any/", "/join/", "/reports/results/any/"]
)
def test_what_respondents_do_moves_no_figure_until_many_did(path, client, db):
    before = figures(client)
    visited(path, times=49)
    metrics.lots.release()
    assert figures(client).keys() == before.keys()


def test_figures_of_respondents_grow_by_whole_lots_and_when_nobody_comes(client, db):
    visited("/answer/any/submit/", times=120)
    submits = 'trace_requests_total{outcome="2xx",room="submit"}'
    assert submits not in figures(client)
    metrics.lots.release()
    assert figures(client)[submits] == 100
    visited("/answer/any/submit/", times=30)
    metrics.lots.release()
    assert figures(client)[submits] == 150


def test_a_failure_is_told_at_once(client, db):
    visited("/answer/any/save/", status=500)
    assert figures(client)['trace_failures_total{room="save"}'] == 1


def test_what_waits_and_for_how_long(client, db):
    old = timezone.now() - datetime.timedelta(hours=2)
    Job.objects.create(kind="send_message", subject="1")
    Job.objects.create(kind="close_survey", subject="1", status=Job.Status.FAILED)
    Job.objects.update(created_at=old)
    Message.objects.create(kind="any", to="x@example.org", status="sent", returned_at=old)
    sightings.note(name="files@host", lanes=["files"], keys="gone")
    sightings.note_backup()
    Sighting.objects.filter(name="backup").update(seen_at=timezone.now() - datetime.timedelta(days=3))
    sightings.note(name="other@host", lanes=[])
    found = figures(client)
    assert found['trace_queue_length{lane="letters"}'] == 1
    assert 7200 <= found['trace_queue_age_seconds{lane="letters"}'] < 7300
    assert (found['trace_jobs{state="failed"}'], found['trace_jobs{state="done"}']) == (1, 0)
    assert (found['trace_letters{state="sent"}'], found["trace_letters_returned"]) == (1, 1)
    assert found["trace_key_store_wrong"] == 1
    assert 259_000 < found["trace_backup_age_seconds"] < 260_000
    assert found['trace_ready{part="workers"}'] == 0
    assert "example.org" not in page(client).content.decode()


def test_every_alarm_names_a_figure_that_exists_and_says_what_to_do(client, db):
    sightings.note(name="all@host", lanes=LANES)
    sightings.note_backup()
    for room in ("save", "submit", "accounts"):
        metrics.count(room, "2xx", 0.1)
        metrics.failures.labels(room).inc()
    found = {name.partition("{")[0] for name in figures(client)}
    rules = yaml.safe_load((ROOT / "deploy" / "alarms.yml").read_text())["groups"][0]["rules"]
    for rule in rules:
        assert set(re.findall(r"trace_\w+", rule["expr"])) <= found, rule["alert"]
        assert rule["expr"].count("(") == rule["expr"].count(")")
        assert rule["annotations"].keys() == {"summary", "todo"}
        assert set(re.findall(r'lane="([\w-]+)"', rule["expr"])) <= set(LANES)
    assert len({rule["alert"] for rule in rules}) == len(rules)
