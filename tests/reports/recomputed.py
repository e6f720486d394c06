"""A comparison worked out again from displayed values, as a reader with a pocket calculator would. Shares no code with
the method: fractions, loops, tables of t and of the normal distribution. Given are the cells of every group of the
survey, and of each cell the SD inside groups with its degrees of freedom."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import floor, sqrt
from typing import NamedTuple

from scipy import stats

Cell = Mapping[str, object]
CellKey = tuple[str, str]
Spread = tuple[float, int | None]
Side = tuple[Fraction, int]  # score cut to 1.5..4.5, people


class Row(NamedTuple):
    """One group against everybody else in one cell."""

    difference: Fraction
    others: Fraction
    people: int
    without: int
    p: float


class Judged(NamedTuple):
    rows: Mapping[CellKey, Mapping[int, Row]]  # cell → group → row
    words: Mapping[tuple[CellKey, int], str]
    limits: Mapping[bool, float]  # of deep cells (True) and of brief ones
    sides: Mapping[CellKey, Mapping[int, Side]]
    spreads: Mapping[CellKey, Spread]


def cut(score: float) -> Fraction:
    return min(Fraction(45, 10), max(Fraction(15, 10), Fraction(round(10 * score), 10)))


def printed(value: float | Fraction) -> float:
    """To one decimal, half away from zero."""
    shown = floor(10 * abs(value) + Fraction(1, 2) + Fraction(1, 10**9)) / 10
    return -shown if value < 0 else shown


def half_up(value: Fraction) -> Fraction:
    return Fraction(floor(10 * value + Fraction(1, 2)), 10)


def against(side: Side, others: Sequence[Side], spread: Spread) -> tuple[Fraction, Fraction, int, float]:
    """Difference, everybody else, how many these are, p."""
    (score, n), people = side, sum(size for _score, size in others)
    mean = half_up(sum(one * size for one, size in others) / people)
    z = abs(float(score - mean)) / (spread[0] * sqrt(1 / n + 1 / people))
    p = 2 * (stats.norm.sf(z) if spread[1] is None else stats.t.sf(z, spread[1]))
    return score - mean, mean, people, float(p)


def stepping_down(sides: Mapping[int, Side], spread: Spread) -> dict[int, Row]:
    """One cell: who is most unlike the others leaves, and so on."""
    found: dict[int, Row] = {}
    staying, least = dict(sides), 0.0
    while len(sides) > 1:
        rows = {}
        for one, side in staying.items():
            difference, mean, people, p = against(side, [of for at, of in staying.items() if at != one], spread)
            rows[one] = Row(difference, mean, people, len(sides) - len(staying), max(p, least))
        unlike = [at for at, row in rows.items() if row.p <= 0.05 and abs(row.difference) >= Fraction(3, 10)]
        if not unlike or len(staying) <= max(3, len(sides) / 2):
            return found | rows
        leaving = min(unlike, key=lambda at: (rows[at].p, -abs(rows[at].difference), at))
        found[leaving], least = rows[leaving], rows[leaving].p
        del staying[leaving]
    return found


def judged(atoms: Sequence[Mapping[CellKey, Cell]], spreads: Mapping[CellKey, Spread]) -> Judged:
    """All groups of a survey in all cells, with their words."""
    sides = {place: _sides(atoms, place) for place in spreads}
    rows = {place: stepping_down(sides[place], spread) for place, spread in spreads.items()}
    words: dict[tuple[CellKey, int], str] = {}
    limits = {}
    for deep in (True, False):
        family = {
            (place, at): row for place in rows if _is_deep(atoms, place) is deep for at, row in rows[place].items()
        }
        ranked = sorted(row.p for row in family.values())
        passed = [p for rank, p in enumerate(ranked, start=1) if p * len(ranked) <= 0.05 * rank]
        named = {
            one: row
            for one, row in family.items()
            if passed and row.p <= passed[-1] and abs(row.difference) >= Fraction(3, 10)
        }
        words |= {one: "higher" if row.difference > 0 else "lower" for one, row in named.items()}
        limits[deep] = max([row.p for row in named.values()] + [0.05 / max(1, len(ranked))])
    return Judged(rows, words, limits, sides, spreads)


def difference_said(
    groups: Sequence[Mapping[CellKey, Cell]],
    inside: Sequence[Collection[int]],
    atoms: Sequence[Mapping[CellKey, Cell]],
    spreads: Mapping[CellKey, Spread],
) -> list[dict[CellKey, tuple]]:
    """Of every group (its cells as displayed, and which atoms it is made of) and place: the word, and where it was
    compared the figure, low and high as printed, everybody else, and how many groups were left out of these."""
    whole = judged(atoms, spreads)
    return [
        {place: _why_not(cell, of, atoms, place) or _said(cell, of, whole, place) for place, cell in group.items()}
        for group, of in zip(groups, inside, strict=True)
    ]


def _why_not(own: Cell, of: Collection[int], atoms: Sequence, place: CellKey) -> tuple | None:
    outside = [atom[place] for at, atom in enumerate(atoms) if at not in of]
    if not outside:
        return ("nobody_else",)
    for cells in ([own], outside):
        states = {cell["state"] for cell in cells}
        if "scored" not in states:
            return ("no_score",) if "word" in states else ("too_few",)
    return None


def _said(own: Cell, of: Collection[int], whole: Judged, place: CellKey) -> tuple:
    rows, spread = whole.rows[place], whole.spreads[place]
    scored = [at for at in of if at in whole.sides[place]]
    if len(scored) == 1:
        row = rows[scored[0]]
        word = whole.words.get((place, scored[0]), "not_clear")
    else:
        row = _several(own, of, whole, place)
        is_clear = row.p <= whole.limits[own["asked"] >= 4] and abs(row.difference) >= Fraction(3, 10)
        word = ("higher" if row.difference > 0 else "lower") if is_clear else "not_clear"
    quantile = stats.norm.ppf(0.975) if spread[1] is None else stats.t.ppf(0.975, spread[1])
    reach = float(quantile) * spread[0] * sqrt(1 / own["n"] + 1 / row.people)
    ends = (printed(float(row.difference) + side * reach) for side in (-1, 1))
    return (word, float(row.difference), *ends, float(row.others), row.people, row.without)


def _several(own: Cell, of: Collection[int], whole: Judged, place: CellKey) -> Row:
    rows, sides = whole.rows[place], whole.sides[place]
    most = max((row.without for row in rows.values()), default=0)
    scored = [at for at in sides if at not in of]
    stayed = [at for at in scored if at not in rows or rows[at].without == most]
    among = stayed if len(stayed) > len(scored) - len(stayed) else scored
    mine, others = (cut(own["score"]), own["n"]), [sides[at] for at in among]
    difference, mean, people, p = against(mine, others, whole.spreads[place])
    return Row(difference, mean, people, len(scored) - len(among), p)


def _sides(atoms: Sequence[Mapping[CellKey, Cell]], place: CellKey) -> dict[int, Side]:
    return {
        at: (cut(atom[place]["score"]), atom[place]["n"])
        for at, atom in enumerate(atoms)
        if atom[place]["state"] == "scored"
    }


def _is_deep(atoms: Sequence[Mapping[CellKey, Cell]], place: CellKey) -> bool:
    return atoms[0][place]["asked"] >= 4
