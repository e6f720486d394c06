"""Whether this site is the one, or a copy of it that must stand still.

The database says in a row where it lies, and the database server where it really lies. A dump that was put back, here
or elsewhere, lies in other tables; a file that was copied is another file. So nothing has to be kept beside the
database, every host of a site knows the same, and nobody who makes a copy can forget to say so.
"""

import logging
import math
import os
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.identity.models import Identity

logger = logging.getLogger(__name__)

TABLE = Identity._meta.db_table
LATELY = 3.0  # seconds for which pages believe what they found
SAY_AGAIN = 3600.0  # seconds between two lines in the log of one process

# The cluster, the database in it, the history it goes on with (another one once it was recovered from an archive), and
# the table itself, which is a new one wherever a dump is put back.
POSTGRESQL_PLACE = """
    SELECT concat_ws('/', (SELECT system_identifier FROM pg_control_system()),
                     (SELECT oid FROM pg_database WHERE datname = current_database()),
                     CASE WHEN pg_is_in_recovery() THEN 'recovering'
                          ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END,
                     to_regclass(%s)::oid), to_regclass(%s) IS NOT NULL
"""


class Why(models.TextChoices):
    """What makes a site stand still."""

    RESTORED = "restored", _("It was restored from a backup.")
    COPIED = "copied", _("Its database is a copy: it lies elsewhere than when this site began.")
    RENAMED = "renamed", _("Its database belongs to a site with another address.")


class StandsStill(Exception):
    """Raised where a site that stands still would act. Its text names why, and nothing else."""


@dataclass
class Look:
    """What a process saw when it last looked."""

    at: float  # by the monotonic clock
    why: Why | None


last_look = Look(-math.inf, None)
last_said = -math.inf


def why_still(*, within: float = 0.0) -> Why | None:
    """None where this site may act. What was found in the last seconds (`within`) is believed."""
    global last_look  # noqa: PLW0603
    if time.monotonic() - last_look.at >= within:
        last_look = Look(time.monotonic(), _look())
    return last_look.why


def refuse_while_still(*, within: float = LATELY) -> None:
    """Raises StandsStill."""
    if why := why_still(within=within):
        raise StandsStill(why.value)


def begin() -> None:
    """A new site says where it lies; any other is left as it is. A database that is not ready is left alone too."""
    try:
        place, has_table = _here()
        if has_table and not Identity.objects.exists():
            Identity.objects.get_or_create(pk=Identity.ONLY, defaults=_as_here(place))
    except DatabaseError:
        return


@transaction.atomic
def be_the_one() -> Identity:
    """From now on this site acts."""
    place, _has_table = _here()
    identity, _is_new = Identity.objects.update_or_create(pk=Identity.ONLY, defaults=_as_here(place))
    return identity


@transaction.atomic
def be_restored() -> None:
    """From now on this site stands still, wherever it lies."""
    Identity.objects.update_or_create(pk=Identity.ONLY, defaults=_as_here(""))


def say_still(why: Why) -> None:
    """One line an hour in the log of a process, however often it is asked to act."""
    global last_said  # noqa: PLW0603
    if time.monotonic() - last_said >= SAY_AGAIN:
        last_said = time.monotonic()
        logger.warning(
            "This site stands still (%s): it sends, opens and closes nothing until it is told that it is the one, by "
            "manage.py this_is_the_site.",
            why.value,
        )


def _look() -> Why | None:
    place, has_table = _here()
    row = Identity.objects.filter(pk=Identity.ONLY).values_list("place", "host").first() if has_table else None
    if row is None:  # nothing has begun here yet
        return None
    if not row[0]:
        return Why.RESTORED
    if row[0] != place:
        return Why.COPIED
    return Why.RENAMED if row[1] != _host() else None


def _as_here(place: str) -> dict[str, object]:
    return {"place": place, "host": _host(), "since": timezone.now()}


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""


def _here() -> tuple[str, bool]:
    """Where the database really lies, and whether it has our table: during an upgrade it may not have it yet."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(POSTGRESQL_PLACE, [TABLE, TABLE])
            place, has_table = cursor.fetchone()
            return place, has_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [TABLE])
        has_table = cursor.fetchone() is not None
        cursor.execute("PRAGMA database_list")
        file = cursor.fetchone()[2]
    return str(os.stat(file).st_ino) if file else "memory", has_table
