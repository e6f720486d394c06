"""Recipients as mail programs give them, one after the other."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from spaces.importing.table.addresses import ADDRESS, QUOTES, holds_address, parted
from spaces.importing.table.grids import Line
from spaces.importing.table.rows import MOST_ROWS

PARTS = re.compile(r'"[^"\n]*"|[^";,\n]+|,+|.|\n')
HEADER = re.compile(r"\A(?!mailto:)[^\W\d_]+:\s*", re.IGNORECASE)  # "To:", "An:", "Copi:"


def recipients_in(text: str) -> list[Line] | None:
    """A row with name and address for each; None where the text is anything else, such as a table.

    >>> [line.cells for line in recipients_in('"Byron, Ada" <ada@e.org>, <jo@e.org>; To: max@e.org;') or ()]
    [['Byron, Ada', 'ada@e.org'], ['', 'jo@e.org'], ['', 'max@e.org']]
    >>> [line.cells for line in recipients_in("Byron, Ada <ada@e.org>; The wards; Jo <jo@e.org>") or ()]
    [['Byron, Ada', 'ada@e.org'], ['The wards', ''], ['Jo', 'jo@e.org']]
    >>> recipients_in("Ada,ada@e.org")
    """
    pieces = list(islice(_pieces(text.strip()), MOST_ROWS + 2))
    found = list(map(_is_recipient, pieces))
    if not all(found) and (sum(found) * 2 <= len(found) or _may_be_table(text.strip())):
        return None
    cells = (parted(piece) if is_one else (piece, "") for piece, is_one in zip(pieces, found, strict=True))
    return [Line(number, list(each)) for number, each in enumerate(cells, 1)]


def _pieces(text: str) -> Iterator[str]:
    """What stands between semicolons, line breaks, and those commas that follow an address."""
    parts: list[str] = []
    for part in PARTS.findall(text):
        if part in ";\n" or (part[0] == "," and parts and _ends_in_address(parts[-1])):
            yield from _piece(parts)
            parts = []
        else:
            parts.append(part)
    yield from _piece(parts)


def _piece(parts: list[str]) -> Iterator[str]:
    if piece := HEADER.sub("", "".join(parts).strip(" \t,"), count=1):
        yield piece


def _ends_in_address(part: str) -> bool:
    last = (part.split() or [""])[-1]
    return last.endswith(">") or ADDRESS.fullmatch(last.strip(QUOTES)) is not None


def _is_recipient(piece: str) -> bool:
    return "\t" not in piece and holds_address(piece)


def _may_be_table(text: str) -> bool:
    """Cells side by side: without the brackets of mail programs, or as many in most of several lines."""
    if "<" not in text or "\t" in text:
        return True
    delimiter = ";" if ";" in text else ","
    lines = text.splitlines()
    cut = Counter(line.strip(" ,;").count(delimiter) for line in lines)
    alike = max((count for cells, count in cut.items() if cells), default=0)
    return len(lines) > 1 and alike * 2 > len(lines) and not HEADER.match(text)
