import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from spaces.access import colleagues_of, load_membership, verified_addresses
from spaces.models import Membership, Role, Workspace


def test_an_outsider_finds_nothing(workspace, charlie):
    with pytest.raises(Http404):
        load_membership(charlie, workspace.public_id)


def test_a_member_with_the_wrong_role_is_refused(workspace, dora):
    with pytest.raises(PermissionDenied):
        load_membership(dora, workspace.public_id, Role.OWNER, Role.CONSULTANT)


def test_an_outsider_finds_nothing_whatever_role_is_asked_for(workspace, charlie):
    with pytest.raises(Http404):
        load_membership(charlie, workspace.public_id, Role.OWNER)


def test_no_roles_given_means_any(workspace, dora):
    assert load_membership(dora, workspace.public_id).role == Role.FACILITATOR


def test_loading_fetches_workspace_and_user_at_once(workspace, alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = load_membership(alice, workspace.public_id, Role.OWNER)
        assert (found.workspace.name, found.user.name) == ("Northmoor", "Alice")


def test_colleagues_share_a_workspace(workspace, alice, bob, dora, erik):
    assert list(colleagues_of(alice)) == [bob, dora, erik]


def test_an_outsider_has_no_colleagues(workspace, charlie):
    assert list(colleagues_of(charlie)) == []


def test_a_colleague_in_two_workspaces_is_named_once(workspace, alice, bob, dora, erik):
    other = Workspace.objects.create(name="Second")
    for user in (alice, bob):
        Membership.objects.create(workspace=other, user=user, role=Role.LEADER)
    assert list(colleagues_of(alice)) == [bob, dora, erik]


def test_nobody_is_a_colleague_in_a_personal_workspace(personal, alice, bob):
    Membership.objects.create(workspace=personal, user=bob, role=Role.LEADER)  # no action would do this
    assert list(colleagues_of(alice)) == []


def test_a_closed_account_is_no_colleague(workspace, alice, bob, dora, erik):
    bob.is_active = False
    bob.save()
    assert list(colleagues_of(alice)) == [dora, erik]


def test_only_confirmed_addresses_count(alice, unconfirmed):
    alice.emailaddress_set.create(email="Alice@Elsewhere.org", verified=True)
    alice.emailaddress_set.create(email="not@yet.org", verified=False)
    assert verified_addresses(alice) == {"alice@example.org", "alice@elsewhere.org"}
    assert verified_addresses(unconfirmed) == set()
