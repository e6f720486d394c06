"""One row of a list as a person: what was written, and what must be corrected in it."""

from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from spaces.importing.people.columns import Columns
from spaces.importing.table import addresses
from spaces.importing.table.rows import Row
from spaces.mailboxes import mailbox
from spaces.models import Person

LONGEST_NAME = cast("int", Person._meta.get_field("name").max_length)


@dataclass(frozen=True)
class Entry:
    row: Row
    name: str
    email: str
    group: tuple[str, ...]  # the outermost first; each may itself be a path
    language: str

    @property
    def mailbox(self) -> str:
        return mailbox(self.email)


def entry_of(row: Row, columns: Columns) -> Entry:
    before, email = addresses.parted(row.cell(columns.email))
    name = " ".join(filter(None, (row.cell(column) for column in columns.name)))
    group = tuple(filter(None, (row.cell(column) for column in columns.group)))
    language = row.cell(columns.language) if columns.language is not None else ""
    return Entry(row, name or before, email.lower(), group, language)


def faults_in(entry: Entry, *, is_known: bool) -> list[str]:
    """What must be corrected in this row whatever stands in the others; a known person needs no name."""
    if not entry.email and "@" in entry.name:
        sentence = _(
            "Name and address are in one cell. Put a comma or tab between them, and check that no quotation mark is "
            "missing."
        )
        return [sentence]
    faults = [addresses.fault_in(entry.email)]
    if not entry.name and not is_known:
        faults.append(_("Give this person a name."))
    if len(entry.name) > LONGEST_NAME:
        words = {"most": LONGEST_NAME, "length": len(entry.name)}
        faults.append(_("Shorten the name to %(most)d characters; it has %(length)d now.") % words)
    return [fault for fault in faults if fault]
