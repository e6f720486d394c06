"""Numbers in words, sentences one after the other, and what people have typed."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Words
else:
    Words = str | Promise  # translated now, or when it is shown

SEPARATOR = gettext_noop(", ")  # of Django's lists, whose Welsh has no space behind the comma

# Marks that nobody sees: some are no name at all, others turn the words around the name. Joiners are part of names.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def tidy(text: str) -> str:
    """On one line, with single spaces and nothing that cannot be seen.

    >>> tidy("  Anna\\n\u200bLee ")
    'Anna Lee'
    """
    return " ".join(_UNSEEN.sub("", text).split())


# What mail programs make a link of: a scheme, an address, a name with dots in it. Some read other dots as one.
_SCHEME = re.compile(r"\b(?:[a-z][a-z0-9+.-]*:/{2,}|mailto:|tel:|javascript:|data:)", re.IGNORECASE)
_DOT = re.compile(r"(?<=\w)([.\u3002\uff0e\uff61])(?=[^\W\d_][\w-])")
_AT = re.compile(r"(?<=\S)@(?=\S)")


def unlinked(name: str) -> str:
    """A name as it may stand in a letter to somebody who does not know who typed it: nothing in it is a link.

    >>> unlinked("Win at https://www.evil.example/now, Dr. A.B. Lee")
    'Win at www. evil. example/now, Dr. A.B. Lee'
    >>> unlinked("Mo, write to mo@evil.example")
    'Mo, write to mo @ evil. example'
    """
    return _DOT.sub(lambda dot: f"{dot[1]} ", _AT.sub(" @ ", _SCHEME.sub("", name)))


def in_words(number: int) -> str:
    return _("ten") if number == 10 else str(apnumber(number))


def paragraph(*sentences: str) -> str:
    """Whole sentences, each of them translated by itself."""
    return " ".join(sentences)


def some_of(names: Sequence[str], most: int = 5) -> str:
    """The first names, and how many more there are.

    >>> some_of(["Ada", "Ben", "Cy"], most=2)
    'Ada, Ben and 1 more'
    """
    shown = list(names[:most])
    if more := len(names) - len(shown):
        shown.append(_("%(count)d more") % {"count": more})
    return str(get_text_list(shown, _("and")))


def direction(text: str) -> Literal["ltr", "rtl"]:
    """In which a paragraph is read: that of its first letter.

    >>> direction("1. לילה"), direction("Ward 7, לילה"), direction("24/7")
    ('rtl', 'ltr', 'ltr')
    """
    letters = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return "ltr" if next(letters, "L") == "L" else "rtl"


def language_tag() -> str:
    """The language of the moment as documents name it.

    >>> language_tag()
    'en-GB'
    """
    language, _hyphen, region = (get_language() or "en-gb").partition("-")
    return f"{language}-{region.upper()}" if region else language


def decimal(number: float, places: int = 1) -> str:
    """As the language of the moment writes it, with a comma where it has one.

    >>> decimal(3.649), decimal(-0.4, 2)
    ('3.6', '-0.40')
    """
    return str(number_format(f"{number:.{places}f}", places))


def thousands(number: int) -> str:
    """
    >>> thousands(12000)
    '12,000'
    """
    return str(number_format(number, force_grouping=True))
