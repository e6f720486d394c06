"""Verbs on workspaces and their members. What is refused is a ValidationError with a sentence for the reader."""

import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.access import check_is_confirmed
from core.accounts.models import User
from core.accounts.second_steps import has_second_step
from core.audit.actions import record
from core.post.actions import send
from core.quotas.actions import spend
from core.site import site_contact
from spaces.access import lock_workspace, verified_addresses
from spaces.emails import INVITING
from spaces.logos import Logo
from spaces.looks import USUAL, kept_look
from spaces.models import ColleagueInvitation, Membership, Role, Workspace
from spaces.notices import usual_notice
from spaces.roles import roles_given_by

Status = ColleagueInvitation.Status


def are_made_by(user: User) -> bool:
    """Whether this site lets them make workspaces, once their address is confirmed."""
    return settings.OPEN_SIGN_UP or user.may_make_workspaces


def check_can_create(user: User) -> None:
    if not are_made_by(user):
        raise ValidationError(
            _("New workspaces are made by the people who run this site. Write to them: %(contact)s")
            % {"contact": site_contact()}
        )
    if not verified_addresses(user):
        raise ValidationError(_("Confirm your e-mail address first. Then you can make a workspace."))


@transaction.atomic
def create_workspace(*, name: str, by: User) -> Workspace:
    """A shared workspace, owned by whoever makes it."""
    check_can_create(by)
    spend("workspaces", person=by.pk)
    return _founded(name=name, by=by, is_personal=False)


@transaction.atomic
def found_workspace(*, name: str, owner: User) -> Workspace:
    """The same by the operator of the site, who needs nobody's leave."""
    return _founded(name=name, by=owner, is_personal=False)


@transaction.atomic
def create_personal_workspace(*, by: User) -> Workspace:
    """The one workspace that needs no confirmed address, because nobody else will ever be in it."""
    most = Workspace._meta.get_field("name").max_length
    name = _("Personal workspace of %(name)s") % {"name": by}
    return _founded(name=name[:most], by=by, is_personal=True)


def _founded(*, name: str, by: User, is_personal: bool) -> Workspace:
    workspace = Workspace.objects.create(name=name, is_personal=is_personal)
    Membership.objects.create(workspace=workspace, user=by, role=Role.OWNER)
    record(by=by, verb="create_workspace", obj=workspace, workspace=workspace)
    return workspace


@transaction.atomic
def rename_workspace(*, workspace: Workspace, name: str, by: User) -> None:
    workspace = lock_workspace(workspace)
    if workspace.name == name:
        return
    workspace.name = name
    workspace.save(update_fields=["name"])
    record(by=by, verb="rename_workspace", obj=workspace, workspace=workspace)


@transaction.atomic
def change_privacy_notice(*, workspace: Workspace, text: str, by: User) -> None:
    """What respondents of the workspace's surveys read; the usual text, or none, stores nothing."""
    workspace = lock_workspace(workspace)
    if not _standing(workspace, by).can_manage:
        raise PermissionDenied
    text = "" if text == usual_notice(workspace) else text
    if workspace.privacy_notice == text:
        return
    workspace.privacy_notice = text
    workspace.save(update_fields=["privacy_notice"])
    record(by=by, verb="change_privacy_notice", obj=workspace, workspace=workspace)


@transaction.atomic
def change_retention(*, workspace: Workspace, months: int, by: User) -> None:
    """For how long after their close surveys leave something behind. Those who were told of less keep that."""
    workspace = lock_workspace(workspace)
    if not _standing(workspace, by).is_owner:
        raise PermissionDenied
    if workspace.kept_months == months:
        return
    before, workspace.kept_months = workspace.kept_months, months
    workspace.save(update_fields=["kept_months"])
    record(by=by, verb="change_retention", obj=workspace, workspace=workspace, months_before=before, months=months)


