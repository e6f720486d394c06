"""What an import did, kept so that it can be taken back as a whole."""

from dataclasses import asdict, dataclass, field
from typing import Any

from spaces.models import Person

FORGET_IMPORT = "spaces.forget_import"  # subject: the import
FIELDS = ("name", "email", "language", "group_id")

State = dict[str, Any]  # of a person: FIELDS
Added = tuple[int, State]  # a person as they came in
Changed = tuple[int, State, State]  # a person before and after
Removed = dict[str, Any]  # the state of a person with their keys and the groups that they led
Led = tuple[int, int | None, int]  # a group, and the people who led it before and after


@dataclass
class Undo:
    """Keys of rows, and what stood in them before."""

    added: list[Added] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    leaders: list[Led] = field(default_factory=list)

    def packed(self) -> dict[str, Any]:
        return asdict(self)

    def counts(self) -> dict[str, int]:
        return {name: len(rows) for name, rows in self.packed().items()}


def state_of(person: Person) -> State:
    return {name: getattr(person, name) for name in FIELDS}
