from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports import demo


class Command(BaseCommand):
    help = "Make a small fictional workspace to look around in, once; development only."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--show", action="store_true", help="only print how to sign in")

    def handle(self, *args, show: bool, verbosity: int, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo is for development: its passwords are known to everybody.")
        if not show:
            demo.load(now=timezone.now())
        if verbosity:
            self.stdout.write(how_to_sign_in())


def how_to_sign_in() -> str:
    lines = [f"  {role.label:<12} {demo.address(name):<36} {name}" for role, name in demo.CAST.items()]
    return "\n".join([f"Sign in to {demo.NAME} with the password {demo.PASSWORD} as", *lines])
