"""The files that keys and their marks lie in: written whole, read without following links, erased for good."""

import os
from pathlib import Path

from django.conf import settings


def write_file(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_file(path: Path) -> bytes | None:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def erase_file(path: Path) -> None:
    """Overwrites before unlinking; disks that keep old blocks are why backups of the store must expire."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_NOFOLLOW), "wb", buffering=0) as file:
            file.write(bytes(path.stat().st_size))
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)


def is_within_reach() -> bool:
    """Whether this process could come by a key, as a web server should not."""
    return os.access(settings.KEY_STORE, os.R_OK) or os.access(settings.KEY_STORE, os.X_OK)
