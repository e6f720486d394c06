"""Recipients as mail programs give them, one after the other."""

import re
from collections.abc import Iterator
from itertools import islice

from spaces.importing.table.addresses import ADDRESS
from spaces.importing.table.grids import Line
from spaces.importing.table.rows import MOST_ROWS

RECIPIENT = re.compile(
    rf"(?:(?P<name>[^<>;@\n]*)<(?P<named>{ADDRESS.pattern})>|(?:mailto:)?(?P<bare>{ADDRESS.pattern}))"
    r"[^\S\n]*(?:[;,\n]\s*|\Z)"
)


def recipients_in(text: str) -> list[Line] | None:
    """A row with name and address for each; None where the text is anything else, such as a table.

    >>> [line.cells for line in recipients_in("Byron, Ada <ada@e.org>; <jo@e.org>, max@e.org;") or ()]
    [['Byron, Ada', 'ada@e.org'], ['', 'jo@e.org'], ['', 'max@e.org']]
    >>> recipients_in("Ada,ada@e.org")
    """
    found = list(islice(_recipients(text.strip()), MOST_ROWS + 2))
    return [Line(number, cells) for number, cells in enumerate(found, 1)] if all(found) else None


def _recipients(text: str) -> Iterator[list[str]]:
    """Name and address of each; an empty one where there is something else."""
    at = 0
    while at < len(text):
        match = RECIPIENT.match(text, at)
        if match is None:
            yield []
            return
        yield [(match["name"] or "").strip("\"' \t"), match["named"] or match["bare"]]
        at = match.end()
