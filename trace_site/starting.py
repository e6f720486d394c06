"""What a web server and a worker look at before they begin: around them, where no rule of the code reaches."""

import logging
import os
import sys
import time

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection

from core.identity.still import Why, begin, say_still, why_still
from core.keys.files import is_within_reach
from trace_site.database_logs import told_by_the_database

logger = logging.getLogger(__name__)

LOOK_AGAIN = 5.0  # seconds
STOP = 3  # gunicorn takes this code of a worker for good, and so do our units


def web() -> None:
    ask_the_database()
    begin()
    connection.close()
    if not settings.DEBUG and is_within_reach():
        logger.warning(
            "The web server can read the keys of surveys. Run it as another system user than the workers "
            "(docs/operations.md), so that whoever takes it over still cannot open what people answered."
        )


def worker() -> None:
    ask_the_database()
    if os.path.exists(settings.KEY_STORE) and not is_within_reach():
        _stop(f"{settings.KEY_STORE} belongs to another system user. It must be the workers' (docs/operations.md).")
    wait_while_still()


def wait_while_still() -> None:
    """A copy that shares a broker with its original would take the bells that ring for the original's workers."""
    begin()
    while why := _why_still():
        say_still(why)
        connection.close()
        time.sleep(LOOK_AGAIN)
    connection.close()


def _why_still() -> Why | None:
    """Of a database that is away nothing is known; whoever takes a job asks again."""
    try:
        return why_still()
    except DatabaseError:
        return None


def ask_the_database() -> None:
    """Warns where it would write answers down, or ends the start where nobody has accepted that."""
    try:
        messages = told_by_the_database([DEFAULT_DB_ALIAS])
    except DatabaseError:
        logger.warning("The database does not answer yet, so TRACE cannot ask what it writes to its log.")
        return
    finally:
        connection.close()
    for message in messages:
        if message.is_serious():
            _stop(f"{message.msg}\n{message.hint}")
        logger.warning("%s %s", message.msg, message.hint)


def _stop(sentence: str) -> None:
    sys.stderr.write(f"TRACE cannot start. {sentence}\n")
    sys.exit(STOP)
