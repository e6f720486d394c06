"""One after another, among all web processes."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache


@contextmanager
def in_turn(key: str, patience: float = 15.0) -> Iterator[None]:
    """Waits until nobody else holds `key`, at most `patience` seconds; then goes on regardless."""
    key = f"turn:{hashlib.sha256(key.encode()).hexdigest()}"
    give_up = time.monotonic() + patience
    while not cache.add(key, True, timeout=patience) and time.monotonic() < give_up:
        time.sleep(0.05)
    try:
        yield
    finally:
        cache.delete(key)
