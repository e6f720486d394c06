"""What a list says by whom it leaves out: who is gone, and who has a new address."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spaces.importing.people.headings import plain
from spaces.importing.people.plan import Arrival
from spaces.models import Person


def gone(people: Iterable[Person], arrivals: Sequence[Arrival]) -> tuple[Person, ...]:
    """Of the groups that the list names, those who are not in it: a list of one team says nothing of the others."""
    listed = {arrival.person.pk for arrival in arrivals if arrival.person}
    named = {one.destination.branch.group.pk for one in arrivals if one.destination and one.destination.branch}
    named |= {one.person.group_id for one in arrivals if one.person and one.destination and one.person.group_id}
    left_out = (one for one in people if one.group_id in named and one.pk not in listed)
    return tuple(sorted(left_out, key=lambda one: (one.name.casefold(), one.pk)))


def readdressed(gone: Sequence[Person], additions: Sequence[Arrival]) -> tuple[Arrival, ...]:
    """Who arrives under the name of one who is gone, each with the person that they seem to be."""
    here = {plain(person.name): person for person in gone}
    times = Counter(plain(person.name) for person in gone) + Counter(plain(one.entry.name) for one in additions)
    found = ((one, here.get(plain(one.entry.name))) for one in additions)
    return tuple(
        replace(one, person=person) for one, person in found if person and times[plain(one.entry.name)] == 1 + 1
    )
