"""Text on slides: how large it may be to fit its place, and how it is written into a shape."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Pt

from core.names import apart
from core.words import direction, language_tag
from reports.readings import palette
from reports.writers.powerpoint import font_widths

LANGUAGE = "en-GB"
SERIF = "+mj-lt"  # the theme's font of headings
LINE = 1.22  # height of a line, in sizes
Align = Literal["left", "centre", "right"]
Anchor = Literal["top", "middle", "bottom"]
ALIGN = {"left": PP_ALIGN.LEFT, "centre": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
ANCHOR = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}
# How much wider a font may be that stands in for ours, by whether it is serif: on Linux DejaVu Serif may for Georgia.
SLACK = {False: 1.1, True: 1.16}
FACES = {  # (serif, bold) → its letters
    (False, False): font_widths.ARIAL,
    (False, True): font_widths.ARIAL_BOLD,
    (True, False): font_widths.GEORGIA,
    (True, True): font_widths.GEORGIA_BOLD,
}


@dataclass(frozen=True)
class Run:
    text: str
    size: float  # points
    bold: bool = False
    colour: str = palette.INK
    serif: bool = False


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    align: Align = "left"
    before: float = 0  # points


def line_of(text: str, size: float, *, align: Align = "left", before: float = 0, **look: Any) -> Paragraph:
    return Paragraph((Run(text, size, **look),), align, before)


def clean(text: str) -> str:
    """On one line and without what XML cannot hold; spaces that hold words together stay."""
    return re.sub(r"[^\S\u00a0]+", " ", without_controls(text)).strip()


def without_controls(text: str) -> str:
    return "".join(" " if unicodedata.category(character) in ("Cc", "Cs", "Cn") else character for character in text)


def width_of(text: str, size: float, *, serif: bool = False, bold: bool = False) -> float:
    """How wide a line may be, in inches, also in a font that is a little wider."""
    face = FACES[serif, bold]
    return SLACK[serif] * sum(_width(character, face) for character in text) * size / 72


def _width(character: str, face: Mapping[str, int]) -> float:
    """In sizes; letters with accents are as wide as those without, all others counted on the generous side."""
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    plain = character if character in face else unicodedata.normalize("NFKD", character)[0]
    return face.get(plain, 800 if character.isupper() else 650) / 1000


def lines_of(text: str, size: float, width: float, **face: bool) -> int:
    """How many lines of `width` inches a text takes, broken between words, and inside those that are longer."""
    lines, used, space = 1, 0.0, width_of(" ", size, **face)
    for word in text.split(" "):
        wide = width_of(word, size, **face)
        if used and used + space + wide <= width:
            used += space + wide
            continue
        lines += 1 if used else 0
        lines += int(wide / width)
        used = wide % width
    return lines


def size_that_fits(text: str, width: float, height: float, sizes: Sequence[float], **face: bool) -> float:
    """The largest of `sizes` (points, falling) in which a text fits a box, no word broken; the smallest where none."""
    fitting = (
        size for size in sizes if fits(text, size, width, height, **face) and keeps_words(text, size, width, **face)
    )
    return next(fitting, sizes[-1])


def size_on_one_line(text: str, width: float, sizes: Sequence[float], **face: bool) -> float:
    """The largest of `sizes` (points, falling) in which a text stands on one line; the smallest where none does."""
    return next((size for size in sizes if width_of(text, size, **face) <= width), sizes[-1])


def fits(text: str, size: float, width: float, height: float, **face: bool) -> bool:
    return lines_of(text, size, width, **face) * size * LINE / 72 <= height


def keeps_words(text: str, size: float, width: float, **face: bool) -> bool:
    return all(width_of(word, size, **face) <= width for word in text.split(" "))


def shortened(text: str, size: float, width: float, height: float, **face: bool) -> str:
    """The text, or as many of its words as fit a box, with an ellipsis. Inside a word only where not one fits."""
    if fits(text, size, width, height, **face):
        return text
    ends = [at for at, character in enumerate(text) if character == " " and at]
    parts = (
        f"{text[:end].rstrip(' ,;:–·')}…" for end in (*reversed(ends), *range(ends[0] if ends else len(text), 1, -1))
    )
    return next((part for part in parts if fits(part, size, width, height, **face)), f"{text[:1]}…")


def fitted(text: str, width: float, height: float, sizes: Sequence[float], **face: bool) -> tuple[str, float]:
    """A text as it fits a box, and its size; `face`: serif, bold."""
    text = clean(text)
    size = size_that_fits(text, width, height, sizes, **face)
    return shortened(text, size, width, height, **face), size


def fitted_name(
    name: str, beside: Sequence[str], width: float, height: float, sizes: Sequence[float], **face: bool
) -> tuple[str, float]:
    """The same for a name, which stays different from those that stand `beside` it; it may be one of them."""
    cleaned = [clean(one) for one in (*beside, name)]
    size = size_that_fits(cleaned[-1], width, height, sizes, **face)
    shown = apart(cleaned, lambda text: fits(text, size, width, height, **face))
    return dict(zip(cleaned, shown, strict=True))[cleaned[-1]], size


def write(frame: TextFrame, paragraphs: Sequence[Paragraph], *, anchor: Anchor = "top", margin: float = 0) -> None:
    """`margin` in inches on all sides."""
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.word_wrap = True
    frame.vertical_anchor = ANCHOR[anchor]
    for side in ("left", "right", "top", "bottom"):
        setattr(frame, f"margin_{side}", Emu(round(margin * 914400)))
    write_paragraphs(frame, paragraphs)


def write_paragraphs(frame: TextFrame, paragraphs: Sequence[Paragraph]) -> None:
    for number, one in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = ALIGN[one.align]
        paragraph.space_before = Pt(one.before)
        if direction("".join(run.text for run in one.runs)) == "rtl":
            paragraph._p.get_or_add_pPr().set("rtl", "1")
        for run in one.runs:
            _write_run(paragraph, run)


def _write_run(paragraph: _Paragraph, shown: Run) -> None:
    if not shown.text:
        return
    run = paragraph.add_run()
    run.text = without_controls(shown.text)
    run.font.size = Pt(shown.size)
    run.font.bold = shown.bold
    if shown.colour != palette.INK:  # ink is the theme's own colour of text
        run.font.color.rgb = rgb(shown.colour)
    if shown.serif:
        run.font.name = SERIF
    run._r.get_or_add_rPr().set("lang", language_tag())


def rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))
