"""Self-assessments that tests tell stories about."""

import datetime
from unittest import mock

from core.accounts.models import User
from core.jobs import heartbeat, running
from core.jobs.models import Job
from diagnostics.checklists.actions.presets import publish_preset
from diagnostics.checklists.presets import Recipe
from diagnostics.self_assessments import actions
from diagnostics.self_assessments.models import SelfAssessment

ALL_SPACES = ("self", "team", "organisation", "system")


def draft(
    leader: User,
    *,
    now: datetime.datetime,
    preset: str = "brief",
    primary_space: str = "team",
    spaces: tuple[str, ...] = ("self", "team"),
    **given,
) -> SelfAssessment:
    version = publish_preset(recipe=Recipe(preset, primary_space, spaces), now=now)
    return SelfAssessment.objects.create(
        leader=leader, version=version, primary_space_id=primary_space, started_at=now, **given
    )


def submitted(leader: User, *, now: datetime.datetime, answers: dict | None = None, **given) -> SelfAssessment:
    """`answers` None rates every statement 4."""
    started = draft(leader, now=now, **given)
    started.answers = dict.fromkeys(started.version.statement_keys, 4) if answers is None else answers
    started.save()
    actions.submit(self_assessment=started, now=now)
    started.refresh_from_db()
    return started


def made(job: Job) -> Job:
    """The job as a worker leaves it; its heart does not beat, because a second connection waits for the test's."""
    with mock.patch.object(heartbeat, "INTERVAL", 3600):
        running.perform(job.pk)
    job.refresh_from_db()
    return job
