"""Redis as a cache, as long as it answers."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer
from redis.retry import Retry

PAUSE = 5.0  # seconds for which a Redis that does not answer is left alone: a page that asks it ten times waits once

silent_until = 0.0  # for this process


class _LeftAlone(Exception):
    pass


@contextmanager
def _forgiving() -> Iterator[None]:
    """A wrong password is no server that is away: silently forgiven, no failure would be counted for weeks."""
    global silent_until  # noqa: PLW0603
    try:
        yield
    except AuthenticationError:
        raise
    except (NoConnection, NoAnswer):
        silent_until = time.monotonic() + PAUSE
    except _LeftAlone:
        return


def _reach() -> None:
    if time.monotonic() < silent_until:
        raise _LeftAlone


class OnceClient(RedisCacheClient):
    """The library would ask a server that hangs several times over; nobody waits here for more than one time-out."""

    def __init__(self, servers: Any, **options: Any) -> None:
        super().__init__(servers, retry=Retry(NoBackoff(), 0), **options)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        _reach()
        return super().get_client(key, write=write)


class ForgivingRedisCache(RedisCache):
    """Without Redis nothing is remembered and no page fails: people can sign in, only failures are not counted."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OnceClient

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with _forgiving():
            return super().get(key, default, version)
        return default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with _forgiving():
            super().set(key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with _forgiving():
            return super().add(key, value, timeout, version)
        return True

    def delete(self, key: Any, version: int | None = None) -> bool:
        with _forgiving():
            return super().delete(key, version)
        return False


class JsonSerializer:
    """Only what comes back from JSON as it went: unlike a pickle, nothing that is read here can be made to run."""

    def dumps(self, value: Any) -> str:
        text = json.dumps(value, allow_nan=False)
        if json.loads(text) != value:
            raise TypeError(f"The cache keeps what JSON can say, and cannot keep this {type(value).__name__}.")
        return text

    def loads(self, stored: bytes) -> Any:
        return json.loads(stored)
