import signal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from core.jobs.sightings import note_backup
from trace_site.backups.making import Terms, back_up
from trace_site.backups.manifest import BackupError


class Command(BaseCommand):
    help = "Copy the database and FILES into a folder of their own in DIR; with --keys, the keys of surveys elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR", help="where backups lie; those that have expired go")
        parser.add_argument("--keys", type=Path, metavar="OTHER_DIR", help="where copies of keys lie, apart from DIR")
        parser.add_argument("--days", type=int, default=14, help="how long a backup is kept (14)")
        parser.add_argument("--key-days", type=int, default=3, help="how long a copy of the keys is kept (3)")

    def handle(self, *, dir: Path, keys: Path | None, days: int, key_days: int, **options: Any) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is unfinished is taken away
        terms = Terms(days=days, key_days=key_days)
        try:
            into, apart = dir.absolute(), keys and keys.absolute()
            back_up(into, keys=apart, terms=terms, now=timezone.now(), say=self.stdout.write)
            note_backup()
        except BackupError as reason:
            raise CommandError(str(reason)) from reason
        except DatabaseError as failure:
            raise CommandError(f"The database does not answer as it should: {type(failure).__name__}.") from failure
        except KeyboardInterrupt:
            raise CommandError("Interrupted. Nothing is left of this backup.") from None
