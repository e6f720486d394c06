"""Which column holds what: by its heading, else by its looks. What neither tells is asked, never taken by its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spaces.importing.people.headings import Field, field_of, is_private, plain
from spaces.importing.people.languages import language_code
from spaces.importing.people.paths import is_path
from spaces.importing.people.placeholders import says_nothing
from spaces.importing.table.addresses import holds_address
from spaces.importing.table.cells import shortened
from spaces.importing.table.rows import Row

ADDRESSES: tuple[Field, ...] = ("email", "private")
NAMES: tuple[Field, ...] = ("name", "first", "last")
RANKS: tuple[Field, ...] = ("outer", "middle", "inner")
ROWS_ABOVE = 50  # a heading may stand below a title
MOST_COVERS = 2  # rows above a heading that hold an address and are not people
HALF_AN_ADDRESS = re.compile(r"\w\.[a-z]{2}", re.IGNORECASE)
MOST_OF = 0.5  # of the rows, above which looks tell
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


@dataclass(frozen=True)
class Chosen:
    """What somebody said of this list, or of an earlier one of its shape."""

    fields: Mapping[int, Field | None] = field(default_factory=dict)  # None: not read
    heading: int | None = None  # the place among the rows, −1 for none; None: nothing was said
    by_managers: bool = False  # groups are made of who reports to whom


NOTHING_CHOSEN = Chosen()


@dataclass(frozen=True)
class Columns:
    fields: Mapping[int, Field]  # what is read
    heading: Row | None
    width: int
    rows_above: int = 0  # above the heading: a title for example
    asks: tuple[Field, ...] = ()  # which of email, name and path has to be said first
    addresses: tuple[int, ...] = ()  # every column that holds some, where there are several

    def below(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows that are people."""
        return rows[self.rows_above + 1 :] if self.heading else rows

    @property
    def heading_at(self) -> int:
        """Its place among the rows, −1 where there is none."""
        return self.rows_above if self.heading else -1

    @property
    def email(self) -> int | None:
        return self._first("email")

    @property
    def name(self) -> tuple[int, ...]:
        """Its parts, in the order in which they are written together."""
        whole = self._all("name")
        return whole[:1] or self._all("first") + self._all("last")

    @property
    def group(self) -> tuple[int, ...]:
        """The outermost first."""
        return self._all("path")[:1] or tuple(column for rank in RANKS for column in self._all(rank))

    @property
    def language(self) -> int | None:
        return self._first("language")

    @property
    def may_go_by_managers(self) -> bool:
        return not self.group and (self.leader is not None or self.leader_email is not None)

    @property
    def leader(self) -> int | None:
        """Where it says who leads the group of each, by name."""
        return self._first("leader")

    @property
    def leader_email(self) -> int | None:
        return self._first("leader_email")

    def name_of(self, column: int | None) -> str:
        """A column in words."""
        heading = self.heading.cell(column) if self.heading and column is not None else ""
        return f"“{shortened(heading, 30)}”" if heading else _("column %(number)d") % {"number": (column or 0) + 1}

    def heading_cells(self) -> tuple[str, ...]:
        """The heading, or one that says what is read from where."""
        if self.heading:
            return self.heading.cells
        words = {column: HEADING_OF[said] for column, said in self.fields.items()}
        return tuple(words.get(column, "") for column in range(max(words) + 1))

    def _all(self, sought: Field) -> tuple[int, ...]:
        return tuple(column for column, said in sorted(self.fields.items()) if said == sought)

    def _first(self, sought: Field) -> int | None:
        return next(iter(self._all(sought)), None)


HEADING_OF: Mapping[Field, str] = {  # in words that are understood again
    "email": "E-mail",
    "private": "Private e-mail",
    "name": "Name",
    "first": "First name",
    "last": "Last name",
    "path": "Group",
    "outer": "Organisation",
    "middle": "Department",
    "inner": "Team",
    "language": "Language",
    "leader": "Manager",
    "leader_email": "Manager e-mail",
}


def columns_of(rows: Sequence[Row], chosen: Chosen = NOTHING_CHOSEN) -> Columns:
    """Raises a ValidationError where no cell holds an e-mail address, and no heading says where they would be."""
    at = _heading_at(rows) if chosen.heading is None else min(chosen.heading, len(rows) - 1)
    heading = rows[at] if at >= 0 else None
    below = rows[at + 1 :]
    return _Reader(below, heading, chosen.fields).columns(rows_above=max(at, 0))


# --- The heading --------------------------------------------------------------------------------------


