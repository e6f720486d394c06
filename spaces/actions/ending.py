"""Deleting a workspace with all that is in it. What it destroys is counted first, and is the same when it is done."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.audit.actions import record
from core.post.actions import forget
from core.post.models import Message
from core.seen import Fact, Facts, check_seen
from spaces.access import lock_workspace
from spaces.emails import INVITING
from spaces.ending import kept_above, workspace_checked, workspace_ends
from spaces.models import ColleagueInvitation, Workspace


def facts_of(workspace: Workspace) -> Facts:
    """How much goes, in numbers."""
    pending = workspace.colleague_invitations.filter(status=ColleagueInvitation.Status.PENDING)
    counts = {
        "members": (gettext_lazy("members"), workspace.memberships.count()),
        "invitations": (gettext_lazy("invitations to become a member"), pending.count()),
        "groups": (gettext_lazy("groups"), workspace.groups.count()),
        "people": (gettext_lazy("people"), workspace.people.count()),
    }
    return {key: Fact(label, count, str(count)) for key, (label, count) in counts.items()} | kept_above(workspace)


def check_can_delete(workspace: Workspace) -> None:
    if workspace.is_personal:
        raise ValidationError(_("This workspace is yours alone. It goes when you delete your account."))
    workspace_checked.send(sender=Workspace, workspace=workspace)


@transaction.atomic
def delete_workspace(*, workspace: Workspace, by: User, seen: str) -> None:
    """All of it, for its owner; of the log only lines without a name stay, which nobody can open any more."""
    locked = lock_workspace(workspace)
    membership = locked.memberships.filter(user=by).first()
    if membership is None or not membership.is_owner:
        raise PermissionDenied
    check_can_delete(locked)
    check_seen(seen, facts_of(locked), of=locked.public_id)
    destroy(locked, by=by)


def destroy(workspace: Workspace, *, by: User) -> None:
    """Without a question; inside a transaction."""
    record(by=by, verb="delete_workspace", obj=workspace, workspace=workspace)
    Workspace.objects.filter(pk=workspace.pk).update(is_ending=True)  # published checklists may go now
    workspace_ends.send(sender=Workspace, workspace=workspace, by=by)
    _forget_invitations(workspace)
    workspace.people.all().delete()
    _delete_groups(workspace)
    workspace.delete()


def _forget_invitations(workspace: Workspace) -> None:
    offers = list(workspace.colleague_invitations.values_list("public_id", flat=True))
    forget(Message.objects.filter(kind=INVITING, reference__invitation__in=offers))


def _delete_groups(workspace: Workspace) -> None:
    """From the leaves up: a group holds on to what is above it."""
    while workspace.groups.exists():
        workspace.groups.filter(children=None).delete()
