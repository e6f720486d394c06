"""A list comes in: groups, people, who leads and who is gone, as one step that is remembered."""

import datetime
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.jobs.actions import ask
from spaces.access import lock_workspace
from spaces.importing.actions.remembering import FORGET_IMPORT, Added, Changed, Led, Removed, Undo, state_of
from spaces.importing.kept import chosen_for, rows_of
from spaces.importing.people.again import again
from spaces.importing.people.paths import Destination, Key
from spaces.importing.people.plan import Arrival, Choices, Lead, Plan
from spaces.importing.people.planning import plan_for
from spaces.importing.table.rows import Row, packed
from spaces.models import IMPORT_LASTS, Group, PeopleImport, PeopleList, Person, Workspace

AT_A_TIME = 500  # rows in one statement
CHANGED = ["name", "email", "mailbox", "sought", "group", "language"]  # of a person, by an import


@transaction.atomic
def import_list(
    *, people_list: PeopleList, choices: Choices, seen: str, by: User, now: datetime.datetime
) -> PeopleImport | None:
    """Bring in what can be brought in; the list keeps the rows that cannot. `seen` is the plan that was looked at.

    None where another click was first.
    """
    workspace = lock_workspace(people_list.workspace)
    people_list.refresh_from_db()
    if not people_list.rows:
        return None
    plan = plan_for(rows_of(people_list), workspace, chosen_for(people_list))
    if plan.columns.asks:
        raise ValidationError(_("Say first which column holds what. Nothing is imported yet."))
    if plan.fingerprint != seen:
        raise ValidationError(
            _("The list or the workspace has changed since you looked, so nothing is imported yet. Look again, please.")
        )
    undo = Undo()
    arrivals = plan.chosen(choices)
    made = _make_groups(workspace, plan, arrivals)
    undo.groups = [group.pk for group in made.values()]
    undo.added = _add(workspace, [one for one in arrivals if not one.person], made)
    undo.changed = _change(arrivals, made)
    undo.leaders = _name_leaders(workspace, plan.leads, made) if choices.name_leaders else []
    undo.removed = _remove(plan.removed(choices))
    left = plan.left(choices)
    _keep_the_rest(people_list, plan, left)
    kept = PeopleImport.objects.create(
        workspace=workspace, by=by, source=people_list.source, at=now, undo=undo.packed(), counts=undo.counts()
    )
    ask(kind=FORGET_IMPORT, subject=kept.public_id, by=by, not_before=now + IMPORT_LASTS)
    record(by=by, verb="import_people", obj=workspace, workspace=workspace, left=len(left), **kept.counts)
    return kept


def _make_groups(workspace: Workspace, plan: Plan, arrivals: Iterable[Arrival]) -> dict[Key, Group]:
    """The new groups that somebody arrives in, level by level: parents have to be there first."""
    needed = {above.key for arrival in arrivals if arrival.destination for above in arrival.destination.above()}
    destinations = [destination for destination in plan.new_groups if destination.key in needed]
    inner = {destination.parent_key for destination in destinations}
    made: dict[Key, Group] = {}
    for depth in range(1, max((len(destination.new) for destination in destinations), default=0) + 1):
        level = [destination for destination in destinations if len(destination.new) == depth]
        groups = [_group(workspace, destination, made, is_inner=destination.key in inner) for destination in level]
        Group.objects.bulk_create(groups, batch_size=AT_A_TIME)
        made |= {destination.key: group for destination, group in zip(level, groups, strict=True)}
    return made


def _group(workspace: Workspace, destination: Destination, made: dict[Key, Group], *, is_inner: bool) -> Group:
    parent = made.get(destination.parent_key) or (destination.branch.group if destination.branch else None)
    kind = Group.Kind.ORGANISATION if is_inner else Group.Kind.TEAM
    return Group(workspace=workspace, name=destination.new[-1], kind=kind, parent=parent)


def _add(workspace: Workspace, arrivals: Iterable[Arrival], made: dict[Key, Group]) -> list[Added]:
    people = []
    for arrival in arrivals:
        proposed = arrival.proposed | _new_group(arrival, made)
        people.append(Person(workspace=workspace, email=arrival.entry.email, **proposed))
    return [(person.pk, state_of(person)) for person in Person.objects.make_many(people, at_a_time=AT_A_TIME)]


def _change(arrivals: Iterable[Arrival], made: dict[Key, Group]) -> list[Changed]:
    people, changed = [], []
    for arrival in arrivals:
        if person := arrival.person:
            before = state_of(person)
            for field, value in (arrival.proposed | _new_group(arrival, made)).items():
                setattr(person, field, value)
            person.fill_in()
            people.append(person)
            changed.append((person.pk, before, state_of(person)))
    Person.objects.bulk_update(people, CHANGED, batch_size=AT_A_TIME)
    return changed


def _name_leaders(workspace: Workspace, leads: Iterable[Lead], made: dict[Key, Group]) -> list[Led]:
    people = {one.mailbox: one for one in workspace.people.filter(mailbox__in=[lead.mailbox for lead in leads])}
    groups, led = [], []
    for lead in leads:
        there = lead.destination.branch.group if lead.destination.branch and not lead.destination.new else None
        group, leader = there or made.get(lead.destination.key), people.get(lead.mailbox)
        if group and leader and group.leader_id != leader.pk:
            led.append((group.pk, group.leader_id, leader.pk))
            group.leader = leader
            groups.append(group)
    Group.objects.bulk_update(groups, ["leader"], batch_size=AT_A_TIME)
    return led


def _remove(people: Sequence[Person]) -> list[Removed]:
    leads = Group.objects.filter(leader__in=people).values_list("leader", "pk")
    removed = [
        state_of(person)
        | {
            "pk": person.pk,
            "public_id": person.public_id,
            "leads": [group for leader, group in leads if leader == person.pk],
        }
        for person in people
    ]
    Person.objects.filter(pk__in=[person.pk for person in people]).delete()
    return removed


def _new_group(arrival: Arrival, made: dict[Key, Group]) -> dict[str, Group]:
    destination = arrival.destination
    return {"group": made[destination.key]} if destination and destination.new else {}


def _keep_the_rest(people_list: PeopleList, plan: Plan, left: Sequence[Row]) -> None:
    """The rows that are left, and those which they repeat: without these they would no longer be seen to."""
    repeated = {fault.repeats for fault in plan.faults} | {row.place for row in left}
    kept = again(plan, repeated)
    said = chosen_for(people_list).fields
    people_list.rows = packed([kept.heading, *kept.rows]) if left else []
    people_list.reading = {"columns": {**said, **kept.fields}, "heading": 0} if left else {}
    people_list.content = b""
    people_list.save(update_fields=["rows", "reading", "content"])
