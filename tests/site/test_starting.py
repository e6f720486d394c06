"""What web servers and workers say of the key store before they begin."""

import os

import pytest

from tests.users import USERS, as_user, let_everybody_pass, needs_root
from trace_site import starting


@pytest.fixture
def keys(settings):
    let_everybody_pass(settings.KEY_STORE.parent)
    settings.KEY_STORE.mkdir(mode=0o700)
    os.chown(settings.KEY_STORE, USERS["trace-worker"], USERS["trace-worker"])
    return settings.KEY_STORE


@pytest.fixture(autouse=True)
def no_database(monkeypatch):
    monkeypatch.setattr(starting, "ask_the_database", lambda: None)
    monkeypatch.setattr(starting, "begin", lambda: None)


def said(caplog, work) -> str:
    work()
    return caplog.text


@needs_root
def test_a_web_server_that_could_read_keys_warns(keys, caplog):
    assert "can read the keys of surveys" in as_user("trace-worker", lambda: said(caplog, starting.web))
    assert as_user("trace", lambda: said(caplog, starting.web)) == ""


@needs_root
def test_a_worker_that_cannot_read_keys_stops(keys, capfd):
    assert as_user("trace", lambda: stopped(starting.worker)) == starting.STOP
    assert f"TRACE cannot start. {keys} belongs to another system user." in capfd.readouterr().err
    assert as_user("trace-worker", lambda: stopped(starting.worker)) is None


def test_a_worker_whose_store_is_not_there_yet_makes_it_later():
    assert stopped(starting.worker) is None


def stopped(work) -> object:
    try:
        return work()
    except SystemExit as end:
        return end.code
