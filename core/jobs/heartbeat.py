"""A thread that keeps saying 'still at it' while a handler works, for exactly as long as its claim holds."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.db.models.functions import Now

from core.jobs.models import JobQuerySet

logger = logging.getLogger(__name__)

INTERVAL = 2.0  # seconds; a job is stale after several missed beats (`STALE_AFTER` in models.py)


@contextmanager
def beating(held: Callable[[], JobQuerySet]) -> Iterator[None]:
    """`held()` is the row of the job while the claim holds, else no row."""
    stop = threading.Event()
    heart = threading.Thread(target=_beat_until, args=(held, stop), daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def _beat_until(held: Callable[[], JobQuerySet], stop: threading.Event) -> None:
    try:
        while not stop.wait(INTERVAL) and _beat(held):
            pass
    finally:
        connection.close()


def _beat(held: Callable[[], JobQuerySet]) -> bool:
    """False when the claim is lost; a database that is busy or away for a moment is tried again."""
    try:
        return bool(held().update(heartbeat_at=Now()))
    except DatabaseError as failure:
        logger.warning("A heartbeat was missed (%s).", type(failure).__name__)
        connection.close()
        return True