def _heading_at(rows: Sequence[Row]) -> int:
    """The place of the heading; −1 where the first row is somebody already."""
    first = next((at for at, row in enumerate(rows[: ROWS_ABOVE + 1]) if _has_address(row)), None)
    if first is None:  # not one address is right
        named = (at for at, row in enumerate(rows[:ROWS_ABOVE]) if "email" in map(field_of, row.cells))
        return next(named, -1)
    known = {at: sum(map(bool, map(field_of, rows[at].cells))) for at in range(first)}
    best = max(known, key=lambda at: (known[at], at), default=-1)
    if best >= 0 and known[best] > 1:
        return best
    if below := _heading_below(rows):
        return below
    return first - 1 if first and _may_be_heading(rows[first - 1], rows[first]) else -1


def _heading_below(rows: Sequence[Row]) -> int | None:
    """Below a cover with an address or two: 'Exported by, admin@example.org'."""
    covers = 0
    for at, row in enumerate(rows[:ROWS_ABOVE]):
        kinds = set(map(field_of, row.cells)) - {None}
        if _has_address(row):
            covers += 1
        elif covers and len(kinds) > 1 and "email" in kinds and any(map(_has_address, rows[at + 1 :])):
            return at
        if covers > MOST_COVERS:
            break
    return None


def _has_address(row: Row) -> bool:
    return any(map(holds_address, row.cells))


def _may_be_heading(row: Row, below: Row) -> bool:
    """A word stands over the address, which is none that lacks its @."""
    over = [row.cell(column) for column, cell in enumerate(below.cells) if holds_address(cell)]
    return any(cell and not HALF_AN_ADDRESS.search(cell) for cell in over)


# --- The columns --------------------------------------------------------------------------------------


