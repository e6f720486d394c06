"""Northmoor: Alice owns it, Bob consults, Dora facilitates, Erik leads; Charlie is outside and invited."""

import pytest
from django.utils import timezone

from core.accounts.models import User
from spaces.actions import groups, workspaces
from spaces.importing.actions import keeping
from spaces.importing.table.reading import read
from spaces.models import ColleagueInvitation, Group, Membership, PeopleList, Person, Role, Workspace
from tests.conftest import make_user


@pytest.fixture
def workspace(alice, bob, dora, erik) -> Workspace:
    workspace = workspaces.create_workspace(name="Northmoor", by=alice)
    for user, role in [(bob, Role.CONSULTANT), (dora, Role.FACILITATOR), (erik, Role.LEADER)]:
        Membership.objects.create(workspace=workspace, user=user, role=role)
    return workspace


@pytest.fixture
def dora(db) -> User:
    return make_user("Dora")


@pytest.fixture
def erik(db) -> User:
    return make_user("Erik")


@pytest.fixture
def unconfirmed(db) -> User:
    """Signed up, but has not shown that the address is theirs."""
    user = make_user("Una")
    user.emailaddress_set.update(verified=False)
    return user


@pytest.fixture
def personal(alice) -> Workspace:
    return workspaces.create_personal_workspace(by=alice)


@pytest.fixture
def organisation(workspace, alice) -> Group:
    return groups.create_group(workspace=workspace, name="Community services", kind="organisation", by=alice)


@pytest.fixture
def team(workspace, organisation, alice) -> Group:
    return groups.create_group(workspace=workspace, name="Pharmacy", kind="team", parent=organisation, by=alice)


@pytest.fixture
def ruth(workspace, team, alice) -> Person:
    return groups.add_person(workspace=workspace, name="Ruth Adeyemi", email="ruth@northmoor.org", group=team, by=alice)


@pytest.fixture
def invitation(workspace, alice, charlie) -> ColleagueInvitation:
    """To Charlie, made today, because pages ask what time it is now."""
    return invite(workspace, charlie.email, by=alice)


def invite(workspace: Workspace, email: str, *, by: User, role: str = Role.LEADER, **at) -> ColleagueInvitation:
    now = at.get("now") or timezone.now()
    return workspaces.invite_colleague(workspace=workspace, email=email, role=role, by=by, now=now)


def kept_list(workspace: Workspace, text: str, *, by: User, **at) -> PeopleList:
    """A list that was pasted and is being checked."""
    now = at.get("now") or timezone.now()
    content = text.encode()
    return keeping.keep_list(workspace=workspace, content=content, reading=read(content), source="", by=by, now=now)


def membership(workspace: Workspace, user: User) -> Membership:
    return workspace.memberships.get(user=user)
