"""How slides are written as PPTX: the file and its look, text that fits, native tables and charts, small drawings."""

from reports.documents.powerpoint import bars, maps, talk  # how each kind of slide is drawn
from reports.documents.powerpoint.file import blank, written
from reports.documents.powerpoint.pages import add_page

__all__ = ["add_page", "bars", "blank", "maps", "talk", "written"]
