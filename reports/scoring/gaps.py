"""How a leader's own view differs from that of others in a 360, and whether that could be chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from scipy.special import ndtr, stdtr

from reports.scoring.compare import benjamini_hochberg
from reports.scoring.levels import within_ends
from reports.scoring.method import METHOD, Method

GapWord = Literal["clear", "possible"]


@dataclass(frozen=True)
class GapCell:
    """One cell: self-rating and others' score as displayed (None where there is none), people, SD, statements."""

    own: float | None
    others: float | None
    n: int
    s: float
    asked: int


def gaps(cells: Sequence[GapCell], *, method: Method = METHOD) -> tuple[GapWord | None, ...]:
    """For each cell whether own and others' view clearly or possibly differ; None below half a point.

    Both are cut to 1.5..4.5. People usually rate themselves 0.2 higher: that much of a higher own view is not tested.
    `v = s²/n + .15² + .65²/m`; clear where the p-value is at most .05 and, adjusted within its family of deep or brief
    cells, .10. Source: method sheet 2.0, section 11 (leniency: Heidemeier & Moser 2009).

    >>> gaps([GapCell(4.6, 3.2, 8, 0.7, 7), GapCell(4.0, 3.5, 8, 0.7, 7), GapCell(3.6, 3.5, 8, 0.7, 7)])
    ('clear', 'possible', None)
    """
    found = [_gap(cell, method) for cell in cells]
    adjusted: dict[int, float] = {}
    for family in (True, False):
        places = [at for at, one in enumerate(found) if one and method.is_deep(cells[at].asked) is family]
        together = benjamini_hochberg([one[1] for at in places if (one := found[at])])
        adjusted |= dict(zip(places, together, strict=True))
    return tuple(_word(*one, adjusted[at], method) if one else None for at, one in enumerate(found))


def _gap(cell: GapCell, method: Method) -> tuple[float, float] | None:
    """(gap, p)."""
    if cell.own is None or cell.others is None:
        return None
    gap = round(within_ends(cell.own, method=method) - within_ends(cell.others, method=method), 1)
    tested = gap - method.leniency if gap > method.leniency else min(gap, 0.0)
    of_others = cell.s**2 / cell.n
    variance = of_others + method.occasion_sd**2 + method.gap_sd**2 / cell.asked
    t = -abs(tested) / sqrt(variance)
    uncertain = of_others**2 / (cell.n - 1 + method.nu0)  # 0 where a range of many who agree is printed without width
    return gap, float(2 * (stdtr(variance**2 / uncertain, t) if uncertain else ndtr(t)))


def _word(gap: float, p: float, adjusted: float, method: Method) -> GapWord | None:
    if abs(gap) < method.gap - method.eps:
        return None
    is_clear = p <= method.chance + method.eps and adjusted <= method.gap_signals + method.eps
    return "clear" if is_clear else "possible"
