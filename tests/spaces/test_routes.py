"""Addresses that mix two workspaces, and the owner’s offers. Who sees what stands in tests/site/test_matrix.py."""

import pytest
from django.urls import reverse

from spaces.models import PeopleImport
from spaces.urls import in_workspace
from tests.spaces.conftest import invite, kept_list


@pytest.fixture
def addresses(workspace, team, ruth, alice) -> dict[str, str]:
    """Of everything in the workspace, by name of its route."""
    offer = invite(workspace, "new@example.org", by=alice, role="consultant")
    known = {
        "invitation_id": offer.public_id,
        "member_id": workspace.memberships.get(role="leader").public_id,
        "group_id": team.public_id,
        "person_id": ruth.public_id,
        "import_id": PeopleImport.objects.create(workspace=workspace, by=alice).public_id,
        "form": "csv",
        "list_id": kept_list(workspace, "Ada\tada@northmoor.org", by=alice).public_id,
    }
    return {
        route.name: reverse(
            f"spaces:{route.name}",
            kwargs={"public_id": workspace.public_id} | {part: known[part] for part in route.pattern.converters},
        )
        for route in in_workspace
    }


def test_what_belongs_to_another_workspace_is_not_found(client_for, addresses, personal, workspace, alice):
    browser = client_for(alice)
    within = {route.name for route in in_workspace if route.pattern.converters.keys() - {"form"}}
    assert len(within) > 5
    for name in within:
        there = addresses[name]
        assert browser.get(there).status_code == 200, name
        assert browser.get(there.replace(workspace.public_id, personal.public_id)).status_code == 404, name


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_offer_that_only_the_owner_may_make_is_theirs_to_withdraw(client_for, addresses, bob, method):
    assert getattr(client_for(bob), method)(addresses["withdraw"]).status_code == 403
