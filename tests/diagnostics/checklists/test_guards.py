"""A published checklist version refuses to change, on every engine, also after later migrations."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from diagnostics.checklists.actions.presets import publish_preset
from diagnostics.checklists.presets import Recipe
from diagnostics.models import Checklist, ChecklistVersion

TABLE = ChecklistVersion._meta.db_table
TRIGGERS = {f"{TABLE}_no_update", f"{TABLE}_no_delete"}
REFUSED = "A published checklist version never changes"


@pytest.fixture
def version(instrument, now) -> ChecklistVersion:
    return publish_preset(recipe=Recipe("brief", "team", ("team",)), now=now)


def by_orm_update(version):
    ChecklistVersion.objects.update(number=9)


def by_save(version):
    version.content["language"] = "cy"
    version.save()


def by_unpublishing(version):
    ChecklistVersion.objects.update(published_at=None)


def by_orm_delete(version):
    version.delete()


def by_raw_update(version):
    _execute(f"UPDATE {TABLE} SET number = 9 WHERE id = %s", version.pk)  # noqa: S608


def by_raw_delete(version):
    _execute(f"DELETE FROM {TABLE} WHERE id = %s", version.pk)  # noqa: S608


@pytest.mark.parametrize(
    "change", [by_orm_update, by_save, by_unpublishing, by_orm_delete, by_raw_update, by_raw_delete]
)
def test_a_published_version_cannot_be_changed(version, change):
    before = ChecklistVersion.objects.values().get(pk=version.pk)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        change(version)
    assert ChecklistVersion.objects.values().get(pk=before["id"]) == before


def test_a_draft_may_change_and_go(db):
    checklist = Checklist.objects.create(key="mine", name="Mine")
    draft = checklist.versions.create(number=1, content={}, content_hash="draft")
    draft.content = {"pages": []}
    draft.save()
    draft.delete()
    assert not ChecklistVersion.objects.exists()


def test_both_triggers_stand_after_migrate(db):
    assert _triggers() == TRIGGERS


def test_triggers_stand_again_after_a_later_migration(transactional_db, instrument, now):
    """SQLite rebuilds the table for this and drops its triggers on the way."""
    short = ChecklistVersion._meta.get_field("content_hash")
    long = models.CharField(max_length=80, unique=True)
    long.set_attributes_from_name("content_hash")
    long.model = ChecklistVersion
    _alter(short, long)
    if connection.vendor == "sqlite":
        assert _triggers() == set()
    call_command("migrate", verbosity=0)
    assert _triggers() == TRIGGERS
    _alter(long, short)
    call_command("migrate", verbosity=0)
    version = publish_preset(recipe=Recipe("pulse", "team", ("team",)), now=now)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        by_raw_update(version)


@pytest.mark.sqlite
def test_a_table_of_which_a_trigger_elsewhere_speaks_can_be_rebuilt(transactional_db, instrument):
    """A version's trigger speaks of workspaces, which an upgrade rebuilds."""
    call_command("migrate", "spaces", "0006", verbosity=0)
    call_command("migrate", verbosity=0)
    assert _triggers() == TRIGGERS


def test_every_guarded_table_has_its_triggers(db):
    guards = [guard for config in apps.get_app_configs() for guard in getattr(config, "guards", ())]
    assert {TABLE, "audit_entry"} <= {guard.table for guard in guards}
    for guard in guards:
        assert {trigger.name for trigger in guard.triggers(connection.vendor)} <= _triggers(guard.table)


def _alter(old, new):
    with connection.schema_editor() as editor:
        editor.alter_field(ChecklistVersion, old, new)


def _triggers(table: str = TABLE) -> set[str]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = CAST(%s AS regclass)",
    }
    return {name for (name,) in _execute(catalogue[connection.vendor], table)}


def _execute(sql: str, *parameters) -> list:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []
