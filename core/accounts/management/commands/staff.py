"""Who sees how the site does: its figures and its work, and nobody's workspace."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.models import User


class Command(BaseCommand):
    help = "Let somebody see the page of those who run the site, or take that back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the confirmed address with which they sign in")
        parser.add_argument("--take-back", action="store_true", help="they see it no longer")

    def handle(self, *, email: str, take_back: bool, **options: Any) -> None:
        held = EmailAddress.objects.filter(email=email.lower(), verified=True).values("user")
        if not User.objects.filter(pk__in=held).update(is_staff=not take_back):
            raise CommandError(f"No account has confirmed {email}.")
        self.stdout.write(f"{email} sees /site/ {'no longer' if take_back else 'from now on'}.")
