"""What was pasted or uploaded, as a table: how it was read, and how else it could be."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from spaces.importing.table import old_workbook, open_document, workbook
from spaces.importing.table.decoding import decodings, no_table
from spaces.importing.table.grids import Grid, TooHeavy
from spaces.importing.table.rows import Row, table
from spaces.importing.table.text import grid_of
from spaces.importing.table.together import Sheet, alike, every, together
from spaces.importing.table.xml import Broken

MOST_BYTES = 5 * 1024 * 1024
BEGINNINGS = (b"%pdf", b"{\\rtf", b"<!doctype", b"<html", b"<?xml")  # in lower case: text, yet no table
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, LookupError)
EVERY_SHEET = "*"  # no program lets a sheet be called so


@dataclass(frozen=True)
class Choice:
    """How to read it; what is empty is left to the reader."""

    encoding: str = ""
    sheet: str = ""
    with_hidden: bool = False


@dataclass(frozen=True)
class Reading:
    rows: list[Row]
    choice: Choice  # as it was read
    encodings: dict[str, str]  # code → words as they read in it; none where the bytes leave no choice
    sheets: dict[str, int]  # name → rows that hold something; none where there is nothing to choose
    hidden: int  # rows of the sheet that its program does not show


def read(content: bytes, choice: Choice = Choice()) -> Reading:
    """Raises a ValidationError with a sentence for every content that is no list."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("This list is larger than 5 MB. Cut it in parts and import one after the other."))
    if is_archive(content) or is_old_workbook(content):
        return _of_grids(grids_in(content), choice, encodings={})
    if content.lstrip().lower().startswith(BEGINNINGS):
        raise no_table()
    found = {one.encoding: one for one in decodings(content)}
    decoded = found.get(choice.encoding) or next(iter(found.values()))
    encodings = {code: ", ".join(one.samples) for code, one in found.items()} if len(found) > 1 else {}
    return _of_grids([grid_of(decoded.text)], replace(choice, encoding=decoded.encoding), encodings=encodings)


def is_archive(content: bytes) -> bool:
    return content.startswith((b"PK\3\4", b"PK\5\6"))


def is_old_workbook(content: bytes) -> bool:
    """Excel before 2007, and every workbook with a password."""
    return content.startswith(b"\xd0\xcf\x11\xe0")


def grids_in(content: bytes) -> list[Grid]:
    """Every sheet of a workbook. Raises a ValidationError with a sentence."""
    if is_old_workbook(content):
        return _opened(lambda: old_workbook.grids(content))
    return _opened(lambda: _unpacked(content))


def _opened(read: Callable[[], Iterable[Grid]]) -> list[Grid]:
    try:
        return list(read())
    except TooHeavy:
        sentence = _("This workbook holds far more than is read. Copy what belongs here into a new workbook.")
        raise ValidationError(sentence) from None
    except (Broken, *BROKEN_ZIP):
        sentence = _(
            "This workbook cannot be opened: it is damaged, or it has a password. Open it in its program and save it "
            "anew as .xlsx, without a password."
        )
        raise ValidationError(sentence) from None


def _unpacked(content: bytes) -> Iterator[Grid]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name.replace("\\", "/").lower() for name in archive.namelist()}
        if open_document.CONTENT in parts:
            yield from open_document.grids(archive)
        elif workbook.BEGINNING in parts:
            yield from workbook.grids(archive)
        else:
            raise no_table()


def _of_grids(grids: Iterable[Grid], choice: Choice, *, encodings: dict[str, str]) -> Reading:
    filled = [grid for grid in grids if any(cell.strip() for line in grid.lines for cell in line.cells)]
    if not filled:
        raise ValidationError(_("There is nothing in this list. Choose another, or paste the people here."))
    chosen = _chosen(filled, choice.sheet)
    lines = list(together(chosen)) if len(chosen) > 1 else chosen[0].grid.lines
    rows = table(line for line in lines if choice.with_hidden or not line.is_hidden)
    return Reading(
        rows=rows,
        choice=replace(choice, sheet=EVERY_SHEET if len(chosen) > 1 else chosen[0].grid.name),
        encodings=encodings,
        sheets={grid.name: len(grid.lines) for grid in filled} if len(filled) > 1 else {},
        hidden=sum(line.is_hidden for line in lines),
    )


def _chosen(grids: list[Grid], name: str) -> list[Sheet]:
    """The sheet of that name, or every one. Nobody chose: all that begin alike, else the likeliest."""
    for grid in grids:
        if grid.name == name:
            return [Sheet(grid)]
    shown = [grid for grid in grids if not grid.is_hidden] or grids
    return every(shown) if name == EVERY_SHEET else alike(shown)
