from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from core.audit.actions import record
from core.identity.still import be_the_one, why_still
from core.jobs import registry

AGREED = "yes"


class Command(BaseCommand):
    help = "Tell a site that was restored or copied that it is the one in use: from then on it acts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask: nobody else is the one any more")

    def handle(self, *, yes: bool, **options: Any) -> None:
        why = why_still()
        if why is None:
            self.stdout.write("This site is the one already. Nothing was changed.")
            return
        self.stdout.write(f"This site stands still. {why.label}")
        self.stdout.write(_waiting())
        if not yes and input(f"Is every other copy of it stopped, for good? Type {AGREED}: ").strip() != AGREED:
            raise CommandError("Nothing was changed: it goes on standing still.")
        with transaction.atomic():
            record(by=None, verb="told_to_be_the_site", obj=be_the_one())
        self.stdout.write("This site is the one now. Its workers begin within seconds.")


def _waiting() -> str:
    """What would be done at once, by how often."""
    due = registry.known_jobs().due(timezone.now()).values("kind").annotate(times=Count("pk")).order_by("kind")
    found = [f"{row['kind']}: {row['times']}" for row in due]
    return f"As soon as it acts it does what is due ({', '.join(found)})." if found else "Nothing is due."
