"""Makes `trace.pptx`, from which every deck is opened: 16:9, our own look on two layouts. Run it when the look changes:

python -m reports.writers.powerpoint.make_template
"""

import datetime
from collections.abc import Iterator
from itertools import pairwise
from math import cos, radians, sin

import pptx
from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Inches

from reports.readings import palette
from reports.writers.powerpoint.template import HEIGHT, MARGIN, TEMPLATE, WIDTH, saved, slide_layout, title_layout
from reports.writers.powerpoint.text import LANGUAGE

Point = tuple[float, float]  # inches from the left and the top
MADE_AT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # whenever it is made: the same look, the same file
THEME_COLOURS = {
    "dk1": palette.INK,
    "lt1": palette.PAPER,
    "dk2": palette.PETROL_700,
    "lt2": palette.MIST,
    "accent1": palette.PETROL_600,
    "accent2": palette.OCHRE_500,
    **{f"accent{number}": fill for number, fill in enumerate(palette.LEVEL_FILLS, start=3)},
    "hlink": palette.PETROL_700,
    "folHlink": palette.INK_2,
}
# On every computer with Windows or macOS, with or without Office; elsewhere fonts of the same widths stand in.
# `font_widths.py` knows how wide they are. The kind of font is said too, so that at worst a like one stands in.
THEME_FONTS = {
    "majorFont": '<a:latin xmlns:a="{a}" typeface="Georgia" panose="02040502050405020303" pitchFamily="18"/>',
    "minorFont": '<a:latin xmlns:a="{a}" typeface="Arial" panose="020B0604020202020204" pitchFamily="34"/>',
}
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMESPACES = f'xmlns:a="{DRAWING}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'


def template() -> bytes:
    return saved(dressed(pptx.Presentation()), title="TRACE", at=MADE_AT)


def dressed(presentation: Presentation) -> Presentation:
    """The library's own file in our look."""
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    presentation.element.sldSz.attrib.pop("type", None)
    _drop_leftovers(presentation)
    master = presentation.slide_masters[0]
    _dress_theme(master)
    _dress_master(master)
    title, slide = title_layout(presentation), slide_layout(presentation)
    for layout in list(presentation.slide_layouts):
        if layout not in (title, slide):
            presentation.slide_layouts.remove(layout)
    _dress_title(title)
    _dress_slide(slide)
    for element in (master.element, title.element, slide.element):
        _number_shapes(element)
    for element in (presentation.element, master.element, title.element, slide.element):
        _speak_our_language(element)
    return presentation


def _drop_leftovers(presentation: Presentation) -> None:
    """The library's thumbnail and printer settings."""
    package = presentation.part.package
    for relations, kind in ((package._rels, RT.THUMBNAIL), (presentation.part.rels, RT.PRINTER_SETTINGS)):
        for key in [key for key, relation in relations.items() if relation.reltype == kind]:
            relations.pop(key)


def _number_shapes(element: etree._Element) -> None:
    for number, properties in enumerate(element.iter(qn("p:cNvPr")), start=1):
        properties.set("id", str(number))


def _speak_our_language(element: etree._Element) -> None:
    for properties in element.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        if properties.get("lang"):
            properties.set("lang", LANGUAGE)


def _dress_theme(master: SlideMaster) -> None:
    part = master.part.part_related_by(RT.THEME)
    theme = etree.fromstring(part.blob)
    theme.set("name", "TRACE")
    for name, colour in THEME_COLOURS.items():
        slot = theme.find(f".//{{{DRAWING}}}clrScheme/{{{DRAWING}}}{name}")
        slot[:] = [etree.Element(f"{{{DRAWING}}}srgbClr", val=colour.removeprefix("#"))]
    for name, font in THEME_FONTS.items():
        slot = theme.find(f".//{{{DRAWING}}}fontScheme/{{{DRAWING}}}{name}")
        slot.replace(slot[0], etree.fromstring(font.format(a=DRAWING)))
    for scheme in ("clrScheme", "fontScheme", "fmtScheme"):
        theme.find(f".//{{{DRAWING}}}{scheme}").set("name", "TRACE")
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


# --- Master and layouts ------------------------------------------------------------------------------


def _dress_master(master: SlideMaster) -> None:
    title, body, date, foot, number = master.placeholders  # type: ignore[misc]  # is an iterable
    _place(title, MARGIN, 0.42, WIDTH - 2 * MARGIN, 0.95)
    _place(body, MARGIN, 1.6, WIDTH - 2 * MARGIN, 4.9)
    _place(number, 2.1, 6.87, 0.6, 0.36)
    _place(foot, 2.75, 6.87, WIDTH - 2.75 - MARGIN, 0.36)
    date._element.getparent().remove(date._element)
    for shape in (title, body, foot, number):
        properties = shape._element.txBody.bodyPr  # type: ignore[union-attr]  # every one has text, as the title
        for side in ("lIns", "tIns", "rIns", "bIns"):
            properties.set(side, "0")
    title._element.txBody.bodyPr.set("anchor", "b")  # type: ignore[union-attr]
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("sz", "3000")
    style.find(qn("a:defRPr")).set("b", "1")
    for shape in (foot, number):
        level = shape._element.find(f".//{qn('a:lvl1pPr')}")
        level.set("algn", "l")
        level.find(qn("a:defRPr")).set("sz", "1300")
        colour = level.find(f".//{qn('a:schemeClr')}")
        colour.getparent().replace(colour, _colour(palette.INK_2))


