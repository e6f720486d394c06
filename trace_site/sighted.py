"""Workers and the clock say that they are there: workers when they tell the broker so, the clock when it has rung."""

import logging
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any

from celery import current_app, signals
from django.db import DatabaseError, connection

from core.jobs import sightings
from core.keys import mark
from trace_site.version import version

logger = logging.getLogger(__name__)


class Word:
    """Given every few seconds. Its process is the parent of others, to whom it leaves no open connection."""

    def __init__(self, name: str, lanes: Callable[[], Iterable[str]], *, sees_keys: bool) -> None:
        self.name, self.lanes, self.sees_keys = name, lanes, sees_keys
        self.given = float("-inf")

    def give(self, **_: Any) -> None:
        if time.monotonic() - self.given < sightings.EVERY:
            return
        self.given = time.monotonic()
        try:
            keys = mark.look() if self.sees_keys else ""
            sightings.note(name=self.name, lanes=self.lanes(), version=version(), keys=keys)
        except (DatabaseError, OSError) as failure:
            logger.warning("%s could not say that it is there (%s).", self.name, type(failure).__name__)
        finally:
            connection.close()


def worker(name: str) -> None:
    """Before the worker begins: later it does not ask who listens."""
    word = Word(name, lambda: current_app.amqp.queues.consume_from, sees_keys=True)
    signals.heartbeat_sent.connect(word.give, weak=False)


def beat() -> None:
    word = Word(f"{sightings.BEAT}@{socket.gethostname()}", lambda: [sightings.BEAT], sees_keys=False)
    signals.after_task_publish.connect(word.give, weak=False)
