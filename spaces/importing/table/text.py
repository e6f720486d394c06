"""From text to a grid: tabs, semicolons, commas or bars between the cells, or the recipients of a message."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spaces.importing.table.addresses import holds_address
from spaces.importing.table.grids import Grid, Line
from spaces.importing.table.recipients import recipients_in

DELIMITERS = "\t;,|"
TRIED = 20_000  # characters from the beginning, on which each delimiter is tried


def grid_of(text: str) -> Grid:
    """Raises a ValidationError with a sentence where it is no table."""
    text = text.lstrip("\ufeff")
    if recipients := recipients_in(text):
        return Grid("", recipients)
    start = text.lstrip()[:TRIED]
    delimiter = max(DELIMITERS, key=lambda candidate: _fit(start, candidate))
    try:
        return Grid("", [Line(number, cells) for number, cells in enumerate(_split(text, delimiter), 1) if cells])
    except csv.Error:
        raise ValidationError(
            _("This list has a cell of more than 100,000 characters. Check whether a quotation mark is missing.")
        ) from None


def _split(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t")


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How well a delimiter cuts: addresses that stand alone in a cell, then rows of the same length."""
    rows = list(_split(text, delimiter))
    lengths = Counter(len(row) for row in rows if len(row) > 1)
    alone = sum(holds_address(cell.strip()) for row in rows for cell in row)
    return alone, max(lengths.values(), default=0)
