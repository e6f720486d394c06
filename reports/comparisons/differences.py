"""Each chosen group against everybody else, cell by cell: what the close judged, or that by the same rule.

Pure: no Django. Source: method sheet 2.0, section 7.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import inf, sqrt
from typing import Literal

from reports.publish.cells import PublishedCell, Why
from reports.publish.judgement import Judged, JudgedCell, beyond, is_bound, p_told
from reports.scoring import METHOD, CellKey, Method, display, half_width, held_against

Word = Literal["higher", "lower", "not_clear", "too_few", "no_score", "alike", "nobody_else"]
Cells = Mapping[CellKey, PublishedCell]


@dataclass(frozen=True)
class EverybodyElse:
    """All people of an edition who are not in a group, counted together."""

    score: float  # as displayed; of method 2.0 cut to 1.5..4.5, which stand for all beyond
    n: int
    without: int = 0  # groups that differ so much that they are not among them
    views_differ: bool | None = None  # of method 1.0
    sd: float | None = None


@dataclass(frozen=True)
class Difference:
    """A group less everybody else in one cell, in rating points of one decimal; the ends are those of the interval."""

    word: Word
    others: EverybodyElse | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    is_at_least: bool = False  # a score was cut: it is this or more
    p: float | None = None  # where the difference is large enough for a word
    judged: JudgedCell | None = None  # what it was held against
    why: Why | None = None  # there is no score to compare
    is_mine: bool = True  # … of the group; else of everybody else
    atoms: Set[int] = frozenset()  # of the survey, on which the group's score rests
    with_caution: bool = False  # of method 1.0: groups can only just be told apart


@dataclass(frozen=True)
class ChosenGroup:
    """A group as displayed, and which atoms of the survey it consists of, by their number in tree order."""

    cells: Cells
    atoms: Set[int]


def differences_from_others(
    groups: Sequence[ChosenGroup], atoms: Sequence[Cells], judged: Iterable[JudgedCell], method: Method = METHOD
) -> tuple[dict[CellKey, Difference], ...]:
    """For each of `groups` its cells against everybody else; `atoms`: every atom of the edition, in tree order.

    A group whose score in a cell rests on one atom is that atom, and has its word. Several together were not judged at
    the close: they are held against the atoms outside that had not left everybody's reference (against all outside
    where no more than half of them had stayed), with the SD of the cell and the largest p with a word of its family. So
    no word depends on what else was chosen. Why a cell is not compared: `nobody_else` for a group of everybody,
    `too_few` where a side is hidden, `no_score` where it has words alone.
    """
    held = {one.key: one for one in judged}
    return tuple(
        {key: _difference(group, [atom[key] for atom in atoms], key, held[key], method) for key in group.cells}
        for group in groups
    )


def _difference(
    group: ChosenGroup, atoms: Sequence[PublishedCell], key: CellKey, held: JudgedCell, method: Method
) -> Difference:
    own, outside = group.cells[key], [at for at in range(len(atoms)) if at not in group.atoms]
    inside = [at for at in sorted(group.atoms) if atoms[at].figures]
    others = [at for at in outside if atoms[at].figures]
    if not outside:
        return Difference("nobody_else")
    if own.figures is None:
        return _uncompared([own], is_mine=True)
    if not others:
        return _uncompared([atoms[at] for at in outside], is_mine=False)
    one = held.groups[inside[0]] if len(inside) == 1 else _several(own, atoms, others, held, method)
    return replace(_found(own, one, held, method), atoms=frozenset(inside)) if one else Difference("too_few")


def _uncompared(cells: Iterable[PublishedCell], *, is_mine: bool) -> Difference:
    words = [cell.word for cell in cells if cell.word]
    if words:
        return Difference("no_score", why=words[0].why, is_mine=is_mine)
    return Difference("too_few", is_mine=is_mine)


def _several(
    own: PublishedCell, atoms: Sequence[PublishedCell], outside: Sequence[int], held: JudgedCell, method: Method
) -> Judged | None:
    """As at the close. Where one atom has a word the rest of the survey is set against the others without it, and so is
    a group of several."""
    stayed = [at for at in outside if at not in held.left]
    among = stayed if 2 * len(stayed) > len(outside) else outside
    sides = [(figures.score, figures.n) for at in among if (figures := atoms[at].figures)]
    if own.figures is None:
        return None
    mine = (own.figures.score, own.figures.n)
    found = held_against(mine, sides, sd=held.sd, df=held.df, limit=held.limit, method=method)
    ends = [beyond(atoms[at], method) for at in among]
    return Judged(
        found.difference,
        found.others,
        sum(n for _score, n in sides),
        len(outside) - len(among),
        p_told(found, method),
        found.word,
        is_bound(beyond(own, method), ends, found, method),
    )


def _found(own: PublishedCell, one: Judged, held: JudgedCell, method: Method) -> Difference:
    n = own.figures.n if own.figures else 0
    spread = held.sd * sqrt(1 / n + 1 / one.people)
    half = half_width(spread, 1, inf if held.df is None else held.df, method)
    return Difference(
        word="not_clear" if one.word == "no_clear_difference" else one.word,
        others=EverybodyElse(one.others, one.people, one.without),
        difference=one.difference,
        low=signed_display(one.difference - half, method),
        high=signed_display(one.difference + half, method),
        is_at_least=one.is_at_least,
        p=one.p,
        judged=held,
    )


def signed_display(value: float, method: Method = METHOD) -> float:
    """A signed figure to one decimal, half away from zero.

    >>> signed_display(-0.25), signed_display(0.25)
    (-0.3, 0.3)
    """
    shown = display(abs(value), method=method)
    return -shown if value < 0 else shown
