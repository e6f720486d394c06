from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from trace_site.backups.manifest import BackupError
from trace_site.backups.restoring import restore


class Command(BaseCommand):
    help = "Make of a backup the site that DATABASE_URL and FILES name. It stands still until this_is_the_site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR", help="a backup, or the folder with the newest of them")
        parser.add_argument("--keys", type=Path, metavar="OTHER_DIR", help="where the copies of keys lie")
        parser.add_argument("--over", action="store_true", help="lose what is in the database and in FILES")
        parser.add_argument("--though-expired", action="store_true", help="also a backup that should be gone")

    def handle(self, *, dir: Path, keys: Path | None, over: bool, though_expired: bool, **options: Any) -> None:
        source = dir.absolute()
        try:
            restore(
                source,
                keys=keys and keys.absolute(),
                over=over,
                though_expired=though_expired,
                say=self.stdout.write,
            )
        except BackupError as reason:
            raise CommandError(str(reason)) from reason
        except DatabaseError as failure:
            raise CommandError(f"The database does not answer as it should: {type(failure).__name__}.") from failure
