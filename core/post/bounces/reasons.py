"""Why a letter came back, in a few words of ours: what mail servers say quotes addresses and is seldom understood."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
UNSAID = {"5.0.0", "5.5.0", "5.1.0", "4.0.0", ""}  # the server's sentence tells more than these


class Reason(models.TextChoices):
    UNKNOWN = "unknown", _("mailbox unknown")
    FULL = "full", _("mailbox full")
    UNREACHABLE = "unreachable", _("no mail server could be reached there")
    REFUSED = "refused", _("refused by the mail server there")
    OTHER = "other", _("no reason given")


BY_STATUS = {
    "1.2": Reason.UNREACHABLE,
    "2.1": Reason.UNKNOWN,
    "2.2": Reason.FULL,
    "2.3": Reason.REFUSED,
    "3.4": Reason.REFUSED,
    "4.1": Reason.UNREACHABLE,
}
BY_CLASS = {"1": Reason.UNKNOWN, "4": Reason.UNREACHABLE, "6": Reason.REFUSED, "7": Reason.REFUSED}
BY_WORDS = {
    Reason.FULL: re.compile(r"quota|mailbox (is )?full|over ?quota|storage", re.IGNORECASE),
    Reason.UNREACHABLE: re.compile(r"host (unknown|not found)|domain not found|timed? ?out|nxdomain", re.IGNORECASE),
    Reason.UNKNOWN: re.compile(
        r"(user|mailbox|recipient|account|address)\b.{0,40}(unknown|not found|not exist|rejected|disabled|inactive)"
        r"|(unknown|no such|invalid) (user|mailbox|recipient|account|address)|doesn't exist",
        re.IGNORECASE,
    ),
    Reason.REFUSED: re.compile(r"spam|policy|blocked|denied|blacklist|blocklist|dmarc|too large", re.IGNORECASE),
}


def reason_of(status: str, sentence: str = "") -> Reason:
    """`status`: enhanced (RFC 3463), may be ''; `sentence`: what the server said, which is kept nowhere."""
    found = STATUS.search(status)
    if found is None or found[0] in UNSAID:
        found = STATUS.search(sentence)
    if found is None or found[0] in UNSAID:
        return _by_words(sentence)
    _class, subject, detail = found.groups()
    return BY_STATUS.get(f"{subject}.{detail}") or BY_CLASS.get(subject) or _by_words(sentence)


def _by_words(sentence: str) -> Reason:
    return next((reason for reason, words in BY_WORDS.items() if words.search(sentence)), Reason.OTHER)
