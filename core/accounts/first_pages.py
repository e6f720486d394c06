"""Where somebody finds themselves after signing in: upper floors say so for whom they have a page."""

from collections.abc import Callable

from core.accounts.models import User

_pages: list[Callable[[User], str | None]] = []


def begin_with(page: Callable[[User], str | None]) -> None:
    """`page`: the address for this user, or None to leave it to others."""
    _pages.append(page)


def first_page_of(user: User) -> str | None:
    return next((address for page in _pages if (address := page(user))), None)
