from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core.keys import mark
from trace_site import doctor


class Command(BaseCommand):
    help = "Look at everything the site stands on, and say what to do where something is not well."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--wait",
            action="store_true",
            help="first wait for processes that were just started, a minute at most",
        )
        parser.add_argument("--letter-to", metavar="ADDRESS", help="send a test letter there")
        parser.add_argument(
            "--from-outside", action="store_true", help="ask the site under its own name: proxy, certificate"
        )
        parser.add_argument(
            "--accept-key-store",
            action="store_true",
            help="KEY_STORE as it is now is the right one; as a worker's user",
        )

    def handle(
        self, *, wait: bool, letter_to: str | None, from_outside: bool, accept_key_store: bool, **_: Any
    ) -> None:
        if accept_key_store:
            mark.accept()
        if wait:
            doctor.wait_for_processes()
        questions = dict(doctor.QUESTIONS)
        if letter_to:
            questions["letter"] = doctor.letter(letter_to)
        if from_outside:
            questions["outside"] = doctor.from_outside
        lines = []
        for line in doctor.examined(questions):
            lines.append(line)
            self.stdout.write(f"{'ok ' if line.is_ok else 'NOT'}  {line.part:<12} {line.said}")
            if not line.is_ok and line.todo:
                self.stdout.write(f"     {'':<12} → {line.todo}")
        wrong = sum(not line.is_ok for line in lines)
        self.stdout.write(f"\n{wrong} of {len(lines)} are not well." if wrong else "\nAll is well.")
        if wrong:
            raise SystemExit(1)
