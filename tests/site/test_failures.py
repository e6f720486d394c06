"""A failure as our logs and a service for errors are told of it: where and what kind, never what it met."""

import io
import json
import logging

import pytest
from django.urls import reverse
from sentry_sdk.transport import Transport

from core.jobs import registry
from core.jobs.actions import ask
from core.jobs.registry import Kind
from core.jobs.tasks import run_job
from trace_site import version
from trace_site.failures import ReportHandler
from trace_site.logs import JsonLine
from trace_site.staff import HEADER

WORDS = ("body", "query", "path", "header", "cookie", "message", "local")
SENTINELS = {word: f"s3ntinel-{word}@example.org" for word in WORDS}


class Kept(Transport):
    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []

    def capture_envelope(self, envelope) -> None:
        self.sent.append(envelope.serialize().decode())


@pytest.fixture
def outlets():
    """A line as production writes it, and what would go to the service."""
    lines, kept, root = io.StringIO(), Kept(), logging.getLogger()
    written = logging.StreamHandler(lines)
    written.setFormatter(JsonLine())
    [ours] = [one for one in root.handlers if type(one) is logging.StreamHandler]
    written.filters = ours.filters
    handlers = [written, ReportHandler("https://key@errors.example.org/1", transport=kept)]
    for handler in handlers:
        handler.setLevel(logging.ERROR)
        root.addHandler(handler)
    yield lines, kept.sent
    for handler in handlers:
        root.removeHandler(handler)


def fails(*_args, **_kwargs):
    local = SENTINELS["local"]
    try:
        raise KeyError(local)
    except KeyError as first:
        raise ValueError(SENTINELS["message"]) from first


@pytest.mark.parametrize("room", ["surveys", "s"])
def test_a_failing_page_tells_where_and_nothing_that_it_met(room, client_for, alice, outlets, monkeypatch):
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", fails)
    client = client_for(alice)
    client.raise_request_exception = False
    client.cookies["known"] = SENTINELS["cookie"]
    address = f"/{room}/{SENTINELS['path']}/?q={SENTINELS['query']}"
    data = {"words": SENTINELS["body"]}
    assert client.post(address, data, headers={"X-Said": SENTINELS["header"]}).status_code == 500
    told_where_only(outlets)


def test_a_failing_job_is_told_as_well(db, outlets, monkeypatch):
    probe = Kind("probe", run=fails, label="The probe", can_see=lambda *_: True, done_url=lambda _: None)
    monkeypatch.setitem(registry.kinds, "probe", probe)
    run_job(ask(kind="probe", subject="1").pk)
    told_where_only(outlets)


def told_where_only(outlets) -> None:
    lines, [report] = outlets[0].getvalue(), outlets[1]
    for text in (lines, report):
        assert "ValueError" in text
        assert "tests/site/test_failures.py" in text
        assert not [word for word in WORDS if SENTINELS[word].partition("@")[0] in text]
    [line] = lines.splitlines()
    assert json.loads(line)["version"] == version.version()
    event = json.loads(report.splitlines()[2])
    assert [one["type"] for one in event["exception"]["values"]] == ["KeyError", "ValueError"]
    assert event["release"] == version.version()
    assert set(event) <= {
        "event_id",
        "exception",
        "level",
        "logger",
        "message",
        "platform",
        "release",
        "sdk",
        "timestamp",
    }


def test_whom_a_line_names_is_left_out(outlets):
    logging.getLogger("any").error("The letter to %s was put off.", "Amina.Osei+x@example.org")
    assert json.loads(outlets[0].getvalue())["said"] == "The letter to …@… was put off."


def test_the_version_is_for_staff(client_for, alice, bob):
    alice.is_staff = True
    alice.save()
    for who, is_shown in ((alice, True), (bob, False)):
        page = client_for(who).get(reverse("guide:contact"))
        assert (HEADER in page, version.version() in page.content.decode()) == (is_shown, is_shown)


def test_the_version_is_number_and_commit_or_what_an_image_says(tmp_path, monkeypatch):
    number = version.number()
    monkeypatch.setattr(version, "ROOT", tmp_path)
    home = tmp_path / ".git"
    (home / "refs/heads").mkdir(parents=True)
    (home / "HEAD").write_text("ref: refs/heads/main\n")
    (home / "packed-refs").write_text(f"# pack-refs\n{'b' * 40} refs/heads/main\n")
    assert version.version.__wrapped__() == f"{number}+{'b' * 12}"
    (home / "refs/heads/main").write_text("a" * 40)
    assert version.version.__wrapped__() == f"{number}+{'a' * 12}"
    (tmp_path / "VERSION").write_text("1.4.0\n")
    assert version.version.__wrapped__() == "1.4.0"
