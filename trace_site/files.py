"""All that lies in FILES, in a folder or in a bucket: what backups copy, and what the doctor looks at."""

import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from trace_site.bucket import Bucket  # its packages are there only where they are asked for

FOLDER_MODE, FILE_MODE = settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, settings.FILE_UPLOAD_PERMISSIONS


class Files(Protocol):
    """Names are paths from the top, as our rows hold them. What fails is an OSError."""

    def __str__(self) -> str: ...
    def is_empty(self) -> bool: ...
    def free(self) -> int | None: ...
    def names(self) -> Iterator[str]: ...
    def opened(self, name: str) -> IO[bytes]: ...
    def put(self, name: str, source: Path) -> None: ...
    def remove_all(self, *, but: Collection[str]) -> None: ...


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def __str__(self) -> str:
        return str(self.root)

    def is_empty(self) -> bool:
        return not self.root.exists() or not any(self.root.iterdir())

    def free(self) -> int:
        """Bytes on its disk."""
        self.root.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.root).free

    def names(self) -> Iterator[str]:
        for folder, _folders, names in os.walk(self.root):
            for path in (Path(folder) / name for name in names):
                if path.is_file() and not path.is_symlink():
                    yield path.relative_to(self.root).as_posix()

    def opened(self, name: str) -> IO[bytes]:
        return (self.root / name).open("rb")

    def put(self, name: str, source: Path) -> None:
        """Whole or not at all."""
        path = self.root / name
        self._make_folders(path.parent)
        aside = path.with_name(f".{secrets.token_hex(8)}")
        try:
            shutil.copyfile(source, aside)
            aside.chmod(FILE_MODE)
            aside.rename(path)
        finally:
            aside.unlink(missing_ok=True)

    def _make_folders(self, folder: Path) -> None:
        """As our storage makes them: both of our system users work in them."""
        for one in [*reversed(folder.relative_to(self.root).parents), folder.relative_to(self.root)]:
            if not (self.root / one).exists():
                os.mkdir(self.root / one)
                os.chmod(self.root / one, FOLDER_MODE)

    def remove_all(self, *, but: Collection[str]) -> None:
        for path in [path for path in self.root.rglob("*") if path.is_symlink() or path.is_file()]:
            if path.relative_to(self.root).as_posix() not in but:
                path.unlink()


def files() -> Files:
    return bucket() if settings.FILES_BUCKET else Folder(Path(settings.MEDIA_ROOT))


def bucket() -> "Bucket":
    """Where FILES names one."""
    return cast("Bucket", default_storage)


def disks() -> dict[str, Path]:
    """What has to have room."""
    folders = {} if settings.FILES_BUCKET else {"FILES": Path(settings.MEDIA_ROOT)}
    return folders | {"VAR": Path(settings.VAR)}
