"""A Redis that takes a password on a private socket, for the workers and for the cache; nothing in it can be run."""

import os
import re
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.core.cache import caches
from kombu import Connection
from kombu.exceptions import ContentDisallowed

from tests.stage import ROOT, comes_true, stop, temp_redis
from trace_site import embedded
from trace_site.celery import app

pytestmark = pytest.mark.postgres

WORD = "change-me"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Iterator[Path]:
    """The socket of a Redis with the configuration that we ship, in another folder."""
    home = tmp_path_factory.mktemp("redis")
    text, found = re.subn(r"/run/redis-trace", str(home), (ROOT / "deploy" / "redis.conf").read_text())
    assert found == 1
    (home / "redis.conf").write_text(text)
    command = [embedded.redis_binary(), home / "redis.conf", "--dir", home, "--logfile", home / "log"]
    server = subprocess.Popen(command, start_new_session=True)
    try:
        assert comes_true((home / "redis.sock").exists, seconds=10, of=server)
        yield home / "redis.sock"
    finally:
        stop(server, signal.SIGTERM)


def broker(socket: Path, word: str = WORD, number: int = 0) -> str:
    return f"redis+socket://{f':{word}@' if word else ''}{socket}?virtual_host={number}"


def test_nobody_reaches_it_without_the_password(shipped):
    for word in (None, "wrong"):
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(unix_socket_path=str(shipped), password=word).ping()
    known = redis.Redis(unix_socket_path=str(shipped), password=WORD)
    assert known.ping()
    assert known.config_get("port", "save", "appendonly") == {"port": "0", "save": "", "appendonly": "no"}
    known.close()


def test_only_its_group_reaches_the_socket(shipped):
    assert stat.S_IMODE(os.stat(shipped).st_mode) == 0o770


def test_workers_and_cache_give_the_password(shipped, settings):
    with Connection(broker(shipped)) as connection:
        queue = connection.SimpleQueue("bell")
        queue.put({"job": 1})
        message = queue.get(timeout=5)
        assert message.payload == {"job": 1}
        message.ack()
        queue.close()
    assert cached(broker(shipped, number=1), settings) == [1.5]
    known = redis.Redis(unix_socket_path=str(shipped), password=WORD, db=1)
    assert known.mget(known.keys()) == [b"[1.5]"]
    known.close()


@pytest.mark.parametrize("word", ["", "wrong"])
def test_neither_comes_in_with_another(word, shipped, settings):
    with Connection(broker(shipped, word)) as connection, pytest.raises(redis.AuthenticationError):
        connection.connect()
    with pytest.raises(redis.AuthenticationError):
        cached(broker(shipped, word), settings)


def cached(url: str, settings) -> object:
    options = {"serializer": "trace_site.cache.JsonSerializer"}
    one = {"BACKEND": "trace_site.cache.ForgivingRedisCache", "LOCATION": embedded.cache_url(url), "OPTIONS": options}
    settings.CACHES = {"default": one}
    caches["default"].set("times", [1.5])
    return caches["default"].get("times")


def test_workers_take_nothing_but_json():
    """A message that would run as it is read, from somebody who knows the password."""
    with temp_redis() as url, Connection(url) as connection:
        queue = connection.SimpleQueue("bell", serializer="pickle")
        queue.put({"job": 1})
        refusing = connection.SimpleQueue("bell", accept=app.conf.accept_content)
        with pytest.raises(ContentDisallowed):
            _ = refusing.get(timeout=5).payload
        queue.put({"job": 1})
        trusting = connection.SimpleQueue("bell", accept=["pickle"])
        assert trusting.get(timeout=5).payload == {"job": 1}
        for one in (queue, refusing, trusting):
            one.close()


def test_every_task_leaves_as_json():
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.event_serializer == "json"
