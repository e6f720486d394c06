"""What happens around an account when somebody comes in."""

from typing import Any

from allauth.account.signals import password_reset
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from core.accounts.models import User


def know_the_browser(request: HttpRequest, user: User, **_: Any) -> None:
    """The answer to this request carries the cookie (see middleware)."""
    request.known_from_now = user.email  # type: ignore[attr-defined]


def connect_all() -> None:
    user_logged_in.connect(know_the_browser, dispatch_uid="accounts.know_the_browser")
    password_reset.connect(know_the_browser, dispatch_uid="accounts.know_the_browser_after_a_reset")
