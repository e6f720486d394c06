"""Where secret keys live: outside the database and its backups, read by workers only."""

import os
import re
import secrets
import stat
from pathlib import Path
from typing import Protocol

from django.conf import settings

from core.identity.still import refuse_while_still
from core.keys import mark
from core.keys.files import erase_file, read_file, write_file

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class KeyStoreError(Exception):
    """Its text names the key, never its content."""


class KeyMissing(KeyStoreError):
    pass


class KeyDestroyed(KeyStoreError):
    pass


class KeyExists(KeyStoreError):
    pass


class StoreAway(KeyStoreError):
    """The store is gone, shut, or another one."""

    def __init__(self, found: mark.Found) -> None:
        super().__init__(found.label)
        self.found = found


class KeyStore(Protocol):
    """Small enough to stand in front of a key management service."""

    def create(self, name: str, key: bytes) -> None:
        """Raises KeyExists, or KeyDestroyed: a name is used once."""

    def read(self, name: str) -> bytes:
        """Raises KeyMissing or KeyDestroyed."""

    def destroy(self, name: str) -> None:
        """For good; again does no harm. Raises KeyMissing for a name that never was."""


class FolderStore:
    """One 0600 file for each key in a 0700 folder; a destroyed key leaves a tombstone.

    Whoever writes the first key makes the folder, and shuts one that was left open: a process that never asks leaves
    no trace of having been there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str, key: bytes) -> None:
        """Written aside and linked into place: others see the whole key or none."""
        path = self._path(name)
        self._shut()
        self._refuse_destroyed(name)
        aside = self.folder / f".{secrets.token_hex(8)}"
        write_file(aside, key)
        try:
            os.link(aside, path)
        except FileExistsError:
            raise KeyExists(name) from None
        finally:
            aside.unlink()
        self._sync()
        if self._tombstone(name).exists():  # since we looked
            erase_file(path)
            raise KeyDestroyed(name)

    def read(self, name: str) -> bytes:
        """Looks for the tombstone before and after: a key read while it is overwritten is no key."""
        self._refuse_destroyed(name)
        key = read_file(self._path(name))
        self._refuse_destroyed(name)
        if key is None:
            raise KeyMissing(name)
        return key

    def destroy(self, name: str) -> None:
        """Tombstone first: killed half-way, the key is unreadable and destroying it again erases it."""
        path, tombstone = self._path(name), self._tombstone(name)
        if not path.exists() and not tombstone.exists():
            raise KeyMissing(name)
        tombstone.touch(mode=0o600)
        self._sync()
        erase_file(path)
        self._sync()

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError("The name of a key is 1 to 64 lower-case letters, digits and hyphens.")
        return self.folder / f"{name}.key"

    def _tombstone(self, name: str) -> Path:
        return self._path(name).with_suffix(".destroyed")

    def _refuse_destroyed(self, name: str) -> None:
        if self._tombstone(name).exists():
            raise KeyDestroyed(name)

    def _shut(self) -> None:
        self.folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
        if stat.S_IMODE(self.folder.stat().st_mode) != stat.S_IRWXU:
            self.folder.chmod(stat.S_IRWXU)

    def _sync(self) -> None:
        """Makes the folder's entries outlive a loss of power."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def key_store() -> KeyStore:
    """Raises StandsStill: a copy reads, makes and destroys no key, also where it has come by some. Raises StoreAway
    where the folder is not the one that this site has used so far: what is missing there may lie in the right one."""
    refuse_while_still()
    if (found := mark.found()) not in mark.FIT:
        raise StoreAway(found)
    return FolderStore(Path(settings.KEY_STORE))
