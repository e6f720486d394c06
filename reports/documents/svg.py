"""The heatmap as a still image. One template serves SVG, PNG and PDF; every word and fill comes from the view."""

from django.template.loader import render_to_string
from django.utils.text import Truncator

from reports import palette
from reports.reading import HeatmapView

WIDTH = 640
LABELS = 136  # the column of row names
TOP = 94  # caption, rings, column names
GAP = 4
CELL_HEIGHT = 66
BELOW = 92  # legend and note


def heatmap_svg(view: HeatmapView, *, prefix: str = "heatmap", margin: int = 0) -> str:
    """One person's heatmap, 640 px wide and `margin` px of paper around it.

    `prefix` begins every id, so that several images may stand in one document.
    """
    cell_width = _part(WIDTH - LABELS, len(view.columns))
    key_width = _part(WIDTH, len(view.legend))
    bottom = TOP + len(view.rows) * (CELL_HEIGHT + GAP)
    xs = [LABELS + at * (cell_width + GAP) for at in range(len(view.columns))]
    context = {
        "view": view,
        "caption": Truncator(view.caption).chars(88),  # a long name would leave the picture
        "prefix": prefix,
        "start": -margin,
        "width": WIDTH + 2 * margin,
        "height": bottom + BELOW + 2 * margin,
        "cell_width": cell_width,
        "cell_height": CELL_HEIGHT,
        "cell_middle": cell_width // 2,
        "key_width": key_width,
        "legend_y": bottom + 10,
        "note_y": bottom + BELOW - 6,
        "heads": [
            {
                "column": column,
                "middle": x + cell_width // 2,
                "dot": palette.RING_DOTS[column.key],
                "ring": palette.RINGS.get(column.key),
            }
            for x, column in zip(xs, view.columns, strict=True)
        ],
        "lines": [
            {
                "row": row,
                "y": TOP + at * (CELL_HEIGHT + GAP),
                "boxes": [{"x": x, "cell": cell} for x, cell in zip(xs, row.cells, strict=True)],
            }
            for at, row in enumerate(view.rows)
        ],
        "keys": [{"x": at * (key_width + GAP), "level": level} for at, level in enumerate(view.legend)],
        "font": palette.FONT,
        "ink": palette.INK,
        "ink_2": palette.INK_2,
        "line_strong": palette.LINE_STRONG,
        "hatch": palette.HATCH,
        "paper": palette.PAPER,
        "rim": palette.RING_RIM,
    }
    return render_to_string("documents/heatmap.svg", context).strip()


def _part(width: int, parts: int) -> int:
    """The width of each of `parts` equal boxes with gaps between them."""
    return (width - GAP * (parts - 1)) // parts
