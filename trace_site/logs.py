"""What respondents do leaves no line in any log: not that they came, not when, and never the secret in their link."""

import logging
import re

RESPONDENTS = re.compile(r"(?<![\w/-])/(s|answer|reports/results)/\S*")


class RespondentsUnseen(logging.Filter):
    """Drops what Django says about respondents' pages, but for a failure of ours: that is told without the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not RESPONDENTS.search(record.getMessage()):
            return True
        record.msg, record.args = RESPONDENTS.sub(r"/\1/…", record.getMessage()), ()
        record.__dict__.pop("request", None)
        return record.levelno >= logging.ERROR
