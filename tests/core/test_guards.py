import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from core import guards
from core.audit.actions import record
from core.audit.models import Entry

GUARDED = [config for config in apps.get_app_configs() if isinstance(config, guards.GuardedAppConfig)]
GUARDS = [guard for config in GUARDED for guard in config.guards]


def triggers() -> set[str]:
    """The names of all triggers that the database holds."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def is_refused() -> bool:
    try:
        with transaction.atomic():
            Entry.objects.update(verb="changed")
    except IntegrityError:
        return True
    return False


def test_the_audit_log_is_guarded():
    assert "audit.Entry" in {guard.model for guard in GUARDS}


@pytest.mark.django_db
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.model)
def test_every_guard_stands_after_migrate(guard):
    assert {trigger.name for trigger in guard.triggers(connection.vendor)} <= triggers()


@pytest.mark.django_db
def test_guards_that_were_lost_are_put_back_by_the_next_migrate(alice):
    record(by=alice, verb="signed", obj=alice)
    guards.remove(apps.get_app_config("audit").guards)
    assert not is_refused()
    call_command("migrate", "audit", verbosity=0)
    assert is_refused()


@pytest.mark.postgres
@pytest.mark.django_db
def test_guards_that_stand_are_left_where_they_are(alice):
    """To drop one would wait for a backup, and all who write for that; one that was switched off is no guard."""

    def asked(query: str) -> set:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return set(cursor.fetchall() if cursor.description else ())

    record(by=alice, verb="signed", obj=alice)
    there = asked("SELECT oid, tgname FROM pg_trigger WHERE NOT tgisinternal")
    asked("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_no_update")
    assert not is_refused()
    call_command("migrate", "audit", verbosity=0)
    assert is_refused()
    assert asked("SELECT oid, tgname FROM pg_trigger WHERE NOT tgisinternal") == there


@pytest.mark.django_db(transaction=True)
def test_guards_come_back_after_a_migration_that_rebuilds_their_table(alice):
    record(by=alice, verb="signed", obj=alice)
    with connection.schema_editor() as editor:
        old, new = models.CharField(max_length=50), models.CharField(max_length=60)
        for field in (old, new):
            field.set_attributes_from_name("verb")
        editor.alter_field(Entry, old, new)
        editor.alter_field(Entry, new, old)
    call_command("migrate", "audit", verbosity=0)
    assert is_refused()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_with_real_transactions_can_be_cleaned_up(alice, time):
    """The second finds the table empty and guarded although the first left a row in it."""
    assert not Entry.objects.exists()
    record(by=alice, verb="signed", obj=alice)
    assert is_refused()
