"""`manage.py backup`: the database as it was at one moment, then the files, then what both of them are."""

import datetime
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core.identity.still import why_still
from diagnostics.checklists.content import content_hash
from diagnostics.checklists.models import ChecklistVersion
from reports.editions.checking import checked_editions
from trace_site.backups import databases, manifest
from trace_site.backups.keys import check_store, copy_keys, forget_keys
from trace_site.backups.manifest import FILES, PREFIX, BackupError, Kept, Manifest, kept_of, read_manifest
from trace_site.backups.places import check_apart, copied, private_folder, whole_or_nothing
from trace_site.files import files
from trace_site.version import number

Say = Callable[[str], object]


@dataclass(frozen=True)
class Terms:
    """How long copies are kept."""

    days: int
    key_days: int


def back_up(into: Path, *, keys: Path | None, terms: Terms, now: datetime.datetime, say: Say) -> Path:
    """The folder of the new backup. Raises BackupError; nothing is left of a backup that is not whole."""
    check_apart(into, what="the backup")
    if keys:
        check_apart(keys, what="the keys", beside=into)
        _check_keys()
    name = manifest.name_at(now)
    with private_folder(into):
        if gone := _forget_backups(into):
            say(f"{gone} expired before and were deleted.")
        with whole_or_nothing(into, name) as folder:
            said = _fill(folder, expires_at=now + datetime.timedelta(days=terms.days), now=now)
    say(f"{into / name} is whole: {len(said.files)} files, {sum(one.size for one in said.files.values()):,} bytes.")
    if broken := [edition for edition, _sum in said.editions.items() if not _sum]:
        say(f"Of {len(broken)} published reports the figures are not what was published: {', '.join(broken)}.")
    if keys:
        _back_up_keys(keys, name, expires_at=now + datetime.timedelta(days=terms.key_days), say=say)
    return into / name


def _check_keys() -> None:
    check_store()
    if why_still():
        raise BackupError("This site stands still (manage.py this_is_the_site): it has no keys to copy.")


def _back_up_keys(keys: Path, name: str, *, expires_at: datetime.datetime, say: Say) -> None:
    with private_folder(keys):
        if gone := forget_keys(keys):
            say(f"{gone} copies of keys had expired and were erased.")
        count = copy_keys(keys, name, expires_at=expires_at)
    say(f"{count} keys were copied to {keys / name}, until {expires_at:%Y-%m-%d %H:%M}.")


def _forget_backups(into: Path) -> int:
    gone = 0
    for folder in sorted(into.glob(f"{PREFIX}*")):
        try:
            is_over = manifest.is_over(read_manifest(folder).expires_at)
        except BackupError:
            continue  # somebody has to look at it
        if is_over:
            shutil.rmtree(folder)
            gone += 1
    return gone


def _fill(folder: Path, *, expires_at: datetime.datetime, now: datetime.datetime) -> Manifest:
    database = databases.WAYS[databases.engine()]
    facts = database_facts(folder / database)
    kept = {database: kept_of(folder / database)} | _copy_files(folder / FILES)
    made = Manifest(
        made_at=now,
        expires_at=expires_at,
        trace=number(),
        site=settings.SITE_URL,
        secret_key=manifest.mark_of_secret_key(),
        engine=databases.engine(),
        database=database,
        files=kept,
        **facts,
    )
    (folder / manifest.NAME).write_text(made.stored())
    return made


def database_facts(path: Path) -> dict[str, Any]:
    """Writes the database there, and says what it holds: both of the same moment."""
    with databases.dumped(path):
        return {
            "engine_version": databases.engine_version(),
            "migrations": sorted("/".join(one) for one in MigrationRecorder(connection).applied_migrations()),
            "rows": databases.rows_of(databases.tables()),
            "editions": {one.edition: one.stored if one.stored == one.found else "" for one in checked_editions()},
            "checklists": checklist_sums(),
        }


def checklist_sums() -> dict[str, str]:
    """Of every published version, worked out from its content."""
    versions = ChecklistVersion.objects.order_by("pk").values_list("checklist__key", "number", "content")
    return {f"{checklist}/{number}": content_hash(content) for checklist, number, content in versions.iterator()}


def _copy_files(into: Path) -> dict[str, Kept]:
    """After the database: a file that is asked for by a row of it is there, unless it was deleted since."""
    into.mkdir()
    source, found = files(), {}
    for name in source.names():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError), source.opened(name) as file:
            found[f"{FILES}/{name}"] = copied(file, into / name)
    return found
