"""Who leads which group, by a column of managers. Who leads a group may be in it, and has a manager of their own."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spaces.importing.people.headings import plain
from spaces.importing.people.paths import Destination, Key
from spaces.importing.people.plan import Arrival, Lead
from spaces.importing.table.cells import shortened
from spaces.mailboxes import mailbox
from spaces.models import Person

NAMED = 3
SEVERAL = gettext_lazy("By the list several people lead “%(path)s”: %(names)s. Nobody is named as its leader.")
NOBODY = gettext_lazy("By the list “%(path)s” is led by %(names)s, who is not here, or not alone of that name.")


class Leading:
    def __init__(self, arrivals: Sequence[Arrival], people: Mapping[str, Person]) -> None:
        self.by_mailbox = {box: person.name for box, person in people.items()}
        self.by_mailbox |= {one.entry.mailbox: one.entry.name for one in arrivals}
        self.by_name: dict[str, set[str]] = defaultdict(set)
        for box, name in self.by_mailbox.items():
            self.by_name[plain(name)].add(box)
        self.people = people
        self.names = {person.pk: person.name for person in people.values()}
        self.named: set[str] = set()  # the mailboxes of whom the list has as somebody's leader
        self.groups: dict[Key, list[Arrival]] = defaultdict(list)
        for one in arrivals:
            if one.destination and (one.entry.leader or one.entry.leader_email):
                self.groups[one.destination.key].append(one)
        self.remarks: list[str] = []

    def leads(self) -> Iterator[Lead]:
        """Those that are not so yet; what cannot be said goes into `remarks`."""
        for members in self.groups.values():
            found = self._leaders(members)
            destination = cast("Destination", members[0].destination)
            box = next(iter(found.values()), "")
            if len(found) > 1 or not box:
                sentence = SEVERAL if len(found) > 1 else NOBODY
                names = get_text_list(sorted(found)[:NAMED], _("and"))
                self.remarks.append(str(sentence) % {"path": destination.path, "names": names})
            elif not self._is_led_by(destination, box):
                yield Lead(destination, box, self.by_mailbox[box], self._before(destination))

    def _leaders(self, members: Sequence[Arrival]) -> dict[str, str]:
        """Name → mailbox ('' where nobody is known) of whom the members have as leader."""
        named = {one.entry.row.place: self._leader(one) for one in members}
        boxes = {box for _name, box in named.values() if box}
        self.named |= boxes
        others = [named[one.entry.row.place] for one in members if one.entry.mailbox not in boxes]
        return dict(others or named.values())

    def _leader(self, one: Arrival) -> tuple[str, str]:
        address, name = one.entry.leader_email, one.entry.leader
        if "@" in address:
            box = mailbox(address)
            return self.by_mailbox.get(box, name or address), box if box in self.by_mailbox else ""
        found = self.by_name.get(plain(name), set())
        return shortened(name, 40), next(iter(found)) if len(found) == 1 else ""

    def _before(self, destination: Destination) -> str:
        """Who leads it now, by name."""
        leader = destination.branch.group.leader_id if destination.branch and not destination.new else None
        return self.names.get(leader, "") if leader else ""

    def _is_led_by(self, destination: Destination, box: str) -> bool:
        """Already."""
        person, branch = self.people.get(box), destination.branch
        return bool(person and branch and not destination.new and branch.group.leader_id == person.pk)
