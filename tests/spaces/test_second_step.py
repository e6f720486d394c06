"""A workspace whose members sign in with a second step: set up, lost, taken away."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.accounts.models import OpenSession
from core.audit.models import Entry
from core.post.models import Message
from spaces.actions.workspaces import ask_for_second_step
from spaces.models import Workspace
from tests.core.accounts.test_pages import sure
from tests.core.accounts.test_second_step import ACTIVATE, code_for
from tests.pages import tight

pytestmark = pytest.mark.django_db
SECOND_STEPS = "/accounts/2fa/"


def set_up(client) -> None:
    sure(client).get(ACTIVATE)
    assert client.post(ACTIVATE, {"code": code_for(client.session["mfa.totp.secret"])}).status_code == 302


def test_an_owner_has_one_before_everybody_is_asked(client_for, workspace, alice, dora):
    page, client = reverse("spaces:second_step", args=[workspace.public_id]), client_for(alice)
    assert "Set up a second step of your own first" in tight(client.get(page))
    with pytest.raises(ValidationError, match="of your own first"):
        ask_for_second_step(workspace=workspace, needed=True, by=alice)
    with pytest.raises(PermissionDenied):
        ask_for_second_step(workspace=workspace, needed=True, by=dora)
    set_up(client)
    assert "members have none yet" in tight(client.get(page))
    client.post(page, {"needed": "yes"})
    assert Workspace.objects.get(pk=workspace.pk).needs_second_step
    assert Entry.objects.filter(verb="ask_for_second_step", workspace_id=workspace.pk, actor_id=alice.pk).exists()
    log = reverse("reports:audit", args=[workspace.public_id])
    assert "asked a second step of everybody" in tight(client.get(log))


@pytest.fixture
def asking(workspace):
    Workspace.objects.filter(pk=workspace.pk).update(needs_second_step=True)
    return workspace


def test_a_member_is_led_to_set_one_up_and_back(client_for, asking, dora):
    client, page = client_for(dora), asking.get_absolute_url()
    refused = client.get(page)
    assert (refused.status_code, refused.headers["Cache-Control"]) == (403, "no-store, private")
    assert "A second step first" in tight(refused)
    for name in ("surveys:home", "reports:list", "reports:today"):
        assert client.get(reverse(name)).status_code == 403, "none of them looks empty"
    assert client.get(reverse("self_assessments:list")).status_code == 200
    client.get(page)
    set_up(client)
    assert "Go on where you were" in tight(client.get(SECOND_STEPS))
    assert client.get(reverse("accounts:go_on")).headers["Location"] == page
    assert client.get(reverse("surveys:home")).status_code == 200
    assert client.get(page).status_code == 200
    assert client.get(reverse("accounts:go_on")).headers["Location"] == reverse("accounts:account")


def test_the_last_second_step_stays_while_it_is_asked_for(client_for, asking, dora):
    client = client_for(dora)
    set_up(client)
    passkey = Authenticator.objects.create(user=dora, type="webauthn", data={"name": "x", "credential": {}})
    remove = f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/"
    client.post("/accounts/2fa/totp/deactivate/")
    assert "the only one you have" in tight(client.post(remove))
    assert list(Authenticator.objects.filter(user=dora, type="webauthn")) == [passkey]
    Authenticator.objects.filter(user=dora, type="totp").delete()
    Workspace.objects.filter(pk=asking.pk).update(needs_second_step=False)
    client.post(remove)
    assert not Authenticator.objects.filter(user=dora, type="webauthn").exists()


def test_whoever_lost_it_gets_it_taken_away_by_those_who_run_the_site(client_for, asking, alice, dora, capsys):
    client = client_for(dora)
    set_up(client)
    call_command("reset_second_step", dora.email.upper())
    assert not OpenSession.objects.filter(user=dora).exists()
    assert client.get("/accounts/").status_code == 302
    assert Message.objects.filter(kind="account.second_step_reset", to=dora.email).exists()
    assert Entry.objects.filter(verb="reset_second_step", workspace_id=asking.pk).count() == 1
    again = client_for(dora)
    assert again.get(asking.get_absolute_url()).status_code == 403
    with pytest.raises(CommandError, match="no second step"):
        call_command("reset_second_step", dora.email)
    with pytest.raises(CommandError, match="No account"):
        call_command("reset_second_step", "nobody@example.org")
