"""Tables and columns that refuse to change, on every engine.

A guard is a pair of triggers, a lock is one. SQLite drops triggers whenever a later migration rebuilds their table,
so they are not written in migrations: they are put back after every `migrate` (see `GuardedAppConfig`).
"""

from dataclasses import dataclass

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate


@dataclass(frozen=True)
class Guard:
    """`model` ('app.Model') refuses UPDATE and DELETE of rows for which `when` (SQL on OLD) holds."""

    model: str
    message: str
    when: str = "TRUE"

    @property
    def table(self) -> str:
        return apps.get_model(self.model)._meta.db_table

    def triggers(self, vendor: str) -> dict[str, str]:
        """Name → when it fires and refuses."""
        return {f"{self.table}_no_{verb}": f"{verb.upper()} ON {self.table} {_refuse_if(self.when)}" for verb in _VERBS}


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

    def triggers(self, vendor: str) -> dict[str, str]:
        columns = [apps.get_model(self.model)._meta.get_field(field).column for field in self.fields]
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        filled = "OLD.{0} IS NOT NULL AND " if self.set_once else ""
        changed = " OR ".join(f"{filled}OLD.{{0}} {differs} NEW.{{0}}".format(column) for column in columns)
        condition = _refuse_if(f"({self.when}) AND ({changed})")
        return {f"{self.table}_lock_{self.name}": f"UPDATE OF {', '.join(columns)} ON {self.table} {condition}"}


Guards = tuple[Guard | Lock, ...]
_VERBS = ("update", "delete")


def _refuse_if(condition: str) -> str:
    return f"FOR EACH ROW WHEN ({condition})"


def _install_sql(guard: Guard | Lock, vendor: str) -> list[str]:
    return [
        statement
        for name, fires in guard.triggers(vendor).items()
        for statement in (_postgresql if vendor == "postgresql" else _sqlite)(name, fires, guard.message)
    ]


def _sqlite(name: str, fires: str, message: str) -> list[str]:
    return [f"CREATE TRIGGER {name} BEFORE {fires} BEGIN SELECT RAISE(ABORT, '{message}'); END"]


def _postgresql(name: str, fires: str, message: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {name} BEFORE {fires} EXECUTE FUNCTION {name}()",
    ]


def _remove_sql(guard: Guard | Lock, vendor: str) -> list[str]:
    on = f" ON {guard.table}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in guard.triggers(vendor)]


def install(guards: Guards, using: str = "default") -> None:
    vendor = connections[using].vendor
    for guard in guards:
        _execute(_remove_sql(guard, vendor) + _install_sql(guard, vendor), using)


def remove(guards: Guards, using: str = "default") -> None:
    """Lift the guards; only tests that empty the database do this."""
    for guard in guards:
        _execute(_remove_sql(guard, connections[using].vendor), using)


def _execute(statements: list[str], using: str) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class GuardedAppConfig(AppConfig):
    """An app whose `guards` are put back after every migrate."""

    default = False  # an apps.py that imports this class holds two configs: Django takes the one whose default is true
    guards: Guards = ()

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(self._install_guards, sender=self)

    def _install_guards(self, using: str, **_) -> None:
        tables = connections[using].introspection.table_names()
        install(tuple(guard for guard in self.guards if guard.table in tables), using)
