"""The mailbox that letters come back to, read by IMAP.

What is dealt with is deleted: a returned letter holds a name, an address and perhaps a link. What is not understood
stays and is flagged, and is not looked at again. Killed anywhere and run again, nothing is noted twice.
"""

import imaplib
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from core.post.bounces.noting import note_returned
from core.post.bounces.reports import Came, Returned, read_returned

PORT, TLS_PORT = 143, 993
TIMEOUT = 30  # seconds
MOST = 500  # letters at a time; the others next time
ENOUGH = 300_000  # bytes of a letter: the report stands before what it returns
DELETED, FLAGGED = r"(\Deleted)", r"(\Flagged \Seen)"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Tally:
    """How many letters: read at all, noted as not delivered, left in the mailbox."""

    read: int
    noted: int
    left: int


def read_mailbox() -> Tally:
    """Raises OSError or imaplib.IMAP4.error where the mailbox cannot be entered."""
    read = noted = left = 0
    with _mailbox() as box:
        for uid in _waiting(box)[:MOST]:
            read += 1
            is_noted, is_settled = _deal_with(box, uid)
            noted += is_noted
            left += not is_settled
            box.uid("STORE", uid, "+FLAGS.SILENT", DELETED if is_settled else FLAGGED)
        box.expunge()
    return Tally(read, noted, left)


def _waiting(box: imaplib.IMAP4) -> list[str]:
    _answer, found = box.uid("SEARCH", "UNFLAGGED", "UNDELETED")
    return found[0].decode().split() if found and found[0] else []


def _deal_with(box: imaplib.IMAP4, uid: str) -> tuple[bool, bool]:
    """(noted, settled). One broken letter never keeps the others waiting; of what is in it nothing is logged."""
    try:
        returned = read_returned(_content(box, uid))
        is_noted = _is_known(returned) and note_returned(returned.letter_id, returned.reason, now=timezone.now())
    except (imaplib.IMAP4.abort, OSError):
        raise  # the connection is gone
    except Exception as failure:
        logger.warning("A letter in the mailbox of returned letters could not be read: %s", type(failure).__name__)
        return False, False
    return is_noted, is_noted or _is_ours(returned)


def _content(box: imaplib.IMAP4, uid: str) -> bytes:
    _answer, parts = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{ENOUGH}>)")
    return next(part[1] for part in parts if isinstance(part, tuple))


def _is_known(returned: Returned) -> bool:
    return returned.came is Came.BACK and bool(returned.letter_id)


def _is_ours(returned: Returned) -> bool:
    """Of the machines' letters those that only a letter of ours can have called up; also of reminders, of which nothing
    is noted and nothing shall lie about."""
    return returned.is_by_address and returned.came is not Came.ELSE


@contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    """`imaps://user:password@host:port/folder`, or `imap+tls://` for a connection that turns to TLS at once."""
    where = urlsplit(settings.BOUNCE_IMAP)
    box = connected(where.scheme, where.hostname or "", where.port)
    try:
        box.login(unquote(where.username or ""), unquote(where.password or ""))
        answer, _said = box.select(f'"{unquote(where.path.strip("/")) or "INBOX"}"')
        if answer != "OK":
            raise imaplib.IMAP4.error("There is no such folder.")
        yield box
    finally:
        _leave(box)


def connected(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port or TLS_PORT, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)
    box = imaplib.IMAP4(host, port or PORT, timeout=TIMEOUT)
    box.starttls(ssl_context=ssl.create_default_context())
    return box


def _leave(box: imaplib.IMAP4) -> None:
    with suppress(OSError, imaplib.IMAP4.error):
        box.logout()
