"""Where a next step might begin: places that a leader's own answers suggest, by a stated rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.readings.heatmap import CellView, HeatmapView
from reports.readings.self_assessment.observations import is_in
from reports.scoring import Observation

AT_MOST = 3


@dataclass(frozen=True)
class PlaceToBegin:
    cell: CellView
    why: str  # "It came out lower."


def places_to_begin(
    named: Sequence[Observation], *, matters_most: Sequence[str], primary: str, view: HeatmapView
) -> tuple[PlaceToBegin, ...]:
    """At most three. First the places that stand out as lower: of a space or a condition its lowest cells, and where
    these are too many, those that the leader's own choices single out. Then the conditions that matter most and are not
    among them, in the space of the leader's work, where they are not firmly in place. Cells that tie come all or not at
    all, so that the order of the model never decides in silence.
    """
    chosen: dict[str, PlaceToBegin] = {}

    def add(tied: Iterable[CellView], why: str) -> bool:
        fresh = {cell.place: PlaceToBegin(cell, why) for cell in tied if cell.level and cell.level != "firmly"}
        fits = len(fresh | chosen) <= AT_MOST
        if fits:
            chosen.update(fresh | chosen)
        return fits

    for found in named:
        if found.side == "lower":
            lowest = _lowest_of(found, view)
            if add(lowest, _("It came out lower.")):
                continue
            if found.space:
                add(
                    [cell for cell in lowest if cell.condition in matters_most],
                    _("Its space came out lower, and you said that this condition matters most right now."),
                )
            else:
                add(
                    [cell for cell in lowest if cell.space == primary],
                    _("Its condition came out lower, and this is the space of your main work."),
                )
    also = [key for key in matters_most if key not in {place.cell.condition for place in chosen.values()}]
    add([view.cell(key, primary) for key in also], _("You said that this condition matters most right now."))
    return tuple(chosen.values())


def _lowest_of(found: Observation, view: HeatmapView) -> list[CellView]:
    scored = [cell for row in view.rows for cell in row.cells if cell.score is not None and is_in(cell, found)]
    lowest = min((cell.score for cell in scored if cell.score is not None), default=None)
    return [cell for cell in scored if cell.score == lowest]
