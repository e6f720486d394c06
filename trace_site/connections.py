"""Connections to the database that are kept from one request to the next, and what may happen to them between."""

import select
from typing import Any

from django.core.signals import request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def leave_the_dead(**_: Any) -> None:
    """Before a request: a server that was restarted has hung up, and a new connection is made. Costs no question to the
    database, as a check of its own would."""
    for kept in connections.all(initialized_only=True):
        if kept.connection is not None and not kept.in_atomic_block and _has_hung_up(kept):
            kept.close()


def _has_hung_up(kept: BaseDatabaseWrapper) -> bool:
    """Nothing was asked, so nothing may have come: what there is to read is a farewell, or the end."""
    if kept.vendor != "postgresql":
        return False
    try:
        descriptor = kept.connection.fileno()
    except Exception:  # whatever the driver says of a connection that is closed
        return True
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(waiting.poll(0))


def read_at_once(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """SQLite refuses a write at once, without any waiting, where the same connection still reads and somebody else has
    written since: 'database is locked'. So there nothing is read bit by bit."""
    if connection.vendor == "sqlite":
        connection.features.can_use_chunked_reads = False


def watch() -> None:
    request_started.connect(leave_the_dead)
    connection_created.connect(read_at_once)
