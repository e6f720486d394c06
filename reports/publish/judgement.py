"""Which groups of a survey differ from everybody else: judged once, at close, over all groups and all cells.

Judged from displayed values, so that it tells nothing that they do not. What a reader looks at later selects from it
and changes no word. Source: method sheet 2.0, section 7.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reports.publish.cells import PublishedCell
from reports.publish.spread import Spread
from reports.scoring import METHOD, AgainstOthers, CellKey, ComparedCell, End, GroupWord, Method, compare

Atom = Mapping[CellKey, PublishedCell]
COLUMNS = ("difference", "others", "people", "without", "p")
NAMED: tuple[GroupWord, GroupWord] = ("higher", "lower")
PLAIN: GroupWord = "no_clear_difference"


@dataclass(frozen=True, slots=True)
class Judged:
    """One group less everybody else in one cell, in rating points of one decimal, both cut to 1.5..4.5."""

    difference: float
    others: float  # everybody else; 1.5 and 4.5 stand for all beyond
    people: int  # of these
    without: int  # groups that differ so much that they are not among these
    p: float | None  # three digits; None where the difference is too small for a word
    word: GroupWord = PLAIN
    is_at_least: bool = False  # what was cut can only make the difference larger


@dataclass(frozen=True)
class JudgedCell:
    """One cell in all groups that make up a survey; `groups` in tree order, None where nothing is compared."""

    condition: str
    space: str
    sd: float  # inside groups
    df: int | None
    limit: float  # up to this p a difference of 0.3 has a word: in this cell as in all of its family, deep or brief
    groups: tuple[Judged | None, ...]

    @property
    def key(self) -> CellKey:
        return self.condition, self.space

    @cached_property
    def left(self) -> frozenset[int]:
        """The groups that differ so much that nobody else is set against them."""
        most = max((one.without for one in self.groups if one), default=0)
        return frozenset(at for at, one in enumerate(self.groups) if one and one.without < most)

    def stored(self) -> dict[str, Any]:
        """A column of each figure: an edition of a thousand groups is read with every page."""
        columns = {name: [getattr(one, name) if one else None for one in self.groups] for name in COLUMNS}
        where = {str(name): [at for at, one in enumerate(self.groups) if one and one.word == name] for name in NAMED}
        at_least = [at for at, one in enumerate(self.groups) if one and one.is_at_least]
        head = {"condition": self.condition, "space": self.space, "sd": self.sd, "df": self.df, "limit": self.limit}
        return {**head, **columns, **where, "at_least": at_least}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "JudgedCell":
        words: dict[int, GroupWord] = {at: name for name in NAMED for at in stored[name]}
        at_least = frozenset(stored["at_least"])
        columns = zip(*(stored[name] for name in COLUMNS), strict=True)
        groups = tuple(
            None
            if difference is None
            else Judged(difference, others, people, without, p, words.get(at, PLAIN), at in at_least)
            for at, (difference, others, people, without, p) in enumerate(columns)
        )
        return cls(stored["condition"], stored["space"], stored["sd"], stored["df"], stored["limit"], groups)


def judgement(atoms: Sequence[Atom], spreads: Mapping[CellKey, Spread], method: Method = METHOD) -> list[JudgedCell]:
    """Every atom of a survey against everybody else, cell by cell in the order of `spreads`.

    `atoms`: the published cells of each, in tree order. `spreads`: the SD inside groups with its degrees of freedom.
    """
    if not atoms:
        return []
    compared = [_compared_cell([atom[key] for atom in atoms], spread) for key, spread in spreads.items()]
    found = compare(compared, method=method)
    is_deep = [method.is_deep(cell.asked) for cell in compared]
    tested = Counter(deep for deep, of_cell in zip(is_deep, found.cells, strict=True) for one in of_cell if one)
    limits = {deep: _limit(p, tested[deep], method) for deep, p in zip((True, False), found.largest_p, strict=True)}
    return [
        JudgedCell(*key, *spread, limits[deep], _judged([atom[key] for atom in atoms], of_cell, method))
        for (key, spread), deep, of_cell in zip(spreads.items(), is_deep, found.cells, strict=True)
    ]


def beyond(cell: PublishedCell, method: Method = METHOD) -> End | None:
    """The end of 1.5..4.5 beyond which a score lies, or may lie: there it is cut."""
    if cell.figures is None:
        return None
    low, high = method.ends
    if cell.figures.score < low - method.eps:
        return "low"
    return "high" if cell.figures.score > high + method.eps else cell.figures.end


def is_bound(own: End | None, others: Collection[End | None], found: AgainstOthers, method: Method = METHOD) -> bool:
    """Whether a difference is known as a bound only: the group, or everybody else, stands at an end where it was cut.

    `others`: the ends of those that everybody else is made of. Where some of these were cut at the end at which the
    group stands, the difference may be smaller as well, and is no bound.

    >>> high = AgainstOthers(1.0, 3.5, 0.001, 0)
    >>> is_bound("high", [None, None], high), is_bound("high", ["high", None], high), is_bound(None, [None], high)
    (True, False, False)
    """
    towards, away = ("high", "low") if found.difference > 0 else ("low", "high")
    at = dict(zip(("low", "high"), method.ends, strict=True))
    is_rest_at_end = away in others and abs(found.others - at[away]) < method.eps
    return bool(found.difference) and towards not in others and (own == towards or is_rest_at_end)


def _compared_cell(cells: Sequence[PublishedCell], spread: Spread) -> ComparedCell:
    figures = [cell.figures for cell in cells]
    scores = tuple(one.score if one else None for one in figures)
    return ComparedCell(scores, tuple(one.n if one else 0 for one in figures), cells[0].asked, *spread)


def _limit(p: float, tested: int, method: Method) -> float:
    """The largest p with a word, or that with which a single one would have had it."""
    return max(p, method.false_signals / max(1, tested))


def _judged(
    cells: Sequence[PublishedCell], found: Sequence[AgainstOthers | None], method: Method
) -> tuple[Judged | None, ...]:
    """Everybody else is whoever had not left when a group was judged."""
    ends, sizes = [beyond(cell, method) for cell in cells], [cell.figures.n if cell.figures else 0 for cell in cells]
    people, cut = _everybody([one.without if one else None for one in found], sizes, ends)
    return tuple(
        Judged(
            one.difference,
            one.others,
            people[one.without] - size,
            one.without,
            p_told(one, method),
            one.word,
            is_bound(end, _others(cut[one.without], end), one, method),
        )
        if one
        else None
        for one, size, end in zip(found, sizes, ends, strict=True)
    )


def _everybody(
    without: Sequence[int | None], sizes: Sequence[int], ends: Sequence[End | None]
) -> tuple[dict[int, int], dict[int, Counter[End]]]:
    """Once so many had left: how many people all the others are, and how many of their groups were cut at which end."""
    people: dict[int, int] = {}
    cut: dict[int, Counter[End]] = {}
    n, found = 0, Counter[End]()
    staying = ((left, size, end) for left, size, end in zip(without, sizes, ends, strict=True) if left is not None)
    for left, size, end in sorted(staying, key=lambda one: -one[0]):
        n += size
        found = found + Counter([end]) if end else found
        people[left], cut[left] = n, found
    return people, cut


def _others(cut: Counter[End], own: End | None) -> Counter[End]:
    return cut - Counter([own]) if own else cut


def p_told(found: AgainstOthers, method: Method = METHOD) -> float | None:
    """Where the difference is large enough for a word."""
    return three_digits(found.p) if abs(found.difference) >= method.delta - method.eps else None


def three_digits(p: float) -> float:
    """
    >>> three_digits(0.00123456)
    0.00123
    """
    return float(f"{p:.3g}")
