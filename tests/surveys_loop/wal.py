"""What PostgreSQL's log of changes tells somebody who keeps it: which transaction touched which row of which table."""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import stage

RECORD = re.compile(r"rmgr: (\w+) .* tx: +(\d+), .*?desc: (\S+) (.*)")
BLOCK = re.compile(r"blkref #(\d+): rel \d+/(\d+)/(\d+)(?: fork \w+)? blk (\d+)")
OLD = re.compile(r"(?<![\w])(?:old_)?off:? (\d+)")
NEW = re.compile(r"new[_ ]off:? (\d+)")

Row = tuple[str, int, int]  # table, block, number in it


@dataclass(frozen=True)
class Change:
    transaction: int
    how: str  # INSERT, LOCK, HOT_UPDATE …
    row: Row
    becomes: Row | None = None  # where an update has put it


def changes(connection: Any, data: Path, start: str) -> list[Change]:
    """All changes of rows of this database since `start`, and locks on rows, in their order."""
    tables, database, end = _tables(connection), *_here(connection)
    files = [data / "pg_wal" / _one(connection, f"SELECT pg_walfile_name('{place}')") for place in (start, end)]
    lines = _waldump(files, start, end).splitlines()
    return [change for line in lines for change in _changes(line, tables, database)]


def position(connection: Any) -> str:
    return _one(connection, "SELECT pg_current_wal_insert_lsn()")


def named(found: list[Change], places: dict[Row, int], table: str) -> set[int]:
    """People of whom a row was written or locked in a transaction that wrote to `table`; `places`: at the beginning."""
    people, touched, kept = dict(places), defaultdict(set), set()
    for change in found:
        if change.row in people:
            touched[change.transaction].add(people[change.row])
            if change.becomes:
                people[change.becomes] = people[change.row]
        if change.row[0] == table:
            kept.add(change.transaction)
    return set().union(*(touched[transaction] for transaction in kept))


def touched(found: list[Change], places: dict[Row, int]) -> set[int]:
    """People of whom any row was written or locked."""
    return {places[change.row] for change in found if change.row in places}


def _changes(line: str, tables: dict[int, str], database: int) -> Iterator[Change]:
    record = RECORD.match(line)
    if not record or record[1] not in {"Heap", "Heap2"}:
        return
    blocks = {int(number): (int(of), int(relation), int(block)) for number, of, relation, block in BLOCK.findall(line)}
    if 0 not in blocks or blocks[0][0] != database or blocks[0][1] not in tables:
        return
    table, new_block = tables[blocks[0][1]], blocks[0][2]
    old_block = blocks.get(1, blocks[0])[2]
    old, new = OLD.search(record[4]), NEW.search(record[4])
    if old is None:
        yield Change(int(record[2]), record[3], (table, new_block, 0))
        return
    becomes = (table, new_block, int(new[1])) if new else None
    yield Change(int(record[2]), record[3], (table, old_block, int(old[1])), becomes)


def _waldump(files: list[Path], start: str, end: str) -> str:
    """`files`: the one in which it starts and the one in which it ends; of others nothing may have been written yet."""
    binary = max(stage.DEBIAN_POSTGRES.glob("*/bin/pg_waldump"), default=Path("pg_waldump"))
    command = [binary, "--start", start, "--end", end, *files]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.stdout, done.stderr  # it complains of a last record that somebody else is still writing
    return done.stdout


def _here(connection: Any) -> tuple[int, str]:
    _one(connection, "CHECKPOINT")
    database = _one(connection, "SELECT oid FROM pg_database WHERE datname = current_database()")
    return int(database), _one(connection, "SELECT pg_current_wal_flush_lsn()")


def _tables(connection: Any) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relfilenode, relname FROM pg_class WHERE relkind = 'r' AND relfilenode <> 0")
        return dict(cursor.fetchall())


def _one(connection: Any, sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None
