"""What is worth knowing before an import, though nothing needs to be corrected."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.words import Words
from spaces.importing.people.columns import Columns
from spaces.importing.people.entries import Entry, Understood
from spaces.importing.people.paths import Destination, Key
from spaces.importing.people.plan import Arrival
from spaces.importing.table.cells import shortened
from spaces.importing.table.rows import Row
from spaces.tree import Branch

ROWS_NAMED = 8
DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}([./-])\d{1,2}\1(\d{2}){1,2}")
ALIKE = 0.9  # of 1, by difflib
UNDERSTOOD: dict[Understood, Words] = {
    "turned": gettext_lazy("Names are turned round: “%(before)s” is read as “%(after)s” (%(rows)s)."),
    "address_as_name": gettext_lazy("An address stands where a name should be, and is not taken for one (%(rows)s)."),
    "address_as_group": gettext_lazy("An address stands where a group should be, and is not taken for one (%(rows)s)."),
    "nothing_said": gettext_lazy("Cells such as “N/A” or “-” are read as empty (%(rows)s)."),
}
GROUPS_COMPARED = 60  # new ones; with more of them the list is hardly a slip of the pen


def on(arrivals: Sequence[Arrival], new_groups: Sequence[Destination], tree: Sequence[Branch]) -> Iterator[str]:
    yield from _slips(new_groups, tree)
    yield from _days(new_groups)
    yield from _at_inner_groups(arrivals, new_groups, tree)
    yield from _without_name(arrivals)
    yield from _without_group(arrivals)
    yield from _languages(arrivals)


def on_reading(columns: Columns, entries: Sequence[Entry]) -> Iterator[str]:
    """What was not taken as it stands in the list."""
    if columns.rows_above:
        sentence = ngettext(
            "One row above the heading is not read.",
            "%(count)d rows above the heading are not read.",
            columns.rows_above,
        )
        yield sentence % {"count": columns.rows_above}
    if others := [column for column in columns.addresses if column != columns.email]:
        named = get_text_list([columns.name_of(column) for column in others], _("and"))
        words = {"read": columns.name_of(columns.email), "others": named}
        yield _("There are addresses in %(others)s, too. People are asked at those in %(read)s.") % words
    for kind, said in UNDERSTOOD.items():
        those = [entry for entry in entries if kind in entry.understood]
        if those:
            example = {"before": _written(those[0], columns), "after": those[0].name}
            yield str(said) % (example | {"rows": rows_in_words(entry.row for entry in those)})


def _written(entry: Entry, columns: Columns) -> str:
    return shortened(" ".join(filter(None, (entry.row.cell(column) for column in columns.name))) or entry.name, 40)


def _slips(new_groups: Sequence[Destination], tree: Sequence[Branch]) -> Iterator[str]:
    """A new group that is called almost like one at the same place."""
    if len(new_groups) > GROUPS_COMPARED:
        return
    neighbours: dict[Key, list[str]] = defaultdict(list)
    for branch in tree:
        neighbours[branch.parent.pk if branch.parent else None, ()].append(branch.group.name)
    for destination in new_groups:
        around, name = neighbours[destination.parent_key], destination.new[-1]
        alike = get_close_matches(name, [other for other in around if _digits(other) == _digits(name)], 1, ALIKE)
        if alike:
            words = {"path": destination.path, "name": alike[0]}
            yield _("“%(path)s” is new, but much like “%(name)s” at the same place. Is it a slip?") % words
        around.append(name)


def _days(new_groups: Sequence[Destination]) -> Iterator[str]:
    """'1-2' typed as the name of a team is a day to a spreadsheet."""
    if those := [destination.new[-1] for destination in new_groups if DAY.fullmatch(destination.new[-1])]:
        sentence = ngettext(
            "A group is named like a day: “%(name)s”. Has a spreadsheet made a date of its name?",
            "%(count)d groups are named like days, such as “%(name)s”. Has a spreadsheet made dates of their names?",
            len(those),
        )
        yield sentence % {"count": len(those), "name": those[0]}


def _digits(name: str) -> str:
    """Ward 12 and Ward 13 are no slip of each other."""
    return "".join(filter(str.isdigit, name))


def _at_inner_groups(
    arrivals: Sequence[Arrival], new_groups: Sequence[Destination], tree: Sequence[Branch]
) -> Iterator[str]:
    inner: set[Key] = {(branch.parent.pk, ()) for branch in tree if branch.parent}
    inner |= {destination.parent_key for destination in new_groups}
    placed = defaultdict(list)
    for arrival in arrivals:
        if arrival.destination and arrival.destination.key in inner:
            placed[arrival.destination.path].append(arrival)
    for path, those in placed.items():
        sentence = ngettext(
            "One person is placed at “%(path)s” itself, which has groups inside it (%(rows)s). In a survey such people "
            "are a small group of their own there.",
            "%(count)d people are placed at “%(path)s” itself, which has groups inside it (%(rows)s). In a survey such "
            "people are a small group of their own there.",
            len(those),
        )
        yield sentence % {"count": len(those), "path": path, "rows": _rows(those)}


def _without_name(arrivals: Sequence[Arrival]) -> Iterator[str]:
    those = [one for one in arrivals if "named_by_address" in one.entry.understood and not one.person]
    if those:
        sentence = ngettext(
            "One person has no name in the list and is called by their address (%(rows)s).",
            "%(count)d people have no name in the list and are called by their address (%(rows)s).",
            len(those),
        )
        yield sentence % {"count": len(those), "rows": _rows(those)}


def _without_group(arrivals: Sequence[Arrival]) -> Iterator[str]:
    those = [arrival for arrival in arrivals if not arrival.destination and not arrival.person]
    if those:
        sentence = ngettext(
            "One person has no group (%(rows)s). Surveys ask people through their group; you can place people later.",
            "%(count)d people have no group (%(rows)s). Surveys ask people through their group; you can place people "
            "later.",
            len(those),
        )
        yield sentence % {"count": len(those), "rows": _rows(those)}


def _languages(arrivals: Sequence[Arrival]) -> Iterator[str]:
    unknown = defaultdict(list)
    for arrival in arrivals:
        if arrival.entry.language and not arrival.language:
            unknown[arrival.entry.language.casefold()].append(arrival)
    for those in unknown.values():
        words = {"language": shortened(those[0].entry.language, 30), "rows": _rows(those)}
        yield _("No messages are written in “%(language)s” yet (%(rows)s). These people get theirs in English.") % words


def _rows(arrivals: Iterable[Arrival]) -> str:
    return rows_in_words(arrival.entry.row for arrival in arrivals)


def rows_in_words(rows: Iterable[Row]) -> str:
    """'rows 2, 5 and 7'; of many the first, and how many more."""
    places = [row.place for row in rows]
    words = places[:ROWS_NAMED]
    if len(places) > ROWS_NAMED:
        words.append(_("%(count)d more") % {"count": len(places) - ROWS_NAMED})
    named = get_text_list(words, _("and"))
    return ngettext("row %(numbers)s", "rows %(numbers)s", len(places)) % {"numbers": named}
