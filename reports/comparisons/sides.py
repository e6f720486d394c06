"""Several groups counted together, from displayed values only: a grouping of the reader's own.

Pure: no Django. Source: method sheet 2.0, section 9.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reports.publish.cells import CellFigures, CellWord, PublishedCell
from reports.scoring import METHOD, End, Method, assumed_sd, display, level, level_words, published_range


def counted_together(cells: Iterable[PublishedCell], method: Method = METHOD) -> PublishedCell:
    """One cell of several groups together: n, the mean of their scores weighted by n, and a range from the typical SD
    (a wider one where views differ in any of them). It has no agreement and no camps, and so is not of tens.

    Groups in which the cell is hidden are left out and counted in `without`; those that have a word and no score are
    left out and their people counted in `without_people`. Where all have words only, it is the word that they share.
    Raises IndexError for no cells.

    >>> def cell(score, n):
    ...     figures = CellFigures(n, 0, score, None, "mostly", ("mostly",), score, score, None, None, None)
    ...     return PublishedCell("task", "team", 7, figures)
    >>> both = counted_together([cell(3.0, 10), cell(4.0, 30)]).figures
    >>> both.score, both.n, both.low, both.high
    (3.8, 40, 3.6, 4.0)
    """
    every = list(cells)
    head = every[0]
    scored = [cell.figures for cell in every if cell.figures]
    words = [cell.word for cell in every if cell.word]
    hidden = len(every) - len(scored) - len(words) + sum(of.without for of in scored) + sum(of.without for of in words)
    if scored:
        left_out = sum(of.without_people for of in scored) + sum(of.without_people + of.n for of in words)
        figures = replace(_together(scored, head.asked, method), without=hidden, without_people=left_out)
        return PublishedCell(head.condition, head.space, head.asked, figures)
    return PublishedCell(head.condition, head.space, head.asked, None, _in_a_word(words, hidden) if words else None)


def _in_a_word(words: Sequence[CellWord], hidden: int) -> CellWord:
    """What lies on one level in every part lies on it in all of them."""
    levels = {one.level for one in words}
    return CellWord(
        n=sum(one.n for one in words),
        without=hidden,
        level=levels.pop() if len(levels) == 1 else None,
        why=words[0].why,
        without_people=sum(one.without_people for one in words),
    )


def _together(shown: Sequence[CellFigures], asked: int, method: Method) -> CellFigures:
    n = sum(figures.n for figures in shown)
    score = display(sum(figures.score * figures.n for figures in shown) / n, method=method)
    views_differ = any(figures.views_differ for figures in shown)
    sd = assumed_sd(asked, views_differ=views_differ, method=method)
    end = _end(score, shown, method)
    beyond = end if method.version == METHOD.version else None  # ranges of the first method stopped at their own half
    low, high = published_range(score, n, sd, end=beyond, method=method)
    return CellFigures(
        n=n,
        without=0,
        score=score,
        end=end,
        level=level(score, method=method),
        levels=level_words(score, n, sd, asked=asked, method=method),
        low=low,
        high=high,
        agreement="wide" if views_differ else None,
        is_split=None,
        could_not_judge=None,
    )


def _end(score: float, shown: Iterable[CellFigures], method: Method) -> End | None:
    """Whether the mean stands at an end to which one of its parts was cut."""
    ends = {figures.end for figures in shown}
    if "low" in ends and score <= method.ends[0] + method.eps:
        return "low"
    return "high" if "high" in ends and score >= method.ends[1] - method.eps else None
