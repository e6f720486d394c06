"""Workspaces, invitations and members."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from core.post.models import Message
from spaces.actions import workspaces
from spaces.models import ColleagueInvitation, Membership, Role, Workspace
from spaces.notices import notice_of, usual_notice
from tests.spaces.conftest import invite, membership

Status = ColleagueInvitation.Status


def last_entry() -> Entry:
    return Entry.objects.latest("pk")


def workspace_again(workspace: Workspace) -> Workspace:
    return Workspace.objects.get(pk=workspace.pk)


# --- Workspaces


def test_whoever_makes_a_workspace_owns_it(alice):
    workspace = workspaces.create_workspace(name="Northmoor", by=alice)
    assert membership(workspace, alice).role == Role.OWNER
    assert not workspace.is_personal
    assert (last_entry().verb, last_entry().actor_id, last_entry().workspace_id) == (
        "create_workspace",
        alice.pk,
        workspace.pk,
    )


def test_a_workspace_needs_a_confirmed_address(unconfirmed):
    with pytest.raises(ValidationError, match="Confirm your e-mail address first"):
        workspaces.create_workspace(name="Northmoor", by=unconfirmed)


def test_a_personal_workspace_needs_no_confirmed_address_and_fits_any_name(unconfirmed):
    unconfirmed.name = "N" * 150
    workspace = workspaces.create_personal_workspace(by=unconfirmed)
    workspace.full_clean()
    assert workspace.is_personal


def test_renaming_is_logged_once(workspace, alice):
    workspaces.rename_workspace(workspace=workspace, name="Southmoor", by=alice)
    workspaces.rename_workspace(workspace=workspace, name="Southmoor", by=alice)
    workspace.refresh_from_db()
    assert workspace.name == "Southmoor"
    assert Entry.objects.filter(verb="rename_workspace").count() == 1


def test_a_privacy_notice_is_logged_once_and_without_its_words(workspace, bob):
    for _time in range(2):
        workspaces.change_privacy_notice(workspace=workspace, text="Ask Helen Marsh.", by=bob)
    assert notice_of(workspace_again(workspace)) == "Ask Helen Marsh."
    [entry] = Entry.objects.filter(verb="change_privacy_notice")
    assert (entry.actor_id, "Helen" in str(entry.detail)) == (bob.pk, False)


def test_the_usual_notice_is_not_stored_so_that_it_follows_a_new_name(workspace, alice):
    workspaces.change_privacy_notice(workspace=workspace, text="Ask Helen Marsh.", by=alice)
    workspaces.change_privacy_notice(workspace=workspace, text=usual_notice(workspace), by=alice)
    workspaces.rename_workspace(workspace=workspace, name="Southmoor", by=alice)
    again = workspace_again(workspace)
    assert again.privacy_notice == ""
    assert notice_of(again).startswith("Southmoor asks for your answers")


def test_facilitators_and_leaders_change_no_notice(workspace, dora, erik):
    for user in (dora, erik):
        with pytest.raises(PermissionDenied):
            workspaces.change_privacy_notice(workspace=workspace, text="Ours.", by=user)
    assert workspace_again(workspace).privacy_notice == ""


# --- Invitations


def test_an_invitation_asks_for_a_message_that_holds_no_link(workspace, alice, now):
    invitation = invite(workspace, "New@Example.org", by=alice, now=now)
    message = Message.objects.get()
    assert (message.to, message.kind) == ("new@example.org", "spaces.colleague_invitation")
    assert message.reference == {"invitation": invitation.public_id}
    assert (last_entry().verb, last_entry().at, last_entry().detail) == ("invite_colleague", now, {"role": "leader"})


def test_a_second_invitation_to_one_address_is_refused_in_any_case(workspace, alice, now):
    invite(workspace, "new@example.org", by=alice, now=now)
    with pytest.raises(ValidationError, match="has an invitation already"):
        invite(workspace, "NEW@example.org", by=alice, now=now)


def test_an_invitation_that_ran_out_can_be_sent_again(workspace, alice, now):
    first = invite(workspace, "new@example.org", by=alice, now=now)
    second = invite(workspace, "new@example.org", by=alice, now=now + datetime.timedelta(days=14))
    first.refresh_from_db()
    assert (first.status, second.status) == (Status.WITHDRAWN, Status.PENDING)


def test_a_member_is_not_invited_again_whichever_confirmed_address_is_used(workspace, alice, bob, now):
    bob.emailaddress_set.create(email="Bob@Elsewhere.org", verified=True)
    for address in ("bob@example.org", "BOB@elsewhere.org"):
        with pytest.raises(ValidationError, match="is a member already"):
            invite(workspace, address, by=alice, now=now)


def test_a_personal_workspace_invites_nobody(personal, alice, now):
    with pytest.raises(ValidationError, match="yours alone"):
        invite(personal, "new@example.org", by=alice, now=now)


@pytest.mark.parametrize(
    "case",
    [
        ("alice", Role.CONSULTANT, True),
        ("alice", Role.LEADER, True),
        ("alice", Role.OWNER, False),
        ("bob", Role.CONSULTANT, False),
        ("bob", Role.FACILITATOR, True),
        ("dora", Role.LEADER, False),
        ("erik", Role.LEADER, False),
        ("charlie", Role.LEADER, False),
    ],
)
def test_who_may_offer_which_role(request, workspace, now, case):
    who, role, allowed = case
    by = request.getfixturevalue(who)
    if allowed:
        assert invite(workspace, "new@example.org", by=by, role=role, now=now).role == role
    else:
        with pytest.raises(PermissionDenied):
            invite(workspace, "new@example.org", by=by, role=role, now=now)


def test_accepting_makes_a_member(invitation, workspace, charlie, now):
    accepted = workspaces.accept_invitation(invitation=invitation, by=charlie, now=now)
    assert (accepted.role, accepted.joined_at) == (Role.LEADER, now)
    assert ColleagueInvitation.objects.get().status == Status.ACCEPTED
    assert last_entry().verb == "accept_invitation"


def test_accepting_twice_makes_one_member(invitation, workspace, charlie, now):
    stale = ColleagueInvitation.objects.get()
    first = workspaces.accept_invitation(invitation=invitation, by=charlie, now=now)
    assert workspaces.accept_invitation(invitation=stale, by=charlie, now=now) == first
    assert Entry.objects.filter(verb="accept_invitation").count() == 1


def test_accepting_needs_the_invited_address_confirmed(workspace, alice, charlie, unconfirmed):
    to_una = invite(workspace, unconfirmed.email, by=alice)
    for somebody in (charlie, unconfirmed):
        with pytest.raises(PermissionDenied):
            workspaces.accept_invitation(invitation=to_una, by=somebody, now=to_una.created_at)


def test_a_plus_tag_is_another_address_when_it_lets_somebody_in(workspace, alice, charlie):
    tagged = invite(workspace, "charlie+work@example.org", by=alice)
    with pytest.raises(PermissionDenied):
        workspaces.accept_invitation(invitation=tagged, by=charlie, now=tagged.created_at)


@pytest.mark.parametrize(("days", "is_open"), [(13.99, True), (14, False)])
def test_an_invitation_lasts_fourteen_days(invitation, charlie, days, is_open):
    later = invitation.created_at + datetime.timedelta(days=days)
    if is_open:
        assert workspaces.accept_invitation(invitation=invitation, by=charlie, now=later)
    else:
        with pytest.raises(ValidationError, match="no longer open"):
            workspaces.accept_invitation(invitation=invitation, by=charlie, now=later)


def test_a_withdrawn_invitation_lets_nobody_in(invitation, alice, charlie, now):
    stale = ColleagueInvitation.objects.get()
    workspaces.withdraw_invitation(invitation=invitation, by=alice)
    with pytest.raises(ValidationError, match="no longer open"):
        workspaces.accept_invitation(invitation=stale, by=charlie, now=now)
    with pytest.raises(ValidationError, match="in the meantime"):
        workspaces.withdraw_invitation(invitation=stale, by=alice)


def test_a_consultant_cannot_withdraw_what_only_the_owner_may_offer(workspace, alice, bob):
    offer = invite(workspace, "new@example.org", by=alice, role=Role.CONSULTANT)
    with pytest.raises(PermissionDenied):
        workspaces.withdraw_invitation(invitation=offer, by=bob)


# --- Members


@pytest.mark.parametrize(
    "case",
    [
        ("alice", "bob", Role.LEADER, True),
        ("alice", "dora", Role.CONSULTANT, True),
        ("alice", "dora", Role.OWNER, False),
        ("alice", "alice", Role.LEADER, False),
        ("bob", "dora", Role.LEADER, True),
        ("bob", "dora", Role.CONSULTANT, False),
        ("bob", "bob", Role.LEADER, False),
        ("bob", "alice", Role.LEADER, False),
        ("dora", "erik", Role.FACILITATOR, False),
        ("charlie", "erik", Role.FACILITATOR, False),
    ],
)
def test_who_may_change_whose_role(request, workspace, case):
    who, whom, role, allowed = case
    target = membership(workspace, request.getfixturevalue(whom))
    before, by = target.role, request.getfixturevalue(who)
    if allowed:
        workspaces.change_role(membership=target, role=role, by=by)
    else:
        with pytest.raises(PermissionDenied):
            workspaces.change_role(membership=target, role=role, by=by)
    target.refresh_from_db()
    assert target.role == (role if allowed else before)


def test_changing_a_role_logs_both(workspace, alice, dora):
    workspaces.change_role(membership=membership(workspace, dora), role=Role.LEADER, by=alice)
    assert last_entry().detail == {"user": dora.pk, "before": "facilitator", "after": "leader"}


def test_only_the_owner_removes_members(workspace, alice, bob, dora):
    with pytest.raises(PermissionDenied):
        workspaces.remove_member(membership=membership(workspace, dora), by=bob)
    workspaces.remove_member(membership=membership(workspace, dora), by=alice)
    assert not workspace.memberships.filter(user=dora).exists()
    assert last_entry().verb == "remove_member"


def test_the_owner_cannot_be_removed(workspace, alice):
    with pytest.raises(PermissionDenied):
        workspaces.remove_member(membership=membership(workspace, alice), by=alice)


def test_a_member_who_left_meanwhile_cannot_be_changed(workspace, alice, dora):
    stale = membership(workspace, dora)
    workspaces.leave_workspace(workspace=workspace, by=dora)
    for change in (
        lambda: workspaces.remove_member(membership=stale, by=alice),
        lambda: workspaces.change_role(membership=stale, role=Role.LEADER, by=alice),
        lambda: workspaces.hand_over_ownership(workspace=workspace, to=stale, by=alice),
    ):
        with pytest.raises(ValidationError, match="no longer a member"):
            change()


def test_an_owner_hands_over_before_leaving(workspace, alice, bob):
    with pytest.raises(ValidationError, match="Hand it over"):
        workspaces.leave_workspace(workspace=workspace, by=alice)
    workspaces.hand_over_ownership(workspace=workspace, to=membership(workspace, bob), by=alice)
    assert (membership(workspace, alice).role, membership(workspace, bob).role) == (Role.CONSULTANT, Role.OWNER)
    workspaces.leave_workspace(workspace=workspace, by=alice)
    assert not workspace.memberships.filter(user=alice).exists()


def test_a_personal_workspace_cannot_be_left(personal, alice):
    with pytest.raises(ValidationError, match="yours alone"):
        workspaces.leave_workspace(workspace=personal, by=alice)


def test_only_the_owner_hands_over_and_only_once(workspace, alice, bob, dora):
    to_bob, to_dora = membership(workspace, bob), membership(workspace, dora)
    with pytest.raises(PermissionDenied):
        workspaces.hand_over_ownership(workspace=workspace, to=to_dora, by=bob)
    workspaces.hand_over_ownership(workspace=workspace, to=to_bob, by=alice)
    with pytest.raises(PermissionDenied):
        workspaces.hand_over_ownership(workspace=workspace, to=to_dora, by=alice)
    assert workspace.memberships.get(role=Role.OWNER).user == bob


def test_handing_over_to_oneself_is_said(workspace, alice):
    with pytest.raises(ValidationError, match="already"):
        workspaces.hand_over_ownership(workspace=workspace, to=membership(workspace, alice), by=alice)


# --- What the database holds to


def test_a_workspace_has_one_owner(workspace, dora):
    with pytest.raises(IntegrityError, match=r"one_owner_per_workspace|workspace_id"), transaction.atomic():
        workspace.memberships.filter(user=dora).update(role=Role.OWNER)


def test_a_person_has_one_membership(workspace, dora):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(workspace=workspace, user=dora, role=Role.LEADER)


def test_an_address_has_one_pending_invitation(invitation, workspace):
    with pytest.raises(IntegrityError), transaction.atomic():
        ColleagueInvitation.objects.create(workspace=workspace, email=invitation.email, role=Role.LEADER)
