"""From an Excel workbook to a table: the first visible sheet that holds something.

Only the parts that are needed are unpacked, and never more of them than a list can need. (General libraries unpack
all of a workbook first: a small file kept one busy for 40 seconds.)
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spaces.importing.table.decoding import no_table
from spaces.importing.table.rows import Row, table
from spaces.importing.table.sheets import Cells, Collector, Texts
from spaces.importing.table.xml import Broken, Budget, TooHeavy, walk

MOST_BYTES = 24_000_000  # unpacked
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, KeyError)
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def is_archive(content: bytes) -> bool:
    return content.startswith((b"PK\3\4", b"PK\5\6"))


def is_old_workbook(content: bytes) -> bool:
    """Excel before 2007, and every workbook with a password."""
    return content.startswith(b"\xd0\xcf\x11\xe0")


def sheets_of(content: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """Every visible sheet by name: the numbers of its rows and their cells. Raises ValidationError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return dict(Workbook(archive).sheets())
    except TooHeavy:
        raise ValidationError(_("This workbook holds far more than is read. Take out what does not belong.")) from None
    except (Broken, *BROKEN_ZIP):
        raise ValidationError(
            _("This workbook cannot be opened. Open it in Excel and save it anew as .xlsx.")
        ) from None


def read_workbook(content: bytes) -> tuple[list[Row], str]:
    """The rows and the name of their sheet; a ValidationError with a sentence where it is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            rows, sheet = Workbook(archive).first_rows()
    except TooHeavy:
        sentence = _("This workbook holds more than a list of people. Copy the list into a new workbook, or paste it.")
        raise ValidationError(sentence) from None
    except (Broken, *BROKEN_ZIP):
        raise no_table() from None
    return table(rows), sheet


class Workbook:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.parts = {part.filename.lower(): part for part in archive.infolist()}
        self.bytes_left = MOST_BYTES
        self.budget = Budget()

    def first_rows(self) -> tuple[list[tuple[int, list[str]]], str]:
        for name, rows in self.sheets():
            if any(any(values) for _number, values in rows):
                return rows, name
        return [], ""

    def sheets(self) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
        """Those that are visible."""
        book = self._related("", "officedocument")[0][1]
        texts = Texts()
        for _id, path in self._related(book, "sharedstrings"):
            walk(self._read(path), texts, self.budget)
        paths = dict(self._related(book, "worksheet"))
        for sheet in self._elements(book, "sheet"):
            if sheet.get("state", "visible") == "visible" and sheet.get("id") in paths:
                cells = Cells(texts.found)
                walk(self._read(paths[sheet["id"]]), cells, self.budget)
                yield sheet.get("name", ""), cells.rows

    def _related(self, path: str, kind: str) -> list[tuple[str, str]]:
        """Identifiers and paths of the parts to which a part stands in that relation."""
        folder, name = posixpath.split(path)
        relations = self._elements(posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship")
        found = [each for each in relations if each.get("type", "").lower().endswith(f"/{kind}")]
        return [(each["id"], posixpath.normpath(posixpath.join("/", folder, each["target"]))[1:]) for each in found]

    def _elements(self, path: str, tag: str) -> list[dict[str, str]]:
        collector = Collector(tag)
        walk(self._read(path), collector, self.budget)
        return collector.found

    def _read(self, path: str) -> bytes:
        part = self.parts[path.lower()]
        self.bytes_left -= part.file_size
        if self.bytes_left < 0:
            raise TooHeavy
        if part.compress_type not in PACKED:
            raise Broken
        with self.archive.open(part) as stream:
            return stream.read(part.file_size)  # where read() would unpack what the declared size leaves out
