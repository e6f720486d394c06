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
        proposed: dict[str, Any] = {"name": self.entry.name, "language": self.language}
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
    repeats: int | None = None  # the row that has the same mailbox


@dataclass(frozen=True)
class Plan:
    columns: Columns
    additions: tuple[Arrival, ...]
    changes: tuple[Arrival, ...]
    same: tuple[Arrival, ...]
    faults: tuple[Fault, ...]
    new_groups: tuple[Destination, ...]  # from the top down
    remarks: tuple[str, ...]

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        return self.additions + self.changes

    def chosen(self, *, create_groups: bool, update: bool) -> list[Arrival]:
        """Whom an import adds and changes. Who needs a group that is not to be made has to wait."""
        arrivals = self.additions + (self.changes if update else ())
        return [arrival for arrival in arrivals if create_groups or not arrival.needs_new_group]

    def left(self, *, create_groups: bool, update: bool) -> list[Row]:
        """The rows that such an import leaves over."""
        arrivals = self.additions + (self.changes if update else ())
        waiting = [arrival.entry.row for arrival in arrivals if not create_groups and arrival.needs_new_group]
        return sorted([*waiting, *(fault.entry.row for fault in self.faults)], key=lambda row: row.number)

    @property
    def fingerprint(self) -> str:
        """Differs as soon as anything would be done that was not shown."""
        facts = [[_fact(arrival) for arrival in part] for part in (self.additions, self.changes, self.same)]
        return hashlib.sha256(repr((facts, [fault.entry.row for fault in self.faults])).encode()).hexdigest()[:32]


def _fact(arrival: Arrival) -> tuple:
    person = arrival.person
    before = (person.pk, person.name, person.group_id, person.language) if person else None
    return arrival.entry, before, arrival.destination and arrival.destination.key
