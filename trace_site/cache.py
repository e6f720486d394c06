"""Redis as a cache, as long as it answers."""

from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer


class ForgivingRedisCache(RedisCache):
    """Without Redis nothing is remembered and no page fails: people can sign in, only failures are not counted."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        with suppress(NoConnection, NoAnswer):
            return super().get(key, default, version)
        return default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with suppress(NoConnection, NoAnswer):
            super().set(key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        with suppress(NoConnection, NoAnswer):
            return super().add(key, value, timeout, version)
        return True

    def delete(self, key: Any, version: int | None = None) -> bool:
        with suppress(NoConnection, NoAnswer):
            return super().delete(key, version)
        return False
