"""Drafts, ballots and refusals in storage of their own for every survey; nobody's state in a row that leads to a person.

Open surveys go on: links made before are good until they are sent anew, and what was saved or handed in by them stays.
'I would rather not take part' becomes a tag that only the survey's key yields, so whoever runs this needs the key store
while such a survey is open.
"""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.keys.store import FolderStore, KeyMissing
from core.partitions import CreatePartitionedModel, open_partition
from diagnostics.sealing.tokens import decline_tag, short_token

HAVE_ANSWERS = ("open", "stopped")


def carry_over(apps, schema_editor):
    survey, invitation = (apps.get_model("diagnostics", name) for name in ("Survey", "Invitation"))
    draft, ballot, decline = (apps.get_model("diagnostics", name) for name in ("Draft", "Ballot", "Decline"))
    for one in survey.objects.filter(status__in=HAVE_ANSWERS):
        for model in (draft, ballot, decline):
            open_partition(model, one.pk)
        copied = (
            "INSERT INTO diagnostics_draft (survey_id, tag, sealed) "
            "SELECT survey_id, tag, sealed FROM diagnostics_formerdraft WHERE survey_id = %s",
            "INSERT INTO diagnostics_ballot (survey_id, tag, mark, sealed) "
            "SELECT survey_id, tag, tag, sealed FROM diagnostics_formerballot WHERE survey_id = %s",
        )
        with schema_editor.connection.cursor() as cursor:
            for statement in copied:
                cursor.execute(statement, [one.pk])
        declined = invitation.objects.filter(survey=one, is_reminded=False, token_hash__isnull=False)
        if one.status == "open" and declined.exists():
            key = _link_key(one)
            tags = [decline_tag(short_token(key, each.public_id, each.version)) for each in declined]
            decline.objects.bulk_create(decline(survey=one, tag=tag) for tag in tags)
    # A link that is being made just now is made by the new rule; one that was made is good until it is sent anew.
    invitation.objects.filter(token_hash__isnull=False).update(short_version=models.F("version"))


def _link_key(survey):
    try:
        return FolderStore(Path(settings.KEY_STORE)).read(f"survey-{survey.public_id}-link")
    except (KeyMissing, OSError) as failure:
        raise SystemExit(
            f"The survey “{survey.title}” is open, and people in it have said that they would rather not take part. "
            "To keep that, this upgrade needs to read the key store: run it as the user of the workers."
        ) from failure


def of_survey(related_name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        db_constraint=False,
        db_index=False,
        to="diagnostics.survey",
    )


def pair():
    return models.CompositePrimaryKey("survey_id", "tag", blank=True, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [
        ("diagnostics", "0002_in_the_room"),
    ]

    operations = [
        migrations.RenameModel("Draft", "FormerDraft"),
        migrations.RenameModel("Ballot", "FormerBallot"),
        CreatePartitionedModel(
            name="Draft",
            by="survey_id",
            fields=[
                ("pk", pair()),
                ("survey", of_survey("drafts")),
                ("tag", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
            ],
        ),
        CreatePartitionedModel(
            name="Ballot",
            by="survey_id",
            fields=[
                ("pk", pair()),
                ("survey", of_survey("ballots")),
                ("tag", models.CharField(max_length=64)),
                ("mark", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mark", "survey"), name="one_ballot_per_version"),
                ],
            },
        ),
        CreatePartitionedModel(
            name="Decline",
            by="survey_id",
            fields=[
                ("pk", pair()),
                ("survey", of_survey("declines")),
                ("tag", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddField("Invitation", "short_version", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("Invitation", "sent_anew_on", models.DateField(null=True)),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel("FormerDraft"),
        migrations.DeleteModel("FormerBallot"),
        migrations.RemoveField("Invitation", "status"),
        migrations.RemoveField("Invitation", "reminder_count"),
        migrations.RemoveField("Invitation", "is_reminded"),
        migrations.CreateModel(
            name="Reminding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.CharField(max_length=10)),
                ("turn", models.CharField(blank=True, max_length=64)),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="diagnostics.survey"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("survey", "day"), name="reminders_of_a_day_once")],
            },
        ),
    ]
