"""Who came in by an address, or was turned away, for its owner to see. Written for every address alike."""

import datetime

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.accounts import browsers
from core.accounts.models import SignIn, User
from core.quotas.actions import hidden

KEPT = datetime.timedelta(days=90)
Outcome = SignIn.Outcome


def note(request: HttpRequest, address: str, outcome: Outcome) -> SignIn:
    now = timezone.now()
    is_new = not browsers.mark_in(request, address)
    SignIn.objects.filter(pk__in=SignIn.objects.filter(at__lt=now - KEPT).values("pk")[:100]).delete()
    return SignIn.objects.create(
        address=_hash(address), at=now, outcome=outcome, is_new=is_new, **browsers.named(request)
    )


def of(user: User) -> "QuerySet[SignIn]":
    """Of addresses that they have shown to be theirs; of others they learn no more than that they came in."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    since = max(user.date_joined, timezone.now() - KEPT)
    return SignIn.objects.filter(address__in=[_hash(one) for one in confirmed], at__gte=since).order_by("-at", "-pk")


def came_in_before(address: str) -> bool:
    return SignIn.objects.filter(address=_hash(address), outcome__in=(Outcome.IN, Outcome.IN_BY_PASSKEY)).exists()


def forget(addresses: list[str]) -> None:
    SignIn.objects.filter(address__in=[_hash(one) for one in addresses]).delete()


def _hash(address: str) -> str:
    return hidden(address.strip().lower())
