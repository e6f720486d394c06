"""The two engines: how each is read as it was at one moment, and how what was read is put back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction

from core.identity.still import TABLE
from trace_site.backups.manifest import BackupError

# What signs people in, and what may be made again: a copy keeps neither.
LEFT_OUT = ("django_session", "cache")
TOLD_BY_ENVIRONMENT = {  # parameters of a connection → what libpq reads; so no password stands on a command line
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
WAYS = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}  # engine → the file that holds it


def engine() -> str:
    return connection.vendor


def engine_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if engine() == "postgresql" else "SELECT sqlite_version()")
        return str(cursor.fetchone()[0])


@contextmanager
def dumped(path: Path) -> Iterator[None]:
    """Writes the database to `path`. What is asked within the block is answered as of the same moment."""
    with _dumped_postgresql(path) if engine() == "postgresql" else _dumped_sqlite(path):
        yield


@contextmanager
def _dumped_postgresql(path: Path) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        leave_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
        shape = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        run("pg_dump", *shape, *leave_out, f"--file={path}")
        yield


@contextmanager
def _dumped_sqlite(path: Path) -> Iterator[None]:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy, connection.cursor() as cursor:
        cursor.execute("BEGIN")  # without the lock that our transactions take: nobody waits
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()
            _copy_sqlite(connection.connection, copy)
            yield
        finally:
            cursor.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in there.intersection(LEFT_OUT):
            copy.execute(f"DELETE FROM {table}")  # noqa: S608  # a name from above
        if TABLE in there:  # the file may be put back where this one lies, and it must stand still there
            copy.execute(f"UPDATE {TABLE} SET place = ''")  # noqa: S608
        copy.commit()


def _copy_sqlite(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    try:
        source.backup(copy)
    except sqlite3.Error as failure:
        raise BackupError(f"The database could not be copied: {failure}.") from failure


def tables() -> list[str]:
    """Those that a copy keeps; of a table in partitions the whole."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_list(cursor)
    return sorted(one.name for one in found if one.type in "tp" and one.name not in LEFT_OUT and not _is_part(one.name))


def rows_of(names: list[str]) -> dict[str, int]:
    """How many rows each of the tables has."""
    counts = {}
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  # as introspected
            counts[name] = int(cursor.fetchone()[0])
    return counts


def _is_part(name: str) -> bool:
    if engine() != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT relispartition FROM pg_class WHERE oid = to_regclass(%s)", [name])
        row = cursor.fetchone()
    return bool(row and row[0])


def put_back(path: Path) -> None:
    """In place of whatever tables there are. Raises BackupError; on PostgreSQL the database is empty then."""
    if engine() == "postgresql":
        _empty_postgresql()
        connection.close()
        name = connection.settings_dict["NAME"]
        whole = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        run("pg_restore", *whole, f"--dbname={name}", str(path))
    else:
        connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            copy.backup(connection.connection)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
    connection.close()


@transaction.atomic
def _empty_postgresql() -> None:
    """All that a role without rights over others can have made in its schema; whoever still works there is not
    waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f"DROP TABLE IF EXISTS {table} CASCADE")
        cursor.execute(
            "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            " AND pg_get_userbyid(proowner) = current_user"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION IF EXISTS {function} CASCADE")


def run(program: str, *arguments: str) -> None:
    """Raises BackupError with the last line that the program said."""
    if shutil.which(program) is None:
        raise BackupError(f"{program} is missing. Install PostgreSQL's programs: apt-get install postgresql-client")
    done = subprocess.run([program, *arguments], env=_environment(), check=False, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise BackupError(f"{program} has failed: {said[-1] if said else 'it said nothing'}")


def _environment() -> dict[str, str]:
    parameters = connection.get_connection_params()
    told = {TOLD_BY_ENVIRONMENT[name]: str(parameters[name]) for name in TOLD_BY_ENVIRONMENT if parameters.get(name)}
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | told
