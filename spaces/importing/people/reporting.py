"""Groups by who reports to whom, for lists that name a manager and no group: each is in the team of their manager."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from spaces.importing.people.entries import Entry
from spaces.importing.people.headings import plain
from spaces.mailboxes import mailbox

DEEPEST = 20  # managers above one person


def in_teams_of_managers(entries: Sequence[Entry]) -> list[Entry]:
    """The same people, each with the path of teams from the top of the line down to their manager's."""
    lines = _Lines(entries)
    return [replace(one, group=tuple(lines.path_to(one))) for one in entries]


class _Lines:
    def __init__(self, entries: Sequence[Entry]) -> None:
        self.by_mailbox: Mapping[str, Entry] = {one.mailbox: one for one in entries if "@" in one.email}
        times = Counter(plain(one.name) for one in entries)
        self.by_name = {plain(one.name): one for one in entries if times[plain(one.name)] == 1}

    def path_to(self, one: Entry) -> list[str]:
        above = list(self._managers_of(one))
        return [_("%(name)s’s team") % {"name": name} for name in reversed(above)]

    def _managers_of(self, one: Entry) -> Iterator[str]:
        """By name, the nearest first; where a line turns back on itself, it ends."""
        seen = {one.row.place}
        for _step in range(DEEPEST):
            manager = self._manager(one)
            name = manager.name if manager else one.leader or one.leader_email
            if not name or (manager and manager.row.place in seen):
                return
            yield name
            if manager is None:
                return
            seen.add(manager.row.place)
            one = manager

    def _manager(self, one: Entry) -> Entry | None:
        if "@" in one.leader_email:
            return self.by_mailbox.get(mailbox(one.leader_email))
        return self.by_name.get(plain(one.leader)) if one.leader else None
