"""Surveys on the way, for tests: a workspace of teams, a draft that is ready, and what comes of it."""

import datetime

from core.accounts.models import User
from core.jobs.models import Job
from core.jobs.tasks import run_job
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.job_names import OPEN_SURVEY
from diagnostics.surveys.models import Survey
from spaces.actions.groups import create_group, name_leader
from spaces.models import Group, Membership, Person, Role, Workspace

NOW = datetime.datetime(2026, 11, 16, 9, 0, tzinfo=datetime.UTC)
CLOSES = datetime.datetime(2026, 12, 4, 17, 0, tzinfo=datetime.UTC)
TEAMS = {"District nursing": 8, "Pharmacy": 6, "Podiatry": 3}


def workspace_of(owner: User, *, name: str = "Northmoor", **members: User) -> Workspace:
    """`consultant=bob` gives Bob that role."""
    workspace = Workspace.objects.create(name=name)
    Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    for role, user in members.items():
        Membership.objects.create(workspace=workspace, user=user, role=role)
    return workspace


def teams_in(workspace: Workspace, *, by: User, teams: dict[str, int] | None = None, led: bool = False) -> Group:
    """An organisation with teams of so many people; with `led`, the first of each leads it."""
    whole = create_group(workspace=workspace, name="Community services", kind="organisation", by=by)
    for name, size in (teams or TEAMS).items():
        team = create_group(workspace=workspace, name=name, kind="team", parent=whole, by=by)
        people = Person.objects.make_many((_member(team, number) for number in range(1, size + 1)), at_a_time=100)
        if led:
            name_leader(group=team, leader=people[0], by=by)
    return whole


def _member(team: Group, number: int) -> Person:
    address = f"{team.name.lower().replace(' ', '-')}{number}@example.org"
    return Person(workspace=team.workspace, name=f"{team.name} {number}", email=address, group=team)


def draft_in(workspace: Workspace, *audience: Group, by: User, **changes) -> Survey:
    """A draft that can be launched; `changes` are fields of the survey."""
    ready = {
        "title": "How do we lead here?",
        "purpose": "In January the teams will look at the results together and agree what to change.",
        "asked_by": "Ruth Adeyemi, Director of Community Services",
        "contact": "Helen Marsh, helen@example.org",
        "closes_at": CLOSES,
        "primary_space": "team",
        "spaces_asked": ["team"],
        "preset": "brief",
        "list_made_by": "Helen Marsh, from the staff list",
    } | changes
    ready["primary_space_id"] = ready.pop("primary_space")
    draft = lifecycle.create_draft(workspace=workspace, by=by, **ready)
    draft.audience.set(audience)
    return draft


def launched_survey(
    owner: User, *, teams: dict[str, int] | None = None, led: bool = False, now=NOW, **changes
) -> Survey:
    """Launched a moment ago: people and tree are copied, keys and links are not made yet."""
    workspace = changes.pop("workspace", None) or workspace_of(owner)
    whole = teams_in(workspace, by=owner, teams=teams, led=led)
    draft = draft_in(workspace, whole, by=owner, **changes)
    return lifecycle.launch_survey(survey=draft, by=owner, now=now)


def open_survey_now(owner: User, **changes) -> Survey:
    """Open, as the launching worker leaves it: keys and links made, invitations asked for."""
    survey = launched_survey(owner, **changes)
    run_job(Job.objects.get(kind=OPEN_SURVEY, subject=survey.public_id).pk)
    survey.refresh_from_db()
    return survey


def opened(survey: Survey) -> Survey:
    """Open, with a key of no use: where nobody answers, none is needed."""
    Survey.objects.filter(pk=survey.pk).update(status=Survey.Status.OPEN, public_key=b"key", ballot_size=1024)
    survey.refresh_from_db()
    return survey
