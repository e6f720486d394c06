"""From bytes to text, whatever a program made of the letters.

A file says nothing of its code page. What a code page makes of the bytes is judged as a reader would: no letter inside
a word is a sign, a capital or of another script. Where several pass, whoever brought the file sees the names in each.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MARKS = [  # the longer first: the mark of UTF-16 begins that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
CODE_PAGES = {  # the likelier first
    "cp1252": gettext_lazy("Western Europe"),
    "cp1250": gettext_lazy("Central Europe"),
    "mac_roman": gettext_lazy("Western Europe, from an older Mac"),
    "cp850": gettext_lazy("Western Europe, from DOS"),
    "iso8859_2": gettext_lazy("Central Europe (ISO)"),
    "cp852": gettext_lazy("Central Europe, from DOS"),
    "cp1251": gettext_lazy("Cyrillic"),
    "cp1253": gettext_lazy("Greek"),
    "cp1254": gettext_lazy("Turkish"),
    "cp1257": gettext_lazy("Baltic"),
}
NOT_OF_TEXT = re.compile("[\0-\x08\x0e-\x19\x1b-\x1f]")  # \x1a ends old files
WORD = re.compile(r"[A-Za-z'-]*[^\0-\x7f\s][^\0-@\[-`{-\x7f\s]*")  # with a letter in it that ASCII has not
SAMPLED, SAMPLES = 200_000, 3  # characters that are judged; words that are shown


@dataclass(frozen=True)
class Decoded:
    encoding: str
    text: str

    @property
    def samples(self) -> tuple[str, ...]:
        """A few of the words in which code pages differ."""
        return tuple(dict.fromkeys(WORD.findall(self.text[:SAMPLED])))[:SAMPLES]


def no_table() -> ValidationError:
    return ValidationError(
        _("This file is not a table. Choose a list saved as CSV, or a workbook (.xlsx, .xls or .ods).")
    )


def decodings(content: bytes) -> list[Decoded]:
    """What the bytes may say, the likeliest first; one where they leave no choice. Raises ValidationError."""
    marked = [encoding for mark, encoding in MARKS if content.startswith(mark)]
    said = (marked or ["utf-8"])[0]
    if (text := _decoded(content, said)) is not None:
        return [Decoded(said, text)]
    if marked:
        raise no_table()
    found = [Decoded(page, text) for page in CODE_PAGES if (text := _decoded(content, page)) is not None]
    if not found:
        raise no_table()
    distinct = {one.text: one for one in reversed(found)}  # of pages that say the same, the likelier
    pages = list(CODE_PAGES)
    return sorted(distinct.values(), key=lambda one: (_odd_words(one.text), pages.index(one.encoding)))


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if NOT_OF_TEXT.search(text) else text


def _odd_words(text: str) -> int:
    return sum(map(_is_odd, WORD.findall(text[:SAMPLED])))


def _is_odd(word: str) -> bool:
    """Whether no name is written like this.

    >>> [_is_odd(word) for word in ("Müller", "MŸller", "¯ak", "Jцrg", "ÉLODIE", "Ivanov’s", "Èâàí")]
    [False, True, True, True, False, False, True]
    """
    parts = [part for part in re.split("['’–-]", word) if part]
    letters = "".join(parts)
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in letters if letter.isalpha()}
    return (
        not letters.isalpha()
        or len(scripts) > 1
        or any(_has_odd_capital(part) for part in parts)
        or (scripts == {"LATIN"} and re.search("[^\0-\x7f]{3}", word) is not None)
    )


def _has_odd_capital(part: str) -> bool:
    return not part.isupper() and any(letter.isupper() and not letter.isascii() for letter in part[1:])
