"""What people can still do when the cache's server is away."""

import pytest
from django.core.cache import cache

from tests.conftest import PASSWORD


@pytest.fixture(autouse=True)
def no_redis(settings, tmp_path):
    settings.CACHES = {
        "default": {"BACKEND": "trace_site.cache.ForgivingRedisCache", "LOCATION": f"unix://{tmp_path / 'nobody.sock'}"}
    }


def test_nothing_is_remembered_and_nothing_fails():
    cache.set("key", 1)
    assert cache.get("key", "nothing") == "nothing"
    assert cache.add("key", 1) is True
    assert cache.delete("key") is False


def test_people_can_sign_in_and_up(client, alice):
    response = client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    assert response.status_code == 302
    client.logout()
    fields = {"name": "Dana", "email": "dana@example.org", "password1": "a-word-of-her-own"}
    assert client.post("/accounts/signup/", fields).status_code == 302
