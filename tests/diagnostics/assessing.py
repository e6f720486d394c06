"""Self-assessments on the way, for tests."""

import datetime

from core.accounts.models import User
from diagnostics.self_assessments import actions
from diagnostics.self_assessments.models import SelfAssessment
from spaces.models import Membership, Role, Workspace

EVERY_SPACE = ("self", "team", "organisation", "system")
NOW = datetime.datetime(2026, 11, 25, 10, 0, tzinfo=datetime.UTC)


def draft_of(leader: User, *, preset="focused", spaces=EVERY_SPACE, now=NOW, **answers: int) -> SelfAssessment:
    """A draft; `T1_team=4` rates a statement."""
    draft = actions.start(leader=leader, primary_space="team", preset=preset, spaces=spaces, now=now)
    if answers:
        given = {key.replace("_", "."): rating for key, rating in answers.items()}
        actions.save(self_assessment=draft, answers=given, comments={}, now=now)
    return draft


def finished_by(leader: User, *, now=NOW, **how) -> SelfAssessment:
    draft = draft_of(leader, now=now, **({"T1_team": 4} | how))
    actions.submit(self_assessment=draft, now=now)
    return draft


def make_colleagues(owner: User, *others: User) -> None:
    workspace = Workspace.objects.create(name="Northmoor")
    Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    for other in others:
        Membership.objects.create(workspace=workspace, user=other, role=Role.LEADER)
