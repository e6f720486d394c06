"""Signs of answering without reading: one long run of an answer (S), and answers within a moment (T).

The one definition, pure: whoever hands in is judged by it before the ballot is sealed, which only this floor sees; the
scoring core above offers the same functions to specialists. One sign alone changes nothing: a happy team may honestly
answer 4 throughout, and some read fast. Source: method sheet 2.0, section 12 (Curran 2016; Huang et al. 2012; Bowling
et al. 2023).
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import isfinite
from typing import Literal

Flags = Literal["", "S", "T", "ST"]

DONT_KNOW = 0  # beside 1–5; a blank is None
ASKED_AT_LEAST = 10  # statements of the whole questionnaire; below nothing is said
HALF_IS_ENOUGH = 20  # statements from which a run of half of them is long; below it takes all
FAST = 2.0  # seconds per answered statement
EPS = 1e-9
CARELESS: Flags = "ST"


def longest_run(values: Iterable[int | None]) -> int:
    """Of identical ratings in page order; "don't know" and blank break a run. Raises ValueError for no rating.

    >>> longest_run([4, 4, 0, 4, 4, 4, None, 4]), longest_run([None, 0, 0])
    (3, 0)
    """
    runs = groupby(_checked(value) for value in values)
    return max((len(list(run)) for value, run in runs if value not in (None, DONT_KNOW)), default=0)


def flags(values: Sequence[int | None], seconds: float | None) -> Flags:
    """Which of both signs one person's answers carry.

    `values`: what they gave to every statement of the questionnaire, in page order and unturned: 1–5, 0 for "don't
    know", None for blank. `seconds` per answered statement; None where nothing was timed. S: one run holds them all,
    or at least half of 20 or more; T: less than two seconds each. Raises ValueError for no rating, and for seconds that
    are no finite number of 0 or more.

    >>> flags([4] * 10, 1.5), flags([4] * 9, 1.5), flags([4] * 10 + [3, 2] * 5, 2.0), flags([4] * 9 + [3, 2] * 5, 1.9)
    ('ST', '', 'S', 'T')
    """
    run, asked = longest_run(values), len(values)
    if seconds is not None and not (isfinite(seconds) and seconds >= 0):
        raise ValueError(f"The time for an answer is a finite number of seconds, 0 or more, not {seconds}.")
    if asked < ASKED_AT_LEAST:
        return ""
    is_straight = run >= (asked if asked < HALF_IS_ENOUGH else -(-asked // 2))
    is_fast = seconds is not None and seconds < FAST - EPS
    if is_straight:
        return "ST" if is_fast else "S"
    return "T" if is_fast else ""


def set_aside(found: str, *, is_self_rating: bool = False) -> bool:
    """Whether answers with these flags are set aside: only with both, and never somebody's rating of themselves.

    Automatic, before anyone sees a result. Raises ValueError for what are no flags.

    >>> set_aside("ST"), set_aside("S"), set_aside("ST", is_self_rating=True)
    (True, False, False)
    """
    if found not in ("", "S", "T", "ST"):
        raise ValueError(f"Flags are '', 'S', 'T' or 'ST', not {found!r}.")
    return found == CARELESS and not is_self_rating


def _checked(value: int | None) -> int | None:
    if value is not None and (isinstance(value, bool) or value not in (DONT_KNOW, 1, 2, 3, 4, 5)):
        raise ValueError(f"A rating is 1 to 5, {DONT_KNOW} for “don’t know” or None where blank, not {value!r}.")
    return value
