"""Plotly figures from views. A worker renders them to JSON; plot.js draws that over the page's table.

`layout.meta.narrow` holds what differs on a phone, so that the script chooses and never computes. Colours that follow
the reader's scheme are named as style sheets name them; levels have the same fills and inks everywhere.
"""

from dataclasses import dataclass, replace
from html import escape
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from reports.readings import palette
from reports.readings.heatmap import CellView, HeatmapView
from reports.writers.pictures.sizes import size_of

Part = dict[str, object]  # of a figure, as Plotly names it

INK, INK_2, PAPER, MIST = "var(--t-ink)", "var(--t-ink-2)", "var(--t-paper)", "var(--t-mist)"
LINE_STRONG, HATCH, EDGE = "var(--t-line-strong)", "var(--t-hatch)", "var(--level-4-edge)"
NO_PAPER = "rgba(0, 0, 0, 0)"

HOVER_LINE = 36  # characters, so that it fits the narrowest phone
SCALE = [(at / 4, colour) for start, colour in enumerate(palette.LEVEL_FILLS) for at in (start, start + 1)]
TEMPLATE = {
    "layout": {
        "font": {"family": palette.FONT, "size": 16, "color": INK},
        "paper_bgcolor": NO_PAPER,
        "plot_bgcolor": NO_PAPER,
        "hoverlabel": {
            "bgcolor": INK,
            "bordercolor": INK,
            "align": "left",
            "font": {"family": palette.FONT, "size": 15, "color": PAPER},
        },
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {"visible": False, "fixedrange": True},
        "dragmode": False,
    },
    "data": {
        "heatmap": [
            {
                "zauto": False,  # without it Plotly stretches the colours to the data
                "zmin": 0.5,
                "zmax": 4.5,
                "xgap": palette.CELL_GAP,
                "ygap": palette.CELL_GAP,
                "showscale": False,
                "hoverongaps": False,
                "colorscale": SCALE,
            }
        ]
    },
}


@dataclass(frozen=True)
class Frame:
    """The measures of one width, in px; those of the page's table."""

    labels: int  # column of row names
    head: int  # caption, rings, column names
    cell: int  # height with its gap
    name: int  # sizes of type
    word: int
    score: int
    half_x: float  # half a cell without its gap, in cells
    narrow: bool = False
    has_lines: bool = False  # beneath the score: likely range, agreement

    @property
    def half_y(self) -> float:
        return round((1 - palette.CELL_GAP / self.cell) / 2, 3)


ONE = Frame(labels=134, head=70, cell=palette.CELL_OF_ONE + palette.CELL_GAP, name=17, word=17, score=22, half_x=0.484)
NARROW = Frame(labels=76, head=66, cell=61, name=15, word=14, score=18, half_x=0.469, narrow=True)
FULL = replace(ONE, cell=palette.CELL_OF_MANY + palette.CELL_GAP, has_lines=True)
TALL = replace(FULL, cell=palette.CELL_WITH_TWO_LINES + palette.CELL_GAP)
SCORE_UP, LINES_UP = 19, -12  # px from the middle of a full cell


def heatmap_figure(view: HeatmapView) -> go.Figure:
    """The heatmap of one person or of many: fills as z = level, words and marks laid on top.

    A cell without a level has no z and no hover. The same view always gives the same JSON.
    """
    trace = go.Heatmap(
        z=[[cell.band for cell in row.cells] for row in view.rows],
        hovertext=[[_hover(cell) if cell.band else None for cell in row.cells] for row in view.rows],
        hoverinfo="text",
    )
    layout = _layout(view, size_of(view, ONE, FULL, TALL))
    layout["template"] = TEMPLATE
    layout["meta"] = {"narrow": _layout(view, _narrow(view))}
    return go.Figure(trace, layout)


def _narrow(view: HeatmapView) -> Frame:
    is_between = any(cell.between for row in view.rows for cell in row.cells)
    return replace(NARROW, cell=palette.CELL_OF_THREE_LINES + palette.CELL_GAP) if is_between else NARROW


def figure_json(view: HeatmapView) -> str:
    return heatmap_figure(view).to_json(engine="json")


def _hover(cell: CellView) -> str:
    return "<br>".join(escape(line) for line in wrap(cell.accessible_text, HOVER_LINE, break_long_words=False))


