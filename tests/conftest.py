"""The cast and the stage that every test shares."""

import datetime
import math
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from unittest import mock
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import translation

from core import clock, guards
from core.accounts.models import User
from core.identity import still
from diagnostics.instrument import fixtures
from diagnostics.instrument.models import Statement
from diagnostics.surveys import hours, statuses
from tests import stage
from tests.stage import PREPARED, SQLITE, connect

PASSWORD = "trace-demo-word"

still.last_look = still.Look(math.inf, None)  # tests act without asking whether they may; those of copies ask
clock.measured = datetime.timedelta  # no test has a database whose clock is another
statuses.clock = lambda: datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # before any close

pytest_plugins = ["tests.browsing", "tests.figures"]


def pytest_sessionfinish(session):
    """A test that CI skips is a test that nobody runs."""
    skipped = session.config.pluginmanager.get_plugin("terminalreporter").stats.get("skipped")
    if skipped and "CI" in os.environ and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> Iterator[None]:
    """The tests' database begins as a copy of the one that was prepared: each migration takes a while."""
    prepared = os.environ.get(PREPARED, "")
    if prepared.startswith(SQLITE):
        in_memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
        with closing(in_memory), closing(connect(prepared)) as source:
            source.backup(in_memory)
            yield  # it lives as long as somebody is connected
    else:
        if prepared:
            connection.settings_dict["TEST"]["TEMPLATE"] = urlsplit(prepared).path[1:]
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """With the model in it, which is read once and not by every test."""
    with django_db_blocker.unblock():
        fixtures.load()


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory) -> Iterator[str]:
    """The address of one with all tables and the model, from which whoever needs processes of their own copies."""
    if PREPARED in os.environ:
        yield os.environ[PREPARED]
    else:
        with stage.prepared_database(tmp_path_factory.mktemp("prepared")) as url:
            yield url


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Callable[[], AbstractContextManager]]:
    """`with made_once():` makes what all tests of a module begin with: theirs are transactions within its own.

    For modules whose tests need no transactions in earnest, and ask for it by a fixture that is `autouse`: whatever
    order they run in, each finds the same.
    """
    folder = tmp_path_factory.mktemp("made_once")
    around = transaction.atomic()
    around._from_testcase = True  # what has to be outermost may be, as in any test

    @contextmanager
    def stage() -> Iterator[None]:
        cache = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
        places = {"CACHES": cache, "MEDIA_ROOT": str(folder / "files"), "KEY_STORE": folder / "keys"}
        with django_db_blocker.unblock(), override_settings(**places):
            if not Statement.objects.exists():
                fixtures.load()
            yield

    with django_db_blocker.unblock():
        around.__enter__()
    yield stage
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def flush_lifts_guards():
    """SQLite empties tables row by row, which guards refuse. After the flush they come back by themselves."""
    plain = flush.Command.handle

    def handle(self, **options):
        for config in apps.get_app_configs():
            guards.remove(getattr(config, "guards", ()))
        plain(self, **options)

    with mock.patch.object(flush.Command, "handle", handle):
        yield


@pytest.fixture(autouse=True)
def quiet_stage(settings, tmp_path):
    """Nothing leaves the process: cache, mail, broker and files are private to one test."""
    settings.CACHES = {"default": private_cache(settings, str(tmp_path))}
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.KEY_STORE = tmp_path / "keys"
    settings.OUTBOX = tmp_path / "outbox"


@pytest.fixture(autouse=True)
def letters_by_night(monkeypatch):
    """Tests run at any hour; those of the hours themselves put them back."""
    monkeypatch.setattr(hours, "FIRST", datetime.time.min)
    monkeypatch.setattr(hours, "LAST", datetime.time.max)


@pytest.fixture(autouse=True)
def first_language():
    """What a page or a job left as the language of the moment ends with its test."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


def private_cache(settings, name: str) -> dict:
    """Redis where one is named, else memory."""
    if "REDIS_URL" in os.environ:
        return settings.CACHES["default"] | {"KEY_PREFIX": secrets.token_hex(8)}
    return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}


@pytest.fixture
def now() -> datetime.datetime:
    return datetime.datetime(2026, 11, 25, 10, 0, tzinfo=datetime.UTC)


def make_user(name: str) -> User:
    user = User.objects.create_user(email=f"{name.lower()}@example.org", password=PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def alice(db) -> User:
    """Owns the workspace."""
    return make_user("Alice")


@pytest.fixture
def bob(db) -> User:
    """Belongs to the workspace."""
    return make_user("Bob")


@pytest.fixture
def charlie(db) -> User:
    """Is outside."""
    return make_user("Charlie")


@pytest.fixture
def instrument(db) -> None:
    """The model as `load_model` leaves it, also where a test before has emptied the tables."""
    if not Statement.objects.exists():
        fixtures.load()


@pytest.fixture
def client_for():
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in
