"""Who may come in. Loading is access: an outsider finds nothing, a member with the wrong role is refused."""

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from core.accounts.models import User
from spaces.models import Membership, Workspace


def load_membership(user: User, workspace_public_id: str, *roles: str) -> Membership:
    """The user's membership with its workspace: 404 for an outsider, 403 for a role other than `roles` (none: any)."""
    memberships = Membership.objects.select_related("workspace", "user")
    membership = get_object_or_404(memberships, workspace__public_id=workspace_public_id, user=user)
    if roles and membership.role not in roles:
        raise PermissionDenied
    return membership


def colleagues_of(user: User) -> QuerySet[User]:
    """Everybody who shares a workspace with the user, by name; nobody is a colleague in a personal workspace."""
    shared = Workspace.objects.filter(is_personal=False, memberships__user=user)
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
