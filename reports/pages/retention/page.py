"""What a workspace's surveys leave behind, and when it goes."""

import datetime
from dataclasses import dataclass

from diagnostics.surveys.keeping import kept_until
from diagnostics.surveys.models import Survey
from reports.editions.models import Edition
from reports.retention.models import Going
from spaces.models import Workspace


@dataclass(frozen=True)
class EndingSurvey:
    survey: Survey
    edition: Edition | None
    goes_at: datetime.datetime
    is_announced: bool


def ending_surveys(workspace: Workspace) -> list[EndingSurvey]:
    """Those that have ended, what goes first above. Of one that was announced, the day of the letter."""
    ended = workspace.surveys.filter(status__in=[Survey.Status.CLOSED, Survey.Status.CANCELLED])
    told = dict(Going.objects.filter(survey__workspace=workspace).values_list("survey", "goes_at"))
    editions = {one.survey_id: one for one in Edition.objects.filter(survey__workspace=workspace).order_by("number")}
    rows = []
    for survey in ended.select_related("workspace"):
        until = kept_until(survey)
        if until:
            announced = told.get(survey.pk)
            goes_at = max(until, announced) if announced else until
            rows.append(EndingSurvey(survey, editions.get(survey.pk), goes_at, announced is not None))
    return sorted(rows, key=lambda row: row.goes_at)
