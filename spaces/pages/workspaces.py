"""The workspaces one belongs to, and one of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from core.accounts.second_steps import second_step_of
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import Fact, SeenForm
from spaces import overview
from spaces.access import load_membership, verified_addresses
from spaces.actions.workspaces import (
    are_made_by,
    ask_for_second_step,
    change_privacy_notice,
    check_can_ask_for_second_step,
    check_can_create,
    check_can_leave,
    create_workspace,
    leave_workspace,
    rename_workspace,
)
from spaces.forms import PrivacyNoticeForm, SecondStepForm, WorkspaceForm
from spaces.invitations import waiting_for
from spaces.models import MANAGERS, Membership, Role
from spaces.notices import notice_of
from spaces.pages.form_page import show_form
from spaces.roles import MAY


@require_safe
def workspaces(request: SignedInRequest) -> HttpResponse:
    memberships = Membership.objects.filter(user=request.user).select_related("workspace")
    is_verified = bool(verified_addresses(request.user))
    context = {
        "memberships": memberships.order_by("workspace__is_personal", "workspace__name"),
        "invitations": waiting_for(request.user, now=timezone.now()),
        "is_verified": is_verified,
        "can_make_one": is_verified and are_made_by(request.user),
    }
    return render(request, "spaces/workspaces.html", context)


@get_or_post
def new(request: SignedInRequest) -> HttpResponse:
    form = WorkspaceForm(posted(request))
    if form.is_valid() and settled(form, create_workspace, by=request.user, **form.cleaned_data):
        messages.success(request, _("%(name)s is ready. You own it.") % form.cleaned_data)
        return redirect("spaces:workspaces")
    return show_form(
        request,
        form,
        title=_("New workspace"),
        lead=_("A workspace holds the members, groups and people of one client. You will own it."),
        refusal=refusal_of(check_can_create, request.user),
        submit=_("Make the workspace"),
        back=reverse("spaces:workspaces"),
    )


@require_safe
def workspace(request: SignedInRequest, public_id: str) -> HttpResponse:
    membership = load_membership(request.user, public_id)
    context = {
        "membership": membership,
        "workspace": membership.workspace,
        "members": overview.members(membership),
        "offers": overview.offers(membership, now=timezone.now()),
        "tree": overview.tree_of(membership),
        "last_import": overview.last_import(membership),
        "roles": [(role.label, MAY[role]) for role in Role],
    }
    return render(request, "spaces/workspace.html", context)


@get_or_post
def rename(request: SignedInRequest, public_id: str) -> HttpResponse:
    workspace = load_membership(request.user, public_id, Role.OWNER).workspace
    form = WorkspaceForm(posted(request), initial={"name": workspace.name})
    if form.is_valid() and settled(form, rename_workspace, workspace=workspace, by=request.user, **form.cleaned_data):
        messages.success(request, _("The workspace is now called %(name)s.") % form.cleaned_data)
        return redirect(workspace)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Rename the workspace"),
        submit=_("Save the name"),
        back=workspace.get_absolute_url(),
    )


@get_or_post
def privacy_notice(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What respondents read about their data before they begin."""
    workspace = load_membership(request.user, public_id, *MANAGERS).workspace
    form = PrivacyNoticeForm(posted(request), initial={"text": notice_of(workspace)})
    if form.is_valid() and settled(
        form, change_privacy_notice, workspace=workspace, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("The privacy notice is saved. Surveys show it from now on, open ones too."))
        return redirect(workspace)
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Privacy notice"),
        lead=_(
            "Everybody who is asked in a survey of %(workspace)s can read this before they begin. How this site "
            "protects their answers is shown beside it and need not be repeated."
        )
        % {"workspace": workspace},
        submit=_("Save the notice"),
        back=workspace.get_absolute_url(),
    )


@get_or_post
def second_step(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Whether everybody in it signs in with one."""
    workspace = load_membership(request.user, public_id, Role.OWNER).workspace
    form = SecondStepForm(posted(request), initial={"needed": "yes" if workspace.needs_second_step else "no"})
    if form.is_valid() and settled(
        form, ask_for_second_step, workspace=workspace, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Saved."))
        return redirect(workspace)
    without = workspace.memberships.exclude(second_step_of("user")).count()
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Second step"),
        lead=ngettext(
            "A second step is a passkey, or a code from an app: nobody gets in with a stolen password. %(count)d "
            "member has none yet, and sees nothing here before they have set one up. People who answer by a link are "
            "never asked.",
            "A second step is a passkey, or a code from an app: nobody gets in with a stolen password. %(count)d "
            "members have none yet, and see nothing here before they have set one up. People who answer by a link are "
            "never asked.",
            without,
        )
        % {"count": without},
        refusal=refusal_of(check_can_ask_for_second_step, workspace, request.user),
        submit=_("Save"),
        back=workspace.get_absolute_url(),
    )


@get_or_post
def leave(request: SignedInRequest, public_id: str) -> HttpResponse:
    membership = load_membership(request.user, public_id)
    workspace = membership.workspace
    facts = {"role": Fact(_("your role"), membership.role, membership.get_role_display())}
    form = SeenForm(posted(request), facts=facts, of=public_id)
    if form.is_valid() and settled(form, leave_workspace, workspace=workspace, by=request.user):
        messages.success(request, _("You have left %(workspace)s.") % {"workspace": workspace})
        return redirect("spaces:workspaces")
    return show_form(
        request,
        form,
        workspace=workspace,
        title=_("Leave %(workspace)s?") % {"workspace": workspace},
        lead=_("You will no longer see this workspace. To come back you need a new invitation."),
        refusal=refusal_of(check_can_leave, membership),
        submit=_("Leave the workspace"),
        back=workspace.get_absolute_url(),
        danger=True,
    )
