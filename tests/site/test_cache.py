"""What the cache keeps, and what people can still do when its server is away."""

import datetime
import pickle
import time
from unittest import mock

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCacheClient

from tests.conftest import PASSWORD
from trace_site.cache import PAUSE, JsonSerializer


def at(location: str) -> dict:
    return {"default": {"BACKEND": "trace_site.cache.ForgivingRedisCache", "LOCATION": location}}


@pytest.fixture
def no_redis(settings, tmp_path):
    settings.CACHES = at(f"unix://{tmp_path / 'nobody.sock'}")
    return settings.CACHES


def test_nothing_is_remembered_and_nothing_fails(no_redis):
    cache.set("key", 1)
    assert cache.get("key", "nothing") == "nothing"
    assert cache.add("key", 1) is True
    assert cache.delete("key") is False


def test_a_server_that_is_away_is_left_alone_for_a_while_and_no_other_is(no_redis, settings):
    cache.get("key")
    now = time.monotonic()
    with mock.patch.object(RedisCacheClient, "get_client") as asked:
        assert cache.get("key", "nothing") == "nothing"
        assert not asked.called
        settings.CACHES = at("unix:///nobody.else")
        cache.get("key")
        assert asked.call_count == 1
        settings.CACHES = no_redis
        with mock.patch.object(time, "monotonic", return_value=now + PAUSE + 1):
            cache.get("key")
        assert asked.call_count == 2


def test_people_can_sign_in_and_up(no_redis, client, alice):
    response = client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    assert response.status_code == 302
    client.logout()
    fields = {"name": "Dana", "email": "dana@example.org", "password1": "a-word-of-her-own"}
    assert client.post("/accounts/signup/", fields).status_code == 302


@pytest.mark.parametrize("value", [0, 7, True, None, "y", "", [1764412800.25, 1.0], {"a": [1, {"b": None}]}])
def test_the_cache_keeps_what_json_can_say(value):
    kept = JsonSerializer()
    assert kept.loads(kept.dumps(value).encode()) == value


@pytest.mark.parametrize("value", [(1, 2), {1: "a"}, {1}, b"x", datetime.date(2026, 1, 1), float("nan"), object()])
def test_the_cache_refuses_anything_else(value):
    with pytest.raises((TypeError, ValueError)):
        JsonSerializer().dumps(value)


class Trap:
    def __reduce__(self):
        return (spring, ())


sprung = []


def spring() -> None:
    sprung.append(True)


def test_what_somebody_slipped_into_the_cache_is_not_run():
    slipped = pickle.dumps(Trap())
    with pytest.raises(ValueError, match="utf-8"):
        JsonSerializer().loads(slipped)
    assert not sprung
    pickle.loads(slipped)  # noqa: S301
    assert sprung
