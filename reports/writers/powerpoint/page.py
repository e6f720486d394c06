"""A page of the presentation: its message, its foot, its notes; between them is drawn what the kind of slide holds."""

import copy
from functools import singledispatch

from pptx.presentation import Presentation
from pptx.slide import Slide as Page
from pptx.slide import SlideLayout

from reports.decks.slides import Slide, TitleSlide
from reports.readings import palette
from reports.writers.powerpoint import template
from reports.writers.powerpoint.text import fitted_name, line_of, write_paragraphs

LEFT, WIDE = template.MARGIN, template.WIDTH - 2 * template.MARGIN
RIGHT = LEFT + WIDE
TOP, BOTTOM = 1.65, 6.6  # of what stands between the message and the foot


@singledispatch
def draw(slide: Slide, page: Page) -> None:
    """What stands between message and foot."""
    raise NotImplementedError(type(slide).__name__)


def add_page(presentation: Presentation, slide: Slide, foot: str) -> None:
    is_title = isinstance(slide, TitleSlide)
    layout = template.title_layout(presentation) if is_title else template.slide_layout(presentation)
    page = presentation.slides.add_slide(layout)
    title = page.shapes.title
    message, size = fitted_name(
        slide.message,
        (),
        title.width.inches,
        title.height.inches,
        (40, 36, 32, 28, 24) if is_title else (30, 28, 26, 24, 22),
        serif=True,
        bold=True,
    )
    write_paragraphs(title.text_frame, [line_of(message, size, bold=True)])
    draw(slide, page)
    if not is_title:
        _add_foot(page, layout, foot)  # read aloud last
    write_paragraphs(page.notes_slide.notes_text_frame, [line_of(note, 12, before=6) for note in slide.notes])


def _add_foot(page: Page, layout: SlideLayout, foot: str) -> None:
    """Whose views the slide shows, and its number."""
    for kind in ("ftr", "sldNum"):
        holder = next(one for one in layout.placeholders if one._element.ph.get("type") == kind)  # type: ignore[misc, union-attr]  # every holder has it
        element = copy.deepcopy(holder._element)
        taken = page.shapes._spTree.xpath(".//p:cNvPr/@id")
        element.xpath(".//p:cNvPr")[0].set("id", str(max(map(int, taken)) + 1))
        page.shapes._spTree.append(element)
        if kind == "ftr":
            shown, size = fitted_name(foot, (), 9.6, 0.3, (13, 12, 11, 10))
            shape = next(one for one in page.placeholders if one._element is element)
            write_paragraphs(shape.text_frame, [line_of(shown, size, colour=palette.INK_2)])
