"""What monitors are told: that a process lives, and which part of the site does not do its work."""

import shutil
from types import SimpleNamespace
from unittest import mock

import pytest
from celery import signals
from django.db import OperationalError
from django.db.models import F

from core.identity.still import Why
from core.jobs import sightings
from core.jobs.models import Sighting
from core.keys import mark
from trace_site import outside, ready, sighted
from trace_site.lanes import LANES

AWAY = mock.patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError)


@pytest.fixture(autouse=True)
def asked_afresh(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(ready, "REMEMBERED", -1.0)
    monkeypatch.setattr(ready, "is_migrated", False)
    monkeypatch.setattr(ready, "broker", lambda: ready.OK)
    settings.VAR = tmp_path


@pytest.fixture
def everybody(db):
    sightings.note(name="all@host", lanes=LANES, keys="ok")
    sightings.note(name="beat@host", lanes=[sightings.BEAT])


def told(client, **headers) -> tuple[int, dict[str, str]]:
    answer = client.get("/ready/", **headers)
    return answer.status_code, {part: said for part, said in answer.json()["parts"].items() if said != "ok"}


def test_alive_asks_nothing_and_answers_under_any_name(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/health/", HTTP_HOST="10.0.0.7:8000")
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok", "no-store")
    assert not answer.cookies


def test_how_a_question_came_in_is_told_only_to_ours(client):
    assert client.get("/health/", {"asked": "anything"}).content == b"ok"
    answer = client.get("/health/", {"asked": outside.question()}, HTTP_HOST="proxied.example")
    assert answer.json() == {"client": "127.0.0.1", "scheme": "http", "host": "proxied.example"}


def test_ready_when_every_part_is(client, everybody, caplog):
    assert told(client, HTTP_HOST="10.0.0.7") == (200, {})
    assert not caplog.records


def test_not_ready_without_whoever_is_missing(client, everybody, caplog):
    Sighting.objects.filter(name="beat@host").delete()
    Sighting.objects.update(lanes="letters-now closes letters sweeps")
    assert told(client) == (503, {"beat": "not seen lately: beat", "workers": "not seen lately: files"})
    Sighting.objects.update(seen_at=F("seen_at") - sightings.LATELY * 2)
    assert "letters (for 120 s)" in told(client)[1]["workers"]
    assert not caplog.records


@pytest.mark.parametrize("found", [mark.Found.SHUT, mark.Found.GONE, mark.Found.OTHER])
def test_not_ready_with_keys_that_are_not_ours(client, everybody, found):
    Sighting.objects.update(keys=found)
    status, wrong = told(client)
    assert (status, list(wrong)) == (503, ["keys"])
    assert found.label in wrong["keys"]


def test_not_ready_without_the_tables_of_this_version(client, everybody):
    plan = mock.patch("trace_site.ready.MigrationExecutor.migration_plan", return_value=["one"])
    with plan:
        assert told(client) == (503, {"tables": "not those of this version: run deploy/release.sh"})


def test_not_ready_as_a_copy_that_stands_still(client, everybody):
    with mock.patch("trace_site.ready.why_still", return_value=Why.COPIED):
        assert told(client) == (503, {"the one": "stands still (copied): manage.py this_is_the_site"})


def test_not_ready_without_database_broker_or_room(client, everybody, monkeypatch):
    with AWAY:
        status, wrong = told(client)
    assert (status, wrong["database"]) == (503, "not reached")
    monkeypatch.setattr(ready, "broker", lambda: "not reached")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1))
    assert told(client)[1] == {"broker": "not reached", "disk": "less than 500 MB free at FILES and VAR"}


def test_a_broker_that_is_away_is_said_in_a_second(settings, monkeypatch):
    monkeypatch.undo()
    nowhere = mock.MagicMock()
    nowhere.__enter__().ensure_connection.side_effect = OSError
    with mock.patch("trace_site.ready.current_app.connection_for_write", return_value=nowhere):
        assert ready.broker() == "not reached"
    assert nowhere.__enter__().ensure_connection.call_args.kwargs["timeout"] <= 1


def test_a_process_is_seen_by_the_clock_of_the_database(db, monkeypatch):
    wrong = sightings.timezone.now() + sightings.LATELY * 10
    monkeypatch.setattr(sightings.timezone, "now", lambda: wrong)
    sightings.note(name="now@host", lanes=["letters-now"])
    assert sightings.ages(["letters-now"])["letters-now"] < 60
    assert 590 < Sighting.objects.get().ahead <= 601


def test_workers_and_the_clock_say_that_they_are_there(db, settings, monkeypatch):
    monkeypatch.setattr(sighted.connection, "close", lambda: None)
    for signal in (signals.heartbeat_sent, signals.after_task_publish):
        monkeypatch.setattr(signal, "receivers", [])
    sighted.worker("work@host")
    sighted.beat()
    signals.heartbeat_sent.send(sender=None)
    signals.after_task_publish.send(sender=None)
    assert set(Sighting.objects.values_list("lanes", "keys")) == {(" ".join(LANES), "empty"), ("beat", "")}
    with AWAY:  # an outage is a line in the log, and the process lives on
        sighted.Word("late@host", lambda: [], sees_keys=True).give()


def test_another_folder_of_keys_is_noticed(db, settings):
    assert mark.look() == mark.Found.EMPTY
    settings.KEY_STORE.mkdir(mode=0o700)
    assert (mark.look(), mark.look()) == (mark.Found.OK, mark.Found.OK)
    settings.KEY_STORE.rename(settings.KEY_STORE.parent / "unmounted")
    assert mark.look() == mark.Found.GONE
    settings.KEY_STORE.mkdir(mode=0o700)
    assert mark.look() == mark.Found.OTHER
    assert mark.accept() == mark.Found.OK
    assert mark.look() == mark.Found.OK
