"""The address that a letter comes back to when it cannot be delivered: another one for each, which tells nothing.

Every letter has an identifier, in its Message-ID and in this address. Behind the identifier of a letter with a row
stands that row; behind that of a letter without one (a reminder), nothing.
"""

import re
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage

from core.ids import ALPHABET, LENGTH

_ID = rf"[{ALPHABET}]{{{LENGTH}}}"
_RETURNED_TO = re.compile(rf"\+({_ID})@", re.IGNORECASE)  # relays may write it in capitals
_MESSAGE_ID = re.compile(rf"<({_ID})@[^\s<>]+>", re.IGNORECASE)
_BARE = re.compile(_ID, re.IGNORECASE)


def give_way_back(letter: EmailMessage, letter_id: str) -> None:
    """The envelope names the way back; whom the reader sees as the sender stays as it is."""
    if settings.BOUNCE_HEADER:
        letter.extra_headers[settings.BOUNCE_HEADER] = letter_id
    if settings.BOUNCE_ADDRESS:
        letter.extra_headers.setdefault("From", letter.from_email)
        letter.from_email = _address(letter_id)


def _address(letter_id: str) -> str:
    name, _at, domain = settings.BOUNCE_ADDRESS.partition("@")
    return f"{name}+{letter_id}@{domain}"


def id_in_address(text: str) -> str:
    """Of the first return address in it, else ''."""
    return _found(_RETURNED_TO, text)


def id_in_message_id(text: str) -> str:
    """Of the first Message-ID in it that may be ours, else ''."""
    return _found(_MESSAGE_ID, text if "<" in text else f"<{text.strip()}>")


def bare_id(text: object) -> str:
    found = _BARE.fullmatch(text.strip()) if isinstance(text, str) else None
    return found[0].lower() if found else ""


def first_id(ids: Iterable[str]) -> str:
    return next(filter(None, ids), "")


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].lower() if found else ""
