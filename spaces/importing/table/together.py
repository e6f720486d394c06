"""Several sheets as one list: which of them belong together, and where in each of them the people begin."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from spaces.importing.table.addresses import holds_address
from spaces.importing.table.grids import Grid, Line

Cells = tuple[str, ...]
ROWS_ABOVE = 50  # among which the heading of a sheet without addresses is sought


@dataclass
class Sheet:
    grid: Grid

    @cached_property
    def first_address(self) -> int | None:
        places = (place for place, line in enumerate(self.grid.lines) if any(map(holds_address, line.cells)))
        return next(places, None)

    @property
    def has_addresses(self) -> bool:
        return self.first_address is not None

    @property
    def above(self) -> list[Cells]:
        """The rows of which one may be its heading."""
        return [_cells(line) for line in self.grid.lines[: self.first_address if self.has_addresses else ROWS_ABOVE]]

    def heading_at(self, shared: Counter[Cells]) -> int:
        """The fullest row that another sheet has above its people, too, else the fullest of all; −1 where none is.

        People without an address may stand between it and the first address.
        """
        above = self.above
        common = [at for at, row in enumerate(above) if shared[row] > self.has_addresses]
        if common:
            return max(common, key=lambda at: (_fullness(above[at]), at))
        own = range(len(above)) if self.has_addresses else ()
        return max(own, key=lambda at: (_fullness(above[at]), -at), default=-1)


def every(grids: Iterable[Grid]) -> list[Sheet]:
    """Those with addresses first."""
    return sorted(map(Sheet, grids), key=lambda sheet: not sheet.has_addresses)


def alike(grids: Iterable[Grid]) -> list[Sheet]:
    """Every sheet where all with addresses begin alike, but for those that begin otherwise; else the first alone."""
    sheets = every(grids)
    count = sum(sheet.has_addresses for sheet in sheets)
    shared = _shared(sheets)
    headings = [_cells(sheet.grid.lines[at]) if (at := sheet.heading_at(shared)) >= 0 else () for sheet in sheets]
    if count < 2 or len(set(headings[:count])) > 1:
        return sheets[:1]
    others = zip(sheets[count:], headings[count:], strict=True)
    return sheets[:count] + [sheet for sheet, heading in others if heading and heading == headings[0]]


def together(sheets: Sequence[Sheet]) -> Iterator[Line]:
    """Each row with its sheet in the first column, under the heading of the first sheet."""
    shared = _shared(sheets)
    headings = [sheet.heading_at(shared) for sheet in sheets]
    for sheet, heading in zip(sheets, headings, strict=True):
        grid, begin = sheet.grid, heading + 1 if headings[0] >= 0 else 0
        if sheet is sheets[0]:
            yield from (replace(line, cells=[_("Sheet"), *line.cells], sheet=grid.name) for line in grid.lines[:begin])
        yield from (replace(line, cells=[grid.name, *line.cells], sheet=grid.name) for line in grid.lines[begin:])


def _shared(sheets: Iterable[Sheet]) -> Counter[Cells]:
    """In how many sheets a row stands above the first address."""
    return Counter(row for sheet in sheets if sheet.has_addresses for row in set(sheet.above))


def _cells(line: Line) -> Cells:
    return tuple(cell.strip().casefold() for cell in line.cells)


def _fullness(row: Cells) -> int:
    return sum(map(bool, row))