def _dress_slide(layout: SlideLayout) -> None:
    _drop_dates(layout)
    tree = layout.shapes._spTree
    tree.insert(2, _line((MARGIN, 6.75), (WIDTH - MARGIN, 6.75), palette.LINE, 0.75))
    for shape in _wordmark(MARGIN, 6.88, 0.95):
        tree.append(shape)


def _dress_title(layout: SlideLayout) -> None:
    _drop_dates(layout)
    title, subtitle = layout.placeholders[0], layout.placeholders[1]
    _place(title, MARGIN, 1.75, 7.4, 1.9)
    _place(subtitle, MARGIN, 3.85, 6.6, 0.95)
    level = subtitle._element.find(f".//{qn('a:lvl1pPr')}")
    level.set("algn", "l")
    level.set("marL", "0")
    colour = level.find(f".//{qn('a:defRPr')}")
    colour.set("sz", "2400")
    for fill in colour.findall(qn("a:solidFill")):
        colour.remove(fill)
    tree = layout.shapes._spTree
    for number, shape in enumerate((*_cover(), *_wordmark(MARGIN, 0.55, 1.5))):
        tree.insert(2 + number, shape)


def _drop_dates(layout: SlideLayout) -> None:
    for holder in list(layout.placeholders):
        if holder._element.ph.get("type") == "dt":  # type: ignore[union-attr]  # every holder has it
            holder._element.getparent().remove(holder._element)


def _place(shape: BaseShape, x: float, y: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Inches, (x, y, width, height))


def _wordmark(x: float, y: float, width: float) -> Iterator[etree._Element]:
    """One line through five points, beneath five letters."""
    unit = width / 112
    for number, letter in enumerate("TRACE"):
        middle = x + unit * (8 + 24 * number)
        yield _letter(letter, (middle, y + 12 * unit), 24 * unit, 20 * unit * 72, palette.PETROL_700)
        yield _dot(middle, y + 29 * unit, 3.1 * unit, fill=palette.PETROL_700)
    yield _line((x + 8 * unit, y + 29 * unit), (x + 104 * unit, y + 29 * unit), palette.PETROL_700, 1.8 * unit * 72)


def _cover() -> Iterator[etree._Element]:
    """The trace through the five conditions, over the rings of the four spaces."""
    x, y, rings, angles = 13.5, 7.2, (1.9, 3.2, 4.5, 5.8), (81, 63, 45, 27, 9)
    for ring in rings:
        yield _dot(x, y, ring, line=palette.PETROL_300, width=1.2)
    points = [[(x - ring * sin(radians(a)), y - ring * cos(radians(a))) for ring in rings] for a in angles]
    for angle in angles:
        start, end = ((x - far * sin(radians(angle)), y - far * cos(radians(angle))) for far in (1.35, 6.0))
        yield _line(start, end, palette.LINE, 0.9)
    for spoke in points:
        for point in spoke:
            yield _dot(*point, 0.048, fill=palette.PAPER, line=palette.PETROL_700, width=1.2)
    trace = [spoke[ring] for spoke, ring in zip(points, (0, 1, 2, 2, 3), strict=True)]
    for start, end in pairwise(trace):
        yield _line(start, end, palette.PETROL_700, 3.6)
    for letter, point in zip("TRACE", trace, strict=True):
        yield _dot(*point, 0.19, fill=palette.PETROL_700)
        yield _letter(letter, point, 0.38, 14, palette.PAPER)


# --- Shapes that no one reads ------------------------------------------------------------------------


def _emu(inches: float) -> int:
    return round(inches * 914400)


def _colour(colour: str) -> etree._Element:
    return parse_xml(f'<a:srgbClr xmlns:a="{DRAWING}" val="{colour.removeprefix("#")}"/>')


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#")}"/></a:solidFill>' if colour else "<a:noFill/>"


def _drawn(colour: str, points: float) -> str:
    return f'<a:ln w="{round(points * 12700)}">{_fill(colour)}</a:ln>'


def _shape(kind: str, where: str, look: str, text: str = "") -> etree._Element:
    body = text or '<a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-GB"/></a:p>'
    return parse_xml(
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="99" name="{kind}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{where}<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>{look}</p:spPr>'
        f"<p:txBody>{body}</p:txBody></p:sp>"
    )


def _where(x: float, y: float, width: float, height: float, flips: str = "") -> str:
    return (
        f'<a:xfrm{flips}><a:off x="{_emu(x)}" y="{_emu(y)}"/><a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>'
    )


def _line(start: Point, end: Point, colour: str, points: float) -> etree._Element:
    (x0, y0), (x1, y1) = start, end
    flips = (' flipH="1"' if x1 < x0 else "") + (' flipV="1"' if y1 < y0 else "")
    where = _where(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0), flips)
    return _shape("line", where, _drawn(colour, points))


def _dot(x: float, y: float, radius: float, *, fill: str = "", line: str = "", width: float = 0) -> etree._Element:
    look = _fill(fill) + (_drawn(line, width) if line else "<a:ln><a:noFill/></a:ln>")
    return _shape("ellipse", _where(x - radius, y - radius, 2 * radius, 2 * radius), look)


def _letter(letter: str, at: Point, box: float, points: float, colour: str) -> etree._Element:
    text = (
        '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="ctr"/>'
        f'<a:r><a:rPr lang="{LANGUAGE}" sz="{round(points) * 100}" b="1">{_fill(colour)}</a:rPr>'
        f"<a:t>{letter}</a:t></a:r></a:p>"
    )
    return _shape(
        "rect", _where(at[0] - box / 2, at[1] - box / 2, box, box), "<a:noFill/><a:ln><a:noFill/></a:ln>", text
    )


if __name__ == "__main__":
    TEMPLATE.write_bytes(template())
