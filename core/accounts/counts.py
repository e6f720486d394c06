"""How often a password or a code may be wrong, and how many letters one address is sent.

Counted in the database: a Redis that is away or was emptied opens nothing. A browser in which an account was signed in
before has an allowance of its own, so that whoever tries the passwords of somebody else does not keep them out; and
somebody whose browser is new gets in by a letter, after which it is known.
"""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest

from core.accounts import browsers
from core.quotas.actions import give_back, hidden, nameless, room_for
from core.quotas.limits import Limit


@dataclass(frozen=True)
class Counted:
    what: str
    marks: tuple[str, ...]

    def take_back(self) -> None:
        """It turned out right."""
        give_back(self.what, self.marks)


def guess(what: str, request: HttpRequest, address: str) -> Counted | None:
    """Counted before it is looked at, so that many at once get no further than one after another; None: no more."""
    address = address.strip().lower()
    if browser := browsers.mark_in(request, address):
        return count(what, browser=browser)
    client = nameless(get_adapter().get_client_ip(request))
    return count(what, place=f"{client} {address}", account=address, client=client)


def count(what: str, **marks: str) -> Counted | None:
    """`marks`: holder → who or what it is, kept as a hash."""
    allowed = settings.ACCOUNT_LIMITS[what]
    limited = marks.keys() & allowed.keys()
    limits = {f"{holder}:{hidden(marks[holder])}": Limit(*allowed[holder]) for holder in limited}
    return Counted(what, tuple(limits)) if room_for(what, limits) else None
