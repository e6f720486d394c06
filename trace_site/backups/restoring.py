"""`manage.py restore`: everything is checked before anything is touched, and compared after it was put back."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from core.accounts.models import User
from core.identity.still import be_restored
from core.keys.models import Mark
from diagnostics.surveys.keys import names_of
from diagnostics.surveys.models import Survey
from reports.editions.checking import checked_editions
from reports.files.models import Document
from trace_site.backups import databases
from trace_site.backups.keys import KeyCopy, check_store, put_keys_back, usable_copy
from trace_site.backups.making import checklist_sums
from trace_site.backups.manifest import (
    FILES,
    BackupError,
    Manifest,
    faults_of,
    is_over,
    mark_of_secret_key,
    newest,
    read_manifest,
)
from trace_site.backups.places import check_apart, sentence_of
from trace_site.files import files

Say = Callable[[str], object]


def restore(source: Path, *, keys: Path | None, over: bool, though_expired: bool, say: Say) -> None:
    """Raises BackupError. The site that comes of it stands still until it is told that it is the one."""
    folder = newest(source)
    check_apart(folder, what="the backup")
    manifest = read_manifest(folder)
    _check_backup(folder, manifest, though_expired=though_expired)
    copy = usable_copy(keys, folder.name) if keys else None
    if copy:
        check_store(for_writing=True)
    _check_target(manifest, over=over)
    say(f"{folder} is whole. It was made on {manifest.made_at:%Y-%m-%d at %H:%M %Z} of {manifest.site}.")
    try:
        databases.put_back(folder / manifest.database)
        wrong = list(_differing_rows(manifest))
        call_command("migrate", verbosity=0)
        be_restored()
        Mark.objects.all().delete()  # its keys lie where this site keeps them
        _put_files_back(folder / FILES, [path for path in manifest.files if path.startswith(f"{FILES}/")])
    except OSError as failure:
        raise BackupError(sentence_of(failure, str(files()))) from failure
    except (DatabaseError, sqlite3.Error) as failure:
        raise BackupError(
            f"The database could not be written ({type(failure).__name__}). Are all processes of the site stopped, and "
            "has its disk room? What was begun is not whole: restore again with --over."
        ) from failure
    if copy:
        _put_keys_back(copy, say)
    _compare(manifest, wrong, say)


# --- Before anything is touched ------------------------------------------------------------------


def _check_backup(folder: Path, manifest: Manifest, *, though_expired: bool) -> None:
    if faults := list(faults_of(folder, manifest.files)):
        raise BackupError("\n".join([f"{folder} is damaged, and nothing was restored:", *faults]))
    if is_over(manifest.expires_at) and not though_expired:
        raise BackupError(
            f"This backup expired on {manifest.expires_at:%Y-%m-%d}: what people were promised to be forgotten since "
            "would come back. If there is no newer one, say --though-expired."
        )
    if manifest.engine != connection.vendor:
        raise BackupError(f"This backup is of {manifest.engine}; DATABASE_URL names {connection.vendor}.")
    known = {"/".join(name) for name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise BackupError(f"This backup was made by a newer TRACE than this one ({newer[-1]}). Install that one first.")


def _check_target(manifest: Manifest, *, over: bool) -> None:
    target, needed = files(), sum(kept.size for path, kept in manifest.files.items() if path.startswith(f"{FILES}/"))
    try:
        is_empty, free = target.is_empty(), target.free()
    except OSError as failure:
        raise BackupError(sentence_of(failure, str(target))) from failure
    if not over:
        if _is_inhabited():
            raise BackupError("This database has people in it. To lose them for what was backed up, say --over.")
        if not is_empty:
            raise BackupError(f"{target} (FILES) is not empty. To lose what is there, say --over.")
    if free is not None and free < needed:
        raise BackupError(f"The disk of {target} is full: {needed:,} bytes are needed, and {free:,} are free.")


def _is_inhabited() -> bool:
    there = set(connection.introspection.table_names())
    return any(model._meta.db_table in there and model._base_manager.exists() for model in (User, Survey))


# --- Files and keys ------------------------------------------------------------------------------


def _put_files_back(source: Path, paths: list[str]) -> None:
    """Whole or not at all, each of them; what else is there goes."""
    target, wanted = files(), {path.removeprefix(f"{FILES}/") for path in paths}
    target.remove_all(but=wanted)
    for name in sorted(wanted):
        target.put(name, source / name)


def _put_keys_back(copy: KeyCopy, say: Say) -> None:
    ended = (Survey.Status.CLOSED, Survey.Status.CANCELLED)
    wanted = {name for survey in Survey.objects.exclude(status__in=ended) for name in names_of(survey)}
    count = put_keys_back(copy, wanted=wanted)
    say(f"{count} keys of surveys that are open were put back; {len(copy.keys) - count} were not needed.")


# --- Afterwards ----------------------------------------------------------------------------------


def _differing_rows(manifest: Manifest) -> Iterator[str]:
    found = databases.rows_of(sorted(set(manifest.rows).intersection(databases.tables())))
    for table, count in manifest.rows.items():
        if found.get(table) != count:
            yield f"Table {table} has {found.get(table, 'no')} rows, and had {count}."


def _compare(manifest: Manifest, wrong: list[str], say: Say) -> None:
    """Says what is as it was; raises BackupError with what is not."""
    editions = {one.edition: one.found for one in checked_editions()}
    checklists = checklist_sums()
    wrong += [f"Report {name} is not what was published." for name in _unlike(manifest.editions, editions)]
    wrong += [f"Checklist {name} is not what was published." for name in _unlike(manifest.checklists, checklists)]
    documents = dict(Document.objects.values_list("file", "sha256"))
    wrong += [f"The file {name} is not what was made." for name in _changed_files(manifest, documents)]
    if wrong:
        raise BackupError("\n".join(["It was restored, but not everything is as it was:", *wrong]))
    say(f"{len(manifest.rows)} tables have the {sum(manifest.rows.values()):,} rows that were backed up.")
    say(f"{len(editions)} published reports and {len(checklists)} checklists have the check sums they had.")
    say(f"{len(documents)} made files are what was made.")
    if mark_of_secret_key() != manifest.secret_key:
        say("SECRET_KEY is another one: links to results open nothing, and earlier lists of people match nothing.")
    say("This site stands still until you tell it that it is the one: manage.py this_is_the_site")


def _unlike(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _changed_files(manifest: Manifest, documents: dict[str, str]) -> list[str]:
    kept = {path: one.sha256 for path, one in manifest.files.items()}
    return sorted(name for name, sha in documents.items() if kept.get(f"{FILES}/{name}") != sha)
