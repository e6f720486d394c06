"""Where people of a workspace are asked. What asks them says so, and takes them out or writes a new address there.

Nobody here learns whether somebody has answered: a source knows who was asked, and until when.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from core.accounts.models import User
from core.words import Words, some_of
from spaces.models import Person, Workspace


@dataclass(frozen=True)
class Asking:
    """Something that asks some of the people one looks at, or asked them."""

    key: str
    title: str
    address: str  # of its page, for those who manage
    state: Words  # 'open until …'
    people: int  # of those one looks at
    group: str  # in which one of them is asked
    leads: tuple[str, ...] = ()  # its groups whose report goes to one of them
    is_open: bool = False  # they can be taken out, and get letters until then

    @property
    def led(self) -> str:
        return some_of(self.leads)


class Source(Protocol):
    fewest: int  # people whom a report needs

    def where(self, workspace: Workspace, people: "QuerySet[Person]") -> list[Asking]: ...

    def take_out(self, workspace: Workspace, people: Sequence[Person], *, by: User) -> None: ...

    def correct(self, workspace: Workspace, person: Person, email: str, *, by: User) -> None: ...


_sources: list[Source] = []


def tell_by(source: Source) -> None:
    _sources.append(source)


def where_asked(workspace: Workspace, people: "QuerySet[Person]") -> list[Asking]:
    """What asks them now first; for those who manage the workspace."""
    found = [asking for source in _sources for asking in source.where(workspace, people)]
    return sorted(found, key=lambda asking: not asking.is_open)


def take_out(workspace: Workspace, people: Sequence[Person], *, by: User) -> None:
    """Of everything that asks them now; inside a transaction."""
    for source in _sources:
        source.take_out(workspace, people, by=by)


def correct(workspace: Workspace, person: Person, email: str, *, by: User) -> None:
    """Wherever `person`, as they were, is asked now; inside a transaction."""
    for source in _sources:
        source.correct(workspace, person, email, by=by)


def fewest_for_a_report() -> int:
    return max((source.fewest for source in _sources), default=0)


def open_ones(asked: Iterable[Asking]) -> list[Asking]:
    return [asking for asking in asked if asking.is_open]