def _layout(view: HeatmapView, frame: Frame) -> Part:
    columns, rows = len(view.columns), len(view.rows)
    up = palette.HEAD_NOTE * (not frame.narrow and any(column.note for column in view.columns))
    frame = replace(frame, head=frame.head + up)
    cells = [(x, y, cell) for y, row in enumerate(view.rows) for x, cell in enumerate(row.cells)]
    return {
        "height": frame.head + rows * frame.cell,
        "margin": {"l": frame.labels, "r": 0, "t": frame.head, "b": 0},
        "xaxis": {"range": [-0.5, columns - 0.5]},
        "yaxis": {"range": [rows - 0.5, -0.5]},
        "annotations": [
            *_column_names(view, frame, up),
            *_row_names(view, frame),
            *(_cell_text(x, y, cell, frame) for x, y, cell in cells),
            *(_cell_lines(x, y, cell) for x, y, cell in cells if frame.has_lines and cell.notes),
        ],
        "shapes": [
            *(ring for x, column in enumerate(view.columns) for ring in _rings(x, column.key, up)),
            *(shape for x, y, cell in cells for shape in _marks(x, y, cell, frame)),
            *(line for x, y, cell in cells if frame.has_lines for line in _range(x, y, cell)),
        ],
    }


def _text(text: str, **where: object) -> Part:
    return {"text": text, "showarrow": False, **where}


def _font(size: int, *, colour: str = INK, weight: int = 400) -> Part:
    return {"size": size, "color": colour, "weight": weight}


def _column_names(view: HeatmapView, frame: Frame, up: int) -> list[Part]:
    """`up`: px of the line beneath some of them."""
    above: Part = {"y": 1, "yref": "paper", "yanchor": "bottom"}
    name, note = _font(14 if frame.narrow else frame.name, weight=600), _font(14, colour=INK_2)
    names = [escape(column.short if frame.narrow else column.name) for column in view.columns]
    notes = [column.note if up else "" for column in view.columns]
    return [
        *(_text(text, x=x, yshift=4 + up, font=name, **above) for x, text in enumerate(names)),
        *(_text(text, x=x, yshift=4, font=note, **above) for x, text in enumerate(notes) if text),
    ]


def _row_names(view: HeatmapView, frame: Frame) -> list[Part]:
    left = {"x": 0, "xref": "paper", "xshift": 2 - frame.labels, "xanchor": "left"}
    return [
        _text(escape(text), y=y, yshift=shift, font=font, **left)
        for y, row in enumerate(view.rows)
        for text, shift, font in (
            (row.name, 9, _font(frame.name, weight=600)),
            (row.role, -10, _font(14, colour=INK_2)),
        )
    ]


def _cell_text(x: int, y: int, cell: CellView, frame: Frame) -> Part:
    word = escape(cell.word)
    if cell.between:
        word = f'<span style="font-size:14px">{"<br>".join(cell.between) if frame.narrow else word}</span>'
    if cell.level and cell.score_text is None:
        return _text(word, x=x, y=y, font=_font(frame.word, colour=_ink(cell), weight=600))
    if cell.score_text is None:
        font = _font(14, colour=_ink(cell))
        text = "<br>".join(escape(cell.word).rsplit(" ", 1)) if frame.narrow else escape(cell.word)
    else:
        font = _font(frame.word, colour=_ink(cell), weight=600)
        between = "<br>" if frame.narrow or (cell.is_between and not cell.camps) else " "
        word = '<span style="font-size:13px">●&nbsp;●</span>' if cell.camps else word
        text = f'{word}{between}<span style="font-size:{frame.score}px">{cell.score_text}</span>'
    paper = {"bgcolor": PAPER, "borderpad": 3} if cell.state == "too_few_people" else {}
    above = {"yshift": SCORE_UP + _raised(cell)} if frame.has_lines and cell.range else {}
    return _text(text, x=x, y=y, font=font, **paper, **above)


def _ink(cell: CellView) -> str:
    """Of its words: on a level that level's own, elsewhere the page's."""
    return cell.ink if cell.level else INK if cell.state == "too_few_people" else INK_2


def _cell_lines(x: int, y: int, cell: CellView) -> Part:
    """How much people agree, and how many they are where not everybody."""
    lines = "<br>".join(escape(note) for note in cell.notes)
    up = LINES_UP + _raised(cell) - _lowered(cell)
    return _text(lines, x=x, y=y, yshift=up, yanchor="top", font=_font(14, colour=_ink(cell)))


