"""Shares of classes that tell no class of a few people: small ones are joined, each share is rounded by itself.

A bar is what people answered to one statement: its classes in the order of the scale, "don't know" last. Source:
confidentiality, 'Disclosure control', point 7.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Bars = npt.NDArray[np.int64]  # (bars, classes): how many people are in each
Ends = npt.NDArray[np.bool_]
Group = tuple[int, ...]  # numbers of the classes that are printed as one
Tenths = tuple[int, int]  # the least and the most of displayed means, 10 to 50

FEW = 2  # people whom a class must exceed to be printed by itself
POSSIBLE = 3  # values that every count keeps that is not printed, at least
COARSE, FINE, FINE_FROM = 10, 5, 30  # steps of shares in per cent, and the people from which they are finer
SAMPLES = 5  # totals that are tried of a share that comes from more


class Share(NamedTuple):
    """The people in some classes of a bar, in per cent of all of them."""

    classes: Group
    per_cent: int


class Said(NamedTuple):
    """What may be printed of a bar."""

    shares: tuple[Share, ...]  # () for none
    has_mean: bool  # whether the mean may stand beside them


class Scale(NamedTuple):
    points: tuple[tuple[int, ...], ...]  # of the scale, in each class
    least: int  # people who rated it, wherever such a bar is printed

    @property
    def middle(self) -> int:
        return len(self.points) // 2

    @property
    def dont_know(self) -> int:
        return len(self.points)


THREE = Scale(((1, 2), (3,), (4, 5)), least=10)
FIVE = Scale(((1,), (2,), (3,), (4,), (5,)), least=30)


def rounded_share(count: int, people: int) -> int:
    """In tenths below thirty people, else in steps of five per cent, half up.

    >>> rounded_share(3, 12), rounded_share(11, 30)
    (30, 35)
    """
    return int(_rounded(np.array(count), people))


def joined(counts: Sequence[int], scale: Scale) -> tuple[Group, ...]:
    """Which classes are printed as one: neighbours are gathered, from the lowest up, until they hold more than a few;
    a few that are left at the top go with the last ones.

    A few who do not know are gathered with the middle of the scale. They speak neither for a statement nor against it;
    joined with the highest class, their neighbour in the bar, they would read as praise.

    >>> joined([4, 5, 6, 3], THREE), joined([1, 5, 6, 0], THREE)
    (((0,), (1,), (2,), (3,)), ((0, 1, 3), (2,)))
    """
    return _joined(tuple(min(count, FEW + 1) for count in counts), scale)


@lru_cache
def _joined(counts: tuple[int, ...], scale: Scale) -> tuple[Group, ...]:
    [ends] = _ends(np.array([counts]), scale).tolist()
    borders = [0, *(place + 1 for place, is_end in enumerate(ends) if is_end)]
    groups = [tuple(range(first, last)) for first, last in pairwise(borders)]
    if counts[scale.dont_know] > FEW:
        return (*groups, (scale.dont_know,))
    return tuple((*group, scale.dont_know) if scale.middle in group else group for group in groups)


def said_of(counts: Sequence[int], mean: int | None, level: Tenths, scale: Scale) -> Said:
    """What may be printed of a bar beside its level, to which displayed means from `level` belong; `mean` is its own,
    None where it is not to be printed in any case.

    Every count that is not printed by itself keeps three possible values, for whoever knows the number of people, these
    rules and all that is printed. Where shares and level tell more there are no shares, where shares and mean tell more
    there is no mean. Which means are told follows from the shares, so that a missing one tells no more than that.
    """
    people = sum(counts)
    shares = tuple(
        Share(group, rounded_share(sum(counts[place] for place in group), people)) for group in joined(counts, scale)
    )
    if not _may_stand(shares, people, level, scale):
        return Said((), has_mean=False)
    return Said(shares, has_mean=mean is not None and mean in _means_beside(shares, people, level, scale))


@lru_cache(maxsize=8192)
def _may_stand(shares: tuple[Share, ...], people: int, level: Tenths, scale: Scale) -> bool:
    return len(shares) > 1 and _alike(shares, people, scale).is_open([level])


@lru_cache(maxsize=8192)
def _means_beside(shares: tuple[Share, ...], people: int, level: Tenths, scale: Scale) -> frozenset[int]:
    """The means that may stand beside these shares and their level: without as few as leaves the others open too."""
    alike = _alike(shares, people, scale)
    means = [(mean, mean) for mean in range(level[0], level[1] + 1)]
    told = [mean for mean in means if alike.is_open([mean])]
    for left in range(len(told) + 1):
        for low in range(left + 1):
            kept = told[low : len(told) - left + low]
            if alike.is_open([mean for mean in means if mean not in kept], or_empty=True):
                return frozenset(mean for mean, _ in kept)
    return frozenset()


@lru_cache(maxsize=16)
def _alike(shares: tuple[Share, ...], people: int, scale: Scale) -> "_Alike":
    return _Alike(shares, people, scale)


class _Alike:
    """The bars of so many people that have the same shares; of large ones some.

    A count that has many values in some of these bars has them in all, so it does no harm to try some.
    """

    def __init__(self, shares: Sequence[Share], people: int, scale: Scale) -> None:
        groups = [share.classes for share in shares]
        bars = _with_shares(shares, people, scale)
        fit = (bars[:, :-1].sum(axis=1) >= scale.least) & _are_joined(bars, groups, scale)
        self.bars, self.scale = bars[fit], scale
        self.hidden = _hidden(groups, people, scale)
        self.rated = self.bars[:, :-1].sum(axis=1)
        self.least, self.most = (
            self.bars[:, :-1] @ np.array([points[at] for points in scale.points]) for at in (0, -1)
        )

    def is_open(self, means: Iterable[Tenths], *, or_empty: bool = False) -> bool:
        """Whether every hidden count keeps enough values among the bars that have one of these means."""
        low, high, at = self._sums(means)
        if not len(at):
            return or_empty
        return all(_are_many(*ends) for ends in self._values(low, high, at))

    def _sums(self, means: Iterable[Tenths]) -> tuple[Bars, Bars, Bars]:
        """What ratings with these means add up to, from and to, in which bars."""
        found = []
        for first, last in means:
            low = np.maximum(self.least, -((1 - 2 * first) * self.rated // 20))
            high = np.minimum(self.most, ((2 * last + 1) * self.rated - 1) // 20)
            [at] = np.nonzero(low <= high)
            found.append(np.stack([low[at], high[at], at]))
        low, high, at = np.concatenate([np.empty((3, 0), dtype=np.int64), *found], axis=1)
        return low, high, at

    def _values(self, low: Bars, high: Bars, at: Bars) -> Iterator[tuple[Bars, Bars]]:
        """Of each hidden count its least and its most in each bar; what is between is possible too."""
        bars, least = self.bars[at], self.least[at]
        for place in self.hidden:
            yield bars[:, place], bars[:, place]
        for place, points in enumerate(self.scale.points):
            if len(points) > 1:
                own, others = bars[:, place], self.most[at] - least - bars[:, place]
                first, last = np.maximum(0, low - least - others), np.minimum(own, high - least)
                yield first, last  # how many chose the higher point of the class
                yield own - last, own - first


def _are_many(least: Bars, most: Bars) -> bool:
    wide = most - least >= POSSIBLE - 1
    return bool(wide.any()) or len(np.unique([least, most])) >= POSSIBLE


def _hidden(groups: Sequence[Group], people: int, scale: Scale) -> list[int]:
    """The classes that are joined. That hardly anybody could say "don't know" in a bar of so few people is known before
    it is seen, and no printing hides it."""
    known = {scale.dont_know} if people - scale.least < POSSIBLE - 1 else set()
    open_groups = [set(group) - known for group in groups]
    return [place for group in open_groups if len(group) > 1 for place in sorted(group)]


def _ends(bars: Bars, scale: Scale) -> Ends:
    """(bars, classes without "don't know"): True where a group has its last class."""
    counts, dont_know = bars[:, :-1].copy(), bars[:, -1]
    counts[:, scale.middle] += np.where(dont_know <= FEW, dont_know, 0)
    ends = np.zeros(counts.shape, dtype=bool)
    gathered = np.zeros(len(bars), dtype=np.int64)
    for place in range(counts.shape[1]):
        gathered += counts[:, place]
        ends[:, place] = gathered > FEW
        gathered[ends[:, place]] = 0
    [left] = np.nonzero(~ends[:, -1])
    ends[left, counts.shape[1] - 1 - ends[left, ::-1].argmax(axis=1)] = False
    ends[:, -1] = True
    return ends


def _are_joined(bars: Bars, groups: Sequence[Group], scale: Scale) -> Ends:
    """Which bars are joined like this."""
    last = {max(set(group) - {scale.dont_know}, default=-1) for group in groups}
    wanted = np.array([place in last for place in range(scale.dont_know)])
    is_alone = (scale.dont_know,) in groups
    alike: Ends = (_ends(bars, scale) == wanted).all(axis=1) & ((bars[:, -1] > FEW) == is_alone)
    return alike


def _with_shares(shares: Sequence[Share], people: int, scale: Scale) -> Bars:
    """Bars of so many people with these shares. In a group one class may hold any number, the others hold a few."""
    first, *others = shares
    bars = np.zeros((1, scale.dont_know + 1), dtype=np.int64)
    for share in others:
        tried = some_totals(share.per_cent, people)
        bars = (bars[:, np.newaxis, np.newaxis] + _parts(share.classes, tried, scale)).reshape(-1, bars.shape[1])
        bars = bars[(bars >= 0).all(axis=1)]
    left = people - bars.sum(axis=1)
    fits = np.isin(left, _totals(first.per_cent, people))
    bars, left = bars[fits], left[fits]
    bars = (bars[np.newaxis] + _parts(first.classes, left, scale)).reshape(-1, bars.shape[1])
    possible: Bars = bars[(bars >= 0).all(axis=1)]
    return possible


def some_totals(per_cent: int, people: int) -> Bars:
    """Of how many people so many per cent are printed; of many such numbers some, from the least to the most."""
    every = _totals(per_cent, people)
    some: Bars = every[np.unique(np.linspace(0, len(every) - 1, SAMPLES).round().astype(int))]
    return some


def _totals(per_cent: int, people: int) -> Bars:
    every = np.arange(people + 1)
    totals: Bars = every[_rounded(every, people) == per_cent]
    return totals


def _parts(group: Group, totals: Bars, scale: Scale) -> Bars:
    """(ways, totals, classes): how so many people may be in the classes of a group."""
    few, ends = _ways(group, scale)
    left = totals - few.sum(axis=1)[:, np.newaxis]
    ways: Bars = few[:, np.newaxis] + ends[:, np.newaxis] * left[..., np.newaxis]
    return ways


@lru_cache
def _ways(group: Group, scale: Scale) -> tuple[Bars, Bars]:
    """(ways, classes) twice: the classes that hold a few, and a 1 at the one that holds the rest.

    With that one the gathering ends; only in the highest group a few are left behind it.
    """
    rated = [place for place in group if place != scale.dont_know]
    few, ends = [], []
    for end in (rated if scale.dont_know - 1 in group else rated[-1:]) or group:
        others = [place for place in group if place != end]
        for counts in product(range(FEW + 1), repeat=len(others)):
            held = dict(zip(others, counts, strict=True))
            before, behind = (sum(held[place] for place in side) for side in _beside(rated, end))
            if max(before, behind) <= FEW:
                few.append([held.get(place, 0) for place in range(scale.dont_know + 1)])
                ends.append([place == end for place in range(scale.dont_know + 1)])
    return np.array(few, dtype=np.int64), np.array(ends, dtype=np.int64)


def _beside(rated: Sequence[int], end: int) -> tuple[list[int], list[int]]:
    return [place for place in rated if place < end], [place for place in rated if place > end]


def _rounded(counts: Bars, people: int) -> Bars:
    step = COARSE if people < FINE_FROM else FINE
    shares: Bars = step * ((200 * counts + step * people) // (2 * step * people))
    return shares
