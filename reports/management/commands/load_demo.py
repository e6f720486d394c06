from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.identity.still import why_still
from reports import demo


class Command(BaseCommand):
    help = "Make a fictional health and care system to look around in, once; development only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show", action="store_true", help="only print how to sign in and where to answer")

    def handle(self, *args: Any, show: bool, verbosity: int, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo is for development: its passwords are known to everybody.")
        if not show:
            demo.load(now=timezone.now())
        if verbosity:
            self.stdout.write("\n".join([*how_to_sign_in(), *how_to_answer()]))


def how_to_sign_in() -> list[str]:
    lines = [f"  {role.label:<12} {demo.address(name):<36} {name}" for role, name in demo.CAST.items()]
    return [f"Sign in to {demo.NAME} with the password {demo.PASSWORD} as", *lines]


def how_to_answer() -> list[str]:
    """Nothing once the open survey has ended; a copy of a site derives no link."""
    if why := why_still():
        return ["", f"This site stands still. {why.label} If it is the one: manage.py this_is_the_site"]
    links = [f"  {link}  {name}" for name, link in demo.personal_links()]
    return ["Answer its open survey, without signing in, as", *links] if links else []
