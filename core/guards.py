"""Tables and columns that refuse to change, on every engine.

A guard is a pair of triggers, a lock is one. SQLite drops triggers whenever a later migration rebuilds their table,
and rebuilds no table of which a trigger elsewhere speaks. So they are not written in migrations: SQLite is without
them while it migrates, and they are put back after every `migrate` (see `GuardedAppConfig`). PostgreSQL keeps those
that stand: to drop one would wait for everybody who reads its table, a backup for instance, and make others wait.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class Trigger(NamedTuple):
    """Refuses `event` ('UPDATE', 'DELETE') on rows for which `condition` holds."""

    name: str
    event: str
    condition: str


@dataclass(frozen=True)
class Guard:
    """`model` ('app.Model') refuses UPDATE and DELETE of rows for which `when` (SQL on OLD) holds."""

    model: str
    message: str
    when: str = "TRUE"

    @property
    def table(self) -> str:
        return apps.get_model(self.model)._meta.db_table

    def triggers(self, vendor: str) -> list[Trigger]:
        return [Trigger(f"{self.table}_no_{verb.lower()}", verb, self.when) for verb in ("UPDATE", "DELETE")]


@dataclass(frozen=True)
class Lock:
    """`model` ('app.Model') refuses UPDATEs that change one of `fields`, of rows for which `when` holds.

    `when` may speak of OLD and NEW; `set_once` lets a field that is NULL be filled. `name` tells the locks of one
    table apart. Rows may still be deleted.
    """

    model: str
    name: str
    fields: tuple[str, ...]
    message: str
    when: str = "TRUE"
    set_once: bool = False

    @property
    def table(self) -> str:
        return apps.get_model(self.model)._meta.db_table

    def triggers(self, vendor: str) -> list[Trigger]:
        columns = [apps.get_model(self.model)._meta.get_field(field).column for field in self.fields]
        changed = " OR ".join(self._changed(column, vendor) for column in columns)
        return [Trigger(f"{self.table}_lock_{self.name}", "UPDATE", f"({self.when}) AND ({changed})")]

    def _changed(self, column: str, vendor: str) -> str:
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        changed = f"OLD.{column} {differs} NEW.{column}"
        return f"(OLD.{column} IS NOT NULL AND {changed})" if self.set_once else changed


Guards = tuple[Guard | Lock, ...]


def install(guards: Guards, using: str = "default") -> None:
    written = _postgresql if connections[using].vendor == "postgresql" else _sqlite
    for guard in guards:
        for trigger in guard.triggers(connections[using].vendor):
            _execute(written(guard, trigger, using), using)


def remove(guards: Guards, using: str = "default") -> None:
    """Lift the guards."""
    vendor = connections[using].vendor
    for guard in guards:
        on = f" ON {guard.table}" if vendor == "postgresql" else ""
        _execute([f"DROP TRIGGER IF EXISTS {trigger.name}{on}" for trigger in guard.triggers(vendor)], using)


def _sqlite(guard: Guard | Lock, trigger: Trigger, using: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {trigger.name}",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {guard.table} FOR EACH ROW "
        f"WHEN {trigger.condition} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END",
    ]


def _postgresql(guard: Guard | Lock, trigger: Trigger, using: str) -> list[str]:
    """The condition stands in the function: a column named by the trigger itself could not be altered any more."""
    body = (
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {trigger.condition} THEN "
        f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN COALESCE(NEW, OLD); END $$"
    )
    put_up = (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {guard.table} FOR EACH ROW "
        f"EXECUTE FUNCTION {trigger.name}()"
    )
    switch_on = f"ALTER TABLE {guard.table} ENABLE TRIGGER {trigger.name}"
    return [body, *{"": [put_up], "D": [switch_on]}.get(_state(guard, trigger, using), [])]


def _state(guard: Guard | Lock, trigger: Trigger, using: str) -> str:
    """As PostgreSQL has it: '' where it is not there, D where it was switched off."""
    query = "SELECT tgenabled FROM pg_trigger WHERE tgname = %s AND tgrelid = to_regclass(%s)"
    with connections[using].cursor() as cursor:
        cursor.execute(query, [trigger.name, guard.table])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _execute(statements: list[str], using: str) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class GuardedAppConfig(AppConfig):
    """An app whose `guards` are put back after every migrate."""

    default = False  # an apps.py that imports this class holds two configs: Django takes the one whose default is true
    guards: Guards = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True

    def ready(self) -> None:
        super().ready()
        pre_migrate.connect(self._lift_guards, sender=self)
        post_migrate.connect(self._install_guards, sender=self)

    def _lift_guards(self, using: str, **_: Any) -> None:
        if connections[using].vendor == "sqlite":
            remove(self.guards, using)

    def _install_guards(self, using: str, **_: Any) -> None:
        tables = connections[using].introspection.table_names()
        install(tuple(guard for guard in self.guards if guard.table in tables), using)
