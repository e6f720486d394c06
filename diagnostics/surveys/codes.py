"""The short code of a survey in a room: for whoever's camera fails, to be typed instead of its link.

It admits like the link beside it, no further, and ends when the survey is closed. Eight of twenty letters are 25,600
million codes. One client may enter thirty wrong ones an hour (`core.quotas`): while five surveys are open for three
hours, one client meets one of them once in 57 million such times, and a thousand clients together once in 57,000. What
they would find is a place in a survey of somebody else, which is seen, and never an answer.
"""

import secrets

LETTERS = "BCDFGHJKMNPQRSTVWXYZ"  # no digit to change keyboards for, no I, L or O, no vowel to make a word with
LENGTH = 8
HALF = LENGTH // 2


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _each in range(LENGTH))


def typed(text: str) -> str:
    """What somebody has typed, whatever stands between the letters and however they are written.

    >>> typed(" bcdf-ghjk "), typed("BCDF GHJ0")
    ('BCDFGHJK', 'BCDFGHJ0')
    """
    return "".join(letter for letter in text.upper() if letter.isalnum())


def shown(code: str) -> str:
    """In two halves, as it is read.

    >>> shown("BCDFGHJK")
    'BCDF GHJK'
    """
    return f"{code[:HALF]} {code[HALF:]}"


def is_code(text: str) -> bool:
    return len(text) == LENGTH and set(text) <= set(LETTERS)
