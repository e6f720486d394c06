"""Every place in which something may have been left: tables, broker and cache, files, logs, letters to those who run
the site. Nothing here knows what belongs where.
"""

import io
import logging
import os
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.core.cache import caches
from django.db import connection

MESSAGE = re.compile(r'"body": ?\\*"([A-Za-z0-9+/=]+)')


def of_tables() -> Iterator[tuple[str, str]]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            yield f"table {table}", "\n".join(_row(row) for row in cursor.fetchall())


def _row(values: tuple) -> str:
    plain = (bytes(one).decode("latin-1") if isinstance(one, bytes | memoryview) else str(one) for one in values)
    return "\t".join(plain)


def of_redis() -> str:
    """Every key and value, and what the messages of the queue hold."""
    if "REDIS_URL" not in os.environ:
        return ""
    url = os.environ["REDIS_URL"]
    place = urlsplit(url)
    own = {"unix_socket_path": place.path, "password": place.password}
    with closing(redis.Redis(**own) if place.scheme == "redis+socket" else redis.Redis.from_url(url)) as store:
        plain = "\n".join(str(key) + str(_value_of(store, key)) for key in store.scan_iter("*"))
    return plain + "\n".join(_decoded(one) for one in MESSAGE.findall(plain))


def _value_of(store: redis.Redis, key: bytes):
    read = {
        b"string": store.get,
        b"hash": store.hgetall,
        b"set": store.smembers,
        b"list": lambda name: store.lrange(name, 0, -1),
        b"zset": lambda name: store.zrange(name, 0, -1),
    }
    return read[store.type(key)](key)


def _decoded(body: str) -> str:
    return b64decode(body + "=" * (-len(body) % 4)).decode("latin-1")


def of_cache() -> str:
    """In memory; a cache on Redis is in `of_redis`."""
    return str([vars(one) for one in caches.all()])


def of_files(*folders: Path) -> Iterator[tuple[str, str]]:
    for folder in folders:
        for path in Path(folder).rglob("*"):
            if path.is_file():
                yield str(path), path.name + path.read_bytes().decode("latin-1")


@contextmanager
def all_that_is_logged() -> Iterator[io.StringIO]:
    """By whomever, at every level, as a handler would write it."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
