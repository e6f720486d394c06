"""What a database is made of, as far as whoever writes into it must know."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from tests.stage import SQLITE, connect

TABLES = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
        NOT a.attnotnull OR a.atthasdef OR a.attidentity <> ''
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
        AND a.attnum > 0 AND NOT a.attisdropped
"""
RULES = """
    SELECT o.conname, c.relname, array_agg(a.attname::text)
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (o.conkey)
    WHERE o.contype IN ('c', 'f', 'u') AND NOT c.relispartition GROUP BY 1, 2
    UNION ALL
    SELECT i.relname, c.relname, array_agg(a.attname::text)
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (x.indkey)
    WHERE x.indisunique AND NOT c.relispartition GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Column:
    kind: str
    may_be_null: bool
    may_be_left_out: bool  # by an insert that does not know of it


@dataclass(frozen=True)
class Shape:
    columns: dict[str, Column]  # table.column
    rules: dict[str, set[str]]  # of PostgreSQL: what it refuses → about which columns

    @property
    def tables(self) -> set[str]:
        return {_table(name) for name in self.columns}


def shape_of(url: str) -> Shape:
    with closing(connect(url)) as database, closing(database.cursor()) as cursor:
        if url.startswith(SQLITE):
            return Shape(dict(_columns_of_sqlite(cursor)), {})
        cursor.execute(TABLES)
        columns = {f"{table}.{column}": Column(*facts) for table, column, *facts in cursor.fetchall()}
        cursor.execute(RULES)
        return Shape(columns, {rule: {f"{table}.{one}" for one in about} for rule, table, about in cursor.fetchall()})


def _columns_of_sqlite(cursor) -> Iterator[tuple[str, Column]]:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (table,) in cursor.fetchall():
        cursor.execute(f'PRAGMA table_info("{table}")')
        for _number, column, kind, must_be_given, default, is_key in cursor.fetchall():
            may_be_left_out = not must_be_given or default is not None or bool(is_key)
            yield f"{table}.{column}", Column(kind, not must_be_given, may_be_left_out)


def taken_away(was: Shape, now: Shape) -> Iterator[str]:
    """What an insert or a query of whoever knows only how it was would fall over."""
    for name, column in was.columns.items():
        there = now.columns.get(name)
        if there is None:
            yield f"{name} is gone"
        elif there.kind != column.kind and not _is_wider(there.kind, column.kind):
            yield f"{name} is of another kind"
        elif column.may_be_null and not there.may_be_null:
            yield f"{name} must be given"
    new = now.columns.keys() - was.columns.keys()
    for name in new:
        if _table(name) in was.tables and not now.columns[name].may_be_left_out:
            yield f"{name} must be given"
    for rule, about in now.rules.items():
        if rule not in was.rules and not about <= new and {_table(name) for name in about} <= was.tables:
            yield f"{rule} refuses what was taken before"


def _table(name: str) -> str:
    return name.partition(".")[0]


def _is_wider(kind: str, than: str) -> bool:
    """Longer texts are no other kind; shorter ones are, and the table would be written anew."""
    sizes = [re.fullmatch(r"(?:character varying|varchar)\((\d+)\)", one) for one in (kind, than)]
    return all(sizes) and int(sizes[0][1]) > int(sizes[1][1])
