"""The parts of an Excel workbook: where its sheets are, its texts and formats, and the cells of one sheet."""

import datetime
import re
from collections.abc import Sequence

from spaces.importing.table.formats import EPOCH, shown
from spaces.importing.table.grids import MOST_COLUMNS, Line, Merged, filled_down
from spaces.importing.table.xml import Broken, Handler

REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
NUMBER = re.compile("[0-9]{1,7}")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes a line break or tab
TRUE = ("1", "true")


class Collector(Handler):
    """Keeps the attributes of every element of one name."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.found: list[dict[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self.tag:
            self.found.append({name.rpartition(":")[2].lower(): value for name, value in attributes.items()})


class Texts(Handler):
    """The texts that cells refer to by number; how a text is pronounced (rPh) is left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.is_read = self.is_pronunciation = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "rPh":
            self.is_pronunciation = True
        self.is_read = tag == "t" and not self.is_pronunciation

    def end(self, tag: str) -> None:
        self.is_read = False
        if tag == "rPh":
            self.is_pronunciation = False
        elif tag == "si":
            self.found.append("".join(self.pieces))
            self.pieces.clear()

    def text(self, piece: str) -> None:
        if self.is_read:
            self.pieces.append(piece)


class Styles(Handler):
    """The format of each style that a cell can refer to: its text, or its number where the text is understood."""

    def __init__(self) -> None:
        self.own: dict[str, str] = {}
        self.numbers: list[str] = []
        self.is_of_cells = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self.is_of_cells = True
        elif tag == "xf" and self.is_of_cells:
            self.numbers.append(attributes.get("numFmtId", ""))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self.is_of_cells = False

    def of(self, style: str) -> str | int:
        number = self.numbers[int(style)] if style.isdecimal() and int(style) < len(self.numbers) else ""
        return self.own.get(number) or (int(number) if NUMBER.fullmatch(number) else "")


class Cells(Texts):
    """The rows of a sheet with their numbers. A formula is passed over: its result is what the reader of it sees."""

    def __init__(self, texts: Sequence[str], styles: Styles, epoch: datetime.datetime = EPOCH) -> None:
        super().__init__()
        self.texts, self.styles, self.epoch = texts, styles, epoch
        self._lines: list[Line] = []
        self.merged: list[Merged] = []
        self.number = self.column = 0
        self.is_hidden = False
        self.kind = self.style = ""

    @property
    def lines(self) -> list[Line]:
        return filled_down(self._lines, self.merged)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag == "row":
            self.number = _number(attributes["r"]) if "r" in attributes else self.number + 1
            self.is_hidden = attributes.get("hidden") in TRUE
            self.column = 0
        elif tag == "c":
            self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        self.is_read = self.is_read or tag == "v"

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "c":
            self._keep("".join(self.pieces))
            self.pieces.clear()

    def _keep(self, value: str) -> None:
        if not value:
            return
        if not self._lines or self._lines[-1].number != self.number:
            self._lines.append(Line(self.number, [], self.is_hidden))
        cells = self._lines[-1].cells
        place = min(self.column - 1, MOST_COLUMNS)  # all that is too far right stands in the first column too many
        cells += [""] * (place + 1 - len(cells))
        cells[place] = self._shown(value)

    def _shown(self, value: str) -> str:
        if self.kind == "n":
            return shown(value, self.styles.of(self.style), epoch=self.epoch)
        return ESCAPED.sub(_unescaped, self._shared(value) if self.kind == "s" else value)

    def _shared(self, value: str) -> str:
        number = _number(value.strip())
        if number >= len(self.texts):
            raise Broken
        return self.texts[number]

    def _merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        top, bottom = REFERENCE.fullmatch(first), REFERENCE.fullmatch(last)
        if top and bottom and _column(first) <= MOST_COLUMNS:
            self.merged.append(Merged(int(top[2]), int(bottom[2]), _column(first) - 1))


def _number(digits: str) -> int:
    if not NUMBER.fullmatch(digits):
        raise Broken
    return int(digits)


def _column(reference: str) -> int:
    match = REFERENCE.fullmatch(reference)
    if not match:
        raise Broken
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _unescaped(match: re.Match) -> str:
    return chr(int(match[1], 16))
