"""Respondents leave no line in a log."""

import logging

import pytest
from django.urls import reverse

from tests.diagnostics.launched import draft_in, workspace_of
from trace_site.logs import RespondentsUnseen


def record(level: int, path: str) -> logging.LogRecord:
    return logging.LogRecord("django.request", level, "", 0, "%s: %s", ("Said", path), None)


@pytest.mark.parametrize(
    "path",
    [
        "/s/secret-of-a-link/",
        "/answer/survey/save/",
        "/reports/results/survey/",
        '"GET /s/secret-of-a-link/ HTTP/1.1"',
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
