"""Redis as a cache, as long as it answers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer


@contextmanager
def _forgiving() -> Iterator[None]:
    """A wrong password is no server that is away: silently forgiven, no failure would be counted for weeks."""
    try:
        yield
    except AuthenticationError:
        raise
    except (NoConnection, NoAnswer):
        return


class ForgivingRedisCache(RedisCache):
    """Without Redis nothing is remembered and no page fails: people can sign in, only failures are not counted."""

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