def check_can_ask_for_second_step(workspace: Workspace, by: User) -> None:
    if workspace.is_personal:
        raise ValidationError(_("This workspace is yours alone, so nobody else signs in to it."))
    if not workspace.needs_second_step and not has_second_step(by):
        raise ValidationError(_("Set up a second step of your own first, on your account page. Then ask it of all."))


@transaction.atomic
def ask_for_second_step(*, workspace: Workspace, needed: bool, by: User) -> None:
    """Of all members, from the next page that they open."""
    workspace = lock_workspace(workspace)
    if not _standing(workspace, by).is_owner:
        raise PermissionDenied
    check_can_ask_for_second_step(workspace, by)
    if workspace.needs_second_step == needed:
        return
    workspace.needs_second_step = needed
    workspace.save(update_fields=["needs_second_step"])
    record(by=by, verb="ask_for_second_step" if needed else "drop_second_step", obj=workspace, workspace=workspace)


@transaction.atomic
def change_look(
    *, workspace: Workspace, colour: str, by: User, logo: Logo | None = None, is_bare: bool = False
) -> None:
    """Of its letters, those to come. `logo`: a new one; `is_bare`: without the one there is."""
    workspace = lock_workspace(workspace)
    check_has_letters(workspace)
    if not _standing(workspace, by).can_manage:
        raise PermissionDenied
    look = kept_look(workspace)
    look.colour = "" if colour == USUAL.colour else colour
    if logo or is_bare:
        drawn = logo or Logo(b"", 0, 0)
        look.logo, look.width, look.height = drawn.png, drawn.width, drawn.height
    look.save()
    record(by=by, verb="change_look", obj=workspace, workspace=workspace)


def check_has_letters(workspace: Workspace) -> None:
    if workspace.is_personal:
        raise ValidationError(_("This workspace is yours alone, so it sends no messages."))


# --- Invitations -------------------------------------------------------------------------------


def check_can_invite(workspace: Workspace, by: User) -> None:
    check_is_confirmed(by)
    if workspace.is_personal:
        raise ValidationError(
            _("This workspace is yours alone. To work with others, make a new workspace and invite them there.")
        )


@transaction.atomic
def invite_colleague(
    *, workspace: Workspace, email: str, role: str, by: User, now: datetime.datetime
) -> ColleagueInvitation:
    """Offer a membership; the link is worked out when the message is sent."""
    workspace = lock_workspace(workspace)
    check_can_invite(workspace, by)
    _check_may_give(workspace, by, role)
    email = email.lower()
    _check_is_new(workspace, email, now)
    spend("invitations", person=by.pk, workspace=workspace.pk)
    invitation = ColleagueInvitation.objects.create(
        workspace=workspace, email=email, role=role, invited_by=by, created_at=now
    )
    record(by=by, verb="invite_colleague", obj=invitation, workspace=workspace, now=now, role=role)
    send(kind=INVITING, to=email, reference={"invitation": invitation.public_id})
    return invitation


def _check_is_new(workspace: Workspace, email: str, now: datetime.datetime) -> None:
    words = {"email": email}
    holders = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user")
    if workspace.memberships.filter(user__in=holders).exists():
        raise ValidationError({"email": _("%(email)s is a member already.") % words})
    waiting = workspace.colleague_invitations.filter(email=email, status=Status.PENDING)
    if waiting.open(now).exists():
        sentence = _("%(email)s has an invitation already. To send a new one, withdraw it first.")
        raise ValidationError({"email": sentence % words})
    waiting.update(status=Status.WITHDRAWN)  # it ran out unanswered


@transaction.atomic
def withdraw_invitation(*, invitation: ColleagueInvitation, by: User) -> None:
    workspace = lock_workspace(invitation.workspace)
    _check_may_give(workspace, by, invitation.role)
    if not workspace.colleague_invitations.filter(pk=invitation.pk, status=Status.PENDING).update(
        status=Status.WITHDRAWN
    ):
        raise ValidationError(_("This invitation has been answered or withdrawn in the meantime."))
    record(by=by, verb="withdraw_invitation", obj=invitation, workspace=workspace)


