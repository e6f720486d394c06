"""The e-mail address in a cell."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from spaces.importing.table.cells import shortened

LONGEST = 254
ADDRESS = re.compile(r"[^\s@,;<>()\[\]\"|]+@[^\s@,;<>()\[\]\"|]+")
AROUND = " ,;"


def parted(cell: str) -> tuple[str, str]:
    """The name and the address in a cell as mail programs write it.

    >>> parted('"Lee, Sam" <Sam.Lee@Example.org>')
    ('Lee, Sam', 'Sam.Lee@Example.org')
    >>> parted("mailto:sam.lee@example.org;")
    ('', 'sam.lee@example.org')
    """
    name, opened, rest = cell.partition("<")
    if opened and "@" not in name and rest.rstrip(AROUND).endswith(">"):
        return name.strip("\"' "), _bare(rest.rstrip(AROUND)[:-1])
    return "", _bare(cell)


def _bare(address: str) -> str:
    address = address.strip(AROUND)
    return address[7:] if address[:7].lower() == "mailto:" else address


def holds_address(cell: str) -> bool:
    """One address and nothing else, but for a name before it."""
    return "@" in cell and ADDRESS.fullmatch(parted(cell)[1]) is not None


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
