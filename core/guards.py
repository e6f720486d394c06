"""Tables that refuse to change, on every engine.

A guard is a pair of triggers. SQLite drops triggers whenever a later migration rebuilds their table, so guards are
not written in migrations: they are put back after every `migrate` (see `GuardedAppConfig`).
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

    def install_sql(self, vendor: str) -> list[str]:
        return _postgresql(self) if vendor == "postgresql" else _sqlite(self)

    def remove_sql(self, vendor: str) -> list[str]:
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        return [f"DROP TRIGGER IF EXISTS {self.table}_no_{verb}{on}" for verb in _VERBS]


_VERBS = ("update", "delete")


def _sqlite(guard: Guard) -> list[str]:
    return [
        f"CREATE TRIGGER {guard.table}_no_{verb} BEFORE {verb.upper()} ON {guard.table} FOR EACH ROW "
        f"WHEN {guard.when} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        for verb in _VERBS
    ]


def _postgresql(guard: Guard) -> list[str]:
    function = f"{guard.table}_refuse"
    create = (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {guard.table}_no_{verb} BEFORE {verb.upper()} ON {guard.table} FOR EACH ROW "
        f"WHEN ({guard.when}) EXECUTE FUNCTION {function}()"
        for verb in _VERBS
    ]
    return [create, *triggers]


def install(guards: tuple[Guard, ...], using: str = "default") -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in guard.remove_sql(connection.vendor) + guard.install_sql(connection.vendor):
                cursor.execute(statement)


def remove(guards: tuple[Guard, ...], using: str = "default") -> None:
    """Lift the guards; only tests that empty the database do this."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in guard.remove_sql(connection.vendor):
                cursor.execute(statement)


class GuardedAppConfig(AppConfig):
    """An app whose `guards` are put back after every migrate."""

    default = False  # an apps.py that imports this class holds two configs: Django takes the one whose default is true
    guards: tuple[Guard, ...] = ()

    def __init_subclass__(cls, **kwargs) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True

    def ready(self) -> None:
        super().ready()
        post_migrate.connect(self._install_guards, sender=self)

    def _install_guards(self, using: str, **_) -> None:
        tables = connections[using].introspection.table_names()
        install(tuple(guard for guard in self.guards if guard.table in tables), using)
