from django.db import migrations, models


class Migration(migrations.Migration):
    """Of invitations made before, nobody knows since when they go to their address: they have none."""

    dependencies = [("diagnostics", "0014_away_and_moved")]

    operations = [
        migrations.AddField("invitation", "address_version", models.PositiveSmallIntegerField(null=True)),
        migrations.AlterField("invitation", "address_version", models.PositiveSmallIntegerField(default=1, null=True)),
    ]
