"""The heatmap as a PNG for slides and messages: the SVG, drawn with our own fonts."""

from pathlib import Path

import resvg_py

from reports.readings.heatmap import HeatmapView
from reports.writers.pictures.svg import heatmap_svg

FONTS = Path(__file__).parents[1] / "fonts"
MARGIN = 24  # px of paper around the drawing


def heatmap_png(view: HeatmapView, *, name: str = "", zoom: int = 2) -> bytes:
    """`zoom` 2 gives twice the pixels of the drawing. Scripts that our fonts lack fall back to the system's."""
    drawing = heatmap_svg(view, name=name, margin=MARGIN)
    return bytes(
        resvg_py.svg_to_bytes(svg_string=drawing, zoom=zoom, font_dirs=[str(FONTS)], font_family="Source Sans 3")
    )
