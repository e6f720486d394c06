"""What comparisons of a survey's groups are held against: the spread inside groups, as a class for each cell."""

from reports.disclosure import Mask
from reports.publish.responses import Cells
from reports.publish.tallies import MIDDLE, Tally
from reports.scoring import METHOD, Method, sd_class

Spread = tuple[float, int | None]  # SD in rating points; its degrees of freedom, None for normal quantiles


def sd_classes(tally: Tally, shown: Mask, cells: Cells, method: Method = METHOD) -> list[Spread]:
    """Cell by cell, pooled inside the atoms that are `shown` in it (atoms, cells), with its degrees of freedom: None
    where groups or people are too few, and the class is the typical one.

    One decimal for a whole survey, from five groups and thirty people, with the weight of twenty people on what is
    typical: beside the means and sizes of groups it gives the spread of none of them. The degrees of freedom are of
    those who count towards k: whether anybody else answered follows from no number.
    """
    of = tally.cells
    squares = of.squares - (of.total - MIDDLE * of.people) ** 2 / of.people.clip(1)
    return [
        sd_class(
            float((squares * shown)[:, place].sum()),
            people=int((of.voices * shown)[:, place].sum()),
            groups=int(shown[:, place].sum()),
            asked=len(statements),
            method=method,
        )
        for place, statements in enumerate(cells.values())
    ]
