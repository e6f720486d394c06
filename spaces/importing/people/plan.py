"""What importing a list would do to a workspace. Making a plan writes nothing."""

import hashlib
from dataclasses import dataclass
from typing import Any

from spaces.importing.people.columns import Columns
from spaces.importing.people.entries import Entry
from spaces.importing.people.paths import Destination
from spaces.importing.table.rows import Row
from spaces.models import Person
from spaces.tree import Branch


@dataclass(frozen=True)
class Arrival:
    """A row that can be imported. `person` is who is here already with that mailbox."""

    entry: Entry
    person: Person | None
    origin: Branch | None  # the group they are in now
    destination: Destination | None  # None: the list names no group
    language: str  # a code, or nothing where the list names none that is known

    @property
    def needs_new_group(self) -> bool:
        return bool(self.destination and self.destination.new)

    @property
    def proposed(self) -> dict[str, Any]:
        """The fields that the list has something to say about; an empty cell takes nothing away."""
        has_name = not (self.person and "named_by_address" in self.entry.understood)
        proposed: dict[str, Any] = {"name": self.entry.name if has_name else "", "language": self.language}
        if self.person and self.person.mailbox != self.entry.mailbox:
            proposed["email"] = self.entry.email
        if self.destination and self.destination.branch and not self.destination.new:
            proposed["group"] = self.destination.branch.group
        return {field: value for field, value in proposed.items() if value}

    @property
    def is_change(self) -> bool:
        if self.person is None:
            return False
        differs = any(getattr(self.person, field) != value for field, value in self.proposed.items())
        return differs or self.needs_new_group


@dataclass(frozen=True)
class Fault:
    entry: Entry
    sentences: tuple[str, ...]
    repeats: str = ""  # the place of the row that has the same mailbox


@dataclass(frozen=True)
class Lead:
    """Who leads a group by the list: somebody who is here, or who arrives with it."""

    destination: Destination
    mailbox: str
    name: str
    instead_of: str = ""  # who leads it now, by name


@dataclass(frozen=True)
class Choices:
    """What whoever brings a list decides."""

    create_groups: bool = True
    update: bool = True  # people who are here
    same_people: bool = True  # who seems to have a new address keeps their place
    name_leaders: bool = True
    remove_gone: bool = False


@dataclass(frozen=True)
class Plan:
    columns: Columns
    additions: tuple[Arrival, ...]
    changes: tuple[Arrival, ...]
    same: tuple[Arrival, ...]
    faults: tuple[Fault, ...]
    entries: tuple[Entry, ...]  # of every row below the heading, in its order
    new_groups: tuple[Destination, ...]  # from the top down
    readdressed: tuple[Arrival, ...]  # of the additions, who seems to be somebody here with a new address
    gone: tuple[Person, ...]  # in a group that the list names, and nowhere in the list
    leads: tuple[Lead, ...]  # where that is not so yet
    remarks: tuple[str, ...]
    by_managers: bool = False  # the groups are made of who reports to whom

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        return self.additions + self.changes

    def chosen(self, choices: Choices) -> list[Arrival]:
        """Whom an import adds and changes. Who needs a group that is not to be made has to wait."""
        arrivals = self._added(choices) + (self.changes if choices.update else ())
        return [arrival for arrival in arrivals if choices.create_groups or not arrival.needs_new_group]

    def _added(self, choices: Choices) -> tuple[Arrival, ...]:
        known = {one.entry.row.place: one for one in self.readdressed} if choices.same_people else {}
        return tuple(known.get(one.entry.row.place, one) for one in self.additions)

    def removed(self, choices: Choices) -> list[Person]:
        """Who goes."""
        kept = {one.person for one in self.readdressed} if choices.same_people else set()
        return [person for person in self.gone if person not in kept] if choices.remove_gone else []

    def left(self, choices: Choices) -> list[Row]:
        """The rows that such an import leaves over."""
        arrivals = self.additions + (self.changes if choices.update else ())
        waiting = [one.entry.row for one in arrivals if not choices.create_groups and one.needs_new_group]
        left = {row.place for row in [*waiting, *(fault.entry.row for fault in self.faults)]}
        return [entry.row for entry in self.entries if entry.row.place in left]

    @property
    def fingerprint(self) -> str:
        """Differs as soon as anything would be done that was not shown."""
        facts = [[_fact(arrival) for arrival in part] for part in (self.additions, self.changes, self.same)]
        others = (
            [person.pk for person in self.gone],
            [(one.destination.key, one.mailbox, one.instead_of) for one in self.leads],
        )
        rows = [fault.entry.row for fault in self.faults]
        return hashlib.sha256(repr((facts, others, rows)).encode()).hexdigest()[:32]


def _fact(arrival: Arrival) -> tuple:
    person = arrival.person
    before = (person.pk, person.name, person.group_id, person.language) if person else None
    return arrival.entry, before, arrival.destination and arrival.destination.key
