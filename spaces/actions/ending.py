"""Deleting a workspace with all that is in it: asked for by its owner, done by a worker after some days.

What it destroys is counted first. What is under way stops at once, so that whoever is asked is told; until the days are
over the owner can keep the workspace.
"""

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.audit.actions import record
from core.jobs.actions import ask
from core.jobs.models import Job
from core.jobs.runs import Run, TryLater
from core.post.actions import forget, send
from core.post.models import Message
from core.quotas.actions import spend
from core.seen import Fact, Facts, check_seen
from spaces.access import lock_workspace
from spaces.emails import ENDING, INVITING
from spaces.ending import kept_above, workspace_checked, workspace_ends, workspace_winds_down
from spaces.keeping import WAITING, EndReason
from spaces.looks import reachable_members
from spaces.models import MANAGERS, ColleagueInvitation, Membership, Workspace

END = "spaces.end_workspace"  # the job: subject: workspace, version: when it may
AGAIN = 300  # seconds, where a worker is still telling people that their survey is cancelled


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


def check_can_plan(workspace: Workspace) -> None:
    if workspace.is_personal:
        raise ValidationError(_("This workspace is yours alone. It goes when you delete your account."))
    if workspace.ends_at:
        raise ValidationError(_("This workspace is being deleted already."))


def check_can_go(workspace: Workspace) -> None:
    """Now, with all that is in it."""
    workspace_checked.send(sender=Workspace, workspace=workspace)


@transaction.atomic
def plan_end(*, workspace: Workspace, by: User, reason: str, seen: str, now: datetime.datetime) -> datetime.datetime:
    """When it goes. Raises ValidationError where something in it is just being launched."""
    locked = _owned(workspace, by)
    check_can_plan(locked)
    check_seen(seen, facts_of(locked), of=locked.public_id)
    workspace_winds_down.send(sender=Workspace, workspace=locked, by=by, now=now)
    locked.ends_at, locked.end_reason = now + WAITING, EndReason(reason).value
    locked.save(update_fields=["ends_at", "end_reason"])
    record(by=by, verb="plan_end", obj=locked, workspace=locked, now=now, end_reason=locked.end_reason)
    ask(kind=END, subject=locked.public_id, version=locked.ends_at.isoformat(), not_before=locked.ends_at)
    _tell(locked, by=by)
    return locked.ends_at


def _tell(workspace: Workspace, *, by: User) -> None:
    """Whoever manages it with them."""
    told = reachable_members(workspace).filter(role__in=MANAGERS)
    spend("letters", amount=len(told), person=by.pk, workspace=workspace.pk)
    for member in told:
        send(kind=ENDING, to=member.user.email, reference={"workspace": workspace.public_id})


@transaction.atomic
def keep_workspace(*, workspace: Workspace, by: User) -> None:
    """After all. What was cancelled stays cancelled."""
    locked = _owned(workspace, by)
    if locked.ends_at is None:
        return
    Job.objects.filter(kind=END, subject=locked.public_id).delete()
    locked.ends_at, locked.end_reason = None, ""
    locked.save(update_fields=["ends_at", "end_reason"])
    record(by=by, verb="keep_workspace", obj=locked, workspace=locked)


def end_workspace(run: Run) -> None:
    """The job. Nothing where it was kept meanwhile, or is to go later."""
    with run.finishing():
        found = Workspace.objects.select_for_update().filter(public_id=run.job.subject, ends_at__lte=timezone.now())
        if workspace := found.first():
            try:
                check_can_go(workspace)
            except ValidationError as refusal:
                raise TryLater(AGAIN, refusal.messages[0]) from None
            destroy(workspace, by=None)


def _owned(workspace: Workspace, by: User) -> Workspace:
    locked = lock_workspace(workspace)
    membership = Membership.objects.filter(workspace=locked, user=by).first()
    if membership is None or not membership.is_owner:
        raise PermissionDenied
    return locked


def destroy(workspace: Workspace, *, by: User | None) -> None:
    """Without a question; inside a transaction. Of the log only lines without a name stay, which nobody can open."""
    record(by=by, verb="delete_workspace", obj=workspace, workspace=workspace)
    Workspace.objects.filter(pk=workspace.pk).update(is_ending=True)  # published checklists may go now
    workspace_ends.send(sender=Workspace, workspace=workspace, by=by)
    _forget_invitations(workspace)
    forget(Message.objects.filter(kind=ENDING, reference__workspace=workspace.public_id))
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
