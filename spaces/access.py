"""Who may come in. Loading is access: an outsider finds nothing, a member with the wrong role is refused."""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from core.accounts.models import User
from core.accounts.second_steps import SecondStepNeeded, has_second_step
from spaces.models import Membership, Workspace


def load_membership(user: User, workspace_public_id: str, *roles: str) -> Membership:
    """The user's membership with its workspace: 404 for an outsider, 403 for a role other than `roles` (none: any)."""
    memberships = Membership.objects.select_related("workspace", "user").filter(user=user)
    membership = get_object_or_404(memberships, workspace__public_id=workspace_public_id)
    check_second_step(user, membership.workspace)
    if roles and membership.role not in roles:
        raise PermissionDenied
    return membership


def check_second_step(user: User, workspace: Workspace) -> None:
    """Of a member. Asked of the account and not of its sessions: a new step ends all others, and none is taken away."""
    if workspace.needs_second_step and not has_second_step(user):
        raise SecondStepNeeded(workspace.name)


def memberships_of(user: User) -> QuerySet[Membership]:
    """Those by which they see something: all but those of workspaces that ask for a second step which they lack."""
    return Membership.objects.counting().filter(user=user)


def closed_to(user: User) -> QuerySet[Workspace]:
    """Workspaces of theirs that they see nothing of before they have a second step."""
    asking = Workspace.objects.filter(needs_second_step=True, memberships__user=user)
    return asking.exclude(memberships__in=memberships_of(user))


def check_belongs_somewhere(user: User) -> None:
    """For lists over all workspaces: whoever sees none of theirs without a second step is told so, not that they are
    empty."""
    closed = closed_to(user).first()
    if closed and not memberships_of(user).filter(workspace__is_personal=False).exists():
        raise SecondStepNeeded(closed.name)


def colleagues_of(user: User) -> QuerySet[User]:
    """Everybody who shares a workspace with the user, by name; nobody is a colleague in a personal workspace."""
    shared = Workspace.objects.filter(is_personal=False, memberships__in=memberships_of(user))
    sharing = Membership.objects.filter(workspace__in=shared).values("user")
    return User.objects.filter(pk__in=sharing, is_active=True).exclude(pk=user.pk).order_by("name", "email")


def verified_addresses(user: User) -> set[str]:
    """The addresses, in lower case, that the user has shown to be theirs."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {address.lower() for address in addresses}


def lock_workspace(workspace: Workspace) -> Workspace:
    """Wait for whoever is changing this workspace, then read it again; only inside a transaction.

    Every action on members, groups and people begins here, so that no check is overtaken by another request
    (two hand-overs, two moves that would close a circle). SQLite serialises by itself.
    """
    return Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
