"""What `manage.py doctor` finds, on a site that is well and on broken ones."""

from io import StringIO
from unittest import mock

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client

from core.jobs import sightings
from core.jobs.models import Sighting
from trace_site import doctor, ready
from trace_site.lanes import LANES
from trace_site.version import version


@pytest.fixture(autouse=True)
def broker(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(ready, "broker", lambda: ready.OK)
    settings.VAR = tmp_path


@pytest.fixture
def well(db, settings, tmp_path):
    settings.KEY_STORE.mkdir(mode=0o700)
    (tmp_path / "files").mkdir()
    sightings.note(name="all@host", lanes=[*LANES, sightings.BEAT], keys="ok", version=version())


def told(*words: str) -> tuple[int, str]:
    out, status = StringIO(), 0
    try:
        call_command("doctor", *words, stdout=out)
    except SystemExit as end:
        status = end.code
    return status, out.getvalue()


def wrong(part: str) -> list[str]:
    return [line.said for line in doctor.examined({part: doctor.QUESTIONS[part]}) if not line.is_ok]


def test_every_question_is_answered(well):
    status, said = told()
    assert "could not be looked at" not in said
    assert {line.split()[1] for line in said.splitlines() if line[:3] in ("ok ", "NOT")} == set(doctor.QUESTIONS)
    assert status == (1 if "NOT" in said else 0)


def test_a_broken_site_is_told_without_a_traceback(settings, monkeypatch):
    with (
        mock.patch("django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection", side_effect=OperationalError),
        mock.patch("django.db.backends.base.base.BaseDatabaseWrapper.cursor", side_effect=OperationalError),
    ):
        status, said = told()
    assert status == 1
    assert "NOT  database     is not reached (OperationalError)." in said
    assert "NOT  workers      could not be looked at (OperationalError)." in said
    assert said.endswith("are not well.\n")


@pytest.mark.parametrize(
    ("part", "changes", "said"),
    [
        ("workers", {"lanes": "files"}, "letters-now: nobody was seen within a day."),
        ("workers", {"version": "0.0.9"}, "all@host runs 0.0.9."),
        ("clocks", {"ahead": -30.0}, "all@host differs from the database by -30.0 s."),
    ],
)
def test_what_a_worker_says_is_judged(well, part, changes, said):
    assert wrong(part) == []
    Sighting.objects.update(**changes)
    assert said in wrong(part)


def test_processes_that_begin_are_waited_for(well, monkeypatch):
    Sighting.objects.update(version="0.0.9")
    waited = []

    def sleep(seconds):
        waited.append(seconds)
        Sighting.objects.update(version=version())

    monkeypatch.setattr(doctor.time, "sleep", sleep)
    assert "runs 0.0.9" not in told("--wait")[1]
    assert waited
    monkeypatch.setattr(doctor, "PATIENCE", 0.0)
    Sighting.objects.all().delete()
    assert "NOT  workers" in told("--wait")[1]


def test_keys_lie_apart_shut_and_on_their_own_disk(well, settings, tmp_path):
    assert wrong("keys") == []
    settings.KEY_STORE.chmod(0o755)
    assert wrong("keys") == ["has the mode 0755."]
    settings.KEY_STORE.rename(tmp_path / "unmounted")
    settings.KEY_STORE.mkdir(mode=0o700)
    assert "another folder" in wrong("keys")[0]
    told("--accept-key-store")
    assert wrong("keys") == []
    settings.MEDIA_ROOT = str(tmp_path)
    assert wrong("keys") == ["KEY_STORE lies inside FILES."]


def test_a_letter_leaves(well):
    assert "The test letter has left." in told("--letter-to=admin@example.org")[1]
    assert [letter.to for letter in mail.outbox] == [["admin@example.org"]]


@pytest.mark.parametrize(
    ("proxy", "wrong"),
    [
        ({"X-Forwarded-For": "198.51.100.4", "X-Forwarded-Proto": "https", "Host": "trace.example.org"}, []),
        ({"X-Forwarded-Proto": "https", "Host": "trace.example.org"}, ["can pretend to be anybody"]),
        ({"X-Forwarded-For": "198.51.100.4", "Host": "trace.example.org"}, ["arrive as http."]),
        ({"X-Forwarded-For": "198.51.100.4", "X-Forwarded-Proto": "https", "Host": "web:8000"}, ["for web:8000."]),
    ],
)
def test_headers_are_seen_as_they_arrive(well, settings, monkeypatch, proxy, wrong):
    settings.SITE_URL, settings.ALLAUTH_TRUSTED_PROXY_COUNT = "https://trace.example.org", 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def fetched(address: str, **headers: str) -> tuple[int, str]:
        answer = Client().get(address.partition("example.org")[2], headers=headers | proxy)
        return answer.status_code, answer.content.decode()

    monkeypatch.setattr(doctor, "fetched", fetched)
    found = [line.said for line in doctor._way_in() if not line.is_ok]
    assert len(found) == len(wrong)
    assert all(part in said for part, said in zip(wrong, found, strict=True))


def test_another_server_under_our_name_is_noticed(settings, monkeypatch):
    settings.SITE_URL = "https://trace.example.org"
    monkeypatch.setattr(doctor, "fetched", lambda address, **headers: (200, "Welcome to nginx!"))
    assert [line.is_ok for line in doctor._way_in()] == [False]