@transaction.atomic
def accept_invitation(*, invitation: ColleagueInvitation, by: User, now: datetime.datetime) -> Membership:
    """Become a member; doing it twice, or in two tabs at once, makes one membership."""
    workspace = lock_workspace(invitation.workspace)
    invitation.refresh_from_db()
    if invitation.email not in verified_addresses(by):
        raise PermissionDenied
    membership = workspace.memberships.filter(user=by).first()
    if membership and invitation.status == Status.ACCEPTED:
        return membership
    if not invitation.is_open(now):
        raise ValidationError(_("This invitation is no longer open. Ask for a new one."))
    if membership is None:
        membership = Membership.objects.create(workspace=workspace, user=by, role=invitation.role, joined_at=now)
    invitation.status = Status.ACCEPTED
    invitation.save(update_fields=["status"])
    record(by=by, verb="accept_invitation", obj=invitation, workspace=workspace, now=now, role=membership.role)
    return membership


# --- Members -----------------------------------------------------------------------------------


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> None:
    workspace = lock_workspace(membership.workspace)
    membership = _still_there(workspace, membership)
    _check_may_give(workspace, by, membership.role, role)
    if membership.role == role:
        return
    record(
        by=by,
        verb="change_role",
        obj=membership,
        workspace=workspace,
        user=membership.user_id,
        before=membership.role,
        after=role,
    )
    membership.role = role
    membership.save(update_fields=["role"])


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    workspace = lock_workspace(membership.workspace)
    membership = _still_there(workspace, membership)
    if not _standing(workspace, by).is_owner or membership.is_owner:
        raise PermissionDenied
    user, role = membership.user_id, membership.role
    record(by=by, verb="remove_member", obj=membership, workspace=workspace, user=user, role=role)
    membership.delete()


def check_can_leave(membership: Membership) -> None:
    if membership.workspace.is_personal:
        raise ValidationError(_("This workspace is yours alone, so you cannot leave it."))
    if membership.is_owner:
        raise ValidationError(_("You own this workspace. Hand it over to another member first; then you can leave."))


@transaction.atomic
def leave_workspace(*, workspace: Workspace, by: User) -> None:
    workspace = lock_workspace(workspace)
    membership = _standing(workspace, by)
    check_can_leave(membership)
    record(by=by, verb="leave_workspace", obj=membership, workspace=workspace, role=membership.role)
    membership.delete()


@transaction.atomic
def hand_over_ownership(*, workspace: Workspace, to: Membership, by: User) -> None:
    """Make another member the owner; whoever owned it until now becomes a consultant."""
    workspace = lock_workspace(workspace)
    giver, taker = _standing(workspace, by), _still_there(workspace, to)
    if not giver.is_owner:
        raise PermissionDenied
    if taker == giver:
        raise ValidationError(_("You own this workspace already."))
    giver.role, taker.role = Role.CONSULTANT, Role.OWNER
    giver.save(update_fields=["role"])  # first: a workspace never has two owners
    taker.save(update_fields=["role"])
    record(by=by, verb="hand_over_ownership", obj=taker, workspace=workspace, user=taker.user_id)


def _standing(workspace: Workspace, user: User) -> Membership:
    """What the acting user is now, whatever it was when the page was loaded."""
    membership = workspace.memberships.filter(user=user).first()
    if membership is None:
        raise PermissionDenied
    return membership


def _still_there(workspace: Workspace, membership: Membership) -> Membership:
    fresh = workspace.memberships.filter(pk=membership.pk).first()
    if fresh is None:
        raise ValidationError(_("This person is no longer a member."))
    return fresh


def _check_may_give(workspace: Workspace, user: User, *roles: str) -> None:
    if not set(roles) <= set(roles_given_by(_standing(workspace, user).role)):
        raise PermissionDenied
