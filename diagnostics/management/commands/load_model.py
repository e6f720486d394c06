from typing import Any

from django.core.management.base import BaseCommand

from diagnostics.instrument import fixtures


class Command(BaseCommand):
    help = "Load the spaces and the instrument from fixtures/*.json; may be run any number of times."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"The TRACE model is in place: {fixtures.load()} rows.")
