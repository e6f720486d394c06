"""One cell of a list, as clean text on one line."""

import re
import unicodedata

INVISIBLE = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
BEGINS_A_FORMULA = ("=", "+", "-", "@")


def text_of(value: str) -> str:
    """What a reader sees in the cell: no control characters, no double spaces.

    >>> text_of("  Zoe\\u0308 \\u200b Ahmed\\n")
    'Zoë Ahmed'
    """
    text = unicodedata.normalize("NFC", " ".join(INVISIBLE.sub("", value).split()))
    return text[1:] if text.startswith("'") and text[1:].startswith(BEGINS_A_FORMULA) else text


def harmless(text: str) -> str:
    """For pasting into a spreadsheet, which would take '=…' for a formula; `text_of` takes the mark away again."""
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text


def shortened(text: str, most: int = 60) -> str:
    """For quoting in a sentence."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
