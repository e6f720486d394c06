"""Until when a survey that has ended is kept: as its people were told, or sooner where the owner decided so since."""

import datetime

from diagnostics.surveys.models import Survey
from spaces.keeping import months_after


def kept_months(survey: Survey) -> int:
    """What was told at the launch is the most; before there was anything to tell, what the workspace keeps now."""
    now = survey.workspace.kept_months
    return now if survey.kept_months is None else min(survey.kept_months, now)


def kept_until(survey: Survey) -> datetime.datetime | None:
    """None where it has not ended, or ended before anybody was asked."""
    if survey.status not in (Survey.Status.CLOSED, Survey.Status.CANCELLED) or survey.stopped_at is None:
        return None
    return months_after(survey.stopped_at, kept_months(survey))
