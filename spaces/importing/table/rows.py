"""A list of people as it was given: rows of clean text, each with its number in the list."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.words import thousands
from spaces.importing.table.cells import text_of

MOST_ROWS = 5_000
MOST_COLUMNS = 50
WIDEST_GAP = 50  # empty rows in between that are written down again, so that rows keep their numbers
SPECIAL = re.compile('[\t;,|"]')


@dataclass(frozen=True)
class Row:
    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


def table(raw: Iterable[tuple[int, Sequence[str]]]) -> list[Row]:
    """The rows that hold something; a ValidationError where there are none or too many."""
    rows = []
    for number, values in raw:
        if not values:
            continue
        cells = tuple(text_of(value) for value in values[:MOST_COLUMNS])
        _check_width(number, values)
        if any(cells):
            rows.append(Row(number, cells))
        if len(rows) > MOST_ROWS + 1:  # one may be the heading
            raise ValidationError(
                _("This list has more than %(most)s rows. Cut it in parts and import one after the other.")
                % {"most": thousands(MOST_ROWS)}
            )
    if not rows:
        raise ValidationError(_("There is nothing in this list. Choose another, or paste the people here."))
    return rows


def _check_width(number: int, values: Sequence[str]) -> None:
    if any(value.strip() for value in values[MOST_COLUMNS:]):
        sentence = _(
            "Row %(number)d has more than %(most)d columns. Keep the columns with the name, e-mail address, group and "
            "language."
        )
        raise ValidationError(sentence % {"number": number, "most": MOST_COLUMNS})


def packed(rows: Iterable[Row]) -> list:
    """For a JSON field; `unpacked` is its neighbour."""
    return [[row.number, list(row.cells)] for row in rows]


def unpacked(stored: Iterable) -> list[Row]:
    return [Row(number, tuple(cells)) for number, cells in stored]


def as_text(rows: Sequence[Row]) -> str:
    """The rows as text that reads back to the same rows."""
    gaps = [rows[0].number, *(after.number - before.number for before, after in pairwise(rows))]
    return "".join(
        "\n" * (gap - 1 if gap <= WIDEST_GAP else 0) + line(row.cells) for row, gap in zip(rows, gaps, strict=True)
    )


def line(cells: Iterable[str]) -> str:
    """Cells with tabs between them; whatever else might be taken for a delimiter stands in quotation marks."""
    return "\t".join(_quoted(cell) if SPECIAL.search(cell) else cell for cell in cells) + "\n"


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def renumbered(rows: Iterable[Row]) -> list[Row]:
    return [Row(number, row.cells) for number, row in enumerate(rows, 1)]
