import imaplib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.identity.still import why_still
from core.post.bounces.mailbox import read_mailbox


class Command(BaseCommand):
    help = "Reads the mailbox that letters come back to (BOUNCE_IMAP) and notes which addresses failed."

    def handle(self, **options: Any) -> None:
        if not settings.BOUNCE_IMAP:
            raise CommandError("BOUNCE_IMAP does not name a mailbox (docs/operations.md).")
        if why_still():
            raise CommandError("This site stands still (manage.py this_is_the_site), and leaves the mailbox alone.")
        try:
            tally = read_mailbox()
        except (OSError, imaplib.IMAP4.error) as failure:
            raise CommandError(f"The mailbox cannot be entered: {type(failure).__name__}.") from failure
        self.stdout.write(f"Read: {tally.read}. Noted as not delivered: {tally.noted}. Left, flagged: {tally.left}.")
