"""Slides with maps: of one group, of several side by side, what clearly differs, one cell in every group."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from pptx.slide import Slide as Page

from core.words import paragraph
from reports.decks.shared import number_of_people
from reports.decks.slides import DifferencesSlide, GroupsSlide, MapSlide, TopicSlide
from reports.readings import palette
from reports.readings.comparison.difference_words import ComparedGroup, DifferenceView
from reports.readings.heatmap import HeatmapView
from reports.readings.survey.findings import Priorities
from reports.writers.powerpoint.legend import level_key
from reports.writers.powerpoint.page import BOTTOM, LEFT, RIGHT, TOP, WIDE, draw
from reports.writers.powerpoint.shapes import Box, ask, corner, fitted_box, ring, rule, runs_of_place, swatch, text_box
from reports.writers.powerpoint.tables import CALM, SHARES, border, dashed_frame, fill_cell, table, write_cell
from reports.writers.powerpoint.text import Paragraph, Run, fitted_name, line_of, size_on_one_line, width_of

COLOURS = {True: palette.HIGHER, False: palette.LOWER}  # of a clear difference, by whether it is higher
WIDE_DIFFERENCE = 4  # inches in which there is room for both scores
NARROW = 0.8  # inches of a cell: the word stands over the score
NAME = (18, 16, 15, 14, 13, 12, 11, 10)  # points of a group’s name beside its cell
MARKS = {True: "▲", False: "▼"}


@draw.register
def draw_map(slide: MapSlide, page: Page) -> None:
    first = slide.act_first or slide.talk_first
    box = Box(5.35, 2.1, RIGHT - 5.35, 3.8) if first else Box(2.4, 2.1, 8.6, 3.8)
    names = LARGE.names
    map_table(page, box, slide.view, slide.name, LARGE)
    width = (box.width - names) / len(slide.view.columns)
    for number, column in enumerate(slide.view.columns):
        ring(page, box.x + names + (number + 0.5) * width, box.y - 0.2, column.key)
    level_key(page, Box(box.x, 6.02, box.width, 0.62), slide.view.legend, size=12)
    y = TOP
    for title, found in ((_("Act first"), slide.act_first), (_("Talk first"), slide.talk_first)):
        if found:
            y = draw_first(page, y, title, found, slide.view)


def draw_first(page: Page, y: float, title: str, found: Priorities, view: HeatmapView) -> float:
    """A list of cells under a head; where the next may begin."""
    names = {row.key: row.name for row in view.rows}
    text_box(page, Box(LEFT, y, 4.2, 0.45), [line_of(title, 22, bold=True, serif=True)])
    y += 0.48
    for one in found:
        rule(page, (LEFT, y), (LEFT + 4.2, y), palette.LINE, 0.75)
        swatch(page, Box(LEFT, y + 0.06, 0.95, 0.58), one.cell, 16)
        place = Paragraph(runs_of_place(one.cell, names[one.cell.condition], 16))
        text_box(page, Box(LEFT + 1.12, y + 0.06, 3.1, 0.58), [place], anchor="middle")
        y += 0.7
    return y + 0.16


@dataclass(frozen=True)
class MapLook:
    names: float  # inches for the names of the conditions
    head: float  # inches for those of the spaces
    size: float  # points of a score
    is_small: bool = False  # without roles, and without words beneath a score


LARGE = MapLook(names=1.55, head=0.55, size=20)
MIDDLE = MapLook(names=1.3, head=0.36, size=18, is_small=True)
SMALL = MapLook(names=1.0, head=0.25, size=13, is_small=True)


def map_table(page: Page, box: Box, view: HeatmapView, name: str, look: MapLook) -> None:
    """Conditions by spaces."""
    width = (box.width - look.names) / len(view.columns)
    height = (box.height - look.head) / len(view.rows)
    described = f"{name}. {view.caption} {view.description}"
    heads = [column.name if width > 1.2 else column.short for column in view.columns]
    head = _together(heads, width - 0.08, look.size * 0.72 + 1, bold=True)
    condition = _together([row.name for row in view.rows], look.names - 0.05, look.size * 0.72 + 2, bold=True)
    role = _together([row.role for row in view.rows], look.names - 0.05, look.size * 0.6)
    widths, heights = [look.names, *[width] * len(view.columns)], [look.head, *[height] * len(view.rows)]
    made = table(page, box, widths, heights, described)
    fill_cell(made.cell(0, 0), [line_of(_("Condition"), max(10, look.size * 0.6), colour=palette.INK_2)], margin=0)
    for number, (shown, column) in enumerate(zip(heads, view.columns, strict=True), start=1):
        words = [line_of(shown, head, bold=True, align="centre")]
        if column.note and not look.is_small:
            words.append(line_of(column.note, role, align="centre", colour=palette.INK_2))
        fill_cell(made.cell(0, number), words)
    for line, row in enumerate(view.rows, start=1):
        words = [line_of(row.name, condition, bold=True)]
        if not look.is_small:
            words.append(line_of(row.role, role, colour=palette.INK_2))
        fill_cell(made.cell(line, 0), words, margin=0)
        for number, cell in enumerate(row.cells, start=1):
            with_words, stacked = not look.is_small, width < NARROW
            write_cell(made.cell(line, number), cell, width, look.size, with_words=with_words, stacked=stacked)
    for line, row in enumerate(view.rows, start=1):
        for number, cell in enumerate(row.cells, start=1):
            if cell.frame:
                dashed_frame(made, line, number, palette.INK)
            if cell.is_brief:
                corner(
                    page,
                    Box(
                        box.x + look.names + (number - 1) * width,
                        box.y + look.head + (line - 1) * height,
                        width,
                        height,
                    ),
                )


def _together(texts: Sequence[str], width: float, size: float, **face: bool) -> float:
    """The size, at most `size`, at which each of them stands on one line."""
    sizes = [size * share for share in SHARES]
    return min(size_on_one_line(text, CALM * width, sizes, **face) for text in texts)


@draw.register
def draw_groups(slide: GroupsSlide, page: Page) -> None:
    number = len(slide.groups)
    columns = number if number < 4 else 2
    rows = -(-number // columns)
    gap = 0.5
    width = (WIDE - gap * (columns - 1)) / columns
    top = 1.52
    height = (6.06 - top) / rows
    look = MIDDLE if number == 2 else SMALL
    names = [group.name for group in slide.groups]
    for place, group in enumerate(slide.groups):
        x, y = LEFT + place % columns * (width + gap), top + place // columns * height
        draw_group(page, Box(x, y, width, min(height - 0.12, 4.3)), group, look, names)
    level_key(page, Box(LEFT, 6.1, WIDE * 0.66, 0.55), slide.legend, size=12)
    shown = _("Dashed: views differ. Two dots: two camps. Corner cut off: one or two statements.")
    fitted_box(page, Box(LEFT + WIDE * 0.69, 6.12, WIDE * 0.31, 0.5), shown, (12, 11), colour=palette.INK_2)


def draw_group(page: Page, box: Box, group: ComparedGroup, look: MapLook, beside: Sequence[str]) -> None:
    people = number_of_people(group.people)
    name, size = fitted_name(group.name, beside, box.width - 1.05, 0.32, (16, 15, 14, 13, 12), serif=True, bold=True)
    rule(page, (box.x, box.y), (box.x + box.width, box.y), palette.INK, 1.5)
    text_box(page, Box(box.x, box.y + 0.04, box.width - 1.05, 0.32), [line_of(name, size, bold=True, serif=True)])
    right = Box(box.x + box.width - 1.05, box.y + 0.06, 1.05, 0.3)
    text_box(page, right, [line_of(people, 12, align="right", colour=palette.INK_2)])
    top = 0.36
    if group.note:
        fitted_box(page, Box(box.x, box.y + 0.33, box.width, 0.2), group.note, (11, 10), colour=palette.INK_2)
        top, look = 0.53, replace(look, size=look.size - 1)
    inner = Box(box.x, box.y + top, box.width, box.height - top)
    map_table(page, inner, group.view, group.name, look)


@draw.register
def draw_differences(slide: DifferencesSlide, page: Page) -> None:
    names = 1.6
    width = min(5.0, (WIDE - names) / len(slide.groups))
    box = Box(LEFT, TOP + 0.1, names + width * len(slide.groups), 4.0)
    described = _("Each group against everybody else, by condition: %(space)s.") % {"space": slide.space}
    accessible_text = " ".join(f"{one.accessible_text}." for _name, row in slide.rows for one in row if one)
    made = table(
        page,
        box,
        [names, *[width] * len(slide.groups)],
        [0.7, *[0.67] * len(slide.rows)],
        paragraph(described, accessible_text),
    )
    fill_cell(made.cell(0, 0), [line_of(slide.space, 15, colour=palette.INK_2)], anchor="bottom", margin=0)
    beside = [group.name for group in slide.groups]
    for number, group in enumerate(slide.groups, start=1):
        shown, size = fitted_name(group.name, beside, width - 0.15, 0.7, (15, 14, 13, 12), bold=True)
        fill_cell(made.cell(0, number), [line_of(shown, size, bold=True)], anchor="bottom", margin=0.06)
    for line, (condition, row) in enumerate(slide.rows, start=1):
        fill_cell(made.cell(line, 0), [line_of(condition, 18, bold=True)], margin=0)
        for number, one in enumerate(row, start=1):
            fill_cell(made.cell(line, number), difference_lines(one, width - 0.12), margin=0.06)
    for line in range(len(slide.rows) + 1):
        for column in range(len(slide.groups) + 1):
            border(
                made.cell(line, column),
                ("bottom",),
                palette.INK if line == 0 else palette.LINE,
                1.25 if line == 0 else 0.75,
            )
    fitted_box(page, Box(LEFT, 5.95, WIDE, 0.65), slide.note, (15, 14, 13), colour=palette.INK_2)


def difference_lines(one: DifferenceView | None, width: float) -> list[Paragraph]:
    """A clear difference in figures and a word, with both scores where there is room; of all others only the word."""
    width *= CALM
    if one is None:
        return [line_of(_("not asked"), 13, colour=palette.INK_2)]
    if not one.is_clear:
        return [line_of(one.text, size_on_one_line(one.text, width, (13, 12, 11)), colour=palette.INK_2)]
    colour = COLOURS[one.is_higher]
    shown = f"{MARKS[one.is_higher]} {one.figure}"
    figure = Run(shown, 17, bold=True, colour=colour)
    if width < WIDE_DIFFERENCE:
        small = size_on_one_line(one.interval, width - width_of(f"{shown}  ", 17, bold=True), (12, 11, 10))
        size = size_on_one_line(one.text, width, (14, 13, 12, 11), bold=True)
        beneath = line_of(one.text, size, bold=True, colour=colour)
        return [Paragraph((figure, Run(f"  {one.interval}", small))), beneath]
    word = Run(f"  {one.text}", 15, bold=True, colour=colour)
    scores = _("%(score)s, everybody else %(others)s") % {"score": one.cell.score_text, "others": one.others_score}
    return [Paragraph((figure, word, Run(f"  {one.interval}", 13))), line_of(scores, 13, colour=palette.INK_2)]


@draw.register
def draw_one_in_every_group(slide: TopicSlide, page: Page) -> None:
    number = len(slide.cells)
    blocks = 1 if number <= 6 else 2 if number <= 14 else 3
    rows = -(-number // blocks)
    wide = 5.8 if blocks == 1 else 7.2
    height = min(0.95, (BOTTOM - TOP - 0.2 - (0.35 if slide.note else 0)) / rows)
    fill = min(1.7, wide / blocks * 0.42)
    widths = [wide / blocks - fill, fill] * blocks
    described = " ".join(f"{group.name}: {cell.accessible_text}." for group, cell in slide.cells)
    made = table(page, Box(LEFT, TOP + 0.1, wide, height * rows), widths, [height] * rows, described)
    made.first_row = False
    size = {1: 20, 2: 16, 3: 13}[blocks]
    beside = [group.name for group, _cell in slide.cells]
    for place, (group, cell) in enumerate(slide.cells):
        line, block = place % rows, place // rows
        stands_out = group.name in slide.topic.groups
        name, small = fitted_name(group.name, beside, widths[0] - 0.2, height - 0.04, NAME, bold=stands_out)
        target = made.cell(line, 2 * block)
        fill_cell(target, [line_of(name, min(small, size), bold=stands_out)], margin=0.08)
        write_cell(made.cell(line, 2 * block + 1), cell, fill, size)
    if slide.note:
        fitted_box(page, Box(LEFT, BOTTOM - 0.33, wide, 0.33), slide.note, (14, 13), colour=palette.INK_2)
    ask(page, Box(8.35, TOP + 0.1, RIGHT - 8.35, max(3.4, height * rows)), slide.question, slide.exercise)
