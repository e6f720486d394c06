"""Fed to `manage.py shell`: the owner launches a survey in a new workspace, and workers open and close it."""

import datetime
import time

from django.utils import timezone

from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.models import Survey
from spaces.models import Membership
from tests.diagnostics.launched import launched_survey


def wait_for(status):
    for _second in range(120):
        survey.refresh_from_db()
        if survey.status == status:
            return
        time.sleep(1)
    raise SystemExit(f"{survey.status}, not {status}")


owner, now = Membership.objects.earliest("pk").user, timezone.now()
survey = launched_survey(owner, now=now, closes_at=now + datetime.timedelta(days=14))
wait_for(Survey.Status.OPEN)
print("opened by a worker")
stop_survey(survey=survey, by=owner, now=timezone.now())
wait_for(Survey.Status.CLOSED)
print("closed by a worker")
