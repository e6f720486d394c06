"""For somebody who has lost their device and their recovery codes. Make sure that it is them who asks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.models import User
from spaces.actions.second_steps import reset_second_step


class Command(BaseCommand):
    help = "Take the second step of an account away, so that its holder can set up another one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the confirmed address with which they sign in")

    def handle(self, *, email: str, **options: Any) -> None:
        held = User.objects.filter(emailaddress__email=email.lower(), emailaddress__verified=True).first()
        if held is None:
            raise CommandError(f"No account has confirmed {email}.")
        if not reset_second_step(user=held):
            raise CommandError(f"{email} has no second step.")
        self.stdout.write(
            f"{email} signs in with the password alone, is signed out everywhere and told so by a letter. The log of "
            "each workspace says that it was done; one that asks for a second step opens once there is a new one."
        )
