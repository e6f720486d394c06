"""In which browsers an account was signed in before: a cookie tells it to this site, and names nobody."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from core.quotas.actions import hidden

SALT = "core.accounts.browsers"
KEPT = 400 * 24 * 3600  # seconds; browsers keep no cookie for longer
MOST = 5  # accounts that one browser knows


def cookie_name() -> str:
    """With the prefix, browsers refuse it from any other host and without TLS."""
    return "__Host-known" if settings.SESSION_COOKIE_SECURE else "known"


def mark_in(request: HttpRequest, address: str) -> str:
    """What tells this browser from others in which the account of that address was used; '' where it never was."""
    return _kept(request).get(hidden(address.lower()), "")


def remember(request: HttpRequest, response: HttpResponseBase, address: str) -> None:
    account = hidden(address.lower())
    others = {key: mark for key, mark in _kept(request).items() if key != account}
    latest = dict(list(others.items())[1 - MOST :])
    kept = latest | {account: mark_in(request, address) or secrets.token_hex(8)}
    response.set_cookie(
        cookie_name(),
        signing.dumps(kept, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _kept(request: HttpRequest) -> dict[str, str]:
    try:
        return signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return {}
