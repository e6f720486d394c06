"""What comparisons of a survey's groups are held against: the spread inside groups, as a class for each cell."""

from reports.disclosure import Mask
from reports.publish.responses import Cells
from reports.publish.tallies import MIDDLE, Tally
from reports.scoring import METHOD, Method, sd_class, typical_sd

Spread = tuple[float, int | None]  # SD in rating points; its degrees of freedom, None for normal quantiles


def sd_classes(tally: Tally, shown: Mask, cells: Cells, method: Method = METHOD) -> list[Spread]:
    """Cell by cell, pooled inside the atoms that are `shown` in it (atoms, cells); where they are too few, the typical.

    One decimal for a whole survey, from five groups and thirty people, with the weight of twenty people on what is
    typical: beside the means and sizes of groups it gives the spread of none of them. Whether there is a class, and its
    degrees of freedom, follow from those who count towards k alone, as every number of people does.
    """
    of = tally.cells
    squares = of.squares - (of.total - MIDDLE * of.people) ** 2 / of.people.clip(1)
    return [
        _spread(
            float((squares * shown)[:, place].sum()),
            people=int((of.people * shown)[:, place].sum()),
            counted=int((of.voices * shown)[:, place].sum()),
            groups=int(shown[:, place].sum()),
            asked=len(statements),
            method=method,
        )
        for place, statements in enumerate(cells.values())
    ]


def _spread(squares: float, *, people: int, counted: int, groups: int, asked: int, method: Method) -> Spread:
    if groups < method.class_groups or counted < method.class_people:
        return typical_sd(asked, method), None
    sd, _df = sd_class(squares, people=people, groups=groups, asked=asked, method=method)
    return sd, counted - groups + method.class_weight
