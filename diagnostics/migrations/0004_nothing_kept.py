"""No answers are kept after a close: those of surveys closed before go with their tables."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def overwrite(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite leaves what a dropped table held in free pages of its file; so it is told to overwrite them."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("PRAGMA secure_delete = ON")


class Migration(migrations.Migration):
    dependencies = [
        ("diagnostics", "0003_capability"),
    ]

    operations = [
        migrations.RunPython(overwrite, migrations.RunPython.noop),
        migrations.DeleteModel(name="KeptCell"),
        migrations.DeleteModel(name="KeptPicks"),
    ]
