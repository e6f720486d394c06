"""The parts of an Excel workbook: where its sheets are, its texts, and the cells of one sheet."""

import re
from collections.abc import Sequence

from spaces.importing.table.rows import MOST_COLUMNS
from spaces.importing.table.xml import Broken, Handler

REFERENCE = re.compile("([A-Za-z]{1,3})[0-9]{1,7}")
NUMBER = re.compile("[0-9]{1,7}")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes a line break or tab


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


class Cells(Texts):
    """The rows of a sheet with their numbers. A formula is passed over: its result is what the reader of it sees."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self.texts = texts
        self.rows: list[tuple[int, list[str]]] = []
        self.number = self.column = 0
        self.kind = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag == "row":
            self.number = _number(attributes["r"]) if "r" in attributes else self.number + 1
            self.column = 0
        elif tag == "c":
            self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
            self.kind = attributes.get("t", "n")
        self.is_read = self.is_read or tag == "v"

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == "c":
            self._keep("".join(self.pieces))
            self.pieces.clear()

    def _keep(self, value: str) -> None:
        if not value:
            return
        if not self.rows or self.rows[-1][0] != self.number:
            self.rows.append((self.number, []))
        cells = self.rows[-1][1]
        place = min(self.column - 1, MOST_COLUMNS)  # all that is too far right stands in the first column too many
        cells += [""] * (place + 1 - len(cells))
        cells[place] = ESCAPED.sub(_unescaped, self._shared(value) if self.kind == "s" else value)

    def _shared(self, value: str) -> str:
        number = _number(value.strip())
        if number >= len(self.texts):
            raise Broken
        return self.texts[number]


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
