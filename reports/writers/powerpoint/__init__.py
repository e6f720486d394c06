"""How slides are written as PPTX: the file and its look, text that fits, native tables and charts, small drawings."""

from reports.writers.powerpoint import slides_of_bars, slides_of_maps, slides_of_words  # how each kind is drawn
from reports.writers.powerpoint.page import add_page
from reports.writers.powerpoint.template import blank, written

__all__ = ["add_page", "blank", "slides_of_bars", "slides_of_maps", "slides_of_words", "written"]
