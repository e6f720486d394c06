"""The page behind an invitation's link: it names the workspace to nobody but the one who is invited."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from spaces.actions import workspaces
from spaces.invitations import Standing, invitation_token, standing
from spaces.models import ColleagueInvitation
from tests.conftest import make_user
from tests.spaces.conftest import invite, membership


def link(invitation) -> str:
    return reverse("spaces:invitation", args=[invitation_token(invitation)])


def said(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_the_invited_person_sees_who_invites_to_what_and_joins(client_for, invitation, workspace, charlie):
    browser = client_for(charlie)
    page = said(browser, link(invitation))
    for text in ("Join Northmoor?", "Alice invites you. Your role: Leader.", "Sees who the members are"):
        assert text in page
    joined = browser.post(link(invitation), follow=True)
    assert joined.redirect_chain[-1][0] == workspace.get_absolute_url()
    assert "You are now a member of Northmoor." in joined.content.decode()
    assert membership(workspace, charlie).role == "leader"


def test_following_the_link_again_leads_to_the_workspace(client_for, invitation, workspace, charlie):
    browser = client_for(charlie)
    browser.post(link(invitation))
    assert browser.get(link(invitation)).url == workspace.get_absolute_url()
    assert browser.post(link(invitation)).url == workspace.get_absolute_url()


def test_looking_joins_nothing(client_for, invitation, workspace, charlie):
    said(client_for(charlie), link(invitation))
    assert not workspace.memberships.filter(user=charlie).exists()


def test_signed_out_one_is_told_to_sign_in_and_comes_back(client, invitation):
    page = said(client, link(invitation))
    assert "Sign in with the address to which the invitation was sent" in page
    assert f"{reverse('account_login')}?next={link(invitation)}".replace(":", "%3A") in page
    assert "Northmoor" not in page
    assert "charlie" not in page


def test_with_an_unconfirmed_address_one_is_told_to_confirm_it(client_for, workspace, alice, unconfirmed):
    page = said(client_for(unconfirmed), link(invite(workspace, unconfirmed.email, by=alice)))
    assert "Confirm your address first" in page
    assert "Northmoor" not in page


def test_with_another_address_one_learns_neither_workspace_nor_address(client_for, invitation):
    page = said(client_for(make_user("Mallory")), link(invitation))
    assert "This invitation is for another address" in page
    assert "mallory@example.org" in page
    for secret in ("Northmoor", "charlie", "Alice"):
        assert secret not in page


@pytest.mark.parametrize("who", ["signed out", "unconfirmed", "Mallory"])
def test_nobody_else_joins_by_posting(client_for, request, invitation, workspace, who):
    users = {"unconfirmed": lambda: request.getfixturevalue("unconfirmed"), "Mallory": lambda: make_user("Mallory")}
    browser = client_for(users[who]()) if who in users else Client()
    assert browser.post(link(invitation)).url == link(invitation)
    assert workspace.memberships.count() == 4


def test_a_forged_and_a_useless_link_say_the_same(client_for, invitation, charlie, alice):
    browser = client_for(charlie)
    forged = said(browser, link(invitation)[:-2] + "x/", status=410)
    workspaces.withdraw_invitation(invitation=invitation, by=alice)
    assert "This link does not work" in forged
    assert said(browser, link(invitation), status=410) == forged


def test_an_invitation_that_ran_out_is_useless(client_for, invitation, charlie, workspace):
    ColleagueInvitation.objects.update(created_at=invitation.created_at - datetime.timedelta(days=14))
    browser = client_for(charlie)
    assert "This link does not work" in said(browser, link(invitation), status=410)
    browser.post(link(invitation))
    assert not workspace.memberships.filter(user=charlie).exists()


def test_any_confirmed_address_of_an_account_counts(workspace, alice, charlie, now):
    charlie.emailaddress_set.create(email="charlie@elsewhere.org", verified=True)
    invitation = invite(workspace, "charlie@elsewhere.org", by=alice, now=now)
    assert standing(invitation, charlie, now=now) == Standing.WELCOME


def test_an_inviter_who_is_gone_is_not_named(client_for, invitation, charlie):
    ColleagueInvitation.objects.update(invited_by=None)
    assert "You are invited. Your role: Leader." in said(client_for(charlie), link(invitation))
