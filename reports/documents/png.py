"""The heatmap as a PNG for slides and messages: the SVG, drawn with our own fonts."""

from pathlib import Path

import resvg_py

from reports.documents.svg import heatmap_svg
from reports.reading import HeatmapView

FONTS = Path(__file__).parent / "fonts"
MARGIN = 24  # px of paper around the drawing


def heatmap_png(view: HeatmapView, *, zoom: int = 2) -> bytes:
    """`zoom` 2 gives twice the pixels of the drawing. Scripts that our fonts lack fall back to the system's."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=heatmap_svg(view, margin=MARGIN), zoom=zoom, font_dirs=[str(FONTS)], font_family="Source Sans 3"
        )
    )
