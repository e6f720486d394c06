"""A text as it is looked for: capital letters and accents make no difference, on any database."""

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
