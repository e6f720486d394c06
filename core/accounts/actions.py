"""What a person changes about their account, beyond what allauth does."""

from django.db import transaction

from core.accounts.models import User
from core.audit.actions import record


@transaction.atomic
def rename(*, user: User, name: str, by: User) -> None:
    user.name = name
    user.save(update_fields=["name"])
    record(by=by, verb="rename_account", obj=user)
