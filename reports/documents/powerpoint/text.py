"""Text on slides: how large it may be to fit its place, and how it is written into a shape."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Pt

from reports import palette

LANGUAGE = "en-GB"
SERIF = "+mj-lt"  # the theme's font of headings
LINE = 1.22  # height of a line, in sizes
Align = Literal["left", "centre", "right"]
Anchor = Literal["top", "middle", "bottom"]
ALIGN = {"left": PP_ALIGN.LEFT, "centre": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
ANCHOR = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}

# Widths of letters in sizes, on the generous side: other fonts may stand in for ours.
WIDTHS = {**dict.fromkeys("iljtfr.,;:!'’|()[]I", 0.34), **dict.fromkeys("mwMW%@—…", 0.9), " ": 0.26}


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


def line_of(text: str, size: float, *, align: Align = "left", before: float = 0, **look) -> Paragraph:
    return Paragraph((Run(text, size, **look),), align, before)


def clean(text: str) -> str:
    """On one line and without what XML cannot hold."""
    return " ".join(without_controls(text).split())


def without_controls(text: str) -> str:
    return "".join(" " if unicodedata.category(character) in ("Cc", "Cs", "Cn") else character for character in text)


def width_of(text: str, size: float) -> float:
    """About how wide a line is, in inches."""
    return sum(_width(character) for character in text) * size / 72


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    return WIDTHS.get(character, 0.68 if character.isupper() else 0.54)


def lines_of(text: str, size: float, width: float) -> int:
    """How many lines of `width` inches a text takes, broken between words, and inside those that are longer."""
    lines, used, space = 1, 0.0, width_of(" ", size)
    for word in text.split():
        wide = width_of(word, size)
        if used and used + space + wide <= width:
            used += space + wide
            continue
        lines += 1 if used else 0
        lines += int(wide / width)
        used = wide % width
    return lines


def size_that_fits(text: str, width: float, height: float, sizes: Sequence[float]) -> float:
    """The largest of `sizes` (points, falling) in which a text fits a box; the smallest where none does."""
    fitting = (size for size in sizes if fits(text, size, width, height))
    return next(fitting, sizes[-1])


def fits(text: str, size: float, width: float, height: float) -> bool:
    return lines_of(text, size, width) * size * LINE / 72 <= height


def shortened(text: str, size: float, width: float, height: float) -> str:
    """The text, or as much of its beginning as fits a box, with an ellipsis."""
    if fits(text, size, width, height):
        return text
    kept = next((end for end in range(len(text) - 1, 0, -1) if fits(f"{text[:end]}…", size, width, height)), 1)
    return f"{text[:kept].rstrip()}…"


def fitted(text: str, width: float, height: float, sizes: Sequence[float], *, serif: bool = False) -> tuple[str, float]:
    """A text as it fits a box, and its size."""
    text, width = clean(text), width * (0.88 if serif else 1)
    size = size_that_fits(text, width, height, sizes)
    return shortened(text, size, width, height), size


def write(frame: TextFrame, paragraphs: Sequence[Paragraph], *, anchor: Anchor = "top", margin: float = 0) -> None:
    """`margin` in inches on all sides."""
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.word_wrap = True
    frame.vertical_anchor = ANCHOR[anchor]
    for side in ("left", "right", "top", "bottom"):
        setattr(frame, f"margin_{side}", Emu(round(margin * 914400)))
    write_paragraphs(frame, paragraphs)


def write_paragraphs(frame: TextFrame, paragraphs: Sequence[Paragraph]) -> None:
    for number, told in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = ALIGN[told.align]
        paragraph.space_before = Pt(told.before)
        for run in told.runs:
            _write_run(paragraph, run)


def _write_run(paragraph: _Paragraph, told: Run) -> None:
    if not told.text:
        return
    run = paragraph.add_run()
    run.text = without_controls(told.text)
    run.font.size = Pt(told.size)
    run.font.bold = told.bold
    if told.colour != palette.INK:  # ink is the theme's own colour of text
        run.font.color.rgb = rgb(told.colour)
    if told.serif:
        run.font.name = SERIF
    run._r.get_or_add_rPr().set("lang", LANGUAGE)


def rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))
