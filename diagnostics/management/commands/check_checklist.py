"""What a checklist's file says, before anybody brings it: everything that is wrong, or what it asks."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from diagnostics.checklists.compiling import compiled
from diagnostics.checklists.content import content_hash
from diagnostics.checklists.effects import effects_of
from diagnostics.checklists.files.bringing import source_in
from diagnostics.checklists.files.faults import Unreadable
from diagnostics.checklists.readiness import reasons_against
from diagnostics.checklists.remarks import all_remarks
from diagnostics.checklists.source import Source


class Command(BaseCommand):
    help = "Reads a checklist in YAML or as a workbook and says what is wrong in it, by line and column or by cell."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a .yaml or .xlsx file, as the pages of a checklist write it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = source_in(Path(options["file"]).read_bytes())
        except OSError as failure:
            raise CommandError(f"{options['file']} cannot be read: {failure.strerror}.") from None
        except Unreadable as unreadable:
            raise CommandError(str(unreadable)) from None
        self.stdout.write(_said(source))


def _said(source: Source) -> str:
    effects = effects_of(source)
    lines = [
        f"{source.name or 'Without a name'}: {effects.statements} statements, about {effects.minutes} minutes.",
        *(f"Before it can be published: {reason.sentence}" for reason in reasons_against(source)),
        *(f"{one.key} {one.wording}: {one.remark.sentence}".strip() for one in all_remarks(source)),
    ]
    if not reasons_against(source):
        lines.append(f"Content hash: {content_hash(compiled(source))}")
    return "\n".join(lines)
