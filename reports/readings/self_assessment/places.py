"""Where a next step might begin: places that a leader's own answers suggest, by a stated rule."""

from collections.abc import Iterator, Sequence

from reports.readings.heatmap import CellView, HeatmapView
from reports.readings.self_assessment.observations import is_in
from reports.scoring import Observation

AT_MOST = 3


def places_to_begin(
    named: Sequence[Observation], *, matters_most: Sequence[str], primary: str, view: HeatmapView
) -> tuple[CellView, ...]:
    """At most three. First the places that stand out as lower: of a space or a condition its lowest cells; then the
    conditions that matter most, in the space of the leader's work, where they are not firmly in place. Cells that tie
    come all or not at all, so that the order of the model never decides in silence.
    """
    chosen: dict[str, CellView] = {}
    lower = [found for found in named if found.side == "lower"]
    for tied in (*_lowest_of(lower, view), *([view.cell(key, primary)] for key in matters_most)):
        fresh = {cell.place: cell for cell in tied if cell.level and cell.level != "firmly"}
        if len(chosen | fresh) <= AT_MOST:
            chosen |= fresh
    return tuple(chosen.values())


def _lowest_of(lower: Sequence[Observation], view: HeatmapView) -> Iterator[list[CellView]]:
    for found in lower:
        cells = [cell for row in view.rows for cell in row.cells if cell.score is not None and is_in(cell, found)]
        lowest = min((cell.score for cell in cells if cell.score is not None), default=None)
        yield [cell for cell in cells if cell.score == lowest]
