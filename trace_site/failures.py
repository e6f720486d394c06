"""Failures as reports to a service: their kinds, their places in our code, the version. Nothing else is ever gathered.

The usual way collects the request, local variables and whatever was logged before, and strips some of it again. Here a
report is put together from what may leave, and the library only carries it.
"""

import logging
import sys
from pathlib import Path
from typing import Any

import sentry_sdk
from sentry_sdk.utils import BadDsn

from trace_site.logs import WHERE, Places, places
from trace_site.version import version

ROOT = Path(__file__).resolve().parent.parent
MAY_LEAVE = ("event_id", "exception", "level", "logger", "message", "platform", "release", "sdk", "timestamp")


def only_what_may_leave(event: Any, _hint: Any) -> Any:
    return {name: event[name] for name in MAY_LEAVE if name in event}


QUIETLY: dict[str, Any] = {
    "default_integrations": False,
    "auto_enabling_integrations": False,
    "include_local_variables": False,
    "max_breadcrumbs": 0,
    "auto_session_tracking": False,
    "send_client_reports": False,
    "before_send": only_what_may_leave,
}


class ReportHandler(logging.Handler):
    def __init__(self, address: str, **options: Any) -> None:
        super().__init__()
        try:
            self.client = sentry_sdk.Client(dsn=address, **QUIETLY, **options)
        except BadDsn:
            raise SystemExit("ERROR_REPORTS must be a DSN such as https://key@errors.example.org/1.") from None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.client.capture_event(report(record))
        except Exception as failure:  # logging's own way of telling it quotes the record
            sys.stderr.write(f"A failure could not be reported ({type(failure).__name__}).\n")


def report(record: logging.LogRecord) -> Any:
    """The text of a record may name somebody; its place in the code does not."""
    event: dict[str, Any] = {
        "level": record.levelname.lower(),
        "logger": record.name,
        "release": version(),
        "message": f"{_place(record.pathname)}:{record.lineno} {record.funcName}",
    }
    if chain := _failures(record):
        event["exception"] = {"values": [_told(kind, frames) for kind, frames in chain]}
    return event


def _failures(record: logging.LogRecord) -> Places:
    if told := record.__dict__.get(WHERE):
        return told
    failure = record.exc_info[1] if record.exc_info else record.__dict__.get("failure")
    return places(failure)


def _told(kind: str, frames: list) -> dict[str, Any]:
    return {
        "type": kind,
        "value": "",
        "stacktrace": {
            "frames": [
                {
                    "filename": _place(frame.filename),
                    "function": frame.name,
                    "lineno": frame.lineno,
                    "in_app": "site-packages" not in frame.filename and frame.filename.startswith(str(ROOT)),
                }
                for frame in frames
            ]
        },
    }


def _place(file: str) -> str:
    """Without where this site keeps its code."""
    return file.rpartition("site-packages/")[2].removeprefix(f"{ROOT}/")