class _Reader:
    def __init__(self, rows: Sequence[Row], heading: Row | None, chosen: Mapping[int, Field | None]) -> None:
        self.rows, self.heading, self.chosen = rows, heading, chosen
        self.width = max((len(row.cells) for row in [*rows, *([heading] if heading else [])]), default=0)
        self.values = {column: self._values(column) for column in range(self.width)}
        self.with_addresses = [column for column in range(self.width) if any(map(holds_address, self.values[column]))]

    def _values(self, column: int) -> list[str]:
        return [cell for row in self.rows if (cell := row.cell(column)) and not says_nothing(cell)]

    def columns(self, *, rows_above: int) -> Columns:
        fields = self._settled(self._by_heading())
        fields |= self._by_looks(fields)
        fields |= self._rest_of_name(fields)
        fields = {column: said for column, said in fields.items() if column not in self.chosen}
        fields |= {column: said for column, said in self.chosen.items() if said}
        if not self.with_addresses and "email" not in fields.values():
            sentence = _(
                "This list has no column of e-mail addresses. Give each row a name and an address such as "
                "name@example.org."
            )
            raise ValidationError(sentence)
        addresses = tuple(column for column in self.with_addresses if fields.get(column) not in (*NAMES, "leader"))
        columns = Columns(fields, self.heading, self.width, rows_above, addresses=addresses)
        return replace(columns, asks=tuple(self._asks(columns)))

    def _by_heading(self) -> dict[int, Field]:
        cells = enumerate(self.heading.cells if self.heading else ())
        said = ((column, field_of(cell) or self._private(column, cell)) for column, cell in cells)
        return {column: field for column, field in said if field}

    def _private(self, column: int, heading: str) -> Field | None:
        return "private" if column in self.with_addresses and is_private(heading) else None

    def _settled(self, fields: dict[int, Field]) -> dict[int, Field]:
        """Without what the cells below speak against, and of most kinds one."""
        holds = {column: said for column, said in fields.items() if not self._is_refuted(column, said)}
        kept: dict[int, Field] = {}
        for column, said in holds.items():
            if said in (*RANKS, "private") or said not in kept.values():
                kept[column] = said
        kinds = set(kept.values())
        if "name" in kinds and len(kinds & {"first", "last"}) == 1:
            return self._with_other_part(kept)
        superfluous = {"first", "last"} if "name" in kinds else set()
        superfluous |= set(RANKS) if "path" in kinds else set()
        return {column: said for column, said in kept.items() if said not in superfluous}

    def _is_refuted(self, column: int, said: Field) -> bool:
        values = self.values.get(column, [])
        if said in ADDRESSES:
            return column not in self.with_addresses and bool(self.with_addresses)
        if said == "name" and len(values) > 1 and len(set(values)) == 1:  # one name for all is that of nobody
            return True
        if said in NAMES:
            return self._is_of_addresses(column) or not any(map(_has_letters, values))
        return not values

    def _with_other_part(self, fields: dict[int, Field]) -> dict[int, Field]:
        """'Name' beside 'First name' may be the last name, or all of it again."""
        at = {said: column for column, said in fields.items()}
        part: Field = "first" if "first" in at else "last"
        pairs = [(row.cell(at["name"]), row.cell(at[part])) for row in self.rows]
        if any(part_of and part_of in whole for whole, part_of in pairs):
            return {column: said for column, said in fields.items() if said != part}
        return fields | {at["name"]: "last" if part == "first" else "first"}

    # --- by looks ---

    def _by_looks(self, fields: dict[int, Field]) -> dict[int, Field]:
        found: dict[int, Field] = {}
        kinds = set(fields.values())
        left = [column for column in range(self.width) if column not in fields and self.values[column]]
        if "email" not in kinds and (addresses := [column for column in left if column in self.with_addresses]):
            found[max(addresses, key=lambda column: (self._addresses_in(column), -column))] = "email"
        if self.rows and self.rows[0].sheet and not kinds & {"path", *RANKS}:
            found[0] = "path"
        left = [column for column in left if column not in found and not self._is_of_addresses(column)]
        if not kinds & {"name", "first", "last"}:
            email = next((column for column, said in (fields | found).items() if said == "email"), None)
            found |= self._names(left, email)
        if self.heading is None:
            left = [column for column in left if column not in found]
            found |= {column: "language" for column in left if all(map(language_code, self.values[column]))}
            found |= {column: "path" for column in left if any(map(is_path, self.values[column]))}
        return found

    def _addresses_in(self, column: int) -> int:
        return sum(map(holds_address, self.values[column]))

    def _is_of_addresses(self, column: int) -> bool:
        return self._addresses_in(column) > len(self.values[column]) * MOST_OF

    def _names(self, columns: Sequence[int], email: int | None) -> dict[int, Field]:
        """Those whose words stand in the addresses beside them: one, or two in the order of the addresses."""
        places = {column: self._place_in_addresses(column, email) for column in columns if email is not None}
        found = sorted((place, column) for column, place in places.items() if place is not None)
        if len(found) == 1:
            return {found[0][1]: "name"}
        parts: tuple[Field, Field] = ("first", "last")
        return {column: said for (_place, column), said in zip(found, parts, strict=False)}

    def _place_in_addresses(self, column: int, email: int | None) -> float | None:
        """Where in them its words stand on average, from their beginning; None where they do not, in most rows."""
        places = []
        pairs = [(row.cell(column), row.cell(email or 0).partition("@")[0]) for row in self.rows]
        pairs = [(name, account) for name, account in pairs if name and account]
        for name, account in pairs:
            found = [place for word in words_of(name) if (place := plain(account).find(word)) >= 0]
            places += [min(found)] if found else []
        return sum(places) / len(places) if pairs and len(places) > len(pairs) * MOST_OF else None

    def _rest_of_name(self, fields: Mapping[int, Field]) -> dict[int, Field]:
        """One heading stands over first and last names: each has a word, and the column beside it no heading."""
        column = next((column for column, said in fields.items() if said == "name"), self.width)
        beside = column + 1
        if self.heading is None or beside in fields or self.heading.cell(beside) or not self._are_names(column, beside):
            return {}
        email = next((column for column, said in fields.items() if said == "email"), None)
        found = self._names([column, beside], email)
        return found if len(found) > 1 else {column: "first", beside: "last"}

    def _are_names(self, column: int, beside: int) -> bool:
        pairs = [(row.cell(column), row.cell(beside)) for row in self.rows]
        parts = [pair for pair in pairs if all(map(_has_letters, pair)) and " " not in pair[0]]
        return len(parts) > len(pairs) * MOST_OF

    # --- what must be said ---

    def _asks(self, columns: Columns) -> Iterator[Field]:
        unread = [column for column in range(self.width) if column not in columns.fields and self._may_be_asked(column)]
        if columns.email is None:
            yield "email"
        if unread and not columns.name:
            yield "name"
        if unread and not columns.group and not self._by_heading():
            yield "path"

    def _may_be_asked(self, column: int) -> bool:
        says_something = any(map(_has_letters, self.values[column]))
        return column not in self.chosen and not self._is_of_addresses(column) and says_something


def _has_letters(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def words_of(name: str) -> Iterator[str]:
    """As they may stand in an address."""
    for word in re.findall(r"[^\W\d_]{2,}", name):
        yield plain(word)
        yield plain(word.casefold().translate(SPELT_OUT))
