"""A text as it is looked for and put in order: capital letters make no difference, on any database."""

import re
import unicodedata

# Letters that no accent can be taken off from.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def folded(text: str) -> str:
    """
    >>> folded("Łukasz Müller-Ø’Brien")
    'lukasz muller-o’brien'
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(plain.casefold().translate(_LETTERS).split())


def in_counting_order(name: str) -> str:
    """To sort by: accents stay what they are, and numbers count.

    >>> sorted(["Team 10", "team 2"], key=in_counting_order)
    ['team 2', 'Team 10']
    """
    return re.sub(r"\d+", lambda digits: digits[0].zfill(12), name.casefold())
