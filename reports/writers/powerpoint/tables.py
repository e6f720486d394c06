"""Native tables, which may be edited in the room: maps, keys, differences, what is agreed."""

from collections.abc import Sequence

from pptx.enum.dml import MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.table import Table, _Cell
from pptx.util import Inches

from reports.readings import palette
from reports.readings.heatmap import CellView
from reports.writers.powerpoint.shapes import Box, describe, word_of
from reports.writers.powerpoint.text import (
    ANCHOR,
    Anchor,
    Paragraph,
    Run,
    line_of,
    rgb,
    size_on_one_line,
    width_of,
    write_paragraphs,
)

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
WORD = 0.72  # the size of a cell’s word, in sizes of its score
PAIR = 0.75  # of a size, where two words for a level stand on two lines over the score
SHARES = (1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6)  # of a size, to keep on one line
CALM = 0.9  # of a cell’s width may be filled: a row that breaks grows, and the table covers what stands below it
SIDES = {"left": "a:lnL", "right": "a:lnR", "top": "a:lnT", "bottom": "a:lnB"}


def table(slide: Slide, box: Box, widths: Sequence[float], heights: Sequence[float], description: str) -> Table:
    """An empty table with a head row and row heads; `widths` and `heights` in inches."""
    shape = slide.shapes.add_table(len(heights), len(widths), *box.emu)
    describe(shape, description)
    made = shape.table
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN  # type: ignore[union-attr]  # a new table has them
    made.first_row, made.first_col, made.horz_banding = True, True, False
    for column, width in zip(made.columns, widths, strict=True):  # type: ignore[call-overload]  # iterable by its items
        column.width = Inches(width)
    for row, height in zip(made.rows, heights, strict=True):
        row.height = Inches(height)
    return made


def fill_cell(
    cell: _Cell,
    paragraphs: Sequence[Paragraph],
    *,
    anchor: Anchor = "middle",
    fill: str | None = None,
    margin: float = 0.04,
) -> None:
    write_paragraphs(cell.text_frame, paragraphs)
    cell.vertical_anchor = ANCHOR[anchor]
    for side in ("left", "right", "top", "bottom"):
        setattr(cell, f"margin_{side}", Inches(margin if side in ("left", "right") else 0.01))
    if fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(fill)


def border(cell: _Cell, sides: Sequence[str], colour: str, points: float, *, dashed: bool = False) -> None:
    properties = cell._tc.get_or_add_tcPr()
    kept = {side: properties.find(qn(tag)) for side, tag in SIDES.items()}
    for line in [line for line in kept.values() if line is not None]:
        properties.remove(line)
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    for side in sides:
        kept[side] = parse_xml(
            f'<{SIDES[side]} xmlns:a="{DRAWING}" w="{round(points * 12700)}"><a:solidFill>'
            f'<a:srgbClr val="{colour.removeprefix("#")}"/></a:solidFill>{dash}</{SIDES[side]}>'
        )
    properties[0:0] = [line for line in kept.values() if line is not None]  # in this order, before the fill


def dashed_frame(made: Table, row: int, column: int, colour: str) -> None:
    """Around one cell, on the edges of those beside it too: tables share them."""
    border(made.cell(row, column), tuple(SIDES), colour, 1.5, dashed=True)
    beside = {
        "bottom": (row - 1, column),
        "top": (row + 1, column),
        "right": (row, column - 1),
        "left": (row, column + 1),
    }
    for side, (line, place) in beside.items():
        if line < len(made.rows) and place < len(made.columns):
            border(made.cell(line, place), (side,), colour, 1.5, dashed=True)


def write_cell(
    target: _Cell, cell: CellView, width: float, size: float, *, with_words: bool = True, stacked: bool = False
) -> None:
    """Word and score of one cell `width` inches wide; beneath them in words what a table cannot draw."""
    is_pair = cell.is_between and with_words and not cell.camps
    if not stacked:
        size = size * PAIR if is_pair else _on_one_line(cell, width, size)
    small = size * WORD
    if cell.score_text is None:
        lines = [line_of(cell.word, small, align="centre", bold=cell.level is not None, colour=cell.ink)]
    else:
        word = Run(word_of(cell), small, bold=True, colour=cell.ink)
        score = Run(cell.score_text, size, bold=True, colour=cell.ink)
        lines = [Paragraph((word, Run(" ", size), score), "centre")]
        if stacked or is_pair:
            lines = [Paragraph((word,), "centre"), Paragraph((score,), "centre")]
        if with_words and cell.agreement and (cell.frame or cell.camps):
            least = size_on_one_line(
                cell.agreement, CALM * (width - 0.08), [max(10, size * share) for share in (0.6, 0.5)]
            )
            lines.append(line_of(cell.agreement, least, align="centre", colour=cell.ink))
    fill_cell(target, lines, fill=cell.fill)
    if cell.state == "too_few_people":
        target.fill.patterned()
        target.fill.pattern = MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL
        target.fill.fore_color.rgb = rgb(palette.HATCH)
        target.fill.back_color.rgb = rgb(palette.PAPER)
    border(target, tuple(SIDES), palette.PAPER, 3)


def _on_one_line(cell: CellView, width: float, size: float) -> float:
    """The size at which word and score stand beside each other: '≥ 4.5' is longer than others."""
    sizes = [size * share for share in SHARES]
    score = cell.score_text or ""
    return next((one for one in sizes if _wide(word_of(cell), score, one) < CALM * (width - 0.08)), sizes[-1])


def _wide(word: str, score: str, size: float) -> float:
    return width_of(word, size * WORD, bold=True) + width_of(" ", size) + width_of(score, size, bold=True)
