"""A link to a self-assessment from a checklist of a workspace's own, for people who are no members."""

import pytest
from django.urls import reverse
from django.utils import timezone

from diagnostics.checklists.actions import own
from spaces.actions.workspaces import hand_over_ownership
from spaces.models import Membership, Role
from tests.diagnostics.checklists.owning import published
from tests.diagnostics.launched import workspace_of
from tests.pages import seen_on


@pytest.fixture
def version(instrument, alice, bob):
    return published(workspace_of(alice, consultant=bob), alice, name="Ward leaders")


def page_of(version) -> str:
    return reverse("checklists:version", args=[version.checklist.key, version.number])


def stand(browser, version, **posted):
    seen = {"seen": seen_on(browser.get(page_of(version)))}
    stand = reverse("checklists:stand", args=[version.checklist.key, version.number])
    return browser.post(stand, seen | posted, follow=True)


def address(version) -> str:
    version.standing.refresh_from_db()
    return reverse("self_assessments:by_link", args=[version.standing.link])


def test_whoever_holds_the_link_rates_themselves_and_stays_outside(client, client_for, alice, charlie, version):
    shown = stand(client_for(alice), version, link="make").content.decode()
    link = address(version)
    assert f"http://testserver{link}" in shown or link in shown
    before = client.get(link).content.decode()
    assert "Ward leaders" in before
    assert f"{reverse('account_signup')}?next={link}" in before
    started = client_for(charlie).post(link)
    one = charlie.self_assessments.get()
    assert started["Location"] == reverse("self_assessments:resume", args=[one.public_id])
    assert one.version == version
    assert not Membership.objects.filter(user=charlie).exists()
    told = client_for(alice).get(page_of(version)).content.decode()
    assert "In no survey yet." in told  # of one link, a number would say whether its holder began
    assert "1 self-assessment" not in told


def test_only_the_owner_can_let_people_join_by_it(client_for, alice, bob, charlie, version):
    assert "Only the owner" in stand(client_for(bob), version, link="make", joins="on").content.decode()
    stand(client_for(alice), version, link="make", joins="on")
    shown = client_for(charlie).get(address(version)).content.decode()
    assert "By starting you join Northmoor as leader." in shown
    client_for(charlie).post(address(version))
    client_for(charlie).post(address(version))
    assert [one.role for one in Membership.objects.filter(user=charlie)] == [Role.LEADER]
    assert "By starting you join" not in client_for(charlie).get(address(version)).content.decode()


def test_nobody_joins_any_longer_once_its_owner_has_handed_over(client_for, alice, bob, charlie, version):
    stand(client_for(alice), version, link="make", joins="on")
    workspace = version.checklist.workspace
    hand_over_ownership(workspace=workspace, to=workspace.memberships.get(user=bob), by=alice)
    assert "By starting you join" not in client_for(charlie).get(address(version)).content.decode()
    client_for(charlie).post(address(version))
    assert charlie.self_assessments.exists()
    assert not Membership.objects.filter(user=charlie).exists()


def test_joining_takes_no_role_away(client_for, alice, bob, version):
    stand(client_for(alice), version, link="make", joins="on")
    client_for(bob).post(address(version))
    assert Membership.objects.get(user=bob).role == Role.CONSULTANT


@pytest.mark.parametrize("how", ["ended", "retired"])
def test_a_link_that_is_ended_starts_nothing_and_what_was_begun_goes_on(client_for, alice, charlie, version, how):
    stand(client_for(alice), version, link="make")
    link = address(version)
    client_for(charlie).post(link)
    if how == "ended":
        stand(client_for(alice), version, link="end")
    else:
        own.retire(version=version, by=alice, now=timezone.now())
    assert client_for(charlie).get(link).status_code == 410
    assert client_for(charlie).post(link).status_code == 410
    one = charlie.self_assessments.get()
    task = reverse("self_assessments:page", args=[one.public_id, "task"])
    assert client_for(charlie).get(task).status_code == 200


def test_members_start_from_what_their_workspace_offers(client_for, alice, bob, charlie, version):
    start = reverse("self_assessments:start_own", args=[version.pk])
    client_for(bob).post(start)
    assert not bob.self_assessments.exists()
    own.offer_to_leaders(version=version, is_offered=True, by=alice)
    assert "Ward leaders" in client_for(bob).get(reverse("self_assessments:start")).content.decode()
    client_for(bob).post(start)
    client_for(charlie).post(start)
    assert bob.self_assessments.get().version == version
    assert not charlie.self_assessments.exists()
    listed = client_for(bob).get(reverse("self_assessments:list")).content.decode()
    assert "Ward leaders" in listed
