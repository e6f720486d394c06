"""What lies in the mailbox of returned letters: delivery reports (RFC 3464 and older), machines' replies, the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from enum import StrEnum

from core.post.bounces.addresses import first_id, id_in_address, id_in_message_id
from core.post.bounces.reasons import Reason, reason_of

ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


class Came(StrEnum):
    """What a letter in the mailbox is."""

    BACK = "back"  # it was not delivered and will not be
    LATER = "later"  # it was put off, or delivered after all
    REPLY = "reply"  # written by a machine: out of office
    ELSE = "else"  # written by somebody, or not understood


@dataclass(frozen=True)
class Returned:
    came: Came
    letter_id: str = ""  # of ours that it is about, '' where it does not say
    is_by_address: bool = False  # that came to an address which only a letter of ours knows
    reason: Reason = Reason.OTHER


def read_returned(content: bytes) -> Returned:
    """Never raises for what may come by mail; cut off behind some hundred kilobytes it can still be read."""
    letter = message_from_bytes(content, policy=policy.compat32)  # the lenient one: headers are read as they came
    by_address = first_id(id_in_address(text) for name in ADDRESSED for text in _all(letter, name))
    letter_id = by_address or _named_within(letter)
    is_by_address = bool(by_address)
    reports = list(_reports(letter))
    failed = [one for one in reports if _is_final(one)]
    if failed:
        return Returned(Came.BACK, letter_id, is_by_address, _why(failed[0]))
    if reports:
        return Returned(Came.LATER, letter_id, is_by_address)
    if _all(letter, "X-Failed-Recipients"):  # Exim, which wrote no report for long
        return Returned(Came.BACK, letter_id, is_by_address, reason_of("", _text(letter)))
    return Returned(Came.REPLY if _is_by_machine(letter) else Came.ELSE, letter_id, is_by_address)


def _reports(letter: Message) -> Iterator[Message]:
    """The fields of each recipient that a delivery report speaks of."""
    for part in letter.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, Message) and (block["Action"] or block["Final-Recipient"]):
                yield block


def _is_final(report: Message) -> bool:
    """'Failed' is the last word, also of what was put off for too long (4.x.x)."""
    action = _said(report, "Action").lower()
    if action:
        return action.startswith("failed")
    return _said(report, "Status").startswith("5")


def _why(report: Message) -> Reason:
    return reason_of(_said(report, "Status"), _said(report, "Diagnostic-Code"))


def _named_within(letter: Message) -> str:
    """By the Message-ID of the letter that was returned with the report, whole, in its headers, or as text."""
    returned = (part for part in letter.walk() if part is not letter)
    by_header = (id_in_message_id(text) for part in returned for text in _all(part, "Message-ID"))
    return first_id(by_header) or first_id(
        id_in_message_id(line) for line in re.findall(r"^message-id:.*$", _texts(letter), re.IGNORECASE | re.MULTILINE)
    )


def _is_by_machine(letter: Message) -> bool:
    auto = _said(letter, "Auto-Submitted").lower()
    older = _all(letter, "X-Autoreply") or _all(letter, "X-Autorespond")
    return bool(auto and auto != "no") or bool(older) or _said(letter, "Precedence").lower() == "auto_reply"


def _text(letter: Message) -> str:
    """What the mail server wrote, without the letter that it quotes."""
    return _texts(letter).partition("------")[0]


def _texts(letter: Message) -> str:
    """All that is text in it, and headers that were returned as text."""
    texts = (part.get_payload(decode=True) for part in letter.walk() if part.get_content_maintype() == "text")
    return "\n".join(text.decode("utf-8", "replace") for text in texts if isinstance(text, bytes))


def _said(letter: Message, name: str) -> str:
    return next(iter(_all(letter, name)), "").strip()


def _all(letter: Message, name: str) -> list[str]:
    return [str(value) for value in letter.get_all(name, [])]
