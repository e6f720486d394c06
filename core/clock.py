"""The time of the site is that of its database, which is one: hosts may be wrong by hours, and be put right in a leap.

By it work falls due, and surveys open, close and take answers.
"""

import datetime
import time
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

LOOKS_AGAIN_AFTER = 60.0  # seconds
LEAP = 0.5  # seconds by which the host's clock may go otherwise than time does


@dataclass(frozen=True)
class Look:
    at: float  # by a clock that never leaps
    leapt: float  # how far the host's is from that one
    ahead: datetime.timedelta  # the host's, of the database's


last_look: Look | None = None


def now() -> datetime.datetime:
    global last_look  # noqa: PLW0603
    at = time.monotonic()
    leapt = timezone.now().timestamp() - at
    if not last_look or at - last_look.at > LOOKS_AGAIN_AFTER or abs(leapt - last_look.leapt) > LEAP:
        last_look = Look(at, leapt, measured())
    return timezone.now() - last_look.ahead


def host_ahead() -> datetime.timedelta:
    """A file's database has the clock of its host."""
    if connection.vendor != "postgresql":
        return datetime.timedelta()
    asked = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime.datetime = cursor.fetchone()[0]
    return asked + (timezone.now() - asked) / 2 - there


measured = host_ahead
