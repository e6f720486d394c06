"""Verbs on many people or groups at once, each one step: all of it is done, or nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.models import User
from core.audit.actions import record
from core.words import some_of
from spaces import where_asked
from spaces.access import lock_workspace
from spaces.actions.groups import check_is_shared
from spaces.models import Group, Person, Workspace

AT_A_TIME = 500  # rows in one statement


@transaction.atomic
def move_people(*, workspace: Workspace, people: Sequence[Person], group: Group | None, by: User) -> None:
    """`group`: None for none."""
    workspace = _lock(workspace, people)
    if group and not workspace.groups.filter(pk=group.pk).exists():
        raise ValidationError({"group": _("%(name)s has been removed in the meantime.") % {"name": group}})
    for keys in _portions(people):
        Person.objects.filter(pk__in=keys).update(group=group)
    record(by=by, verb="move_people", obj=group or workspace, workspace=workspace, count=len(people))


@transaction.atomic
def remove_people(*, workspace: Workspace, people: Sequence[Person], take_out: bool, by: User) -> None:
    """`take_out`: of the surveys that ask them now as well."""
    workspace = _lock(workspace, people)
    if take_out:
        where_asked.take_out(workspace, people, by=by)
    if len(people) == 1:
        record(by=by, verb="remove_person", obj=people[0], workspace=workspace)
    else:
        record(by=by, verb="remove_people", obj=workspace, workspace=workspace, count=len(people))
    for keys in _portions(people):
        Person.objects.filter(pk__in=keys).delete()


@transaction.atomic
def name_leaders(*, workspace: Workspace, people: Sequence[Person], group: Group | None, by: User) -> None:
    """Each of the group they are in, or one of them of `group`."""
    workspace = _lock(workspace, people)
    led = _groups_of(people) if group is None else {group.pk: _only(people)}
    groups = workspace.groups.in_bulk(led)
    for pk, leader in led.items():
        if pk not in groups:
            raise ValidationError({"group": _("A group has been removed in the meantime.")})
        groups[pk].leader = leader
    Group.objects.bulk_update(groups.values(), ["leader"], batch_size=AT_A_TIME)
    record(by=by, verb="name_leaders", obj=workspace, workspace=workspace, count=len(groups))


@transaction.atomic
def lead_groups(*, workspace: Workspace, groups: Sequence[Group], leader: Person | None, by: User) -> None:
    """One person, or nobody, leads them all."""
    workspace = _lock(workspace, groups)
    for keys in _portions(groups):
        Group.objects.filter(pk__in=keys).update(leader=leader)
    record(by=by, verb="name_leaders", obj=workspace, workspace=workspace, count=len(groups))


@transaction.atomic
def delete_groups(*, workspace: Workspace, groups: Sequence[Group], by: User) -> None:
    workspace = _lock(workspace, groups)
    keys = [group.pk for group in groups]
    full = workspace.groups.exclude(people=None, children=None).filter(pk__in=keys).distinct()
    if names := [group.name for group in full]:
        sentence = _("Not empty any more: %(groups)s. Nothing is deleted.")
        raise ValidationError(sentence % {"groups": some_of(names)})
    record(by=by, verb="delete_groups", obj=workspace, workspace=workspace, count=len(groups))
    for portion in _portions(groups):
        Group.objects.filter(pk__in=portion).delete()


def check_can_lead_their_groups(people: Iterable[Person]) -> None:
    """Raises a ValidationError where somebody is in no group, or two are in the same one."""
    _groups_of(people)


def _groups_of(people: Iterable[Person]) -> dict[int, Person]:
    people = list(people)
    if groupless := [person.name for person in people if not person.group_id]:
        sentence = _("In no group: %(names)s. Choose one person and the group they lead, or place them first.")
        raise ValidationError({"group": sentence % {"names": some_of(groupless)}})
    counts = Counter(person.group_id for person in people)
    if several := [person.name for person in people if counts[person.group_id] > 1]:
        sentence = _("In one and the same group: %(names)s. A group has one leader: choose one of them.")
        raise ValidationError({"group": sentence % {"names": some_of(several)}})
    return {person.group_id: person for person in people if person.group_id}


def _only(people: Sequence[Person]) -> Person:
    if len(people) != 1:
        raise ValidationError({"group": _("A group has one leader: go back and choose one person for it.")})
    return people[0]


def _lock(workspace: Workspace, chosen: Sequence[Person] | Sequence[Group]) -> Workspace:
    """With a sentence where some of them are no longer there."""
    workspace = lock_workspace(workspace)
    check_is_shared(workspace)
    if not chosen:
        raise ValidationError(_("Nothing is chosen. Go back and choose first."))
    rows = type(chosen[0]).objects.filter(workspace=workspace)
    gone = len(chosen) - sum(rows.filter(pk__in=keys).count() for keys in _portions(chosen))
    if gone:
        sentence = ngettext(
            "%(count)d of them has been removed in the meantime. Go back and choose again.",
            "%(count)d of them have been removed in the meantime. Go back and choose again.",
            gone,
        )
        raise ValidationError(sentence % {"count": gone})
    return workspace


def _portions(chosen: Sequence[Person] | Sequence[Group]) -> Iterator[list[int]]:
    for start in range(0, len(chosen), AT_A_TIME):
        yield [one.pk for one in chosen[start : start + AT_A_TIME]]
