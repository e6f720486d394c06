"""The e-mail address in a cell."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from spaces.importing.table.cells import shortened

LONGEST = 254
PART = r"[^\s@,;<>()\[\]\"|]"
ADDRESS = re.compile(f"{PART}+@{PART}+")
WITHIN = re.compile(rf"{PART}@{PART}+\.{PART}")  # begins next to the @: what is searched for takes no time
QUOTES = "\"'"
AROUND = f" ,;{QUOTES}"


def parted(cell: str) -> tuple[str, str]:
    """The name and the address in a cell as mail programs write it; an address is no name.

    >>> parted('"Lee, Sam" <Sam.Lee@Example.org>')
    ('Lee, Sam', 'Sam.Lee@Example.org')
    >>> parted("mailto:sam.lee@example.org;")
    ('', 'sam.lee@example.org')
    >>> parted("'sam.lee@example.org' <sam.lee@example.org>")
    ('', 'sam.lee@example.org')
    """
    before, opened, rest = cell.partition("<")
    name, rest = before.strip(f" {QUOTES}"), rest.rstrip(AROUND)
    if opened and rest.endswith(">") and not _is_of_another(before.strip()):
        return "" if mentions_address(name) else name, _bare(rest[:-1])
    return "", _bare(cell)


def _is_of_another(before: str) -> bool:
    """Whether what stands before an address holds one of somebody else."""
    return not before.startswith('"') and mentions_address(before) and bool(re.search("[,;]", before))


def _bare(address: str) -> str:
    address = address.strip(AROUND)
    return address[7:] if address[:7].lower() == "mailto:" else address


def holds_address(cell: str) -> bool:
    """One address and nothing else, but for a name before it."""
    return "@" in cell and ADDRESS.fullmatch(parted(cell)[1]) is not None


def mentions_address(text: str) -> bool:
    """An address anywhere in it."""
    return holds_address(text) or WITHIN.search(text) is not None


def fault_in(address: str) -> str:
    """The sentence that says how to correct an address, else nothing."""
    words = {"address": shortened(address), "most": LONGEST, "length": len(address)}
    if not address:
        return _("Give this person an e-mail address.")
    if sum("@" in word for word in re.split(r"[\s,;]+", address)) > 1:
        return _("“%(address)s” holds more than one address. Keep one.") % words
    if len(address) > LONGEST:
        return _("Shorten the e-mail address to %(most)d characters; it has %(length)d now.") % words
    try:
        validate_email(address)
    except ValidationError:
        return _("“%(address)s” is not an e-mail address. Write one such as name@example.org.") % words
    return ""
