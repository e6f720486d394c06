"""The heatmap as a still image. One template serves SVG, PNG and PDF; every word and fill comes from the view."""

import re
import textwrap
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.names import fitting
from core.words import paragraph
from reports.readings import palette
from reports.readings.heatmap import CellView, HeatmapView
from reports.writers.pictures.sizes import size_of

WIDTH = 640
LABELS = 136  # the column of row names
TOP = 94  # caption, rings, column names
BELOW = 92  # legend and note
NAME, NAME_LENGTH, NAME_LINES = 28, 60, 3  # px of a line above the caption: whose map it is; characters; lines
UNDRAWABLE = re.compile("[\x00-\x1f\x7f]+")  # no XML may hold them
CAPTION_LINE, CAPTION_LENGTH, NOTE_LENGTH = 20, 88, 94  # px; characters, so that a long name does not leave the picture
NOTE_GAP = 14  # px between the marks and the note
KEY = 60  # the four levels of the legend
MARKS = 62  # two lines of marks beneath them


@dataclass(frozen=True)
class Frame:
    """The measures of a cell, in px from its top or its middle."""

    height: int
    word: int  # baseline of word and score
    unscored: int
    notes: int = 0  # baseline of the first line beneath the likely range

    @property
    def range(self) -> int:
        """Its top."""
        return self.height // 2 + palette.RANGE_BELOW - palette.RANGE_HEIGHT // 2


ONE = Frame(height=palette.CELL_OF_ONE, word=40, unscored=38)
FULL = Frame(height=palette.CELL_OF_MANY, word=30, unscored=47, notes=69)
TALL = Frame(height=palette.CELL_WITH_TWO_LINES, word=38, unscored=55, notes=77)
NOTE_LINE = 17


def heatmap_svg(
    view: HeatmapView, *, name: str = "", prefix: str = "heatmap", margin: int = 0, font: str = palette.FONT
) -> str:
    """The heatmap of one person or of many, 640 px wide and `margin` px of paper around it.

    `name`: whose map it is, where the picture has to say so itself. `prefix` begins every id, so that several images
    may stand in one document. `font`: the families where it is drawn.
    """
    frame, caption, name = size_of(view, ONE, FULL, TALL), _caption(view), UNDRAWABLE.sub(" ", name)
    named = _name_lines(name)
    shift = NAME * len(named) + CAPTION_LINE * (len(caption) - 1)
    cell_width = _part(WIDTH - LABELS, len(view.columns))
    key_width = _part(WIDTH, len(view.legend))
    top = TOP + shift + palette.HEAD_NOTE * any(column.note for column in view.columns)
    bottom = top + len(view.rows) * (frame.height + palette.CELL_GAP)
    note = textwrap.wrap(_note(view), NOTE_LENGTH)
    if view.marks:
        below = KEY + MARKS + (CAPTION_LINE * len(note) + NOTE_GAP if note else 0)
    else:
        below = BELOW + CAPTION_LINE * (len(note) - 1)
    xs = [LABELS + at * (cell_width + palette.CELL_GAP) for at in range(len(view.columns))]
    context = {
        "view": view,
        "name": name,
        "drawn_name": [{"text": line, "y": 18 + NAME * at} for at, line in enumerate(named)],
        "caption": [{"text": line, "y": 16 + NAME * len(named) + at * CAPTION_LINE} for at, line in enumerate(caption)],
        "described": " ".join(filter(None, [f"{view.caption.rstrip('.')}.", view.description, view.note])),
        "prefix": prefix,
        "start": -margin,
        "width": WIDTH + 2 * margin,
        "height": bottom + below + 2 * margin,
        "cell_width": cell_width,
        "cell_height": frame.height,
        "cell_middle": cell_width // 2,
        "unscored_y": frame.unscored,
        "key_width": key_width,
        "legend_y": bottom + 10,
        "marks_y": bottom + KEY + 14,
        "note": [
            {"text": line, "y": bottom + below - 6 - CAPTION_LINE * after}
            for line, after in zip(note, reversed(range(len(note))), strict=True)
        ],
        "heads": [
            {
                "column": column,
                "middle": x + cell_width // 2,
                "ring_y": 49 + shift,
                "name_y": 82 + shift,
                "note_y": 82 + shift + palette.HEAD_NOTE,
                "dot": palette.RING_DOTS[column.key],
                "ring": palette.RINGS.get(column.key),
            }
            for x, column in zip(xs, view.columns, strict=True)
        ],
        "lines": [
            {
                "row": row,
                "y": top + at * (frame.height + palette.CELL_GAP),
                "boxes": [
                    {"x": x, "cell": cell, **_places(cell, frame, cell_width)}
                    for x, cell in zip(xs, row.cells, strict=True)
                ],
            }
            for at, row in enumerate(view.rows)
        ],
        "keys": [{"x": at * (key_width + palette.CELL_GAP), "level": level} for at, level in enumerate(view.legend)],
        "fills": dict(enumerate(palette.LEVEL_FILLS, start=1)),
        "corner": palette.CORNER,
        "font": font,
        "ink": palette.INK,
        "ink_2": palette.INK_2,
        "line_strong": palette.LINE_STRONG,
        "hatch": palette.HATCH,
        "paper": palette.PAPER,
        "rim": palette.RING_RIM,
    }
    return render_to_string("documents/heatmap.svg", context).strip()


def _name_lines(name: str) -> list[str]:
    """All of it where that is no more than a few lines: a picture is read without whatever tells two groups apart."""
    return _wrapped(fitting(" ".join(name.split()), lambda text: len(_wrapped(text)) <= NAME_LINES))


def _wrapped(name: str) -> list[str]:
    return textwrap.wrap(name, NAME_LENGTH, break_on_hyphens=False)


def _note(view: HeatmapView) -> str:
    """With the sign that the marks of a map of many explain, where a map of one has it."""
    if view.marks or not view.has_brief:
        return view.note
    return paragraph(view.note, _("A corner cut off: the place rests on one or two statements."))


def _caption(view: HeatmapView) -> list[str]:
    """One line for one person, two for many."""
    lines = 1 if view.kind != "survey" else 2
    short = Truncator(view.caption).chars(lines * CAPTION_LENGTH)
    return textwrap.wrap(short, CAPTION_LENGTH, max_lines=lines, placeholder="…") or [""]


def _places(cell: CellView, frame: Frame, width: int) -> dict:
    """Where the parts of a cell stand."""
    up = palette.SECOND_LINE * (len(cell.notes) > 1)
    down = palette.BETWEEN * (cell.is_between and not cell.camps)
    below = down // 2 - up
    return {
        "word_y": frame.word - up,
        "between_y": frame.word - up - palette.BETWEEN - 5,
        "score_y": frame.word - up + down,
        "alone_y": frame.unscored - up,
        "camps_x": width // 2 - palette.CAMPS_WIDTH,
        "camps_y": frame.word - up - 13,
        "range_x": (width - palette.RANGE_WIDTH) // 2,
        "range_y": frame.range + below,
        "notes": [{"y": frame.notes + below + at * NOTE_LINE, "text": note} for at, note in enumerate(cell.notes)],
    }


def _part(width: int, parts: int) -> int:
    """The width of each of `parts` equal boxes with gaps between them."""
    return (width - palette.CELL_GAP * (parts - 1)) // parts
