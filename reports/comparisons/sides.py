"""One side of a comparison, from displayed values only: a published cell, or several counted together.

Pure: no Django. Source: method sheet, sections 9 and 13.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from reports.publish.cells import HIGH_END, LOW_END, assumed_sd
from reports.scoring import METHOD, Method, Side, display, half_width, level, published_range

Cell = Mapping[str, Any]  # as `reports.publish.content` writes it


def side(cell: Cell, method: Method = METHOD) -> Side:
    """Mean, people and SD of a scored cell as a reader could work them out from the page."""
    n = cell["n"]
    return Side(cell["score"], n, displayed_sd(cell, method), n - 1 + method.nu0)


def displayed_sd(cell: Cell, method: Method = METHOD) -> float:
    """The SD of the published range, in rating points.

    Where the range was made with a typical SD, that one. Where it was made with the group's own, what the wider half of
    the printed range gives back: the other may have been cut to the scale. Exact to the rounding of one decimal.
    """
    if not is_own_sd(cell):
        return assumed_sd("wide" if cell["views_differ"] else None, cell["asked"], method)
    half: float = max(cell["score"] - cell["low"], cell["high"] - cell["score"])
    n = cell["n"]
    return half / half_width(1.0, n, n - 1 + method.nu0, method)


def is_own_sd(cell: Cell) -> bool:
    """Whether ten stand behind the cell: only then is it said whether there are two camps."""
    return cell["split"] is not None


def counted_together(cells: Iterable[Cell], method: Method = METHOD) -> dict[str, Any]:
    """One cell of several groups together, in the shape of a published one: n, the mean of their scores weighted by n,
    and a range from the typical SD (1.00 where views differ in any of them). It has no agreement and no camps.

    Groups in which the cell is hidden are left out and counted in `without`. Raises IndexError for no cells.

    >>> north = {"condition": "task", "space": "team", "asked": 7, "state": "scored", "score": 3.0, "end": None,
    ...          "views_differ": False, "n": 10, "without": 0}
    >>> both = counted_together([north, north | {"score": 4.0, "n": 30}])
    >>> both["score"], both["n"], both["low"], both["high"]
    (3.8, 40, 3.6, 4.0)
    """
    every = list(cells)
    shown = [cell for cell in every if cell["state"] == "scored"]
    head = {name: every[0][name] for name in ("condition", "space", "asked")}
    if not shown:
        return {**head, "state": "too_few_people", "score": None, "level": None}
    n = sum(cell["n"] for cell in shown)
    score = display(sum(cell["score"] * cell["n"] for cell in shown) / n, method=method)
    views_differ = any(cell["views_differ"] for cell in shown)
    low, high = published_range(
        score, n, sd=assumed_sd("wide" if views_differ else None, head["asked"], method), method=method
    )
    return {
        **head,
        "state": "scored",
        "score": score,
        "end": _end(score, shown, method),
        "level": level(score, method=method),
        "low": low,
        "high": high,
        "pale": level(low, method=method) != level(high, method=method),
        "agreement": None,
        "split": None,
        "views_differ": views_differ,
        "could_not_judge": None,
        "n": n,
        "without": sum(cell["without"] for cell in shown) + len(every) - len(shown),
    }


def _end(score: float, shown: Iterable[Cell], method: Method) -> str | None:
    """Whether the mean stands at an end to which one of its parts was cut."""
    ends = {cell["end"] for cell in shown}
    if "low" in ends and score <= LOW_END + method.eps:
        return "low"
    return "high" if "high" in ends and score >= HIGH_END - method.eps else None
