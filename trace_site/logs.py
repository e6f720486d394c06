"""What respondents do leaves no line in any log: not that they came, not when, and never the secret in their link.

A page that somebody may not see is one line: nothing has failed.
"""

import logging
import re

from django.core.exceptions import PermissionDenied

RESPONDENTS = re.compile(r"(?<![\w/-])/(s|answer|reports/results)/\S*")


class RespondentsUnseen(logging.Filter):
    """Drops what Django says about respondents' pages, but for a failure of ours: that is told without the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not RESPONDENTS.search(record.getMessage()):
            return True
        record.msg, record.args = RESPONDENTS.sub(r"/\1/…", record.getMessage()), ()
        record.__dict__.pop("request", None)
        return record.levelno >= logging.ERROR


class RefusalsInALine(logging.Filter):
    """Without the traceback of a PermissionDenied, which Django logs with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = None
        return True
