from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from core.accounts.adapter import sealed_anew

SEALED = ("secret", "seed")  # of an authenticator app, of recovery codes


class Command(BaseCommand):
    help = "After a change of SECRET_KEY: seal the secrets of second steps with it, so that the earlier one can go."

    @transaction.atomic
    def handle(self, **_: Any) -> None:
        people = set()
        for one in Authenticator.objects.select_for_update():
            one.data |= {name: sealed_anew(one.data[name]) for name in SEALED if name in one.data}
            one.save(update_fields=["data"])
            people.add(one.user_id)
        self.stdout.write(f"The second steps of {len(people)} people are sealed with the SECRET_KEY of today.")
