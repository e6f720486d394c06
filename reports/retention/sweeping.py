"""What surveys leave behind goes when its time is over, and not before the owner has been told."""

import datetime
from collections.abc import Iterator

from django.db import transaction

from core.audit.actions import record
from diagnostics.surveys.actions.ending import end_survey
from diagnostics.surveys.keeping import kept_until
from diagnostics.surveys.models import Survey
from diagnostics.surveys.statuses import Status, lock_survey
from reports.files.purging import PurgeReason, purge_edition
from reports.retention.letters import tell_owner
from reports.retention.models import Going
from spaces.keeping import TOLD_BEFORE
from spaces.models import Workspace


def forget_results(*, now: datetime.datetime) -> int:
    """Tell owners what goes soon, and delete what they were told of; how many surveys went."""
    going = list(_due(now=now + TOLD_BEFORE))
    for workspace in {survey.workspace for survey in going}:
        _announce(workspace, [survey for survey in going if survey.workspace == workspace], now=now)
    told = Going.objects.filter(goes_at__lte=now, survey__workspace__ends_at=None).select_related("survey__workspace")
    return sum(_forget(one.survey, now=now) for one in told)


def _due(*, now: datetime.datetime) -> Iterator[Survey]:
    """Whose time is over by then. A workspace that is being deleted goes as a whole."""
    ended = Survey.objects.filter(status__in=[Status.CLOSED, Status.CANCELLED], workspace__ends_at=None)
    for survey in ended.filter(stopped_at__lt=now).select_related("workspace").order_by("stopped_at"):
        until = kept_until(survey)
        if until and until <= now:
            yield survey


@transaction.atomic
def _announce(workspace: Workspace, surveys: list[Survey], *, now: datetime.datetime) -> None:
    """One letter for all of a workspace that are new."""
    known = set(Going.objects.filter(survey__in=surveys).values_list("survey", flat=True))
    fresh = [survey for survey in surveys if survey.pk not in known]
    rows = [Going(survey=one, told_at=now, goes_at=max(kept_until(one) or now, now + TOLD_BEFORE)) for one in fresh]
    Going.objects.bulk_create(rows, ignore_conflicts=True)
    if fresh:
        tell_owner(workspace, now=now)


@transaction.atomic
def _forget(survey: Survey, *, now: datetime.datetime) -> bool:
    """Not where the workspace keeps it longer by now: then it is announced again in its time."""
    locked = lock_survey(survey)
    until = kept_until(locked)
    if until is None or until > now:
        Going.objects.filter(survey=locked).delete()
        return False
    for edition in locked.editions.all():
        purge_edition(edition=edition, by=None, reason=PurgeReason.RETENTION)
    record(by=None, verb="forget_survey", obj=locked, workspace=locked.workspace, now=now)
    end_survey(locked, by=None)
    return True
