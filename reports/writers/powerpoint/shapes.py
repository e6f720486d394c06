"""Small drawings on a slide: boxes of text, a cell, a likely range, the marks of the map. All of it native shapes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.connector import Connector
from pptx.slide import Slide
from pptx.util import Inches, Length, Pt

from reports.readings import palette
from reports.readings.heatmap import CellView, RangeView
from reports.writers.powerpoint.text import Anchor, Paragraph, Run, clean, fitted, line_of, rgb, write

QUESTION = (28, 26, 24, 22, 20, 18, 17, 16, 15, 14)  # points; so far down that no question is ever cut
CAMPS = "●\u00a0●"
DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    x: float
    y: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        return Inches(self.x), Inches(self.y), Inches(self.width), Inches(self.height)


def describe(shape: BaseShape, text: str) -> None:
    """The text for those who do not see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(text))


def decorative(shape: BaseShape) -> None:
    shape._element.xpath(".//p:cNvPr")[0].append(parse_xml(DECORATIVE))


def text_box(slide: Slide, box: Box, paragraphs: Sequence[Paragraph], *, anchor: Anchor = "top") -> Shape:
    shape = slide.shapes.add_textbox(*box.emu)
    write(shape.text_frame, paragraphs, anchor=anchor)
    return shape


def fitted_box(
    slide: Slide, box: Box, text: str, sizes: Sequence[float], *, anchor: Anchor = "top", **look: Any
) -> Shape:
    """One paragraph, as large as it may be."""
    face = {name: look.get(name, False) for name in ("serif", "bold")}
    shown, size = fitted(text, box.width, box.height, sizes, **face)
    return text_box(slide, box, [line_of(shown, size, **look)], anchor=anchor)


def rectangle(slide: Slide, box: Box, fill: str | None, *, kind: MSO_SHAPE = MSO_SHAPE.RECTANGLE) -> Shape:
    shape = slide.shapes.add_shape(kind, *box.emu)
    style = shape._element.find(qn("p:style"))
    shape._element.remove(style)
    shape.line.fill.background()
    if fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)
    else:
        shape.fill.background()
    return shape


def rule(slide: Slide, start: tuple[float, float], end: tuple[float, float], colour: str, points: float) -> Connector:
    line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Inches, (*start, *end)))
    style = line._element.find(qn("p:style"))
    line._element.remove(style)
    line.line.color.rgb = rgb(colour)
    line.line.width = Pt(points)
    decorative(line)
    return line


def swatch(slide: Slide, box: Box, cell: CellView, size: float) -> Shape:
    """A cell by itself: its word over its score, its marks."""
    shape = rectangle(slide, box, cell.fill)
    if cell.state == "too_few_people":
        hatch(shape)
    lines = [line_of(word_of(cell), size * 0.72, align="centre", bold=True, colour=cell.ink)]
    if cell.score_text:
        lines.append(line_of(cell.score_text, size, align="centre", bold=True, colour=cell.ink))
    write(shape.text_frame, lines, anchor="middle", margin=0.03)
    describe(shape, cell.accessible_text)
    if cell.frame:
        frame(slide, box, cell.ink)
    if cell.is_brief:
        corner(slide, box)
    return shape


def word_of(cell: CellView) -> str:
    return CAMPS if cell.camps else cell.word


def frame(slide: Slide, box: Box, colour: str) -> None:
    """The dashed frame of views that differ."""
    inset = 0.05
    inner = Box(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset)
    shape = rectangle(slide, inner, None)
    shape.line.color.rgb = rgb(colour)
    shape.line.width = Pt(1.5)
    shape.line.dash_style = MSO_LINE_DASH_STYLE.DASH
    decorative(shape)


def corner(slide: Slide, box: Box) -> None:
    """Paper over the upper right corner of a cell that rests on one or two statements."""
    side = 0.2 * min(box.width, box.height)
    place = Box(box.x + box.width - side, box.y, side, side)
    shape = slide.shapes.add_shape(MSO_SHAPE.RIGHT_TRIANGLE, *place.emu)
    shape.rotation = 180
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(palette.PAPER)
    shape.line.fill.background()
    decorative(shape)


def hatch(shape: Shape) -> None:
    """Too few to show."""
    shape.fill.patterned()
    shape.fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
    shape.fill.fore_color.rgb = rgb(palette.HATCH)
    shape.fill.back_color.rgb = rgb(palette.PAPER)
    shape.line.color.rgb = rgb(palette.LINE_STRONG)
    shape.line.width = Pt(0.75)


def range_bar(slide: Slide, box: Box, likely: RangeView, *, with_ends: bool = False) -> None:
    """A likely range on its track from 1 to 5, with the borders of the levels."""
    middle = box.y + box.height / 2

    def at(place: str) -> float:
        return box.x + box.width * float(place) / 100

    rule(slide, (at("2"), middle), (at("98"), middle), palette.INK, 1)
    for tick in likely.ticks:
        rule(slide, (at(tick), box.y), (at(tick), box.y + box.height), palette.INK, 1)
    thick = box.height * 0.5
    bar = rectangle(
        slide, Box(at(likely.start), middle - thick / 2, at(likely.end) - at(likely.start), thick), palette.INK
    )
    describe(bar, likely.text)
    if with_ends:
        for place, text in (("2", "1"), ("98", "5")):
            label = Box(at(place) - 0.2, box.y + box.height, 0.4, 0.25)
            text_box(slide, label, [line_of(text, 12, align="centre", colour=palette.INK_2)])


def ring(slide: Slide, x: float, y: float, space: str, unit: float = 0.012) -> None:
    """The ring of a space around its middle; `unit` inches for a pixel of the page."""
    radii = [(palette.RING_DOTS[space], palette.INK, None), (palette.RING_RIM, None, (palette.HATCH, 0.75))]
    if space in palette.RINGS:
        radii.append((palette.RINGS[space], None, (palette.INK, 2)))
    for radius, fill, line in radii:
        box = Box(x - radius * unit, y - radius * unit, 2 * radius * unit, 2 * radius * unit)
        shape = rectangle(slide, box, fill, kind=MSO_SHAPE.OVAL)
        if line:
            shape.line.color.rgb = rgb(line[0])
            shape.line.width = Pt(line[1])
        decorative(shape)


def ask(slide: Slide, box: Box, question: str, exercise: str = "") -> None:
    """A question to talk about, and how."""
    rule(slide, (box.x, box.y), (box.x, box.y + box.height), palette.OCHRE_500, 4.5)
    inner = box.width - 0.3
    asked, size = fitted(question, inner, box.height * 0.62, QUESTION, serif=True, bold=True)
    lines = [line_of(asked, size, bold=True, serif=True)]
    if exercise:
        shown, small = fitted(exercise, inner, box.height * 0.33, (18, 17, 16, 15, 14))
        lines.append(line_of(shown, small, before=10))
    text_box(slide, Box(box.x + 0.3, box.y, inner, box.height), lines, anchor="middle")


def runs_of_place(cell: CellView, name: str, size: float) -> tuple[Run, ...]:
    """'Task in the team' with the condition in bold."""
    if not cell.place.startswith(name):
        return (Run(cell.place, size, bold=True),)
    return Run(name, size, bold=True), Run(cell.place.removeprefix(name), size)
