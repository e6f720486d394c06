"""Excel workbooks (.xlsx) as grids.

Only the parts that are needed are unpacked, and never more of them than a list can need. (General libraries unpack
all of a workbook first: a small file kept one busy for 40 seconds.)
"""

import posixpath
import zipfile
from collections.abc import Iterator

from spaces.importing.table.archive import Archive
from spaces.importing.table.formats import EPOCH, LATER_EPOCH
from spaces.importing.table.grids import Grid
from spaces.importing.table.sheets import TRUE, Cells, Collector, Styles, Texts

BEGINNING = "_rels/.rels"  # the part that says where the others are


def grids(archive: zipfile.ZipFile) -> Iterator[Grid]:
    """Every sheet, in the order of the workbook. Raises Broken and TooHeavy."""
    return Workbook(archive).grids()


class Workbook:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.parts = Archive(archive)

    def grids(self) -> Iterator[Grid]:
        book = self._related("", "officedocument")[0][1]
        texts, styles = Texts(), Styles()
        for handler, kind in ((texts, "sharedstrings"), (styles, "styles")):
            for _id, path in self._related(book, kind):
                self.parts.walk(path, handler)
        is_later = any(one.get("date1904") in TRUE for one in self._elements(book, "workbookPr"))
        paths = dict(self._related(book, "worksheet"))
        for sheet in self._elements(book, "sheet"):
            if sheet.get("id") in paths:
                cells = Cells(texts.found, styles, LATER_EPOCH if is_later else EPOCH)
                self.parts.walk(paths[sheet["id"]], cells)
                yield Grid(sheet.get("name", ""), cells.lines, sheet.get("state", "visible") != "visible")

    def _related(self, path: str, kind: str) -> list[tuple[str, str]]:
        """Identifiers and paths of the parts to which a part stands in that relation."""
        folder, name = posixpath.split(path)
        relations = self._elements(posixpath.join(folder, "_rels", f"{name}.rels"), "Relationship")
        found = [each for each in relations if each.get("type", "").lower().endswith(f"/{kind}")]
        targets = [(each["id"], each["target"].replace("\\", "/")) for each in found]
        return [(name, posixpath.normpath(posixpath.join("/", folder, target))[1:]) for name, target in targets]

    def _elements(self, path: str, tag: str) -> list[dict[str, str]]:
        collector = Collector(tag)
        self.parts.walk(path, collector)
        return collector.found
