"""Two requests at the same moment, on PostgreSQL: SQLite writes one at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from spaces.actions import groups, workspaces
from spaces.importing.actions.importing import import_list
from spaces.importing.people.plan import Choices
from spaces.importing.people.planning import plan_for
from spaces.importing.table.rows import unpacked
from spaces.models import Group, PeopleList, Person, Role
from tests.spaces.conftest import kept_list, membership

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgresql(db_is_ready):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one at a time")


@pytest.fixture
def db_is_ready(transactional_db):
    return True


def at_once(*deeds) -> list:
    """Does all of them at the same moment; a refusal is a result too."""
    barrier = threading.Barrier(len(deeds))

    def do(deed):
        barrier.wait(timeout=10)
        try:
            return deed()
        except (ValidationError, PermissionDenied) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def refusals(results: list) -> int:
    return sum(isinstance(result, Exception) for result in results)


def test_accepting_twice_at_once_makes_one_membership(workspace, invitation, charlie, now):
    accept = [lambda: workspaces.accept_invitation(invitation=invitation, by=charlie, now=now)] * 4
    assert refusals(at_once(*accept)) == 0
    assert workspace.memberships.filter(user=charlie).count() == 1


def test_handing_over_to_two_at_once_leaves_one_owner(workspace, alice, bob, dora):
    to_bob, to_dora = membership(workspace, bob), membership(workspace, dora)
    results = at_once(
        lambda: workspaces.hand_over_ownership(workspace=workspace, to=to_bob, by=alice),
        lambda: workspaces.hand_over_ownership(workspace=workspace, to=to_dora, by=alice),
    )
    assert refusals(results) == 1
    assert workspace.memberships.filter(role=Role.OWNER).count() == 1


def test_two_moves_at_once_close_no_circle(workspace, alice):
    one, two = (Group.objects.create(workspace=workspace, name=name) for name in ("One", "Two"))
    results = at_once(
        lambda: groups.move_group(group=one, parent=two, by=alice),
        lambda: groups.move_group(group=two, parent=one, by=alice),
    )
    assert refusals(results) == 1
    assert workspace.groups.filter(parent=None).count() == 1


def test_one_mailbox_added_twice_at_once_is_one_person(workspace, alice):
    add = [
        lambda tag=tag: groups.add_person(workspace=workspace, name="Ruth", email=f"ruth{tag}@northmoor.org", by=alice)
        for tag in ("", "+a", "+b")
    ]
    assert refusals(at_once(*add)) == 2
    assert Person.objects.count() == 1


def test_importing_a_list_twice_at_once_imports_it_once(workspace, alice):
    public_id = kept_list(workspace, "Name\tE-mail\tGroup\nSam\tsam@e.org\tWards", by=alice).public_id
    seen = plan_for(unpacked(PeopleList.objects.get().rows), workspace).fingerprint
    choice = {"choices": Choices(), "seen": seen, "by": alice, "now": timezone.now()}
    click = [lambda: import_list(people_list=PeopleList.objects.get(public_id=public_id), **choice)] * 4
    assert refusals(at_once(*click)) == 0
    assert (Person.objects.count(), Group.objects.count()) == (1, 1)
