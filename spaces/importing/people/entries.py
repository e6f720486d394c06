"""One row of a list as a person: what was written, what was understood, and what must be corrected in it."""

from dataclasses import dataclass, field
from typing import Literal, cast

from django.utils.translation import gettext as _

from spaces.importing.people.columns import Columns
from spaces.importing.people.placeholders import says_nothing
from spaces.importing.table import addresses
from spaces.importing.table.rows import Row
from spaces.mailboxes import mailbox
from spaces.models import Person

_TITLES = """
    jr sr ii iii iv esq kc qc jp obe mbe cbe kbe dbe
    phd dphil edd dba md dds mba mphil mres msc msci bsc meng beng bed llb llm jd pgce pgcert frcs frcp mrcp mrcgp
    rn rgn rmn rm msn bsn cpa cfa acca aca pmp prince2 cipd mcipd fcipd cpsychol ceng frsa
"""
TITLES = frozenset(_TITLES.split())
TITLES_IN_CAPITALS = frozenset(("BA", "MA", "PA", "DO", "MS", "BS"))  # people are called Ma
LONGEST_NAME = cast("int", Person._meta.get_field("name").max_length)

Understood = Literal["turned", "named_by_address", "address_as_name", "address_as_group", "nothing_said"]


@dataclass(frozen=True)
class Entry:
    row: Row
    name: str
    email: str
    group: tuple[str, ...]  # the outermost first; each may itself be a path
    language: str
    leader: str = ""  # who leads the group, by name
    leader_email: str = ""
    understood: frozenset[Understood] = field(default=frozenset())  # what was not taken as it stands

    @property
    def mailbox(self) -> str:
        return mailbox(self.email)


def entry_of(row: Row, columns: Columns) -> Entry:
    """The person in a row. What is no name or group is taken for none, and said."""
    understood: set[Understood] = set()

    def said(column: int | None, *, is_name: bool = False) -> str:
        text = row.cell(column) if column is not None else ""
        if says_nothing(text) and not (is_name and text.isalpha()):  # people are called Null
            understood.add("nothing_said")
            return ""
        return text

    def cell(column: int, if_address: Understood) -> str:
        text = said(column, is_name=if_address == "address_as_name")
        if addresses.mentions_address(text):
            understood.add(if_address)
            return ""
        return text

    before, email = addresses.parted(row.cell(columns.email)) if columns.email is not None else ("", "")
    parts = [cell(column, "address_as_name") for column in columns.name]
    name = " ".join(filter(None, parts)) or before
    if turned := _turned(name):
        understood.add("turned")
    group = tuple(filter(None, (cell(column, "address_as_group") for column in columns.group)))
    leader, leader_email = _leader(said(columns.leader), said(columns.leader_email))
    if says_nothing(email):
        email = ""
    if not name and email:
        understood.add("named_by_address")
    return Entry(
        row,
        name=turned or name or email,
        email=email.lower(),
        group=group,
        language=said(columns.language),
        leader=_turned(leader) or leader,
        leader_email=leader_email.lower(),
        understood=frozenset(understood),
    )


def _leader(cell: str, address: str) -> tuple[str, str]:
    """By name and address, which may stand beside the name."""
    name, beside = addresses.parted(cell) if addresses.holds_address(cell) else (cell, "")
    return name, addresses.parted(address)[1] or beside


def _turned(name: str) -> str:
    """'Last, First' the other way round; nothing where a name has another form.

    >>> _turned("Byron, Ada"), _turned("King, Martin Luther"), _turned("Ada Byron, Ph.D."), _turned("Ada")
    ('Ada Byron', 'Martin Luther King', '', '')
    """
    last, comma, first = (part.strip() for part in name.partition(","))
    is_pair = bool(comma and last and first) and "," not in first and not _are_titles(first)
    return f"{first} {last}" if is_pair else ""


def _are_titles(words: str) -> bool:
    """What stands behind a name, however it is written.

    >>> [_are_titles(words) for words in ("Jr.", "Ph. D.", "MBA RN", "M.A.", "Ma", "V.")]
    [True, True, True, True, False, False]
    """
    bare = words.replace(".", "")
    each, together = bare.split(), "".join(bare.split())
    return all(map(_is_title, each)) or _is_title(together)


def _is_title(word: str) -> bool:
    return word.casefold() in TITLES or word in TITLES_IN_CAPITALS


def faults_in(entry: Entry) -> list[str]:
    """What must be corrected in this row whatever stands in the others."""
    if not entry.email and "@" in "".join(entry.row.cells):
        sentence = _(
            "The address is not in the column of addresses. Check that no quotation mark is missing, and that name and "
            "address have a comma or tab between them."
        )
        return [sentence]
    faults = [addresses.fault_in(entry.email)]
    if len(entry.name) > LONGEST_NAME:
        words = {"most": LONGEST_NAME, "length": len(entry.name)}
        faults.append(_("Shorten the name to %(most)d characters; it has %(length)d now.") % words)
    return [fault for fault in faults if fault]
