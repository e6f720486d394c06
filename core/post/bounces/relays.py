"""What relays tell of letters that came back, each in its own shape, as pairs of identifier and reason.

Ours is the simple one: `{"bounces": [{"letter": "…", "status": "5.1.1", "message": "…"}]}`, or one such object by
itself. `letter` is the identifier itself, a Message-ID or a return address; `status` and `message` may be missing.
Only what was given up for good is told; whatever is not understood is passed over.
"""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings

from core.post.bounces.addresses import bare_id, first_id, id_in_address, id_in_message_id
from core.post.bounces.reasons import Reason, reason_of

Told = Iterator[tuple[str, Reason]]
SPAM = {"SpamNotification", "Blocked", "SMTPApiError", "DMARCPolicy"}
GIVEN_UP = {"HardBounce", "BadEmailAddress", "ManuallyDeactivated", "Unconfirmed"} | SPAM

logger = logging.getLogger(__name__)


def simple(told: Any) -> Told:
    for one in _list(_map(told).get("bounces", told)):
        yield _letter_id(_map(one).get("letter")), _reason(_map(one), "status", "message")


def postmark(told: Any) -> Told:
    """Its own identifiers take the place of ours: set BOUNCE_HEADER=X-PM-Metadata-letter."""
    one = _map(told)
    if one.get("RecordType", "Bounce") == "Bounce" and one.get("Type") in GIVEN_UP:
        reason = Reason.REFUSED if one["Type"] in SPAM else _reason(one, "", "Details", "Description")
        yield _letter_id(_map(one.get("Metadata")).get("letter")), reason


def sendgrid(told: Any) -> Told:
    """An event webhook; `bounce` of type `blocked` is one as well."""
    for one in map(_map, _list(told)):
        if one.get("event") == "bounce" or (one.get("event") == "dropped" and "Bounced" in str(one.get("reason"))):
            yield _letter_id(one.get("smtp-id")), _reason(one, "status", "reason")


def mailgun(told: Any) -> Told:
    one = _map(_map(told).get("event-data"))
    if one.get("event") == "failed" and one.get("severity") == "permanent":
        said = _map(one.get("delivery-status"))
        headers = _map(_map(one.get("message")).get("headers"))
        yield _letter_id(headers.get("message-id")), _reason(said, "enhanced-code", "message", "description")


def ses(told: Any) -> Told:
    """By SNS, raw or wrapped; the original headers must be included, among which BOUNCE_HEADER stands."""
    one = _map(told)
    if one.get("Type") == "SubscriptionConfirmation":
        logger.warning("SNS asks to confirm the subscription for bounces: open %s", one.get("SubscribeURL"))
    if one.get("Type") == "Notification":
        one = _unwrapped(one.get("Message"))
    bounce = _map(one.get("bounce"))
    if bounce.get("bounceType") != "Permanent":
        return
    headers = [_map(header) for header in _list(_map(one.get("mail")).get("headers"))]
    ours = {"Message-ID", settings.BOUNCE_HEADER}
    named = first_id(_letter_id(header.get("value")) for header in headers if header.get("name") in ours)
    for recipient in map(_map, _list(bounce.get("bouncedRecipients"))):
        yield named, _reason(recipient, "status", "diagnosticCode")


SHAPES: dict[str, Callable[[Any], Told]] = {
    "": simple,
    "postmark": postmark,
    "sendgrid": sendgrid,
    "mailgun": mailgun,
    "ses": ses,
}


def _letter_id(text: object) -> str:
    said = text if isinstance(text, str) else ""
    return first_id((bare_id(said), id_in_address(said), id_in_message_id(said)))


def _reason(one: dict[str, Any], status: str, *sentences: str) -> Reason:
    return reason_of(str(one.get(status, "")), " ".join(str(one.get(name, "")) for name in sentences))


def _unwrapped(text: object) -> dict[str, Any]:
    try:
        return _map(json.loads(text)) if isinstance(text, str) else {}
    except ValueError:
        return {}


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
