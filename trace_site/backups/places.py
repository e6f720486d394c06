"""Folders of backups: private, apart from what they are copies of, and used by one at a time."""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from trace_site.backups.manifest import AT_ONCE, UNFINISHED, BackupError, Kept

PRIVATE = 0o077  # what a umask takes from everybody else


def check_apart(folder: Path, *, what: str, beside: Path | None = None) -> None:
    """Raises BackupError where one of the folders would lie in another: then a copy would copy itself, or its keys."""
    others = {"KEY_STORE": Path(settings.KEY_STORE)}
    if not settings.FILES_BUCKET:
        others["FILES"] = Path(settings.MEDIA_ROOT)
    if beside:
        others["the backup"] = beside
    here = folder.resolve()
    for name, other in others.items():
        there = other.resolve()
        if here.is_relative_to(there) or there.is_relative_to(here):
            raise BackupError(f"{folder} ({what}) and {other} ({name}) must lie apart. Name another folder.")


@contextmanager
def private_folder(folder: Path) -> Iterator[None]:
    """Made where it is missing. Only one backup at a time works in it, and nobody else reads what it makes."""
    before = os.umask(PRIVATE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupError(f"Another backup is being made in {folder}.") from None
            for left in folder.glob(f"{UNFINISHED}*"):  # by one that was killed
                shutil.rmtree(left)
            yield
    except OSError as failure:
        raise BackupError(sentence_of(failure, folder)) from failure
    finally:
        os.umask(before)


@contextmanager
def whole_or_nothing(folder: Path, name: str) -> Iterator[Path]:
    """A folder in it to be filled: it gets its name at the end, and goes where the end is not reached."""
    unfinished, finished = folder / f"{UNFINISHED}{name}", folder / name
    if finished.exists():
        raise BackupError(f"{finished} is there already. Wait a second.")
    unfinished.mkdir()
    try:
        yield unfinished
        for path in (unfinished, *(one for one in unfinished.rglob("*"))):
            sync(path)
        unfinished.rename(finished)
        sync(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def copied(source: IO[bytes], target: Path) -> Kept:
    """Copies a file, and says what it read."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as written:
        while some := source.read(AT_ONCE):
            written.write(some)
            digest.update(some)
            size += len(some)
    return Kept(size, digest.hexdigest())


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sentence_of(failure: OSError, folder: Path | str) -> str:
    if failure.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of {folder} is full. Make room, or name a folder on another disk."
    if isinstance(failure, PermissionError):
        return f"{failure.filename or folder} may not be read or written by this system user (docs/operations.md)."
    return f"{failure.filename or folder}: {failure.strerror or type(failure).__name__}."
