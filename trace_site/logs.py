"""What respondents do leaves no line in any log: not that they came, not when, and never the secret in their link.

The secrets of other links (a new password, a confirmed address, a colleague's invitation) are left out of what is
written. A page that somebody may not see is one line: nothing has failed. In production every line is JSON, with the
places and kinds of a failure and never its text.
"""

import datetime
import json
import logging
import re
import traceback
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from trace_site.version import version

SITE = r"(?<![\w/-])(?:https?://[^/\s]*)?"
RESPONDENTS = re.compile(SITE + r"/(s|answer|reports/results)/\S*")
LINKS = re.compile(
    SITE + r"/(accounts/password/reset/key|accounts/confirm-email|workspaces/invitations|reports/by-link)/\S+"
)
ADDRESSES = re.compile(r"[^\s<>()\[\]\"'=:;,/]+@[\w-]+(?:\.[\w-]+)+")
LONG = re.compile(r"(?<=/)[\w:~-]{20,}")  # our ids are shorter, no secret is; for links that were copied with a fault


WHERE = "where_it_failed"  # in a record, once `tell_only_where` has seen it

Places = list[tuple[str, list[traceback.FrameSummary]]]  # of each failure in a chain, its kind and frames


class RespondentsUnseen(logging.Filter):
    """Drops what Django says about respondents' pages, but for a failure of ours: that is told without the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if not RESPONDENTS.search(said):
            return True
        record.msg, record.args = RESPONDENTS.sub(r"/\1/…", said), ()
        record.__dict__.pop("request", None)
        tell_only_where(record)
        return record.levelno >= logging.ERROR


class NoSecrets(logging.Filter):
    """Lets every line pass, without what opens something, addresses, and rows that the database quotes."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        clean = ADDRESSES.sub("…@…", LONG.sub("…", LINKS.sub(r"/\1/…", said)))
        if clean != said:
            record.msg, record.args = clean, ()
        if record.exc_info and any(isinstance(one, DatabaseError) for one in _chain(record.exc_info[1])):
            tell_only_where(record)
        return True


class RefusalsInALine(logging.Filter):
    """Without the traceback of a PermissionDenied, which Django logs with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = None
        return True


def tell_only_where(record: logging.LogRecord) -> None:
    """The places and kinds of a failure without its text, which may quote what somebody wrote."""
    if record.exc_info:
        record.__dict__[WHERE] = places(record.exc_info[1])
        record.exc_text = "".join(
            "".join(traceback.format_list(frames)) + kind + "\n" for kind, frames in record.__dict__[WHERE]
        ).rstrip()
        record.exc_info = None


def places(failure: BaseException | None) -> Places:
    """What it came from first."""
    chain = reversed(list(_chain(failure)))
    return [(type(one).__name__, list(traceback.extract_tb(one.__traceback__))) for one in chain]


class JsonLine(logging.Formatter):
    """Of a record only what stands here: others hang requests, fields and objects on it."""

    def format(self, record: logging.LogRecord) -> str:
        tell_only_where(record)
        line: dict[str, object] = {
            "at": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "said": record.getMessage(),
            "version": version(),
            "process": record.process,
        }
        if record.exc_text:
            line["where"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def _chain(failure: BaseException | None) -> Iterator[BaseException]:
    """The failure and what it came from."""
    while failure is not None:
        yield failure
        failure = failure.__cause__ or failure.__context__
