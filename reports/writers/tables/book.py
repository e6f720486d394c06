"""A workbook that is safe to open and the same each time: no formulas, links, names of people or hidden parts.

XlsxWriter only writes, so nothing of the machine gets in. Every text is written as text, whatever it begins with.
"""

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from math import ceil

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.names import short
from core.words import Words
from reports.readings import palette
from reports.writers.tables.columns import Form, Value, is_like_a_formula

Property = str | int | bool | float
Look = dict[str, Property]  # properties of a format, as XlsxWriter names them

A4 = 9
LONGEST_NAME = 31  # characters of a sheet’s name
FOOT = 110  # characters of the title in it: the whole may have 255, and an ampersand counts twice
NUMBERS: dict[Form, Look] = {
    "count": {"num_format": "0"},
    "score": {"num_format": "0.0"},
    "spread": {"num_format": "0.00"},
    "signed": {"num_format": '+0.0;"−"0.0;0.0'},
    "chance": {"num_format": "0.0000"},
}
WIDTHS: dict[Form, int] = {
    "text": 13,
    "name": 29,
    "words": 48,
    "count": 10,
    "score": 10,
    "spread": 10,
    "signed": 11,
    "chance": 10,
}
WRAPPED: Look = {"text_wrap": True, "align": "left", "indent": 1}
LINE, HIGHEST = 15, 400  # points
FILLED = 0.87  # of a line, as words break
RIGHT: Look = {"text_wrap": True, "align": "right"}
HEAD: Look = {"bold": True, "bg_color": palette.MIST, "bottom": 2, "bottom_color": palette.INK, "valign": "top"}
STRINGS_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Book:
    """`title` names what it is, `made_at` is the date it carries: not that of the making, so that the same reading
    always gives the same bytes."""

    def __init__(self, title: str, made_at: datetime.datetime) -> None:
        self.title = title
        self.file = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.file, {"in_memory": True, **STRINGS_ONLY})
        made_at = made_at.astimezone(datetime.UTC).replace(tzinfo=None)
        self.book.set_properties({"title": title, "created": made_at})
        self.looks: dict[tuple[tuple[str, Property], ...], Format] = {}

    def sheet(self, name: str) -> Worksheet:
        """Landscape, as wide as the page."""
        sheet = self.book.add_worksheet(short(re.sub(r"[\[\]:*?/\\']", " ", name).strip(), LONGEST_NAME))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
        sheet.set_footer(f"&L{short(self.title, FOOT).replace('&', '&&')}&R{page}")
        return sheet

    def table(
        self, name: str, columns: Sequence[tuple[Words, Form]], rows: Iterable[Sequence[Value]], *, frozen: int = 0
    ) -> Worksheet:
        """A sheet of a head, frozen with the first `frozen` columns, and of rows; `columns`: heading and form."""
        sheet = self.sheet(name)
        for at, (heading, form) in enumerate(columns):
            self.write(sheet, 0, at, str(heading), **HEAD, **WRAPPED if form not in NUMBERS else RIGHT)
        widths = [WIDTHS[form] for _heading, form in columns]
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        self.set_height(sheet, 0, [str(heading) for heading, _form in columns], [0.9 * width for width in widths])
        for down, row in enumerate(rows, start=1):
            for at, (value, (_heading, form)) in enumerate(zip(row, columns, strict=True)):
                self.write(sheet, down, at, value, **_look_of(value, form), valign="top")
            self.set_height(sheet, down, row, widths)
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: Value, **look: Property) -> None:
        """A number as a number, a text as a text; nothing leaves the cell empty, with its look."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self._look(look))
        elif isinstance(value, str):
            if is_like_a_formula(value):
                look["quote_prefix"] = True  # stays a text when somebody edits it
            sheet.write_string(row, column, value, self._look(look))
        else:
            sheet.write_number(row, column, value, self._look(look))

    def set_height(self, sheet: Worksheet, row: int, texts: Sequence[Value], widths: Sequence[float]) -> None:
        """As high as its longest text needs: not every program works that out by itself."""
        lines = [_lines(text, width) for text, width in zip(texts, widths, strict=True) if isinstance(text, str)]
        if max(lines, default=1) > 1:
            sheet.set_row(row, min(HIGHEST, LINE * max(lines)))

    def write_across(self, sheet: Worksheet, row: int, first: int, last: int, text: str, **look: Property) -> None:
        """A sentence over several columns."""
        sheet.merge_range(row, first, row, last, "", self._look(look))
        self.write(sheet, row, first, text, **look)

    def content(self) -> bytes:
        self.book.close()
        return self.file.getvalue()

    def _look(self, properties: Look) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.looks:
            self.looks[key] = self.book.add_format({"font_name": "Calibri", "font_color": palette.INK, **properties})
        return self.looks[key]


def _look_of(value: Value, form: Form) -> Look:
    """A number in the form of its column; words where a number might stand are like any others."""
    if isinstance(value, str):
        return WRAPPED
    return NUMBERS.get(form, {})


def _lines(text: str, width: float) -> int:
    """About how many, by length: to break them word by word takes longer than to write the sheet."""
    return sum(max(1, ceil((len(line) - 1) / (FILLED * width))) for line in text.split("\n"))
