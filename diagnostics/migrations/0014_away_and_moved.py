import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diagnostics", "0013_planned_start")]

    operations = [
        migrations.AddField("participant", "is_away", models.BooleanField(default=False)),
        migrations.AddField(
            "participant",
            "moved_from",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="diagnostics.surveygroup",
            ),
        ),
        migrations.AddField("participant", "moved_version", models.PositiveSmallIntegerField(null=True)),
    ]
