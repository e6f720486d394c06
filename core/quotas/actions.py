"""Spending a quota, in the transaction of what it is spent on: what is rolled back was not spent.

Counted in the database, so that all processes count together. Never spent: an answer, a close, a letter about a
password.
"""

import datetime
import ipaddress
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.quotas.limits import PERIODS, SENTENCES, Holder, Limit, limit_of
from core.quotas.models import Spent
from core.site import site_contact
from core.words import paragraph, thousands

OVER = "quota"  # the code of such a refusal


class OverQuota(ValidationError):
    """Its sentence says what the limit is, when there is room again, and whom to ask."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, code=OVER)


@transaction.atomic
def spend(
    quota: str,
    *,
    amount: int = 1,
    person: int | None = None,
    workspace: int | None = None,
    client: str | None = None,
    site: bool = False,
    now: datetime.datetime | None = None,
) -> None:
    """Raises OverQuota where that is more than is left. `person`, `workspace`: their numbers; `client`: an address;
    `site`: all who come to it together."""
    holders: dict[Holder, str | int | None] = {
        "person": person,
        "workspace": workspace,
        "client": client and nameless(client),
        "site": "all" if site else None,
    }
    for holder, mark in holders.items():
        limit = limit_of(quota, holder)
        if mark is not None and limit and amount:
            spent = _held(quota, f"{holder}:{mark}", limit, now or timezone.now())
            if spent.amount + amount > limit.most:
                raise OverQuota(_refusal(quota, holder, limit, amount, spent))
            spent.amount += amount
            spent.save(update_fields=["amount", "ends_at"])


def is_spent(quota: str, *, client: str, now: datetime.datetime | None = None) -> bool:
    """Whether nothing is left to them; looking spends nothing."""
    limit = limit_of(quota, "client")
    held = Spent.objects.filter(quota=quota, holder=f"client:{nameless(client)}", ends_at__gt=now or timezone.now())
    return limit is not None and held.filter(amount__gte=limit.most).exists()


@transaction.atomic
def room_for(what: str, limits: Mapping[str, Limit], *, now: datetime.datetime | None = None) -> bool:
    """Counts one more under every mark; nothing, where one of them is full. For what is refused without a sentence."""
    now = now or timezone.now()
    held = [(_held(what, mark, limit, now), limit) for mark, limit in sorted(limits.items())]
    if any(spent.amount >= limit.most for spent, limit in held):
        return False
    for spent, _limit in held:
        spent.amount += 1
        spent.save(update_fields=["amount", "ends_at"])
    return True


def give_back(what: str, marks: Collection[str]) -> None:
    Spent.objects.filter(quota=what, holder__in=marks, amount__gt=0).update(amount=F("amount") - 1)


def _held(quota: str, mark: str, limit: Limit, now: datetime.datetime) -> Spent:
    """What was spent so far, held until the transaction ends; of a time that is over nothing."""
    fresh = {"ends_at": now + limit.period}
    _row, is_new = Spent.objects.get_or_create(quota=quota, holder=mark, defaults=fresh)
    if is_new:
        _forget_ended(now)
    spent = Spent.objects.select_for_update().get(quota=quota, holder=mark)
    if spent.ends_at <= now:
        spent.amount, spent.ends_at = 0, now + limit.period
    return spent


def _forget_ended(now: datetime.datetime) -> None:
    """Nobody waits for a row that another holds."""
    ended = Spent.objects.filter(ends_at__lt=now).select_for_update(skip_locked=True)
    Spent.objects.filter(pk__in=[row.pk for row in ended[:100]]).delete()


def _refusal(quota: str, holder: Holder, limit: Limit, amount: int, spent: Spent) -> str:
    words = {"limit": thousands(limit.most), "period": str(PERIODS[limit.period])}
    return paragraph(
        str(SENTENCES[quota, holder]) % words,
        _when(limit, amount, spent),
        _("What you entered is not lost. If you need more, write to those who run this site: %(contact)s")
        % {"contact": site_contact()},
    )


def _when(limit: Limit, amount: int, spent: Spent) -> str:
    words = {
        "amount": thousands(amount),
        "left": thousands(limit.most - spent.amount),
        "moment": date_format(timezone.localtime(spent.ends_at), _("l j F, H:i T")),
    }
    if amount > limit.most:
        return _("This would be %(amount)s at once.") % words
    if amount > 1:
        return _("This would be %(amount)s, and %(left)s are left until %(moment)s.") % words
    return _("There is room again from %(moment)s.") % words


def nameless(address: str) -> str:
    """The same for the same client, and no address: of IPv6 the network, within which a client changes at will."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return hidden(address)
    if isinstance(found, ipaddress.IPv6Address):
        return hidden(str(ipaddress.ip_network((found, 64), strict=False)))
    return hidden(str(found))


def hidden(text: str) -> str:
    """The same for the same, and tells nobody what it is."""
    return salted_hmac("core.quotas", text, algorithm="sha256").hexdigest()[:32]
