"""The job that counts who has answered, once a day at one hour: from the survey's keys, in steps, of nobody's row."""

from django.utils import timezone

from core.jobs.runs import Run
from core.keys.store import KeyDestroyed
from diagnostics.surveys.actions.work_ahead import ask_for_count
from diagnostics.surveys.answered import answered_by_group, asked_by_group
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.models import Survey
from reports.counts.models import DailyCount
from reports.disclosure.counts import step_of, steps_of_groups, total_of


def count_answers(run: Run) -> None:
    survey = Survey.objects.filter(public_id=run.job.subject).first()
    if survey is None or survey.status != Survey.Status.OPEN:
        return
    try:
        shown = _by_group(survey) if survey.is_personal else _by_link(survey)
    except KeyDestroyed:  # closed or cancelled a moment ago
        return
    now = timezone.now()
    with run.finishing():
        DailyCount.objects.update_or_create(survey=survey, defaults={**shown, "counted_at": now})
        ask_for_count(survey, now=now)


def _by_group(survey: Survey) -> dict:
    groups = steps_of_groups(asked_by_group(survey), answered_by_group(survey, link_key(survey)), survey.k)
    return {"groups": groups, "total": total_of(groups.values())}


def _by_link(survey: Survey) -> dict:
    """Which group an answer comes from is sealed with it; there is one number only."""
    return {"groups": {}, "total": step_of(survey.ballots.count(), survey.k)}
