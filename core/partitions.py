"""Tables that keep the rows of each survey, or of whatever a column names, where they can be thrown away as a whole.

A model says so by `partitioned_by`. On PostgreSQL every value of that column has a partition of its own: emptying it
gives its files back, and no dead row stays behind. SQLite has one table, and overwrites what is deleted
(`secure_delete`, see settings).
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, migrations, models, transaction
from django.db.utils import OperationalError

PATIENCE = "2s"  # that dropping waits for whoever reads the whole table, before it is put off


class CreatePartitionedModel(migrations.CreateModel):
    """The same, partitioned by the column `by` on PostgreSQL; the primary key and every unique key must hold it."""

    def __init__(self, name: str, fields: list, by: str, **kwargs: Any) -> None:
        super().__init__(name, fields, **kwargs)
        self.by = by

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        name, arguments, named = super().deconstruct()
        return name, arguments, named | {"by": self.by}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        plain = schema_editor.sql_create_table
        schema_editor.sql_create_table = f"{plain} PARTITION BY LIST ({self.by})"
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        schema_editor.sql_create_table = plain
        model = to_state.apps.get_model(app_label, self.name)
        schema_editor.execute(_without_statistics(model, model._meta.db_table))


def open_partition(model: type[models.Model], value: int) -> None:
    """Made beside the table and attached, so that nobody who writes to another partition has to wait."""
    if connection.vendor != "postgresql" or _exists(model, value):
        return
    table, part = _table(model), _part(model, value)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {part} (LIKE {table} INCLUDING ALL)")
        cursor.execute(_without_statistics(model, part))
        cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {part} FOR VALUES IN ({value:d})")


def empty_partition(model: type[models.Model], value: int) -> None:
    """In the transaction of the caller: until that ends, all is still there."""
    if connection.vendor != "postgresql":
        model._base_manager.filter(**{_column(model): value}).delete()
    elif _exists(model, value):
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {_part(model, value)}")


def drop_partition(model: type[models.Model], value: int) -> None:
    """Once it is empty. Where somebody reads the whole table for long, as a dump does, an empty one stays."""
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute(f"DROP TABLE IF EXISTS {_part(model, value)}")
    except OperationalError:
        return


def truncate_log() -> None:
    """Of SQLite, which keeps changed pages in a log beside the database until it is told to write them back."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_statistics(model: type[models.Model], table: str) -> str:
    """The planner's statistics copy values out of a table to where they outlive it."""
    columns = (field.column for field in model._meta.concrete_fields if field.column)
    return f"ALTER TABLE {table} " + ", ".join(f"ALTER COLUMN {column} SET STATISTICS 0" for column in columns)


def _exists(model: type[models.Model], value: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [_part(model, value)])
        return cursor.fetchone()[0] is not None


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _part(model: type[models.Model], value: int) -> str:
    return f"{_table(model)}_{value:d}"


def _column(model: type[models.Model]) -> str:
    column: str = model.partitioned_by  # type: ignore[attr-defined]  # which makes it one of ours
    return column
