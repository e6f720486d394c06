"""The key of the four levels."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from pptx.slide import Slide as Page

from reports.readings import palette
from reports.readings.heatmap import LegendView
from reports.writers.powerpoint.shapes import Box
from reports.writers.powerpoint.tables import border, fill_cell, table
from reports.writers.powerpoint.text import line_of, size_on_one_line


def level_key(page: Page, box: Box, legend: Sequence[LegendView], *, size: float) -> None:
    """Four fills with words and borders beneath, as one table."""
    bar = box.height * 0.28
    levels = ", ".join(f"{level.label}: {level.borders}" for level in legend)
    described = _("The four levels. %(levels)s") % {"levels": levels}
    made = table(page, box, [box.width / len(legend)] * len(legend), (bar, box.height - bar), described)
    made.first_row = made.first_col = False
    room = box.width / len(legend) - 0.08
    size = min(size_on_one_line(level.label, room, (size, size - 1, size - 2), bold=True) for level in legend)
    for number, level in enumerate(legend):
        fill_cell(made.cell(0, number), [line_of(" ", 4)], fill=level.fill)
        border(made.cell(0, number), ("left", "right"), palette.PAPER, 3)
        words = [line_of(level.label, size, bold=True), line_of(level.borders, size * 0.85, colour=palette.INK_2)]
        fill_cell(made.cell(1, number), words, anchor="top")
