"""A site where nobody unknown makes an account or a workspace."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.accounts.models import User
from core.post.models import Message
from core.post.registry import renderers
from spaces.actions.workspaces import create_workspace, invite_colleague, withdraw_invitation
from spaces.invitations import invitation_token
from spaces.models import Workspace
from tests.diagnostics.checklists.owning import published
from tests.diagnostics.launched import workspace_of
from tests.pages import tight

pytestmark = pytest.mark.django_db
SIGN_UP = "/accounts/signup/"
FORM = {"name": "Dana Drew", "email": "dana@example.org", "password1": "a-word-of-her-own"}


@pytest.fixture(autouse=True)
def closed(settings):
    settings.OPEN_SIGN_UP = False
    settings.SITE_CONTACT = "help@example.org"


@pytest.fixture
def invitation(alice, settings):
    settings.OPEN_SIGN_UP = True
    workspace = create_workspace(name="Northmoor", by=alice)
    settings.OPEN_SIGN_UP = False
    return invite_colleague(
        workspace=workspace, email="dana@example.org", role="consultant", by=alice, now=timezone.now()
    )


def test_nobody_makes_an_account_and_everybody_is_told_who_can_let_them_in(client):
    for page in (client.get(SIGN_UP), client.post(SIGN_UP, FORM)):
        assert "Accounts are made by invitation" in tight(page)
        assert 'href="mailto:help@example.org"' in tight(page)
    assert not User.objects.exists()
    login = tight(client.get(reverse("account_login")))
    assert ("Accounts are made by invitation here" in login, SIGN_UP in login) == (True, False)


def test_whoever_was_invited_makes_an_account(client, invitation):
    back = reverse("spaces:invitation", args=[invitation_token(invitation)])
    assert f"{SIGN_UP}?next=" in client.get(back).content.decode()
    assert 'name="password1"' in client.get(SIGN_UP, {"next": back}).content.decode()
    assert SIGN_UP in client.get(reverse("account_login"), {"next": back}).content.decode()
    assert client.post(SIGN_UP, FORM | {"next": back}).url == back
    assert User.objects.get(email="dana@example.org")


def test_a_leader_comes_in_by_the_link_of_a_checklist(client, client_for, instrument, alice):
    version = published(workspace_of(alice), alice, name="Ward leaders")
    client_for(alice).post(reverse("checklists:stand", args=[version.checklist.key, version.number]), {"link": "make"})
    version.standing.refresh_from_db()
    back = reverse("self_assessments:by_link", args=[version.standing.link])
    assert client.post(SIGN_UP, FORM | {"next": back}).url == back
    version.standing.link = ""
    version.standing.save()
    assert "Accounts are made by invitation" in tight(Client().get(SIGN_UP, {"next": back}))


def test_an_invitation_that_is_over_or_made_up_lets_nobody_in(invitation, alice):
    good = reverse("spaces:invitation", args=[invitation_token(invitation)])
    withdraw_invitation(invitation=invitation, by=alice)
    made_up = reverse("spaces:invitation", args=["abc:def"])
    for back in (good, made_up, "/surveys/", "https://evil.example/", "//[", ""):
        assert "Accounts are made by invitation" in tight(Client().post(SIGN_UP, FORM | {"next": back}))
    assert User.objects.count() == 1


def test_workspaces_are_made_by_staff(client_for, alice):
    browser, address = client_for(alice), reverse("spaces:new_workspace")
    page = browser.post(address, {"name": "Mine"})
    assert "New workspaces are made by the people who run this site. Write to them: help@example.org" in tight(page)
    assert address not in browser.get(reverse("spaces:workspaces")).content.decode()
    assert not Workspace.objects.exists()
    User.objects.update(may_make_workspaces=True)
    assert address in browser.get(reverse("spaces:workspaces")).content.decode()
    assert browser.post(address, {"name": "Mine"}).status_code == 302


def test_the_operator_makes_the_first_workspace_and_lets_its_owner_make_more(capsys):
    call_command("create_workspace", "Northmoor", "helen@example.org")
    helen = User.objects.get()
    assert (Workspace.objects.get().memberships.get().user, helen.may_make_workspaces) == (helen, False)
    call_command("create_workspace", "Northmoor", "helen@example.org", "--may-make-more")
    helen.refresh_from_db()
    assert (Workspace.objects.count(), helen.may_make_workspaces, helen.is_staff) == (1, True, False)


def test_a_letter_to_a_stranger_shows_no_way_that_is_shut(client):
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    message = Message.objects.get()
    text = renderers[message.kind](message.reference, "en-gb").text
    assert ("write to help@example.org" in text, SIGN_UP in text) == (True, False)
