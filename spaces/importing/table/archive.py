"""The parts of a packed workbook: each unpacked on its own, and all together no more than a list can need."""

import zipfile

from spaces.importing.table.grids import TooHeavy
from spaces.importing.table.xml import Broken, Budget, Handler, walk

MOST_BYTES = 48_000_000  # unpacked
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.parts = {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}
        self.bytes_left = MOST_BYTES
        self.budget = Budget()

    def __contains__(self, path: str) -> bool:
        return path.lower() in self.parts

    def walk(self, path: str, handler: Handler) -> None:
        """Raises KeyError where there is no such part, Broken and TooHeavy."""
        walk(self._read(path), handler, self.budget)

    def _read(self, path: str) -> bytes:
        part = self.parts[path.lower()]
        self.bytes_left -= part.file_size
        if self.bytes_left < 0:
            raise TooHeavy
        if part.compress_type not in PACKED:
            raise Broken
        with self.archive.open(part) as stream:
            return stream.read(part.file_size)  # where read() would unpack what the declared size leaves out
