"""What matters most to people: which shares of those who chose two conditions may be printed."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

from reports.publish.bars import FEW, POSSIBLE, rounded_share, some_totals

EACH = 2  # conditions that everybody chose


def pick_shares(chosen: Sequence[int], people: int) -> tuple[int | None, ...]:
    """The share of people who chose each condition, rounded by itself; None where none is printed.

    Where a few chose a condition, or all but a few, its share is withheld, and never one alone: everybody chose two, so
    a reader can work out what is missing. What is withheld keeps three possible values each; else nothing is printed.

    >>> pick_shares([9, 7, 6, 5, 3], 15), pick_shares([9, 7, 7, 5, 2], 15)
    ((60, 50, 40, 30, 20), (60, 50, 50, None, None))
    """
    withheld = _withheld(chosen, people)
    shares = tuple(None if place in withheld else rounded_share(count, people) for place, count in enumerate(chosen))
    return shares if _is_open(shares, people) else (None,) * len(shares)


def _withheld(chosen: Sequence[int], people: int) -> set[int]:
    withheld = {place for place, count in enumerate(chosen) if count <= FEW or people - count <= FEW}
    if len(withheld) == 1:
        withheld.add(min(set(range(len(chosen))) - withheld, key=lambda place: chosen[place]))
    return withheld


@lru_cache(maxsize=1024)
def _is_open(shares: tuple[int | None, ...], people: int) -> bool:
    withheld = {place for place, share in enumerate(shares) if share is None}
    alike = [chosen for chosen in _with_shares(shares, people) if _withheld(chosen, people) == withheld]
    return all(len({chosen[place] for chosen in alike}) >= POSSIBLE for place in withheld)


def _with_shares(shares: Sequence[int | None], people: int) -> Iterator[tuple[int, ...]]:
    """Some of the ways in which these shares come about: withheld are a few, or all but a few, and once any number."""
    ends = [*range(FEW + 1), *range(people - FEW, people + 1)]
    counts = [ends if share is None else some_totals(share, people).tolist() for share in shares]
    for free in (place for place, share in enumerate(shares) if share is None):
        for chosen in product(*counts[:free], [0], *counts[free + 1 :]):
            left = EACH * people - sum(chosen)
            if 0 <= left <= people:
                yield *chosen[:free], left, *chosen[free + 1 :]
