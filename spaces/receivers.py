"""What happens here when something happens below."""

from typing import Any

from allauth.account.signals import user_signed_up
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy, ngettext

from core.accounts.ending import account_checked, account_counted, account_ends
from core.accounts.models import User
from core.audit.actions import record
from core.seen import Fact, Facts
from spaces.actions.ending import destroy
from spaces.actions.workspaces import create_personal_workspace
from spaces.models import Membership, Role, Workspace


def make_personal_workspace(user: User, **_: Any) -> None:
    create_personal_workspace(by=user)


def count_memberships(user: User, **_: Any) -> Facts:
    count = _shared(user).count()
    return {"memberships": Fact(gettext_lazy("workspaces that you leave"), count, str(count))}


def check_owns_none(user: User, **_: Any) -> None:
    """A workspace is never left without an owner."""
    owned = [one.workspace.name for one in _shared(user).filter(role=Role.OWNER).select_related("workspace")]
    if owned:
        sentence = ngettext(
            "You own the workspace %(names)s. Hand it over to another member, or delete it. Then you can go.",
            "You own the workspaces %(names)s. Hand them over to other members, or delete them. Then you can go.",
            len(owned),
        )
        raise ValidationError(sentence % {"names": get_text_list(owned, gettext("and"))})


def delete_personal_workspace(user: User, **_: Any) -> None:
    for workspace in Workspace.objects.filter(is_personal=True, memberships__user=user):
        destroy(workspace, by=user)
    for membership in _shared(user).select_related("workspace"):
        record(
            by=user,
            verb="leave_workspace",
            obj=membership,
            workspace=membership.workspace,
            role=membership.role,
        )


def _shared(user: User) -> "QuerySet[Membership]":
    return Membership.objects.filter(user=user, workspace__is_personal=False)


def connect_all() -> None:
    account_counted.connect(count_memberships, dispatch_uid="spaces.count_memberships")
    account_checked.connect(check_owns_none, dispatch_uid="spaces.check_owns_none")
    account_ends.connect(delete_personal_workspace, dispatch_uid="spaces.delete_personal_workspace")
    user_signed_up.connect(make_personal_workspace, dispatch_uid="spaces.personal_workspace")
