"""Pages whose links let somebody make an account on a site where sign-up is closed.

The app that owns such a page registers it when it is ready; sign-up is told the page as `next`.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

Door = Callable[..., bool]  # (what the address holds): whether this very link still leads somewhere

doors: dict[str, Door] = {}


def register(page: str, is_open: Door) -> None:
    """`page`: the name of its address."""
    doors[page] = is_open


def lets_in(address: str) -> bool:
    try:
        found = resolve(urlsplit(address).path)
    except (Resolver404, ValueError):
        return False
    return found.view_name in doors and doors[found.view_name](*found.args, **found.kwargs)
