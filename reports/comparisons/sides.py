"""One side of a comparison, from displayed values only: a published cell, or several counted together.

Pure: no Django. Source: method sheet, sections 9 and 13.
"""

from collections.abc import Iterable

from reports.publish.cells import HIGH_END, LOW_END, CellFigures, End, PublishedCell, assumed_sd
from reports.scoring import METHOD, Method, Side, display, half_width, level, published_range


def side(figures: CellFigures, asked: int, method: Method = METHOD) -> Side:
    """Mean, people and SD of a cell of `asked` statements as a reader could work them out from the page."""
    n = figures.n
    return Side(figures.score, n, displayed_sd(figures, asked, method), n - 1 + method.nu0)


def displayed_sd(figures: CellFigures, asked: int, method: Method = METHOD) -> float:
    """The SD of the published range, in rating points.

    Where the range was made with a typical SD, that one. Where it was made with the group's own, what the wider half of
    the printed range gives back: the other may have been cut to the scale. Exact to the rounding of one decimal.
    """
    if not figures.is_of_tens:
        return assumed_sd(asked, views_differ=figures.views_differ, method=method)
    half = max(figures.score - figures.low, figures.high - figures.score)
    return half / half_width(1.0, figures.n, figures.n - 1 + method.nu0, method)


def counted_together(cells: Iterable[PublishedCell], method: Method = METHOD) -> PublishedCell:
    """One cell of several groups together: n, the mean of their scores weighted by n, and a range from the typical SD
    (1.00 where views differ in any of them). It has no agreement and no camps, and so is not of tens.

    Groups in which the cell is hidden are left out and counted in `without`. Raises IndexError for no cells.

    >>> def cell(score, n):
    ...     figures = CellFigures(n, 0, score, None, level(score), score, score, False, None, None, False, None)
    ...     return PublishedCell("task", "team", 7, figures)
    >>> both = counted_together([cell(3.0, 10), cell(4.0, 30)]).figures
    >>> both.score, both.n, both.low, both.high
    (3.8, 40, 3.6, 4.0)
    """
    every = list(cells)
    head = every[0]
    shown = [cell.figures for cell in every if cell.figures]
    figures = _together(shown, head.asked, len(every) - len(shown), method) if shown else None
    return PublishedCell(head.condition, head.space, head.asked, figures)


def _together(shown: list[CellFigures], asked: int, hidden: int, method: Method) -> CellFigures:
    n = sum(figures.n for figures in shown)
    score = display(sum(figures.score * figures.n for figures in shown) / n, method=method)
    views_differ = any(figures.views_differ for figures in shown)
    sd = assumed_sd(asked, views_differ=views_differ, method=method)
    low, high = published_range(score, n, sd=sd, method=method)
    return CellFigures(
        n=n,
        without=sum(figures.without for figures in shown) + hidden,
        score=score,
        end=_end(score, shown, method),
        level=level(score, method=method),
        low=low,
        high=high,
        is_pale=level(low, method=method) != level(high, method=method),
        agreement=None,
        is_split=None,
        views_differ=views_differ,
        could_not_judge=None,
    )


def _end(score: float, shown: Iterable[CellFigures], method: Method) -> End | None:
    """Whether the mean stands at an end to which one of its parts was cut."""
    ends = {figures.end for figures in shown}
    if "low" in ends and score <= LOW_END + method.eps:
        return "low"
    return "high" if "high" in ends and score >= HIGH_END - method.eps else None
