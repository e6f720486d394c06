"""Copies of the keys of surveys: in another place than all else, for days only, and never longer than the keys."""

import datetime
import hashlib
import json
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from core.keys.files import erase_file, read_file, write_file
from core.keys.store import FolderStore, KeyDestroyed, KeyExists
from trace_site.backups.manifest import PREFIX, BackupError, is_over
from trace_site.backups.places import whole_or_nothing

NAME = "keys.json"


@dataclass(frozen=True)
class KeyCopy:
    """One set: `keys` by name with their SHA-256, `destroyed` those that must never come back."""

    folder: Path
    expires_at: datetime.datetime
    keys: dict[str, str]
    destroyed: list[str]

    def write(self) -> None:
        """Aside and renamed: a set is forgotten key by key, and must be readable at any moment."""
        facts = {"expires_at": self.expires_at.isoformat(), "keys": self.keys, "destroyed": self.destroyed}
        aside = self.folder / f".{NAME}"
        aside.unlink(missing_ok=True)
        write_file(aside, json.dumps(facts, indent=1, sort_keys=True).encode())
        aside.rename(self.folder / NAME)

    def read(self, name: str) -> bytes:
        """Raises BackupError for one that is not as it was written."""
        key = read_file(self.folder / f"{name}.key")
        if key is None or hashlib.sha256(key).hexdigest() != self.keys[name]:
            raise BackupError(f"The copy of a key in {self.folder} is damaged ({name}). Take another copy.")
        return key

    def erase(self) -> None:
        for path in self.folder.glob("*.key"):
            erase_file(path)
        shutil.rmtree(self.folder)


def copy_keys(into: Path, name: str, *, expires_at: datetime.datetime) -> int:
    """How many; of what was destroyed only that it was."""
    store = Path(settings.KEY_STORE)
    with whole_or_nothing(into, name) as folder:
        kept = {}
        for path in sorted(store.glob("*.key")):
            key = read_file(path)
            if key is not None and not path.with_suffix(".destroyed").exists():
                write_file(folder / path.name, key)
                kept[path.stem] = hashlib.sha256(key).hexdigest()
        KeyCopy(folder, expires_at, kept, _destroyed_in(store)).write()
    return len(kept)


def forget_keys(into: Path) -> int:
    """Erases sets that have expired, and from the others the keys that the site has destroyed since; how many sets
    went. One that cannot be read goes as well: nobody knows how long it may stay."""
    gone, destroyed = 0, set(_destroyed_in(Path(settings.KEY_STORE)))
    for folder in sorted(into.glob(f"{PREFIX}*")):
        try:
            copy = read_key_copy(folder)
        except BackupError:
            copy = KeyCopy(folder, datetime.datetime.min.replace(tzinfo=datetime.UTC), {}, [])
        if is_over(copy.expires_at):
            copy.erase()
            gone += 1
        elif dead := destroyed.intersection(copy.keys):
            _forget_some(copy, dead)
    return gone


def _forget_some(copy: KeyCopy, dead: Collection[str]) -> None:
    for name in dead:
        erase_file(copy.folder / f"{name}.key")
    left = {name: sha for name, sha in copy.keys.items() if name not in dead}
    KeyCopy(copy.folder, copy.expires_at, left, sorted({*copy.destroyed, *dead})).write()


def _destroyed_in(store: Path) -> list[str]:
    return sorted(path.stem for path in store.glob("*.destroyed"))


def read_key_copy(folder: Path) -> KeyCopy:
    """Raises BackupError."""
    try:
        facts = json.loads((folder / NAME).read_text())
        expires_at = datetime.datetime.fromisoformat(facts["expires_at"])
        return KeyCopy(folder, expires_at, dict(facts["keys"]), list(facts["destroyed"]))
    except FileNotFoundError:
        raise BackupError(f"{folder} is no whole copy of keys: it has no {NAME}.") from None
    except (ValueError, KeyError, TypeError):
        raise BackupError(f"{folder / NAME} is damaged. Take another copy.") from None


def usable_copy(place: Path, name: str) -> KeyCopy:
    """That which was made with the backup of this name. Raises BackupError, also where it has expired or is damaged."""
    copy = read_key_copy(place if (place / NAME).exists() else place / name)
    if is_over(copy.expires_at):
        raise BackupError(
            f"The copy of the keys expired on {copy.expires_at:%Y-%m-%d at %H:%M} and is not used. Restore without "
            "--keys: surveys that were open cannot be closed then (docs/operations.md)."
        )
    for key in copy.keys:
        copy.read(key)
    return copy


def put_keys_back(copy: KeyCopy, *, wanted: Collection[str]) -> int:
    """Those of surveys that are still open; how many. What was destroyed, here or there, stays destroyed."""
    store = FolderStore(Path(settings.KEY_STORE))
    store.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in copy.destroyed:
        (store.folder / f"{name}.destroyed").touch(mode=0o600)
    return sum(_put_back(store, name, copy.read(name)) for name in copy.keys if name in wanted)


def _put_back(store: FolderStore, name: str, key: bytes) -> bool:
    try:
        store.create(name, key)
    except KeyDestroyed:
        return False
    except KeyExists:
        if store.read(name) != key:
            raise BackupError(f"KEY_STORE holds another key called {name}. Nothing was put over it.") from None
    return True


def check_store(*, for_writing: bool = False) -> None:
    """Raises BackupError where this system user may not do what is asked."""
    store = Path(settings.KEY_STORE)
    if store.exists() and not os.access(store, os.R_OK | os.X_OK | (os.W_OK if for_writing else 0)):
        raise BackupError(f"{store} is for workers only. Run this as their system user: sudo -u trace-worker …")