def _range(x: int, y: int, cell: CellView) -> list[Part]:
    """The likely range on its track, as `components/range.html` draws it."""
    if cell.range is None:
        return []

    middle = _raised(cell) - palette.RANGE_BELOW - _lowered(cell)

    def line(start: str, end: str, *, height: float = 0, width: float = 1.3) -> Part:
        ends = {"x0": _on_bar(start), "x1": _on_bar(end), "y0": middle - height, "y1": middle + height}
        where = {"xsizemode": "pixel", "xanchor": x, "ysizemode": "pixel", "yanchor": y}
        return {"type": "line", "line": {"color": cell.ink, "width": width}, **where, **ends}

    ticks = [line(tick, tick, height=5) for tick in cell.range.ticks]
    return [line("2", "98"), *ticks, line(cell.range.start, cell.range.end, width=5)]


def _raised(cell: CellView) -> int:
    return palette.SECOND_LINE * (len(cell.notes) - 1)


def _lowered(cell: CellView) -> int:
    """What stands beneath two words and their score."""
    return palette.BETWEEN // 2 * (cell.is_between and not cell.camps)


def _on_bar(place: str) -> float:
    return round((float(place) / 100 - 0.5) * palette.RANGE_WIDTH, 2)


def _rings(x: int, space: str, up: int) -> list[Part]:
    """The ring of a space above its column, as `components/ring.html` draws it."""
    dot = _circle(x, palette.RING_DOTS[space], up, fillcolor=INK, line={"width": 0})
    rim = _circle(x, palette.RING_RIM, up, line={"color": INK, "width": 1}, opacity=0.38)
    ring = [_circle(x, palette.RINGS[space], up, line={"color": INK, "width": 2.4})] if space in palette.RINGS else []
    return [dot, rim, *ring]


def _circle(x: int, radius: float, up: int, **look: object) -> Part:
    height = 45 + up  # px of its middle above the cells
    return {
        "type": "circle",
        "xsizemode": "pixel",
        "xanchor": x,
        "x0": -radius,
        "x1": radius,
        "yref": "paper",
        "ysizemode": "pixel",
        "yanchor": 1,
        "y0": height - radius,
        "y1": height + radius,
        **look,
    }


def _marks(x: int, y: int, cell: CellView, frame: Frame) -> list[Part]:
    """What a cell wears: mist without a level, hatching when hidden, an edge around the darkest fill, a dashed frame
    when views differ."""
    box: dict[str, Any] = {"x": x, "y": y, "half_x": frame.half_x, "half_y": frame.half_y}
    if cell.state == "too_few_people":
        return [_box(**box, line={"color": LINE_STRONG, "width": 1}), _hatching(**box)]
    if cell.level is None:
        return [_box(**box, fillcolor=MIST, line={"width": 0})]
    edge = [_box(**box, line={"color": EDGE, "width": 1})] if cell.band == len(palette.LEVEL_FILLS) else []
    corner = [_corner(x, y)] if cell.is_brief else []
    if cell.frame:
        inset = {"half_x": frame.half_x - 0.04, "half_y": frame.half_y - 0.06}
        return [*edge, _box(**box | inset, line={"color": cell.ink, "width": 2, "dash": "5px,4px"}), *corner]
    return [*edge, *corner]


def _box(*, x: int, y: int, half_x: float, half_y: float, **look: object) -> Part:
    return {"type": "rect", "x0": x - half_x, "x1": x + half_x, "y0": y - half_y, "y1": y + half_y, **look}


def _corner(x: int, y: int) -> Part:
    """Paper over the corner at the upper right, as the page's map has it: a pixel beyond, at any width of a cell."""
    edge = 1 - palette.CELL_GAP // 2  # from the middle of the gap
    end = edge - palette.CORNER - 2
    path = f"M{end},{edge}L{edge},{edge}L{edge},{end}Z"
    where = {"xsizemode": "pixel", "ysizemode": "pixel", "xanchor": x + 0.5, "yanchor": y - 0.5}
    return {"type": "path", "path": path, "fillcolor": PAPER, "line": {"width": 0}, **where}


def _hatching(*, x: int, y: int, half_x: float, half_y: float, lines: int = 7) -> Part:
    """Diagonals across a cell as one path: each from the top or right edge to the left or bottom one."""

    def point(a: float, b: float) -> str:
        return f"{x + half_x * (2 * a - 1):.3f},{y + half_y * (2 * b - 1):.3f}"

    ends = [(min(step / lines, 1), max(step / lines - 1, 0)) for step in range(1, 2 * lines)]
    path = "".join(f"M{point(a, b)}L{point(b, a)}" for a, b in ends)
    return {"type": "path", "path": path, "line": {"color": HATCH, "width": 1.2}}
