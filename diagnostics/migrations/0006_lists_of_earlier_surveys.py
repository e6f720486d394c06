"""Who was asked by personal invitation in the last 24 months, so that the next survey knows of it.

Surveys by shared link did not keep which groups of the workspace stood behind theirs, so nothing is known of them.
"""

import datetime
from collections import defaultdict

from django.db import migrations
from django.utils import timezone

from diagnostics.surveys.history.comparing import hashed, packed

KEPT = datetime.timedelta(days=730)


def remember(apps, schema_editor):
    Survey = apps.get_model("diagnostics", "Survey")
    since = timezone.now() - KEPT
    launched = Survey.objects.filter(entry="personal", launched_at__gt=since).exclude(status__in=["draft", "cancelled"])
    for survey in launched.select_related("workspace"):
        _remember(apps, survey)


def _remember(apps, survey):
    Participant = apps.get_model("diagnostics", "Participant")
    AskedLeaf, Job = apps.get_model("diagnostics", "AskedLeaf"), apps.get_model("jobs", "Job")
    asked = defaultdict(set)
    for group, mailbox in Participant.objects.filter(survey=survey).values_list("group", "mailbox"):
        asked[group].add(mailbox)
    for group, mailboxes in asked.items():
        hashes = packed(hashed(mailboxes, survey.workspace.public_id))
        AskedLeaf.objects.create(survey=survey, group_id=group, size=len(mailboxes), mailboxes=hashes)
    due = (survey.launched_at + KEPT).astimezone(datetime.UTC)
    Job.objects.get_or_create(
        kind="forget_lists", subject=survey.public_id, version=due.isoformat(), defaults={"not_before": due}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("diagnostics", "0005_nearly_the_same"),
        ("jobs", "0002_cancelled"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
