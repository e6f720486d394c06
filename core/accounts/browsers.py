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


PROGRAMS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def named(request: HttpRequest) -> dict[str, str]:
    """As people call it, and no version: `program` and `system`, '' where it does not say."""
    said = request.headers.get("User-Agent", "")
    return {
        "program": next((name for mark, name in PROGRAMS.items() if mark in said), ""),
        "system": next((name for mark, name in SYSTEMS.items() if mark in said), ""),
    }
