"""From bytes to text, whatever a spreadsheet program made of the letters."""

import codecs
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MARKS = [  # the longer first: the mark of UTF-16 begins that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
NOT_OF_TEXT = re.compile("[\0-\x08\x0e-\x19\x1b-\x1f]")  # \x1a ends old files


def no_table() -> ValidationError:
    return ValidationError(_("This file is not a table. Choose a list saved as CSV or as an Excel workbook (.xlsx)."))


def decoded(content: bytes) -> str:
    """By its byte order mark, else UTF-8, else the Windows code page of Western Europe."""
    marked = [encoding for mark, encoding in MARKS if content.startswith(mark)]
    for encoding in marked[:1] or ["utf-8", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not NOT_OF_TEXT.search(text):
            return text
    raise no_table()
