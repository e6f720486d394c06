"""Inviting colleagues, and what may be done with a member."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import Fact, Facts, SeenForm
from spaces.access import load_membership
from spaces.actions.workspaces import (
    change_role,
    check_can_invite,
    hand_over_ownership,
    invite_colleague,
    remove_member,
    withdraw_invitation,
)
from spaces.forms import InvitationForm, RoleForm
from spaces.models import MANAGERS, Membership, Role, Workspace
from spaces.pages.form_page import show_form
from spaces.roles import roles_given_by


@get_or_post
def invite(request: SignedInRequest, public_id: str) -> HttpResponse:
    membership = load_membership(request.user, public_id, *MANAGERS)
    workspace = membership.workspace
    form = InvitationForm(posted(request), roles=roles_given_by(membership.role))
    invited = {"workspace": workspace, "by": request.user, "now": timezone.now()}
    if form.is_valid() and settled(form, invite_colleague, **invited, **form.cleaned_data):
        messages.success(request, _("An invitation is on its way to %(email)s.") % form.cleaned_data)
        return redirect(workspace)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Invite a colleague"),
        lead=_("They get an e-mail with a link that works for 14 days."),
        refusal=refusal_of(check_can_invite, workspace, request.user),
        submit=_("Send the invitation"),
        back=workspace.get_absolute_url(),
    )


@get_or_post
def withdraw(request: SignedInRequest, public_id: str, invitation_id: str) -> HttpResponse:
    membership = load_membership(request.user, public_id, *MANAGERS)
    workspace = membership.workspace
    invitation = get_object_or_404(workspace.colleague_invitations, public_id=invitation_id)
    if invitation.role not in roles_given_by(membership.role):
        raise PermissionDenied
    label = _("the invitation")
    facts = {"invitation": Fact(label, (invitation.email, invitation.role), str(invitation.email))}
    form = SeenForm(posted(request), facts=facts, of=invitation_id)
    if form.is_valid() and settled(form, withdraw_invitation, invitation=invitation, by=request.user):
        messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email})
        return redirect(workspace)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Withdraw the invitation?"),
        lead=_("The link that %(email)s received will stop working.") % {"email": invitation.email},
        submit=_("Withdraw the invitation"),
        back=workspace.get_absolute_url(),
        danger=True,
    )


@get_or_post
def member(request: SignedInRequest, public_id: str, member_id: str) -> HttpResponse:
    viewer = load_membership(request.user, public_id, *MANAGERS)
    membership = _load_other(viewer, member_id)
    roles = roles_given_by(viewer.role)
    if membership.role not in roles:
        raise PermissionDenied
    form = RoleForm(posted(request), roles=roles, initial={"role": membership.role})
    if form.is_valid() and settled(form, change_role, membership=membership, by=request.user, **form.cleaned_data):
        messages.success(request, _("The role of %(name)s is saved.") % {"name": membership.user})
        return redirect(viewer.workspace)
    context = {"viewer": viewer, "workspace": viewer.workspace, "member": membership, "form": form}
    return render(request, "spaces/member.html", context)


@get_or_post
def remove(request: SignedInRequest, public_id: str, member_id: str) -> HttpResponse:
    workspace, membership = _load_as_owner(request, public_id, member_id)
    words = {"name": membership.user, "workspace": workspace}
    form = SeenForm(posted(request), facts=_facts(membership), of=member_id)
    if form.is_valid() and settled(form, remove_member, membership=membership, by=request.user):
        messages.success(request, _("%(name)s is no longer a member.") % words)
        return redirect(workspace)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Remove %(name)s?") % words,
        lead=_("%(name)s will no longer see this workspace. Self-assessments stay theirs.") % words,
        submit=_("Remove the member"),
        back=workspace.get_absolute_url(),
        danger=True,
    )


@get_or_post
def hand_over(request: SignedInRequest, public_id: str, member_id: str) -> HttpResponse:
    workspace, membership = _load_as_owner(request, public_id, member_id)
    words = {"name": membership.user, "workspace": workspace}
    form = SeenForm(posted(request), facts=_facts(membership), of=member_id)
    if form.is_valid() and settled(form, hand_over_ownership, workspace=workspace, to=membership, by=request.user):
        messages.success(request, _("%(name)s now owns %(workspace)s. You are a consultant in it.") % words)
        return redirect(workspace)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Hand the workspace over to %(name)s?") % words,
        lead=_("%(name)s becomes the owner of %(workspace)s. You become a consultant; only %(name)s can reverse this.")
        % words,
        submit=_("Hand over the workspace"),
        back=workspace.get_absolute_url(),
        danger=True,
    )


def _load_other(viewer: Membership, member_id: str) -> Membership:
    """Any member but the owner, who changes by handing over only."""
    others = viewer.workspace.memberships.exclude(role=Role.OWNER).select_related("user")
    return get_object_or_404(others, public_id=member_id)


def _load_as_owner(request: SignedInRequest, public_id: str, member_id: str) -> tuple[Workspace, Membership]:
    viewer = load_membership(request.user, public_id, Role.OWNER)
    return viewer.workspace, _load_other(viewer, member_id)


def _facts(membership: Membership) -> Facts:
    label = _("the role of %(name)s") % {"name": membership.user}
    return {"role": Fact(label, membership.role, membership.get_role_display())}
