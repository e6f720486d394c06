"""What stands out in one person's ratings of themselves: places that would probably stand out another day as well."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median
from typing import Literal

from reports.scoring.method import METHOD, Method

Kind = Literal["cell", "space", "condition"]
Side = Literal["higher", "lower"]
Rated = tuple[str, str, Sequence[int | None]]  # condition, space, ratings; None where not rated


@dataclass(frozen=True)
class Observation:
    """A space, a condition or a cell that is higher or lower than what it is set against."""

    kind: Kind
    side: Side
    condition: str | None  # None of a space
    space: str | None  # None of a condition

    @property
    def place(self) -> str | tuple[str, str]:
        """`"system"`, `"task"` or `("task", "system")`."""
        return (self.condition, self.space) if self.condition and self.space else self.condition or self.space or ""


def observations(cells: Sequence[Rated], *, primary: str, method: Method = METHOD) -> tuple[Observation, ...]:
    """What stands out in one self-assessment, at most three places; () where nothing does.

    `cells`: in model order, with the ratings of all statements asked. A cell has a score where at least half is rated;
    what one score may be off by follows from how far ratings lie apart inside cells. A space is set against the mean of
    the other spaces over the conditions that have a score in all, a condition likewise, a cell against the median of
    the others in its space. A space or condition that is named leaves the reference of the rest: otherwise one low
    space would make the others high. Of two that are all there are, only the lower is named. Raises ValueError for
    ratings off the scale. Source: method sheet 2.0, section 2.

    >>> conditions = ["task", "route", "alignment", "capability", "energy"]
    >>> flat = [(key, space, [5, 5]) for space in ("team", "system") for key in conditions]
    >>> observations(flat, primary="team")
    ()
    >>> low = [(key, space, [rating] * 2) for space, rating in (("team", 4), ("system", 2)) for key in conditions]
    >>> [(one.kind, one.place, one.side) for one in observations(low, primary="team")]
    [('space', 'system', 'lower')]
    """
    scored = {(condition, space): one for condition, space, ratings in cells if (one := _rated(ratings, method))}
    variance = _variance(scored.values(), method)
    means = {key: sum(one) / len(one) for key, one in scored.items()}
    noise = {key: method.occasion_sd**2 + variance / len(one) for key, one in scored.items()}
    map_ = _Map(means, noise, method)
    conditions = list(map_.conditions_named())
    taken = {(one.condition, one.side) for one in conditions}
    cells_named = [one for one in map_.cells_named(primary) if (one.condition, one.side) not in taken]
    in_primary = [one for one in cells_named if one.space == primary]
    others = [one for one in cells_named if one.space != primary]
    found = [*in_primary, *map_.spaces_named(), *conditions, *others]
    return tuple(sorted(found, key=lambda one: one.side != "lower")[: method.seen_most])


def _rated(ratings: Sequence[int | None], method: Method) -> tuple[int, ...]:
    """() where fewer than half are rated."""
    given = tuple(one for one in ratings if one is not None)
    if any(not method.lowest <= one <= method.highest for one in given):
        raise ValueError(f"A rating is a whole number from {method.lowest} to {method.highest}.")
    return given if given and len(given) + method.eps >= method.min_share * len(ratings) else ()


def _variance(cells: Iterable[Sequence[int]], method: Method) -> float:
    """Of one rating inside a cell: the person's own, drawn towards the usual one."""
    squares, freedom = 0.0, 0
    for ratings in cells:
        mean = sum(ratings) / len(ratings)
        squares += sum((one - mean) ** 2 for one in ratings)
        freedom += len(ratings) - 1
    weight = method.own_weight
    return max((weight * method.inside_sd**2 + squares) / (weight + freedom), method.inside_least**2)


@dataclass(frozen=True)
class _Map:
    means: Mapping[tuple[str, str], float]  # of the cells with a score, in model order
    noise: Mapping[tuple[str, str], float]  # variance of each
    method: Method

    @property
    def spaces(self) -> list[str]:
        """Those with enough cells to be set against each other."""
        every = dict.fromkeys(space for _condition, space in self.means)
        return [one for one in every if sum(space == one for _c, space in self.means) >= self.method.space_cells]

    @property
    def conditions(self) -> list[str]:
        """Those with a score in all of these spaces."""
        every = dict.fromkeys(condition for condition, _space in self.means)
        return [one for one in every if all((one, space) in self.means for space in self.spaces)]

    def spaces_named(self) -> Iterator[Observation]:
        spaces, conditions = self.spaces, self.conditions
        if len(spaces) >= 2 and len(conditions) >= self.method.space_cells:
            rows = {space: [(condition, space) for condition in conditions] for space in spaces}
            for space, side in self._standing_out(rows, same_side=self.method.space_cells):
                yield Observation("space", side, None, space)

    def conditions_named(self) -> Iterator[Observation]:
        spaces, conditions = self.spaces, self.conditions
        if len(spaces) >= 2:
            rows = {condition: [(condition, space) for space in spaces] for condition in conditions}
            for condition, side in self._standing_out(rows, same_side=max(2, len(spaces) - 1)):
                yield Observation("condition", side, condition, None)

    def cells_named(self, primary: str) -> Iterator[Observation]:
        method = self.method
        for key, score in self.means.items():
            others = [mean for other, mean in self.means.items() if other[1] == key[1] and other != key]
            if not others:
                continue
            difference = score - median(others)
            variance = self.noise[key] * method.median_noise[len(others) < 4]
            if self._is_beyond(difference, variance, method.seen_z[key[1] != primary]):
                yield Observation("cell", _side(difference), *key)

    def _standing_out(
        self, rows: Mapping[str, Sequence[tuple[str, str]]], *, same_side: int
    ) -> Iterator[tuple[str, Side]]:
        """One by one the row that is most unlike the rest, in model order; each then leaves the reference."""
        left, found = dict(rows), {}
        only_lower = len(rows) == 2
        while len(left) > 1:
            beyond = [one for name in left if (one := self._against_rest(name, left, same_side, only_lower))]
            if not beyond:
                break
            name, _z, difference = max(beyond, key=lambda one: (one[1], one[2] < 0))
            found[name] = _side(difference)
            del left[name]
        return ((name, found[name]) for name in rows if name in found)

    def _against_rest(
        self, name: str, left: Mapping[str, Sequence[tuple[str, str]]], same_side: int, only_lower: bool
    ) -> tuple[str, float, float] | None:
        """(name, z, difference) of a row that stands out from the mean of the others, column by column."""
        others = [row for other, row in left.items() if other != name]
        columns = list(zip(left[name], *others, strict=True))
        differences = [self.means[own] - sum(self.means[one] for one in rest) / len(rest) for own, *rest in columns]
        variances = [self.noise[own] + sum(self.noise[one] for one in rest) / len(rest) ** 2 for own, *rest in columns]
        difference, variance = sum(differences) / len(columns), sum(variances) / len(columns) ** 2
        if not self._is_beyond(difference, variance, self.method.seen_z[2]) or (only_lower and difference > 0):
            return None
        if sum(one * difference > self.method.eps for one in differences) < same_side:
            return None
        return name, round(abs(difference) / sqrt(variance), 9), difference

    def _is_beyond(self, difference: float, variance: float, z: float) -> bool:
        method = self.method
        is_large = abs(difference) >= method.seen_least - method.eps
        return is_large and abs(difference) / sqrt(variance) > z + method.eps


def _side(difference: float) -> Side:
    return "higher" if difference > 0 else "lower"
