"""Whether PostgreSQL would write down what people answer: failing and slow statements go into its log as they came."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connection

# What the role must have, as deploy/postgresql.sql sets it. Extensions such as auto_explain log below FATAL.
QUIET = {
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_min_error_statement": ("panic",),
    "log_min_messages": ("fatal", "panic"),
    "log_error_verbosity": ("terse",),
    "track_activities": ("off",),
}


@checks.register(checks.Tags.database)
def told_by_the_database(databases: Iterable[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """For `manage.py check --database default`; a site that is not in production only warns."""
    found = talkative() if DEFAULT_DB_ALIAS in (databases or ()) else {}
    if not found:
        return []
    values = ", ".join(f"{name} is {value}" for name, value in found.items())
    return [
        checks.CheckMessage(
            _level(),
            f"The database would write parts of what people answer into its log, or show them: {values}.",
            hint="Run deploy/postgresql.sql as its superuser; docs/operations.md says how. Where that cannot be done, "
            "ACCEPT_DATABASE_LOGS=1 starts TRACE all the same.",
            id="trace.E001",
        )
    ]


def talkative() -> dict[str, str]:
    """The settings of our role that differ from what they must be, with what they are; none on SQLite."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(QUIET)])
        return {name: value for name, value in sorted(cursor.fetchall()) if value not in QUIET[name]}


def _level() -> int:
    if settings.ACCEPT_DATABASE_LOGS:
        return checks.INFO
    return checks.WARNING if settings.DEBUG else checks.ERROR
