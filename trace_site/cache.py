"""Redis as a cache, as long as it answers."""

import json
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer
from redis.retry import Retry

PAUSE = 5.0  # seconds for which a Redis that does not answer is left alone: a page that asks it ten times waits once

silent_until: dict[str, float] = {}  # of this process, by address


class OnceClient(RedisCacheClient):
    """The library would ask a server that hangs several times over; nobody waits here for more than one time-out."""

    def __init__(self, servers: Any, **options: Any) -> None:
        super().__init__(servers, retry=Retry(NoBackoff(), 0), **options)


class ForgivingRedisCache(RedisCache):
    """Without Redis nothing is remembered and no page fails.

    A wrong password is no server that is away: silently forgiven, nothing would be remembered for weeks.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OnceClient
        self._where = str(server)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._unless_away(super().get, key, default, version, otherwise=default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._unless_away(super().set, key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._unless_away(super().add, key, value, timeout, version, otherwise=True)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._unless_away(super().delete, key, version, otherwise=False)

    def _unless_away(self, ask: Callable[..., Any], *given: Any, otherwise: Any = None) -> Any:
        if time.monotonic() < silent_until.get(self._where, 0.0):
            return otherwise
        try:
            return ask(*given)
        except AuthenticationError:
            raise
        except (NoConnection, NoAnswer):
            silent_until[self._where] = time.monotonic() + PAUSE
            return otherwise


class JsonSerializer:
    """Only what comes back from JSON as it went: unlike a pickle, nothing that is read here can be made to run."""

    def dumps(self, value: Any) -> str:
        text = json.dumps(value, allow_nan=False)
        if json.loads(text) != value:
            raise TypeError(f"The cache keeps what JSON can say, and cannot keep this {type(value).__name__}.")
        return text

    def loads(self, stored: bytes) -> Any:
        return json.loads(stored)
