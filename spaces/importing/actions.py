"""Verbs on a list of people: keep it for the check, correct it, import it."""

import datetime
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.audit.actions import record
from core.jobs import registry
from core.jobs.actions import ask
from core.jobs.runs import Run
from spaces.access import lock_workspace
from spaces.actions.groups import check_is_shared
from spaces.importing.people.paths import Destination, Key
from spaces.importing.people.plan import Arrival, Plan
from spaces.importing.people.planning import plan_for
from spaces.importing.table.rows import Row, packed, renumbered, unpacked
from spaces.models import LIST_LASTS, Group, PeopleList, Person, Workspace

AT_A_TIME = 500  # rows in one statement
FORGET_LIST = "spaces.forget_list"  # subject: the list


@transaction.atomic
def keep_list(
    *, workspace: Workspace, rows: Sequence[Row], source: str, by: User, now: datetime.datetime
) -> PeopleList:
    """Nothing enters the workspace yet; after a day the list is deleted."""
    check_is_shared(workspace)
    people_list = PeopleList.objects.create(
        workspace=workspace, user=by, source=source[:200], rows=packed(rows), created_at=now
    )
    ask(kind=FORGET_LIST, subject=people_list.public_id, by=by, not_before=now + LIST_LASTS)
    return people_list


@transaction.atomic
def correct_list(*, people_list: PeopleList, rows: Sequence[Row]) -> None:
    lock_workspace(people_list.workspace)
    people_list.rows = packed(rows)
    people_list.save(update_fields=["rows"])


@transaction.atomic
def import_list(*, people_list: PeopleList, create_groups: bool, update: bool, seen: str, by: User) -> None:
    """Bring in what can be brought in; the list keeps the rows that cannot. `seen` is the plan that was looked at."""
    workspace = lock_workspace(people_list.workspace)
    people_list.refresh_from_db()
    if not people_list.rows:
        return
    plan = plan_for(unpacked(people_list.rows), workspace)
    if plan.fingerprint != seen:
        raise ValidationError(
            _("The list or the workspace has changed since you looked, so nothing is imported yet. Look again, please.")
        )
    arrivals = plan.chosen(create_groups=create_groups, update=update)
    made = _make_groups(workspace, plan, arrivals)
    _add(workspace, [arrival for arrival in arrivals if not arrival.person], made)
    _change(arrivals, made)
    left = plan.left(create_groups=create_groups, update=update)
    _keep_the_rest(people_list, plan, left)
    changed = sum(arrival.person is not None for arrival in arrivals)
    record(
        by=by,
        verb="import_people",
        obj=workspace,
        workspace=workspace,
        added=len(arrivals) - changed,
        changed=changed,
        groups=len(made),
        left=len(left),
    )


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


def _add(workspace: Workspace, arrivals: Iterable[Arrival], made: dict[Key, Group]) -> None:
    people = []
    for arrival in arrivals:
        proposed = arrival.proposed | _new_group(arrival, made)
        email, mailbox = arrival.entry.email, arrival.entry.mailbox  # save() would fill in the mailbox
        people.append(Person(workspace=workspace, email=email, mailbox=mailbox, **proposed))
    Person.objects.bulk_create(people, batch_size=AT_A_TIME)


def _change(arrivals: Iterable[Arrival], made: dict[Key, Group]) -> None:
    people = []
    for arrival in arrivals:
        if person := arrival.person:
            for field, value in (arrival.proposed | _new_group(arrival, made)).items():
                setattr(person, field, value)
            people.append(person)
    Person.objects.bulk_update(people, ["name", "group", "language"], batch_size=AT_A_TIME)


def _new_group(arrival: Arrival, made: dict[Key, Group]) -> dict[str, Group]:
    destination = arrival.destination
    return {"group": made[destination.key]} if destination and destination.new else {}


def _keep_the_rest(people_list: PeopleList, plan: Plan, left: Sequence[Row]) -> None:
    """The rows that are left, and those which they repeat: without these they would no longer be seen to."""
    heading = Row(0, plan.columns.heading_cells())
    repeated = {fault.repeats for fault in plan.faults}
    twins = [arrival.entry.row for arrival in plan.arrivals + plan.same if arrival.entry.row.number in repeated]
    rows = sorted({row.number: row for row in [*left, *twins]}.values(), key=lambda row: row.number)
    people_list.rows = packed(renumbered([heading, *rows])) if left else []
    people_list.save(update_fields=["rows"])


def forget(run: Run) -> None:
    PeopleList.objects.filter(public_id=run.job.subject).delete()


def register_all() -> None:
    registry.register(
        registry.Kind(
            name=FORGET_LIST,
            run=forget,
            label=gettext_lazy("The deletion of a list"),
            can_see=lambda user, job: False,
            done_url=lambda job: None,
        )
    )
