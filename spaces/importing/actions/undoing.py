"""An import is taken back as a whole while nothing was launched since. Who was changed since stays as they are."""

import datetime
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.jobs.runs import Run
from spaces.access import lock_workspace
from spaces.importing.actions.remembering import Undo, state_of
from spaces.mailboxes import mailbox
from spaces.models import Group, PeopleImport, Person, Workspace

Held = Callable[[Workspace, datetime.datetime], bool]
_holding: list[Held] = []


def hold_when(held: Held) -> None:
    """`held` tells whether something that asks people was begun in a workspace since then."""
    _holding.append(held)


def reason_against(kept: PeopleImport) -> str:
    """Why it cannot be taken back, as a sentence; '' where it can."""
    if kept.taken_back_at or not kept.undo:
        return _("This import has been taken back already, or is too long ago.")
    later = PeopleImport.objects.filter(workspace=kept.workspace, at__gt=kept.at, taken_back_at=None)
    if later.exists():
        return _("Another list was imported since. Take that one back first.")
    if any(held(kept.workspace, kept.at) for held in _holding):
        return _("A survey was launched since: it asks people who came in by this list.")
    return ""


@transaction.atomic
def take_back(*, kept: PeopleImport, by: User, now: datetime.datetime) -> int:
    """How many people stay as somebody made them since."""
    workspace = lock_workspace(kept.workspace)
    kept.refresh_from_db()
    if reason := reason_against(kept):
        raise ValidationError(reason)
    undo = Undo(**kept.undo)
    stay = _bring_back(workspace, undo) + _as_before(workspace, undo)
    for group, before, after in undo.leaders:
        there = before is not None and workspace.people.filter(pk=before).exists()
        Group.objects.filter(pk=group, leader=after).update(leader=before if there else None)
    stay += _take_away(workspace, undo)
    for group in reversed(undo.groups):
        Group.objects.filter(pk=group, people=None, children=None).delete()
    kept.taken_back_at, kept.undo = now, {}
    kept.save(update_fields=["taken_back_at", "undo"])
    record(by=by, verb="take_back_import", obj=workspace, workspace=workspace, **kept.counts)
    return stay


def _bring_back(workspace: Workspace, undo: Undo) -> int:
    """Who was removed, with the keys that they had. How many mailboxes are somebody else's since."""
    taken = set(workspace.people.values_list("mailbox", flat=True))
    groups = set(workspace.groups.values_list("pk", flat=True))
    free = [one for one in undo.removed if mailbox(one["email"]) not in taken]
    for one in free:
        leads = one.pop("leads")
        one["group_id"] = one["group_id"] if one["group_id"] in groups else None
        person = Person(workspace=workspace, **one)
        person.save(force_insert=True)
        workspace.groups.filter(pk__in=leads, leader=None).update(leader=person)
    return len(undo.removed) - len(free)


def _as_before(workspace: Workspace, undo: Undo) -> int:
    """Who was changed, but for those changed since and those whose earlier mailbox is somebody else's: how many."""
    people = workspace.people.in_bulk([pk for pk, _before, _after in undo.changed])
    owners = dict(workspace.people.values_list("mailbox", "pk"))
    groups = set(
        Group.objects.filter(pk__in=[before["group_id"] for _pk, before, _after in undo.changed]).values_list(
            "pk", flat=True
        )
    )
    changed_since = 0
    for pk, before, after in undo.changed:
        person = people.get(pk)
        if person is None:
            continue
        if state_of(person) != after or owners.get(mailbox(before["email"]), pk) != pk:
            changed_since += 1
            continue
        before["group_id"] = before["group_id"] if before["group_id"] in groups else None
        for name, value in before.items():
            setattr(person, name, value)
        person.save()
    return changed_since


def _take_away(workspace: Workspace, undo: Undo) -> int:
    """Who was added, but for those changed since and those who lead a group by now: how many stay."""
    came_as = dict(undo.added)
    leading = set(workspace.groups.filter(leader__in=came_as).values_list("leader", flat=True))
    people = workspace.people.filter(pk__in=came_as)
    stay = [one.pk for one in people if one.pk in leading or state_of(one) != came_as[one.pk]]
    people.exclude(pk__in=stay).delete()
    return len(stay)


def forget(run: Run) -> None:
    """What it took to take it back; that there was an import stays in the log."""
    PeopleImport.objects.filter(public_id=run.job.subject).delete()
