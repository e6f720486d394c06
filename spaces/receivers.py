"""What happens here when something happens below."""

from typing import Any

from allauth.account.signals import user_signed_up
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy, ngettext

from core.accounts import second_steps
from core.accounts.ending import account_checked, account_counted, account_ends
from core.accounts.models import User
from core.audit.actions import record
from core.jobs.registry import Kind, register
from core.seen import Fact, Facts
from spaces.actions.ending import END, check_can_go, destroy, end_workspace
from spaces.actions.workspaces import create_personal_workspace
from spaces.models import Membership, Role, Workspace


def names_of_asking(user: User) -> list[str]:
    asking = Workspace.objects.filter(needs_second_step=True, memberships__user=user)
    return list(asking.order_by("name").values_list("name", flat=True))


def make_personal_workspace(user: User, **_: Any) -> None:
    create_personal_workspace(by=user)


def count_memberships(user: User, **_: Any) -> Facts:
    ending = _ending(user).count()
    count = _shared(user).count() - ending
    facts = {"memberships": Fact(gettext_lazy("workspaces that you leave"), count, str(count))}
    if ending:
        facts["ending"] = Fact(gettext_lazy("workspaces you are deleting, which go at once"), ending, str(ending))
    return facts


def check_owns_none(user: User, **_: Any) -> None:
    """A workspace is never left without an owner; one that is being deleted goes with its owner."""
    owns = _shared(user).filter(role=Role.OWNER, workspace__ends_at=None).select_related("workspace")
    owned = [one.workspace.name for one in owns]
    if owned:
        sentence = ngettext(
            "You own the workspace %(names)s. Hand it over to another member, or delete it. Then you can go.",
            "You own the workspaces %(names)s. Hand them over to other members, or delete them. Then you can go.",
            len(owned),
        )
        raise ValidationError(sentence % {"names": get_text_list(owned, gettext("and"))})
    for workspace in _ending(user):
        check_can_go(workspace)


def delete_own_workspaces(user: User, **_: Any) -> None:
    for workspace in [*Workspace.objects.filter(is_personal=True, memberships__user=user), *_ending(user)]:
        destroy(workspace, by=user)
    for membership in _shared(user).select_related("workspace"):
        record(
            by=user,
            verb="leave_workspace",
            obj=membership,
            workspace=membership.workspace,
            role=membership.role,
        )


def _ending(user: User) -> "QuerySet[Workspace]":
    """Those that they own and have asked to be deleted."""
    return Workspace.objects.filter(ends_at__isnull=False, memberships__user=user, memberships__role=Role.OWNER)


def _shared(user: User) -> "QuerySet[Membership]":
    return Membership.objects.filter(user=user, workspace__is_personal=False)


def connect_all() -> None:
    second_steps.asks(names_of_asking)
    account_counted.connect(count_memberships, dispatch_uid="spaces.count_memberships")
    account_checked.connect(check_owns_none, dispatch_uid="spaces.check_owns_none")
    account_ends.connect(delete_own_workspaces, dispatch_uid="spaces.delete_own_workspaces")
    label = gettext_lazy("The deletion of a workspace")
    register(Kind(END, end_workspace, label, can_see=lambda user, job: False, done_url=lambda job: None))
    user_signed_up.connect(make_personal_workspace, dispatch_uid="spaces.personal_workspace")
