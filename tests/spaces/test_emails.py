import datetime

from django.urls import reverse

from core.post import registry
from spaces.actions import workspaces
from spaces.invitations import find_invitation
from spaces.models import ColleagueInvitation


def rendered(invitation):
    render = registry.get("spaces.colleague_invitation")
    return render({"invitation": invitation.public_id}, "en-gb")


def test_the_message_says_who_invites_to_what_until_when(invitation, settings):
    settings.SITE_URL = "https://trace.example.org"
    message = rendered(invitation)
    assert message.subject == "Invitation to Northmoor"
    for text in (
        "Alice invites you to join Northmoor on TRACE. Your role: Leader.",
        "charlie@example.org",
        "The link works until",
    ):
        assert text in message.text
    assert "&" not in message.text


def test_the_link_leads_to_this_site_and_to_this_invitation(invitation, settings):
    settings.SITE_URL = "https://trace.example.org"
    start = settings.SITE_URL + reverse("spaces:workspaces") + "invitations/"
    link = next(line for line in rendered(invitation).text.splitlines() if line.startswith("https://"))
    assert link.startswith(start)
    assert find_invitation(link.removeprefix(start).rstrip("/")) == invitation


def test_names_are_not_escaped_and_stay_on_one_line(invitation, workspace, alice):
    workspaces.rename_workspace(workspace=workspace, name="O’Brien & 'Sons' <North>", by=alice)
    assert rendered(invitation).subject == "Invitation to O’Brien & 'Sons' <North>"


def test_no_message_is_wanted_once_withdrawn_run_out_or_gone(invitation, alice):
    ColleagueInvitation.objects.update(created_at=invitation.created_at - datetime.timedelta(days=14))
    assert rendered(invitation) is None
    ColleagueInvitation.objects.update(created_at=invitation.created_at)
    workspaces.withdraw_invitation(invitation=invitation, by=alice)
    assert rendered(invitation) is None
    ColleagueInvitation.objects.all().delete()
    assert rendered(invitation) is None


def test_names_carry_no_links_into_the_mailbox_of_a_stranger(invitation, workspace, alice):
    workspaces.rename_workspace(workspace=workspace, name="Win at https://evil.example/now", by=alice)
    alice.name = "www.evil.example or mo@evil.example"
    alice.save()
    message = rendered(invitation)
    assert message.subject == "Invitation to Win at evil. example/now"
    assert "evil.example" not in message.text
    assert message.text.count("://") == 1
