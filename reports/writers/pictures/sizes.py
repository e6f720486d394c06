"""How large the cells of a map are drawn, which is the same in its figure and its still image."""

from typing import TypeVar

from reports.readings.heatmap import HeatmapView

Size = TypeVar("Size")


def size_of(view: HeatmapView, one: Size, many: Size, two_lines: Size) -> Size:
    """Of the map of one person, of many, or of many where a cell has two lines beneath its likely range."""
    if view.kind != "survey":
        return one
    return two_lines if any(len(cell.notes) > 1 for row in view.rows for cell in row.cells) else many
