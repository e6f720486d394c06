"""A report as a workbook: a sheet for each view of it, and one that says how every figure follows from the others."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from xlsxwriter.worksheet import Worksheet

from core.words import decimal
from reports.editions.models import Edition
from reports.publish.statements import PublishedStatement
from reports.readings import palette
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.heatmap import CellView, HeatmapView
from reports.readings.survey.slice import SliceReading
from reports.readings.survey.statements import StatementView
from reports.writers.tables.book import NUMBERS, WRAPPED, Book, Look
from reports.writers.tables.columns import (
    BESIDE_DIFFERENCES,
    CELL_COLUMNS,
    FIGURE_COLUMNS,
    GROUP_COLUMNS,
    PLACE_COLUMNS,
    CellRow,
    Column,
    Form,
    Part,
    Parts,
    Value,
    comparison_rows,
    difference_columns,
    slice_rows,
    values,
)
from reports.writers.tables.method_sheet import Line, comparison_method, heads, slice_method

ACROSS = 3  # maps side by side
LABELS, CELL, BETWEEN = 13, 13, 3  # widths of a map’s columns, in characters
METHOD_WIDTHS = (16, 26, 44, 74)
CAMPS = "● ●"
BRIEF: Look = {"italic": True}
HATCHED: Look = {"pattern": 14, "fg_color": palette.HATCH, "bg_color": palette.PAPER}
DASHED, THIN = 3, 1


def slice_workbook(reading: SliceReading) -> bytes:
    name = reading.name
    book = _book(reading.edition, name)
    sheet = book.sheet(_("Map"))
    _set_columns(sheet, reading.view, maps=1)
    below = _draw_map(book, sheet, reading.view, name, (0, 0), caption=reading.view.caption, has_lines=True)
    _draw_legend(book, sheet, reading.view, below + 1, reading.view.note)
    sheet.fit_to_pages(1, 1)
    _cells_sheet(book, _("Cells"), (*PLACE_COLUMNS, *FIGURE_COLUMNS), slice_rows(reading))
    book.table(_("Statements"), *_statements(reading))
    book.table(_("What matters most"), *_picks(reading))
    book.table(_("Findings"), *_findings(reading))
    _method_sheet(book, slice_method(reading, name))
    return book.content()


def comparison_workbook(reading: ComparisonReading) -> bytes:
    book, parts, rows = _book(reading.edition, reading.title), Parts(reading), comparison_rows(reading)
    _maps_sheet(book, reading)
    _cells_sheet(book, _("Cells"), CELL_COLUMNS, rows)
    if reading.has_differences:
        book.table(_("In short"), *_summary(reading))
        _cells_sheet(book, _("Differences"), (*BESIDE_DIFFERENCES, *difference_columns(reading)), rows)
    book.table(_("Groups"), *_groups(reading, parts))
    if parts.every:
        part = Column("part", _("Part"), lambda row: row.number, "count")
        _cells_sheet(book, _("Parts"), (part, *GROUP_COLUMNS[1:], *FIGURE_COLUMNS), parts.rows())
    _method_sheet(book, comparison_method(reading))
    return book.content()


def _book(edition: Edition, name: str) -> Book:
    return Book(f"{edition.survey.title}: {name}", edition.published_at)


def _cells_sheet(book: Book, name: str, columns: Sequence[Column], rows: Iterable[CellRow]) -> None:
    heads = [(column.heading, column.form) for column in columns]
    book.table(name, heads, values(columns, rows), frozen=columns.index(PLACE_COLUMNS[-1]) + 1)


def _method_sheet(book: Book, lines: Iterable[Line]) -> None:
    sheet = book.table(_("Method"), [(head, "text") for head in heads()], [])
    for at, width in enumerate(METHOD_WIDTHS):
        sheet.set_column(at, at, width)
    for down, line in enumerate(lines, start=1):
        for at, value in enumerate(line):
            book.write(sheet, down, at, value, **WRAPPED, valign="top", bold=at == 1)
        book.set_height(sheet, down, line, METHOD_WIDTHS)


# --- The maps ------------------------------------------------------------------------------------


def _maps_sheet(book: Book, reading: ComparisonReading) -> None:
    """In the order of the survey, three side by side."""
    sheet = book.sheet(_("Maps"))
    _set_columns(sheet, reading.groups[0].view, maps=min(ACROSS, len(reading.groups)))
    book.write(sheet, 0, 0, reading.title, bold=True, font_size=14)
    top, width = 2, len(reading.columns) + 2
    for first in range(0, len(reading.groups), ACROSS):
        ends = [
            _draw_map(
                book,
                sheet,
                group.view,
                group.name,
                (top, at * width),
                caption=" ".join(filter(None, [_people(group.people), group.note])),
            )
            for at, group in enumerate(reading.groups[first : first + ACROSS])
        ]
        top = max(ends) + 1
    _draw_legend(book, sheet, reading.groups[0].view, top, " ".join(reading.remarks))


def _people(people: int) -> str:
    return ngettext("%(people)s person.", "%(people)s people.", people) % {"people": people}


def _set_columns(sheet: Worksheet, view: HeatmapView, *, maps: int) -> None:
    width = len(view.columns) + 2
    for at in range(maps):
        sheet.set_column(at * width, at * width, LABELS)
        sheet.set_column(at * width + 1, at * width + len(view.columns), CELL)
        sheet.set_column((at + 1) * width - 1, (at + 1) * width - 1, BETWEEN)


def _draw_map(
    book: Book,
    sheet: Worksheet,
    view: HeatmapView,
    name: str,
    corner: tuple[int, int],
    *,
    caption: str,
    has_lines: bool = False,
) -> int:
    """A group’s map from `corner` on; the row below it. `has_lines`: with range, agreement and people in each cell."""
    top, left = corner
    last = left + len(view.columns)
    book.write(sheet, top, left, name, bold=True, font_size=13)
    book.write_across(sheet, top + 1, left, last, caption, text_wrap=True, valign="top", font_color=palette.INK_2)
    sheet.set_row(top + 1, 48)
    for at, column in enumerate(view.columns, start=left + 1):
        name = f"{column.name}\n{column.note}" if column.note else column.name
        book.write(sheet, top + 2, at, name, bold=True, align="center", bottom=2, text_wrap=True)
    down = top + 3
    for y, row in enumerate(view.rows):
        book.write(sheet, down, left, row.name, bold=True)
        book.write(sheet, down + 1, left, row.role, font_color=palette.INK_2)
        for x, cell in enumerate(row.cells):
            edges = _dashed_edges(view, (y, x))
            _draw_cell(book, sheet, cell, (down, left + 1 + x), edges=edges, has_lines=has_lines)
        down += 3 if has_lines else 2
    return down


def _dashed_edges(view: HeatmapView, place: tuple[int, int]) -> frozenset[str]:
    """The edges that a cell where views differ has, and those that a cell shares with one: both must draw them."""
    y, x = place
    across = {"top": (y - 1, x), "bottom": (y + 1, x), "left": (y, x - 1), "right": (y, x + 1)}
    framed = {(at, to) for at, row in enumerate(view.rows) for to, cell in enumerate(row.cells) if cell.frame}
    return frozenset(edge for edge, neighbour in across.items() if place in framed or neighbour in framed)


def _draw_cell(
    book: Book,
    sheet: Worksheet,
    cell: CellView,
    corner: tuple[int, int],
    *,
    edges: frozenset[str],
    has_lines: bool,
) -> None:
    """Word over score; a number, but for a score whose end is cut. The map’s marks are frame, dots and hatching."""
    down, at = corner
    word = CAMPS if cell.camps else cell.word
    is_cut = cell.score_text is not None and cell.score is not None and cell.score_text != decimal(cell.score)
    written: list[tuple[Value, Look]] = [
        (word, {"bold": True, **(BRIEF if cell.is_brief else {}), **({"font_size": 9} if cell.is_between else {})}),
        (cell.score_text if is_cut else cell.score, {"bold": True, "font_size": 13, **NUMBERS["score"]}),
    ]
    if has_lines:
        written.append((_lines(cell), {"font_size": 9, "text_wrap": True}))
        sheet.set_row(down + 2, 38)
    for line, (value, look) in enumerate(written):
        outer = _outer(line, len(written))
        frame = _frame(outer, edges)
        book.write(sheet, down + line, at, value, align="center", valign="vcenter", **look, **_fill(cell), **frame)


def _lines(cell: CellView) -> str:
    return "\n".join(filter(None, [cell.range.text if cell.range else None, ", ".join(cell.notes)]))


def _outer(line: int, lines: int) -> set[str]:
    """Which edges of a line are the cell’s."""
    return {"left", "right", *(("top",) if line == 0 else ()), *(("bottom",) if line == lines - 1 else ())}


def _fill(cell: CellView) -> Look:
    fill = HATCHED if cell.state == "too_few_people" else {"bg_color": cell.fill}
    return {**fill, "font_color": cell.ink}


def _frame(outer: set[str], dashed: frozenset[str]) -> Look:
    """White lines part the cells from each other; dashed ones go round those where views differ."""
    lines = {edge: DASHED if edge in dashed else THIN for edge in outer}
    colours = {f"{edge}_color": palette.INK if edge in dashed else palette.PAPER for edge in outer}
    return {**lines, **colours}


def _draw_legend(book: Book, sheet: Worksheet, view: HeatmapView, top: int, note: str) -> None:
    """`note`: what some cells cannot say, and why."""
    for down, level in enumerate(view.legend, start=top):
        book.write(sheet, down, 0, None, bg_color=level.fill)
        book.write(sheet, down, 1, level.label, bold=True, indent=1)
        book.write(sheet, down, 3, level.borders)
    marks: list[tuple[Value, Look, str]] = [
        (None, _dashed(), _("Views differ")),
        (CAMPS, {"bg_color": palette.LEVEL_FILLS[1], "align": "center"}, _("Two camps: the average hides two groups")),
        (None, HATCHED, _("Too few to show")),
        (
            _("Partly"),
            BRIEF | {"bg_color": palette.LEVEL_FILLS[1], "align": "center"},
            _("In italics: rests on one or two statements"),
        ),
    ]
    below = top + len(view.legend) + 1
    for down, (value, look, words) in enumerate(marks, start=below):
        book.write(sheet, down, 0, value, **look)
        book.write(sheet, down, 1, words, indent=1)
    if note:
        down = below + len(marks) + 1
        book.write_across(
            sheet, down, 0, len(view.columns), note, text_wrap=True, valign="top", font_color=palette.INK_2
        )
        book.set_height(sheet, down, [note], [LABELS + CELL * len(view.columns)])


def _dashed() -> Look:
    return {"bg_color": palette.LEVEL_FILLS[1], "border": DASHED, "border_color": palette.INK}


# --- Tables of a group -----------------------------------------------------------------------------

Heads = list[tuple[str, Form]]
Table = tuple[Heads, list[list[Value]]]


def _statements(reading: SliceReading) -> Table:
    """Every statement of which something may be said; each class that is shown under its own name."""
    reported = [
        (row, statement, published)
        for row in slice_rows(reading)
        if (behind := reading.cell(row.view.condition, row.view.space))
        for statement, published in zip(behind.statements, reading.shown_statements(row.cell.key), strict=True)
    ]
    classes = _classes([(published, statement) for _row, statement, published in reported])
    columns: Heads = [
        (_("Condition"), "text"),
        (_("Space"), "text"),
        (_("Statement"), "words"),
        (_("Level"), "text"),
        (_("Mean (1–5)"), "score"),
        *((f"{name} (%)", "count") for name in classes),
        (_("Groups left out"), "count"),
        (_("Note"), "text"),
    ]
    return columns, [_statement(*one, classes) for one in reported]


def _statement(
    row: CellRow, statement: StatementView, published: PublishedStatement, classes: Sequence[str]
) -> list[Value]:
    shares: dict[str, Value] = {
        part.name: part.share_text if part.per_cent is None else part.per_cent for part in statement.classes
    }
    return [
        row.condition,
        row.space,
        statement.text,
        statement.word,
        published.mean,
        *(shares.get(name) for name in classes),
        published.without,
        statement.note,
    ]


def _classes(reported: Sequence[tuple[PublishedStatement, StatementView]]) -> list[str]:
    """The names of the classes that are shown: five before three, in the order of the scale."""
    found = {
        (published.state == "three_classes", part.css, part.is_joined, part.name)
        for published, statement in reported
        for part in statement.classes
    }
    return list(dict.fromkeys(name for *_order, name in sorted(found)))


def _picks(reading: SliceReading) -> Table:
    columns: Heads = [(_("Condition"), "text"), (_("People who chose it (%)"), "count"), (_("Note"), "words")]
    picks = reading.content.picks
    if picks is None or not reading.picks:
        note = _(
            "Shares are shown here where ten or more people of the same groups chose, and where they do not tell how a "
            "few of them chose. Where none is shown, what comes first is told without them."
        )
        return columns, [[None, None, note]]
    note = _("Shares of the %(people)s people who chose two conditions.") % {"people": picks.n}
    shares = zip(reading.picks, picks.shares, strict=True)
    return columns, [[pick.name, share if isinstance(share, int) else pick.text, note] for pick, share in shares]


def _findings(reading: SliceReading) -> Table:
    """By stated rules, in the order of the model and not ranked."""
    columns: Heads = [(_("Kind"), "text"), (_("Finding"), "words"), (_("In words"), "words"), (_("Cells"), "words")]
    rows: list[list[Value]] = []
    rows += [[_("Act first"), one.cell.place, one.question, one.cell.place] for one in reading.act_first]
    rows += [[_("Talk first"), one.cell.place, one.question, one.cell.place] for one in reading.talk_first]
    rows += [
        [_("What stands out"), found.title, found.text, "; ".join(cell.place for cell in found.cells)]
        for found in reading.findings
    ]
    return columns, rows


# --- Tables of a comparison ------------------------------------------------------------------------


def _summary(reading: ComparisonReading) -> Table:
    """The sentences of the page, then every clear difference once."""
    summary = reading.summary
    said = [f"{summary.headline}.", *summary.sentences]
    rows: list[list[Value]] = [[sentence, None, None, None] for sentence in said]
    rows += [[group.name, one.cell.place, one.said, one.without or None] for group, one in reading.clear]
    rows += [[sentence, None, None, None] for sentence in (summary.rest, summary.chance) if sentence]
    columns: Heads = [
        (_("In short"), "words"),
        (_("Place"), "words"),
        (_("Clear difference"), "words"),
        (_("Everybody else"), "words"),
    ]
    return columns, rows


def _groups(reading: ComparisonReading, parts: Parts) -> Table:
    columns: Heads = [
        (_("No."), "count"),
        (_("Group"), "words"),
        (_("People"), "count"),
        (_("Whose views these are"), "words"),
        (_("Counted together from the parts"), "words"),
    ]
    return columns, [
        [number, group.name, group.people, group.note, _listed(parts.counted_in(group))]
        for number, group in enumerate(reading.groups, start=1)
    ]


def _listed(parts: Iterable[Part]) -> str:
    return "; ".join(f"{part.number} {part.name}" for part in parts)
