"""One after another, among all web processes."""

import hashlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache


@contextmanager
def in_turn(key: str, patience: float = 15.0) -> Iterator[None]:
    """Waits until nobody else holds `key`, at most `patience` seconds; then goes on regardless.

    Whoever held it lets go of it, and nobody else: neither who gave up waiting nor who held on for too long.
    """
    key, token = f"turn:{hashlib.sha256(key.encode()).hexdigest()}", secrets.token_hex(8)
    give_up = time.monotonic() + patience
    while not (is_held := cache.add(key, token, timeout=patience)) and time.monotonic() < give_up:
        time.sleep(0.05)
    try:
        yield
    finally:
        if is_held and cache.get(key) == token:  # a hold ends by itself after `patience`: then it may be another's
            cache.delete(key)
