from typing import Any

from django.core.management.base import BaseCommand

from diagnostics.instrument import fixtures


class Command(BaseCommand):
    help = "Write fixtures/*.json from fixtures/model/*/trace_model.yaml."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, text in fixtures.generated_files().items():
            (fixtures.FOLDER / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"fixtures/{name}")
