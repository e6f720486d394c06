"""Respondents leave no line in a log."""

import io
import json
import logging
import signal
import socket
import subprocess
import sys
from contextlib import suppress

import pytest
from django.db import IntegrityError
from django.urls import reverse

from tests.diagnostics.launched import draft_in, workspace_of
from tests.site.test_settings import PRODUCTION
from tests.stage import ROOT, clean_environment, comes_true, free_port, stop
from trace_site.logs import NoSecrets, RespondentsUnseen


def record(level: int, path: str) -> logging.LogRecord:
    return logging.LogRecord("django.request", level, "", 0, "%s: %s", ("Said", path), None)


@pytest.mark.parametrize(
    "path",
    [
        "/s/secret-of-a-link/",
        "/answer/survey/save/",
        "/reports/results/survey/",
        '"GET /s/secret-of-a-link/ HTTP/1.1"',
        "https://trace.example.org/s/secret-of-a-link/",
    ],
)
def test_what_respondents_do_is_dropped(path):
    assert not RespondentsUnseen().filter(record(logging.WARNING, path))


def test_a_failure_of_ours_is_told_without_the_address():
    failure = record(logging.ERROR, "/s/secret-of-a-link/")
    failure.request = "holds cookies and fields"
    assert RespondentsUnseen().filter(failure)
    assert failure.getMessage() == "Said: /s/…"
    assert not hasattr(failure, "request")


@pytest.mark.parametrize("path", ["/workspaces/s/", "/reports/surveys/x/", "/accounts/login/", "/"])
def test_other_lines_stay(path):
    assert RespondentsUnseen().filter(record(logging.WARNING, path))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/workspaces/invitations/abc:def/", "/workspaces/invitations/…"),
        ("/accounts/password/reset/key/1-abc-def/", "/accounts/password/reset/key/…"),
        ("/accounts/confirm-email/MQ:abc/", "/accounts/confirm-email/…"),
        ("https://trace.example.org/accounts/confirm-email/MQ:abc/", "/accounts/confirm-email/…"),
        ("//s//Vjcqfrgntnlszhxgvw0RfQ/", "//s//…/"),
        ("/S/Vjcqfrgntnlszhxgvw0RfQ/", "/S/…/"),
        ("/workspaces/k4dqfrgntnlszhxg/members/new/", "/workspaces/k4dqfrgntnlszhxg/members/new/"),
    ],
)
def test_other_lines_lack_what_opens_something(path, said):
    line = record(logging.WARNING, path)
    assert NoSecrets().filter(line)
    assert line.getMessage() == f"Said: {said}"


def failed(path: str, failure: Exception) -> str:
    """The line in the log, as the settings have it."""
    stream = io.StringIO()
    handler = logging.getLogger().handlers[0]
    line, words = record(logging.ERROR, path), "their words"
    try:
        raise ValueError(words) from failure
    except ValueError as caught:
        line.exc_info = (type(caught), caught, caught.__traceback__)
    [stderr] = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler] or [handler]
    copy = logging.StreamHandler(stream)
    copy.filters, copy.formatter = stderr.filters, stderr.formatter
    copy.handle(line)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("path", "failure"),
    [("/answer/survey/save/", KeyError("their words")), ("/surveys/x/", IntegrityError("Key (email)=(their words)"))],
)
def test_a_failure_is_told_without_the_words_that_it_met(path, failure):
    said = failed(path, failure)
    assert "their words" not in said
    assert "test_logs.py" in said
    assert said.index(type(failure).__name__) < said.index("ValueError")


def test_other_failures_keep_their_text():
    assert "their words" in failed("/surveys/x/", KeyError("their words"))


ODD = b"GET /s/%s/ HTTP/1.1 and more\r\n\r\n"


def quoted(application: str, tmp_path) -> str:
    """What gunicorn says of a request that it cannot read, and of a page that fails."""
    port, said, secret = free_port(), tmp_path / "said", b"Zz0123456789"
    command = [sys.executable, "-W", "ignore", "-m", "gunicorn", application, f"--bind=127.0.0.1:{port}"]
    settings = PRODUCTION | {"DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/db", "VAR": str(tmp_path)}
    with said.open("w") as out:
        server = subprocess.Popen(
            [*command, "--no-control-socket"],
            cwd=ROOT,
            env=clean_environment(**settings),
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        assert comes_true(lambda: b"400" in sent(port, ODD % secret), seconds=60, of=server), said.read_text()
        sent(port, b"GET /s/%s/ HTTP/1.0\r\nHost: trace.example.org\r\nX-Forwarded-Proto: https\r\n\r\n" % secret)
    finally:
        stop(server, signal.SIGTERM)
    return said.read_text()


def sent(port: int, request: bytes) -> bytes:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        return line.recv(65_536)
    return b""


def test_gunicorn_quotes_no_link(tmp_path):
    said = quoted("trace_site.wsgi", tmp_path)
    assert "Error handling request GET /s/…" in said  # not even the page for failures: no static file was collected
    assert "stored_name" in said
    assert any({"said", "version"} < set(json.loads(line)) for line in said.splitlines() if line.startswith("{"))
    assert "Zz0123456789" not in said


def test_by_itself_gunicorn_would_quote_it(tmp_path):
    fails = "wsgiref.validate:validator"  # it is no application
    assert "GET /s/Zz0123456789/" in quoted(fails, tmp_path)


@pytest.mark.parametrize("name", ["django.request", "django.server", "django.security.csrf"])
def test_the_loggers_that_name_addresses_have_it(name):
    assert any(isinstance(one, RespondentsUnseen) for one in logging.getLogger(name).filters)


def test_a_page_that_is_refused_is_one_line(instrument, client_for, alice, bob, caplog):
    draft = draft_in(workspace_of(alice, facilitator=bob), by=alice)
    assert client_for(bob).get(reverse("answering:preview", args=[draft.public_id])).status_code == 403
    [said] = caplog.records
    assert said.levelno == logging.WARNING
    assert said.exc_info is None


def test_a_failure_keeps_its_traceback(client_for, alice, caplog, monkeypatch):
    monkeypatch.setattr("diagnostics.surveys.access.get_object_or_404", lambda *_args, **_kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        client_for(alice).get(reverse("answering:preview", args=["any"]))
    [said] = caplog.records
    assert said.exc_info[0] is ZeroDivisionError
