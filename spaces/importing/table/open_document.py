"""Spreadsheets in the open format (.ods), as LibreOffice writes them, as grids."""

import re
import zipfile
from collections.abc import Iterator

from spaces.importing.table.archive import Archive
from spaces.importing.table.grids import MOST_COLUMNS, Grid, Line, Merged, TooHeavy, filled_down
from spaces.importing.table.xml import Handler

CONTENT = "content.xml"
REPEATED = re.compile("[0-9]{1,7}")
ROWS_REPEATED = 20_000  # that hold something; empty ones are only counted
MOST_REPEATED = 2 * ROWS_REPEATED  # in all sheets
NOT_OF_THE_CELL = ("annotation", "shapes", "tracked-changes")


def grids(archive: zipfile.ZipFile) -> Iterator[Grid]:
    """Every sheet, in the order of the file. Raises Broken and TooHeavy."""
    document = Document()
    Archive(archive).walk(CONTENT, document)
    return iter(document.grids)


class Document(Handler):
    """Cells are read as they are shown, so numbers and dates need no format."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.hidden_styles: set[str] = set()
        self.style = self.name = ""
        self.is_hidden_sheet = self.is_hidden = False
        self.passed_over = 0  # how deep in something that is no cell's text
        self.number = self.row_repeats = self.cell_repeats = self.spanned = self.repeated = 0
        self.lines: list[Line] = []
        self.merged: list[Merged] = []
        self.cells: list[str] = []
        self.pieces: list[str] | None = None  # of the cell that is being read

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        named = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if tag in NOT_OF_THE_CELL or self.passed_over:
            self.passed_over += 1
        elif tag == "style":
            self.style = named.get("name", "")
        elif tag == "table-properties" and named.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif tag == "table":
            self.name, self.number, self.lines, self.merged = named.get("name", ""), 0, [], []
            self.is_hidden_sheet = named.get("style-name") in self.hidden_styles
        elif tag == "table-row":
            self.cells, self.row_repeats = [], _count(named.get("number-rows-repeated"))
            self.is_hidden = named.get("visibility", "visible") != "visible"
        elif tag in ("table-cell", "covered-table-cell"):
            self.pieces, self.cell_repeats = [], _count(named.get("number-columns-repeated"))
            self.spanned = _count(named.get("number-rows-spanned"))
        elif self.pieces:
            self._gap(tag)

    def _gap(self, tag: str) -> None:
        if tag in ("p", "s", "tab", "line-break"):
            self.text(" ")

    def text(self, piece: str) -> None:
        if self.pieces is not None and not self.passed_over:
            self.pieces.append(piece)

    def end(self, tag: str) -> None:
        if self.passed_over:
            self.passed_over -= 1
        elif tag in ("table-cell", "covered-table-cell") and self.pieces is not None:
            self._keep("".join(self.pieces))
            self.pieces = None
        elif tag == "table-row":
            self._end_row()
        elif tag == "table":
            self.grids.append(Grid(self.name, filled_down(self.lines, self.merged), self.is_hidden_sheet))

    def _keep(self, text: str) -> None:
        if self.spanned > 1 and len(self.cells) < MOST_COLUMNS:
            self.merged.append(Merged(self.number + 1, self.number + self.spanned, len(self.cells)))
        room = MOST_COLUMNS + 1 - len(self.cells)  # what is too far right stands in the first column too many
        if room > 0:
            self.cells += [text] * min(self.cell_repeats, room)
        elif text:
            self.cells[-1] = text

    def _end_row(self) -> None:
        while self.cells and not self.cells[-1]:
            self.cells.pop()
        if self.cells:
            repeats = range(1, min(self.row_repeats, ROWS_REPEATED) + 1)
            self.repeated += len(repeats) - 1
            if self.repeated > MOST_REPEATED:
                raise TooHeavy
            self.lines += [Line(self.number + number, self.cells, self.is_hidden) for number in repeats]
        self.number += self.row_repeats


def _count(value: str | None) -> int:
    return int(value) if value and REPEATED.fullmatch(value) else 1
