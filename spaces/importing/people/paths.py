"""Where in the tree of groups a written path leads, and which groups it would add."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.names import apart
from spaces.importing.table.cells import shortened
from spaces.models import Group
from spaces.tree import Branch

DEEPEST = 30  # levels in one path
LONGEST_NAME = cast("int", Group._meta.get_field("name").max_length)
LONGEST_PATH = 80  # characters of it in a sentence
ARROWS = re.compile("[›>]")
BETWEEN = (" / ", "/", " › ", " > ")  # how a path is written

Key = tuple[int | None, tuple[str, ...]]  # the group it hangs on, and the folded names below that


def is_path(cell: str) -> bool:
    return " / " in cell or ARROWS.search(cell) is not None


def names_in(cell: str) -> tuple[str, ...]:
    """The groups in a path, the outermost first; 'A/E' is one name where ' / ' or '›' stands between others.

    >>> names_in("Northmoor / A/E / Nights"), names_in("Northmoor/Community"), names_in("Northmoor › A/E")
    (('Northmoor', 'A/E', 'Nights'), ('Northmoor', 'Community'), ('Northmoor', 'A/E'))
    """
    parts = ARROWS.split(cell) if ARROWS.search(cell) else re.split(" / " if " / " in cell else "/", cell)
    return tuple(name for part in parts if (name := part.strip(" /")))


@dataclass(frozen=True)
class Destination:
    """A group that is here, or names below one (or at the top) that are not here yet."""

    branch: Branch | None
    new: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return (self.branch.group.pk if self.branch else None, folded(self.new))

    @property
    def parent_key(self) -> Key:
        return (self.key[0], self.key[1][:-1])

    @property
    def path(self) -> str:
        return " › ".join([*([self.branch.path] if self.branch else []), *self.new])

    def above(self) -> "Iterable[Destination]":
        """The new groups that must be made first, from the top down, and this one."""
        return (Destination(self.branch, self.new[:end]) for end in range(1, len(self.new) + 1))


class Atlas:
    """The groups of a workspace, found by whole path or by the end of one where only one has that end."""

    def __init__(self, tree: Iterable[Branch]) -> None:
        self.whole: dict[tuple[str, ...], Branch] = {}
        self.ends: dict[tuple[str, ...], list[Branch]] = defaultdict(list)
        self.written: dict[str, set[tuple[str, ...]]] = defaultdict(set)  # where a name would be torn
        tree = list(tree)
        torn = {name for name in folded(branch.group.name for branch in tree) if names_in(name) != (name,)}
        for branch in tree:
            names = folded([*(group.name for group in branch.above), branch.group.name])
            self.whole[names] = branch
            for start in range(max(0, len(names) - DEEPEST), len(names)):
                self.ends[names[start:]].append(branch)
                if not torn.isdisjoint(names[start:]):
                    for between in BETWEEN:
                        self.written[between.join(names[start:])].add(names[start:])

    def find(self, cells: tuple[str, ...]) -> Destination:
        """Raises a ValidationError that says how to correct a path which cannot be made or leads to several places."""
        names = tuple(name for cell in cells for name in self._names_in(cell))
        _check(names)
        for end in range(len(names), 0, -1):
            matches = self._matches(names[:end])
            if len(matches) > 1:
                raise ValidationError(_several(matches))
            if matches:
                return Destination(matches[0], names[end:])
        return Destination(None, names)

    def _names_in(self, cell: str) -> tuple[str, ...]:
        """As they are here, however many separators stand in them."""
        split = names_in(cell)
        here = next((names for names in ((cell,), split) if self._matches(names)), None)
        written = self.written.get(cell.casefold(), set())
        if here is None and len(written) > 1:
            raise ValidationError(_several([branch for names in sorted(written) for branch in self._matches(names)]))
        return here or next(iter(written), split)

    def _matches(self, names: tuple[str, ...]) -> list[Branch]:
        whole = self.whole.get(folded(names))
        return [whole] if whole else self.ends.get(folded(names), [])


def _check(names: tuple[str, ...]) -> None:
    if len(names) > DEEPEST:
        words = {"levels": len(names), "most": DEEPEST}
        raise ValidationError(_("The group path has %(levels)d levels. Use at most %(most)d.") % words)
    for name in names:
        if len(name) > LONGEST_NAME:
            facts = {"name": shortened(name, 30), "most": LONGEST_NAME, "length": len(name)}
            sentence = _("Shorten the group name “%(name)s” to %(most)d characters; it has %(length)d now.")
            raise ValidationError(sentence % facts)


def folded(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names)


def _several(matches: list[Branch]) -> str:
    first, second = apart([one.path for one in matches[:2]], lambda path: len(path) <= LONGEST_PATH)
    words = {"name": matches[0].group.name, "first": first, "second": second}
    return _("More than one group is called %(name)s. Write the whole path, %(first)s or %(second)s.") % words
