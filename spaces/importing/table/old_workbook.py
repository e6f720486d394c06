"""Excel workbooks from before 2007 (.xls) as grids."""

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from spaces.importing.table.formats import EPOCH, LATER_EPOCH, shown
from spaces.importing.table.grids import MOST_COLUMNS, Grid, Line, Merged, TooHeavy, filled_down
from spaces.importing.table.xml import Broken

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def grids(content: bytes) -> Iterator[Grid]:
    """Every sheet, in the order of the workbook. Raises Broken, for a password too."""
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        )
        return iter([_grid(book, number) for number in range(book.nsheets)])
    except TooHeavy:
        raise
    except Exception as error:  # a damaged file breaks the library anywhere
        raise Broken from error


def _grid(book: Any, number: int) -> Grid:
    sheet = book.sheet_by_index(number)
    lines = []
    for row in range(sheet.nrows):
        cells = [_text(cell, book) for cell in sheet.row(row)[: MOST_COLUMNS + 1]]
        if any(cells):
            info = sheet.rowinfo_map.get(row)
            lines.append(Line(row + 1, cells, bool(info and info.hidden)))
    merged = [Merged(top + 1, bottom, left) for top, bottom, left, _right in sheet.merged_cells if left < MOST_COLUMNS]
    return Grid(sheet.name, filled_down(lines, merged), sheet.visibility != 0)


def _text(cell: Any, book: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ERRORS.get(cell.value, "#N/A")
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        return shown(repr(cell.value), form.format_str if form else "", epoch=LATER_EPOCH if book.datemode else EPOCH)
    return str(cell.value)
