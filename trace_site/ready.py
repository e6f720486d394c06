"""Whether the site can do all that it is there for: what a monitor asks, part by part, in sentences without secrets."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from core.identity.still import why_still
from core.jobs import sightings
from core.keys.mark import Found
from trace_site import files
from trace_site.lanes import LANES

OK = "ok"
NO_DATABASE = "not reached"
LEAST_FREE = 500_000_000  # bytes on each disk that is written to
REMEMBERED = 2.0  # seconds: whoever asks all the time costs nothing

_found: dict[str, str] = {}
_found_at = float("-inf")
is_migrated = False


def parts() -> dict[str, str]:
    """part → 'ok' or what is wrong with it."""
    global _found, _found_at
    if time.monotonic() - _found_at > REMEMBERED:
        _found, _found_at = dict(_look()), time.monotonic()
    return _found


def _look() -> Iterator[tuple[str, str]]:
    is_there = _database() == OK
    yield "database", OK if is_there else NO_DATABASE
    told: dict[str, Callable[[], str]] = {
        "tables": _tables,
        "the one": _is_the_one,
        "beat": lambda: _seen([sightings.BEAT]),
        "workers": lambda: _seen(LANES),
        "keys": _keys,
    }
    for part, ask in told.items():
        yield part, _asked(ask) if is_there else "unknown without the database"
    yield "broker", broker()
    yield "disk", _disk()
    if settings.FILES_BUCKET:
        yield "files", _bucket()


def _asked(question: Callable[[], str]) -> str:
    try:
        return question()
    except DatabaseError:
        return "the database does not know of it: run deploy/release.sh"


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return NO_DATABASE
    return OK


def _tables() -> str:
    """What was once found complete stays so for this process: a newer version comes with new ones."""
    global is_migrated  # noqa: PLW0603
    if not is_migrated:
        executor = MigrationExecutor(connection)
        is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return OK if is_migrated else "not those of this version: run deploy/release.sh"


def _is_the_one() -> str:
    why = why_still()
    return f"stands still ({why.value}): manage.py this_is_the_site" if why else OK


def _seen(lanes: list[str] | tuple[str, ...]) -> str:
    lately = sightings.LATELY.total_seconds()
    missing = [
        f"{lane} (for {age:.0f} s)" if age is not None else lane
        for lane, age in sightings.ages(lanes).items()
        if age is None or age > lately
    ]
    return f"not seen lately: {', '.join(missing)}" if missing else OK


def _keys() -> str:
    """As the workers say: nobody else can look."""
    said = set(sightings.at_work().exclude(keys="").values_list("keys", flat=True))
    wrong = [found.label for found in Found if found in said - {Found.OK, Found.EMPTY}]
    return f"a worker says that the key store {'; '.join(wrong)}" if wrong else OK


def broker() -> str:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
            broker.default_channel  # noqa: B018  # Redis is asked only now
    except Exception:  # whatever the transport raises
        return "not reached"
    return OK


def _disk() -> str:
    short = [name for name, folder in files.disks().items() if _is_full(folder)]
    return f"less than 500 MB free at {' and '.join(short)}" if short else OK


def _bucket() -> str:
    try:
        files.bucket().be_reached()
    except OSError as failure:
        return f"the bucket of FILES is not reached ({failure.strerror})"
    return OK


def _is_full(folder: Path) -> bool:
    while not os.path.exists(folder):
        folder = folder.parent
    return shutil.disk_usage(folder).free < LEAST_FREE
