"""What a cell of a group may carry, by the people behind it and the statements asked."""

from typing import Literal

from reports.scoring.method import METHOD, Method

Carried = Literal[
    "level_word",
    "score",
    "range",
    "level_words",
    "agreement",
    "statement_words",
    "rounded_shares",
    "own_sd",
    "camps",
    "could_not_judge",
    "three_classes",
    "five_classes",
]


def carries(
    *, asked: int, n: int, tens: bool, thirties: bool, shared: bool = False, k: int = 5, method: Method = METHOD
) -> tuple[Carried, ...]:
    """What may be told of a cell of `asked` statements and `n` people.

    `tens`, `thirties`: it rests on 10-atoms, on a union of 30-atoms; `shared`: people came by a link that was not
    theirs alone, or in a room. Source: method sheet 2.0, sections 8 and 9; confidentiality, 'Disclosure control'.

    >>> carries(asked=2, n=8, tens=False, thirties=False)
    ('score', 'range', 'level_words', 'agreement')
    >>> carries(asked=1, n=12, tens=True, thirties=False)
    ('level_word', 'three_classes')
    """
    if n < k:
        return ()
    if shared and not thirties:
        return ("level_word", "rounded_shares") if tens else ("level_word",)
    if asked == 1 and not thirties:
        return ("level_word", "three_classes") if tens else ("level_word",)
    of_all: tuple[Carried, ...] = ("score", "range", "level_words", "agreement")
    if method.is_deep(asked) or tens:
        of_all = (*of_all, "statement_words")
    if not tens:
        return of_all
    camps: tuple[Carried, ...] = ("camps",) if asked > 1 else ()
    return (*of_all, "own_sd", *camps, "could_not_judge", "five_classes" if thirties else "three_classes")
