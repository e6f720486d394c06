"""A comparison worked out again from displayed values, as a reader with a pocket calculator would. Shares no code with
the method: fractions, loops and a table of t."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor, sqrt

from scipy import stats

Cell = Mapping[str, object]
CellKey = tuple[str, str]


def tenths(value: float) -> Fraction:
    """A printed figure of one decimal, exactly."""
    return Fraction(round(10 * value), 10)


def printed(value: float | Fraction) -> float:
    """To one decimal, half away from zero."""
    shown = floor(10 * abs(value) + Fraction(1, 2) + Fraction(1, 10**9)) / 10
    return -shown if value < 0 else shown


def table_of_t(df: float) -> float:
    return float(stats.t.ppf(0.975, df))


def one_group(atoms: Sequence[Cell]) -> tuple[Fraction, int, float] | None:
    """Score, people, SD of one side; None where it is hidden. Several are counted together."""
    shown = [atom for atom in atoms if atom["state"] == "scored"]
    if not shown:
        return None
    n = sum(atom["n"] for atom in shown)
    if len(atoms) > 1:
        mean = sum(tenths(atom["score"]) * atom["n"] for atom in shown) / n
        typical = 0.70 if shown[0]["asked"] >= 4 else 0.85
        return tenths(printed(mean)), n, 1.00 if any(atom["views_differ"] for atom in shown) else typical
    [atom] = shown
    if atom["split"] is None:
        typical = 0.70 if atom["asked"] >= 4 else 0.85
        return tenths(atom["score"]), n, 1.00 if atom["agreement"] == "wide" else typical
    half = max(tenths(atom["score"]) - tenths(atom["low"]), tenths(atom["high"]) - tenths(atom["score"]))
    return tenths(atom["score"]), n, float(half) * sqrt(n) / table_of_t(n + 3)


def others_together(atoms: Sequence[Cell]) -> tuple[Fraction, int, float] | None:
    """Everybody else is counted together, even where that is one atom: its own range is not used."""
    shown = [atom for atom in atoms if atom["state"] == "scored"]
    return one_group([*shown, {"state": "too_few_people"}]) if shown else None


def compared(group, others) -> dict | None:
    """None where a side is hidden or of fewer than five."""
    if group is None or others is None or min(group[1], others[1]) < 5:
        return None
    (mean, n, sd), (other_mean, other_n, other_sd) = group, others
    difference = mean - other_mean
    v, w = sd**2 / n, other_sd**2 / other_n
    if v + w == 0:
        return {"d": difference, "low": float(difference), "high": float(difference), "p": None}
    df = (v + w) ** 2 / (v**2 / (n + 3) + w**2 / (other_n + 3))
    reach = table_of_t(df) * sqrt(v + w)
    p = float(2 * stats.t.sf(abs(float(difference)) / sqrt(v + w), df))
    return {"d": difference, "low": float(difference) - reach, "high": float(difference) + reach, "p": p}


def false_signal(p: float, every: Sequence[float]) -> bool:
    """Whether fewer than nine in ten of the signals as strong as this would be true (Benjamini & Hochberg 1995)."""
    if len(every) < 5:
        return False
    ranked = sorted(every)
    return not any(
        ranked[rank - 1] >= p and ranked[rank - 1] * len(ranked) / rank <= 0.10 for rank in range(1, len(ranked) + 1)
    )


def difference_said(
    groups: Sequence[Sequence[Mapping[CellKey, Cell]]],
    everybody_else: Sequence[Sequence[Mapping[CellKey, Cell]]],
    between: Mapping[CellKey, str],
) -> list[dict[CellKey, tuple]]:
    """Of every group (its atoms) and place: the word, and where it was compared the figure, low and high as printed."""
    sides = [
        {place: ([atom[place] for atom in atoms], [atom[place] for atom in others]) for place in groups[0][0]}
        for atoms, others in zip(groups, everybody_else, strict=True)
    ]
    found = [
        {place: compared(one_group(atoms), others_together(others)) for place, (atoms, others) in cells.items()}
        for cells in sides
    ]
    tested = [one["p"] for group in found for place, one in group.items() if one and between[place] != "alike"]
    return [
        {place: _word(*cells[place], between[place]) or _figures(one, tested) for place, one in group.items()}
        for cells, group in zip(sides, found, strict=True)
    ]


def _word(atoms: Sequence[Cell], others: Sequence[Cell], gate: str) -> tuple | None:
    """Where nothing is compared."""
    if not others:
        return ("nobody_else",)
    shown = [[cell["n"] for cell in side if cell["state"] == "scored"] for side in (atoms, others)]
    if not all(shown):
        return ("too_few",)
    if gate == "alike":
        return ("alike",)
    return ("too_few",) if min(map(sum, shown)) < 5 else None


def _figures(one: Mapping, tested: Sequence[float]) -> tuple:
    figures = printed(one["d"]), printed(one["low"]), printed(one["high"])
    is_large = abs(one["d"]) >= Fraction(3, 10)
    excludes_zero = one["low"] > 1e-9 or one["high"] < -1e-9
    if not is_large or not excludes_zero or (one["p"] is not None and false_signal(one["p"], tested)):
        return ("not_clear", *figures)
    return ("higher" if one["d"] > 0 else "lower", *figures)
