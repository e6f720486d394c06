"""What this floor holds about somebody with an account, for their own copy of it."""

from collections.abc import Iterator
from typing import Any

from core.accounts.copies import Part, account_copied, as_json, verified_addresses
from core.accounts.models import User
from spaces.mailboxes import mailbox
from spaces.models import ColleagueInvitation, Membership, Person


def parts_of(user: User, **__: Any) -> Iterator[Part]:
    addresses = verified_addresses(user)
    joined = Membership.objects.filter(user=user).order_by("pk")
    offered = ColleagueInvitation.objects.filter(email__in=addresses).order_by("pk")
    made = ColleagueInvitation.objects.filter(invited_by=user).order_by("pk")
    told = ("workspace__name", "role", "status", "created_at")
    memberships = {
        "memberships": list(joined.values("workspace__name", "workspace__is_personal", "role", "joined_at")),
        "invitations_to_you": list(offered.values(*told)),
        "invitations_by_you": list(made.values("email", *told)),
    }
    yield "workspaces.json", as_json(memberships)
    listed = Person.objects.filter(mailbox__in=[mailbox(address) for address in addresses]).order_by("pk")
    yield (
        "lists-of-people.json",
        as_json(list(listed.values("workspace__name", "name", "email", "group__name", "language"))),
    )


def connect() -> None:
    account_copied.connect(parts_of, dispatch_uid="spaces.copied")
