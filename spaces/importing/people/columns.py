"""Which column holds what: by the heading where there is one, else by where the addresses stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spaces.importing.people.languages import language_code
from spaces.importing.people.paths import is_path
from spaces.importing.table.addresses import holds_address
from spaces.importing.table.rows import Row

HEADINGS = {
    "email": "email emailaddress emailaddresses emails mail mailaddress workemail workemailaddress businessemail "
    "primaryemail emailid userprincipalname upn",
    "name": "name fullname names person people participant participantname employee employeename displayname staffname "
    "staffmember colleague member respondent",
    "first": "firstname firstnames givenname givennames forename forenames first",
    "last": "lastname surname familyname last",
    "path": "grouppath path group groups",
    "outer": "system organisation organization company trust",
    "middle": "directorate division businessunit department dept service area",
    "inner": "unit section team teamname groupname ward subteam",
    "language": "language lang locale languagecode preferredlanguage",
}
MEANING = {heading: field for field, headings in HEADINGS.items() for heading in headings.split()}
ROWS_ABOVE = 5  # a heading may stand below a title


@dataclass(frozen=True)
class Columns:
    email: int
    name: tuple[int, ...]  # its parts, in the order in which they are written together
    group: tuple[int, ...]  # the outermost first
    language: int | None
    heading: Row | None

    def __contains__(self, column: int) -> bool:
        return column in (self.email, self.language, *self.name, *self.group)

    def heading_cells(self) -> tuple[str, ...]:
        """The heading, or one that reads back to these columns."""
        if self.heading:
            return self.heading.cells
        words = {self.email: "E-mail"} | dict.fromkeys(self.name, "Name") | dict.fromkeys(self.group, "Group")
        words |= {self.language: "Language"} if self.language is not None else {}
        return tuple(words.get(column, "") for column in range(max(words) + 1))


def columns_of(rows: Sequence[Row]) -> Columns:
    """Raises a ValidationError where no column holds e-mail addresses."""
    for place, row in enumerate(rows[:ROWS_ABOVE]):
        if any("@" in cell for cell in row.cells):
            break
        named = _named(row)
        if len(named) > 1 and "email" not in named.values():
            named |= _address_column(rows[place + 1 :], named)
        if _is_heading(row, named):
            return _columns(named, row)
    return _columns(_guessed(rows, _address_column(rows, {})), None)


def _named(row: Row) -> dict[int, str]:
    """What each column means by its heading, the first of each kind; groups may be in several."""
    found: dict[int, str] = {}
    for column, cell in enumerate(row.cells):
        field = MEANING.get("".join(filter(str.isalpha, cell.casefold())))
        if field and (field in ("outer", "middle", "inner") or field not in found.values()):
            found[column] = field
    return found


def _is_heading(row: Row, named: dict[int, str]) -> bool:
    """A word stands over the addresses. (A dot would be part of an address that lacks its @.)"""
    above = [row.cell(column) for column, field in named.items() if field == "email"]
    return any(cell and "." not in cell for cell in above)


def _address_column(rows: Sequence[Row], taken: dict[int, str]) -> dict[int, str]:
    width = max((len(row.cells) for row in rows), default=0)
    counts = {
        column: sum(holds_address(row.cell(column)) for row in rows) for column in range(width) if column not in taken
    }
    best = max(counts, key=lambda column: counts[column], default=None)
    if best is None or not counts[best]:
        raise ValidationError(
            _(
                "This list has no column of e-mail addresses. Give each row a name and an address such as "
                "name@example.org."
            )
        )
    return {best: "email"}


def _guessed(rows: Sequence[Row], named: dict[int, str]) -> dict[int, str]:
    """Name and group from left to right; a column of languages or of paths is known by its looks."""
    width = max(len(row.cells) for row in rows)
    filled = {column: [row.cell(column) for row in rows if row.cell(column)] for column in range(width)}
    left = [column for column in range(width) if column not in named and filled[column]]
    alike = {
        "language": [column for column in left if all(map(language_code, filled[column]))],
        "path": [column for column in left if any(map(is_path, filled[column]))],
    }
    named |= {columns[-1]: field for field, columns in alike.items() if columns}
    left = [column for column in left if column not in named]
    fields = [field for field in ("name", "path") if field not in named.values()]
    return named | dict(zip(left, fields, strict=False))


def _columns(named: dict[int, str], heading: Row | None) -> Columns:
    at = {field: column for column, field in named.items()}
    whole = "name" in at
    name = [at[field] for field in (("name",) if whole else ("first", "last")) if field in at]
    ranks = ("path",) if "path" in at else ("outer", "middle", "inner")
    group = [column for rank in ranks for column, field in named.items() if field == rank]
    return Columns(at["email"], tuple(name), tuple(group), at.get("language"), heading)
