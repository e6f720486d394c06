"""The cast and the stage that every test shares."""

import datetime
import os
import tempfile

os.environ.setdefault("VAR", tempfile.mkdtemp(prefix="trace-tests-"))

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from core.accounts.models import User
from diagnostics.instrument import fixtures

PASSWORD = "trace-demo-word"


@pytest.fixture(autouse=True)
def quiet_stage(settings, tmp_path):
    """Nothing leaves the process: cache, mail, broker and files are private to one test."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.KEY_STORE = tmp_path / "keys"
    settings.OUTBOX = tmp_path / "outbox"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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
    """The model as `load_model` leaves it."""
    fixtures.load()


@pytest.fixture
def client_for():
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in
