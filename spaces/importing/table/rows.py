"""A list of people as it was given: rows of clean text, each with its number in the list."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.words import thousands
from spaces.importing.table.cells import text_of
from spaces.importing.table.grids import LONGEST_CELL, MOST_COLUMNS, Line

MOST_ROWS = 20_000
MOST_TEXT = 5_000_000  # characters of a whole list
WIDEST_GAP = 50  # empty rows in between that are written down again, so that rows keep their numbers
SPECIAL = re.compile('[\t;,|"]')


@dataclass(frozen=True)
class Row:
    number: int  # in the file, or in the sheet
    cells: tuple[str, ...]
    sheet: str = ""  # only where several sheets are one list

    @property
    def place(self) -> str:
        """Where to look for it in the file: unlike that of every other row."""
        return f"{self.sheet} {self.number}" if self.sheet else str(self.number)

    def cell(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


def table(lines: Iterable[Line]) -> list[Row]:
    """The rows that hold something. Raises a ValidationError where something is too much."""
    rows: list[Row] = []
    text = 0
    for line in lines:
        _check_cells(line)
        cells = tuple(text_of(value) for value in line.cells[:MOST_COLUMNS])
        text += sum(map(len, cells))
        if any(cells):
            rows.append(Row(line.number, cells, line.sheet))
        if len(rows) > MOST_ROWS + 1 or text > MOST_TEXT:  # one may be the heading
            sentence = _("This list has more than %(most)s rows. Cut it in parts and import one after the other.")
            raise ValidationError(sentence % {"most": thousands(MOST_ROWS)})
    return rows


def _check_cells(line: Line) -> None:
    if any(value.strip() for value in line.cells[MOST_COLUMNS:]):
        sentence = _(
            "Row %(number)d has more than %(most)d columns. Keep the columns with the name, e-mail address, group and "
            "language."
        )
        raise ValidationError(sentence % {"number": line.number, "most": MOST_COLUMNS})
    if any(len(value) > LONGEST_CELL for value in line.cells):
        sentence = _(
            "Row %(number)d has a cell of more than %(most)s characters, which is no name, address or group. Empty it, "
            "or check whether a quotation mark is missing."
        )
        raise ValidationError(sentence % {"number": line.number, "most": thousands(LONGEST_CELL)})


def packed(rows: Iterable[Row]) -> list:
    """For a JSON field; `unpacked` is its neighbour."""
    return [[row.number, list(row.cells), *([row.sheet] if row.sheet else [])] for row in rows]


def unpacked(stored: Iterable) -> list[Row]:
    return [Row(number, tuple(cells), *sheet) for number, cells, *sheet in stored]


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
