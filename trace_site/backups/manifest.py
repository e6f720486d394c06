"""What a backup says of itself. It is written last, into a folder that has another name until it is whole."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

FORMAT = 1
NAME = "manifest.json"
FILES = "files"  # the folder in a backup that holds those of FILES
PREFIX, UNFINISHED = "trace-", ".unfinished-"
AT_ONCE = 1 << 20  # bytes


class BackupError(Exception):
    """Its text is the sentence to print."""


@dataclass(frozen=True)
class Kept:
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    made_at: datetime.datetime
    expires_at: datetime.datetime
    trace: str  # its version
    site: str  # its address
    secret_key: str  # tells whether another SECRET_KEY is the same, and nothing of it
    engine: str
    engine_version: str
    database: str  # the file that holds it
    migrations: list[str]  # app/name
    rows: dict[str, int]  # of each table
    editions: dict[str, str]  # public id → check sum
    checklists: dict[str, str]
    files: dict[str, Kept]  # path in the backup → what must be there

    def stored(self) -> str:
        facts = asdict(self) | {"format": FORMAT}
        return json.dumps(facts, indent=1, sort_keys=True, default=lambda moment: moment.isoformat())


def read_manifest(folder: Path) -> Manifest:
    """Raises BackupError for what is no whole backup."""
    try:
        facts: dict[str, Any] = json.loads((folder / NAME).read_text())
        if facts.pop("format") != FORMAT:
            raise BackupError(f"{folder} was made by another version of TRACE, in a form that this one cannot read.")
        facts |= {name: datetime.datetime.fromisoformat(facts[name]) for name in ("made_at", "expires_at")}
        files = facts["files"] = {path: Kept(**one) for path, one in facts["files"].items()}
        manifest = Manifest(**facts)
    except (FileNotFoundError, NotADirectoryError):
        raise BackupError(f"{folder} is no whole backup: it has no {NAME}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupError(f"{folder / NAME} is damaged. Take another backup.") from None
    if odd := [path for path in files if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts]:
        raise BackupError(f"{folder / NAME} names files outside of the backup ({odd[0]}). Take another backup.")
    return manifest


def faults_of(folder: Path, files: dict[str, Kept]) -> Iterator[str]:
    """What is not as it was written, in sentences."""
    for path, kept in files.items():
        try:
            found = kept_of(folder / path)
        except OSError:
            yield f"{path} is missing or cannot be read."
            continue
        if found != kept:
            yield f"{path} is damaged: it is not what was written."


def kept_of(path: Path) -> Kept:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while some := file.read(AT_ONCE):
            digest.update(some)
        return Kept(file.tell(), digest.hexdigest())


def newest(folder: Path) -> Path:
    """The backup itself, or the newest whole one in a folder of them. Raises BackupError."""
    if (folder / NAME).exists():
        return folder
    whole = sorted(path.parent for path in folder.glob(f"{PREFIX}*/{NAME}"))
    if not whole:
        raise BackupError(f"There is no whole backup in {folder}.")
    return whole[-1]


def name_at(now: datetime.datetime) -> str:
    return f"{PREFIX}{now.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def mark_of_secret_key() -> str:
    return salted_hmac("trace_site.backups", "which key", algorithm="sha256").hexdigest()[:16]


def is_over(moment: datetime.datetime) -> bool:
    return moment <= timezone.now()
