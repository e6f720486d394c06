"""Slides in words: the title, how to read, what was found, questions, what happens next."""

from collections.abc import Sequence
from functools import partial

from django.utils.translation import gettext as _
from pptx.slide import Slide as Page

from core.names import apart
from reports.decks.slides import (
    CausesSlide,
    ClosingSlide,
    CommentsSlide,
    FindingsSlide,
    HelpSlide,
    Mark,
    PointsSlide,
    ReadingSlide,
    ShownAction,
    TalkSlide,
    TitleSlide,
)
from reports.readings import palette
from reports.readings.heatmap import range_view
from reports.readings.next_steps.causes import CauseQuestion
from reports.readings.survey.findings import FindingView
from reports.readings.topics import Topic
from reports.readings.words import in_short
from reports.writers.powerpoint.legend import level_key
from reports.writers.powerpoint.page import BOTTOM, LEFT, RIGHT, TOP, WIDE, draw
from reports.writers.powerpoint.shapes import (
    CAMPS,
    QUESTION,
    Box,
    ask,
    corner,
    describe,
    fitted_box,
    frame,
    hatch,
    range_bar,
    rectangle,
    ring,
    rule,
    swatch,
    text_box,
)
from reports.writers.powerpoint.tables import border, fill_cell, table
from reports.writers.powerpoint.text import (
    LINE,
    Paragraph,
    Run,
    clean,
    fits,
    fitted,
    fitted_name,
    line_of,
    lines_of,
    shortened,
    write,
    write_paragraphs,
)

FEW_FINDINGS, MANY_FINDINGS = (22, 20, 18, 17, 16, 15, 14, 13), (18, 17, 16, 15, 14, 13)  # points
POINT, TALLEST_POINT = (36, 33, 30, 28, 26, 24, 22, 20, 18), 2.1  # points, inches
SMALL_POINT = (17, 16, 15, 14)  # beside a question
SMALLEST_HEAD = 12  # points of a place over its question
SHORTER_NAMES = (120, 60, 40, 30, 20, 12)  # characters of the groups there
ASKED = 0.75  # inches of a question beneath what is shown, and the line up to which that goes
ABOVE = BOTTOM - ASKED - 0.1


@draw.register
def draw_title(slide: TitleSlide, page: Page) -> None:
    holder = page.placeholders[1]
    subtitle, size = fitted_name(slide.subtitle, (), holder.width.inches, holder.height.inches, (24, 22, 20, 18, 16))
    write_paragraphs(holder.text_frame, [line_of(subtitle, size)])
    y = 5.0
    for name, value in slide.facts:
        text_box(page, Box(LEFT, y, 1.5, 0.35), [line_of(name, 15, colour=palette.INK_2)])
        shown, small = fitted_name(value, (), 4.9, 0.62, (15, 14, 13), bold=True)
        text_box(page, Box(LEFT + 1.5, y, 4.9, 0.62), [line_of(shown, small, bold=True)])
        y += 0.4 if lines_of(shown, small, 4.9, bold=True) == 1 else 0.68


@draw.register
def draw_reading(slide: ReadingSlide, page: Page) -> None:
    fitted_box(page, Box(LEFT, TOP, WIDE, 0.75), slide.lead, (20, 18, 17, 16))
    level_key(page, Box(LEFT, 2.55, WIDE, 0.95), slide.legend, size=18)
    gap = 0.28
    width = (WIDE - gap * (len(slide.marks) - 1)) / len(slide.marks)
    for number, mark in enumerate(slide.marks):
        draw_mark(page, Box(LEFT + number * (width + gap), 4.05, width, 2.4), mark)


def draw_mark(page: Page, box: Box, mark: Mark) -> None:
    """A sample of a mark, its name and what it means."""
    sample = Box(box.x, box.y, 1.2, 0.62)
    if mark.kind == "range":
        range_bar(page, Box(box.x, box.y + 0.2, 1.7, 0.24), range_view(2.6, 3.7))
    else:
        shape = rectangle(page, sample, palette.LEVEL_FILLS[1])
        describe(shape, _("Sample: %(mark)s") % {"mark": mark.name})
        if mark.kind == "brief":
            corner(page, sample)
        if mark.kind == "views_differ":
            frame(page, sample, palette.INK)
        if mark.kind == "two_camps":
            write(shape.text_frame, [line_of(CAMPS, 16, align="centre")], anchor="middle")
        if mark.kind == "too_few":
            hatch(shape)
    shown, size = fitted(mark.text, box.width, 1.3, (15, 14, 13))
    words = [line_of(mark.name, 17, bold=True), line_of(shown, size, before=2)]
    text_box(page, Box(box.x, box.y + 0.75, box.width, 1.65), words)


@draw.register
def draw_findings(slide: FindingsSlide, page: Page) -> None:
    draw_every_finding(page, slide.findings)
    ask_beneath(page, slide.question)


def ask_beneath(page: Page, question: str) -> None:
    ask(page, Box(LEFT, BOTTOM - ASKED, WIDE, ASKED), question)


def draw_every_finding(page: Page, findings: Sequence[FindingView]) -> None:
    number = len(findings)
    if number == 1:
        return draw_one_finding(page, findings[0])
    height = min(2.4, (ABOVE - TOP) / number)
    inner = Box(LEFT + 2.75, 0, WIDE - 2.75, height - 0.2)
    sizes = FEW_FINDINGS if number == 2 else MANY_FINDINGS
    size = min(fitted(finding.text, inner.width, inner.height - 0.36, sizes)[1] for finding in findings)
    for place, finding in enumerate(findings):
        y = TOP + 0.1 + place * height
        if place:
            rule(page, (LEFT, y - 0.1), (LEFT + WIDE, y - 0.1), palette.LINE, 0.75)
        draw_finding(page, Box(LEFT, y, WIDE, height - 0.2), finding, size)


def draw_one_finding(page: Page, finding: FindingView) -> None:
    x = LEFT
    for cell in finding.cells:
        swatch(page, Box(x, TOP + 0.3, 2.1, 1.5), cell, 40)
        x += 2.2
    x, inner = x + 0.3, RIGHT - x - 0.3
    title, head = fitted(finding.title, inner, 0.8, (26, 24, 22, 20), bold=True)
    text, size = fitted(finding.text, inner, 2.8, (26, 24, 22, 20, 18, 17, 16, 15), serif=True)
    words = [line_of(title, head, bold=True), line_of(text, size, serif=True, before=8)]
    text_box(page, Box(x, TOP + 0.3, inner, ABOVE - TOP - 0.3), words)


def draw_finding(page: Page, box: Box, finding: FindingView, size: float) -> None:
    width, height = 1.15, 0.86
    for number, cell in enumerate(finding.cells):
        swatch(page, Box(box.x + number * (width + 0.08), box.y, width, height), cell, 22)
    x = box.x + len(finding.cells) * (width + 0.08) + 0.25
    inner = box.x + box.width - x
    text = shortened(clean(finding.text), size, inner, box.height - 0.36)
    title, head = fitted(finding.title, inner, 0.42, (size + 2, 17, 16, 15), bold=True)
    words = [line_of(title, head, bold=True), line_of(text, size, before=2)]
    text_box(page, Box(x, box.y, inner, box.height), words)


@draw.register
def draw_points(slide: PointsSlide, page: Page) -> None:
    """The map that they are about has a slide of its own before this one."""
    width = 7.1
    height = min(TALLEST_POINT, (BOTTOM - TOP) / max(1, len(slide.points)))
    first = TOP + (BOTTOM - TOP - height * len(slide.points)) / 3
    sizes = [fitted(point, width, height - 0.35, (*POINT, *SMALL_POINT), serif=True)[1] for point in slide.points]
    for number, point in enumerate(slide.points):
        y = first + number * height
        rule(page, (LEFT, y), (LEFT, y + height - 0.35), palette.OCHRE_500 if number == 0 else palette.LINE, 4.5)
        fitted_box(page, Box(LEFT + 0.3, y, width, height - 0.35), point, (min(sizes),), anchor="middle", serif=True)
    ask(page, Box(8.35, 2.3, RIGHT - 8.35, 3.7), slide.question)


@draw.register
def draw_comments(slide: CommentsSlide, page: Page) -> None:
    """Those too long for a slide are cut; they stand whole in the notes."""
    fitted_box(page, Box(LEFT, TOP, WIDE, 0.6), slide.question, (20, 18, 16), colour=palette.INK_2)
    top = TOP + 0.8
    height = (BOTTOM - top) / len(slide.comments)
    for number, comment in enumerate(slide.comments):
        y = top + number * height
        rule(page, (LEFT, y), (LEFT, y + height - 0.25), palette.LINE, 4.5)
        box = Box(LEFT + 0.3, y, WIDE - 0.3, height - 0.25)
        fitted_box(page, box, comment, (*POINT[3:], 16, 15, 14), anchor="middle", serif=True)


@draw.register
def draw_talk(slide: TalkSlide, page: Page) -> None:
    height = min(2.3, (BOTTOM - TOP) / len(slide.topics))
    for number, topic in enumerate(slide.topics):
        y = TOP + 0.1 + number * height
        if number:
            rule(page, (LEFT, y - 0.12), (LEFT + WIDE, y - 0.12), palette.LINE, 0.75)
        draw_topic(page, Box(LEFT, y, WIDE, height - 0.25), topic)


def draw_topic(page: Page, box: Box, topic: Topic) -> None:
    """Beside its cell; where it is about several groups, of which each has a cell of its own, beside its space."""
    width, height = (0.9, 1.1) if topic.groups else (1.5, 1.1)
    if topic.groups:
        ring(page, box.x + width / 2, box.y + 0.08 + height / 2, topic.cell.space, unit=0.03)
    else:
        swatch(page, Box(box.x, box.y + 0.08, width, height), topic.cell, 26)
    x, inner = box.x + width + 0.3, box.width - width - 0.3
    head = _where_it_comes_up(topic, inner) if topic.groups else topic.cell.place
    shown, small = fitted(head, inner, 0.3, (16, 15, 14, 13, SMALLEST_HEAD))
    question, size = fitted(topic.questions[0], inner, box.height - 0.36, QUESTION[1:], serif=True, bold=True)
    text_box(
        page,
        Box(x, box.y, inner, box.height),
        [line_of(shown, small, colour=palette.INK_2), line_of(question, size, bold=True, serif=True, before=2)],
    )


def _where_it_comes_up(topic: Topic, width: float) -> str:
    """On one line, however long the names are, and each still another."""
    said = ""
    for longest in SHORTER_NAMES:
        names = apart(topic.groups, partial(_is_within, longest))
        said = _("%(place)s · comes up in %(groups)s") % {"place": topic.cell.place, "groups": in_short(names)}
        if fits(clean(said), SMALLEST_HEAD, width, LINE * SMALLEST_HEAD / 72):
            break
    return said


def _is_within(most: int, name: str) -> bool:
    return len(name) <= most


@draw.register
def draw_help(slide: HelpSlide, page: Page) -> None:
    """What to ask on the left, what to try on the right; without questions over the whole width."""
    gap = 0.6
    width = (WIDE - gap) / 2 if slide.questions else WIDE
    if slide.questions:
        head = [line_of(_("First: what may lie behind it?"), 20, bold=True, serif=True)]
        text_box(page, Box(LEFT, TOP + 0.1, width, 0.45), head)
        draw_causes(page, Box(LEFT, TOP + 0.65, width, BOTTOM - TOP - 0.65), slide.questions, (17, 16, 15, 14, 13, 12))
    height = (BOTTOM - TOP) / len(slide.actions)
    for number, action in enumerate(slide.actions):
        y = TOP + 0.15 + number * height
        rule(page, (RIGHT - width, y), (RIGHT, y), palette.INK, 1.5)
        draw_action(page, Box(RIGHT - width, y + 0.08, width, height - 0.25), action)


def draw_action(page: Page, box: Box, action: ShownAction) -> None:
    """Its lines of one size."""
    view, number = action.view, len(action.lines)
    title, head = fitted(view.action.title, box.width, 0.4, (20, 19, 18, 17, 16, 15), bold=True)
    about, small = fitted(f"{view.company} · {view.effort}", box.width, 0.4, (14, 13, 12, 11))
    room = (box.height - 0.75) / number
    size = min(
        fitted(f"{name} {text}", box.width, room, (18, 17, 16, 15, 14, 13, 12))[1] for name, text in action.lines
    )
    lines = (
        Paragraph(((Run(f"{name} ", size, bold=True),) if name else ()) + (Run(clean(text), size),), before=4)
        for name, text in action.lines
    )
    words = [line_of(title, head, bold=True), *lines, line_of(about, small, before=4, colour=palette.INK_2)]
    text_box(page, box, words)


@draw.register
def draw_causes_slide(slide: CausesSlide, page: Page) -> None:
    box = Box(LEFT, TOP + 0.1, WIDE, BOTTOM - TOP - 0.1)
    draw_causes(page, box, slide.questions, (20, 18, 17, 16, 15, 14, 13, 12), with_meaning=True)


def draw_causes(
    page: Page, box: Box, questions: Sequence[CauseQuestion], sizes: Sequence[float], *, with_meaning: bool = False
) -> None:
    """The questions in their order, all of one size, and how to use them beneath."""
    height = (box.height - 0.4) / len(questions)
    said = [_cause_words(one, with_meaning=with_meaning) for one in questions]
    room = height - 0.05
    fitting = (size for size in sizes if all(_fits_together(one, size, box.width, room) for one in said))
    size = next(fitting, sizes[-1])
    for number, one in enumerate(questions, start=1):
        words = [
            Run(f"{number}. {clean(one.cause.name)}: ", size, bold=True),
            Run(clean(one.ask), size),
        ]
        lines = [Paragraph(tuple(words))]
        if with_meaning:
            lines.append(line_of(_if_not(one), size, colour=palette.INK_2))
        text_box(page, Box(box.x, box.y + (number - 1) * height, box.width, height), lines)
    how = _("In this order: the first “no” says where to begin.")
    fitted_box(page, Box(box.x, box.y + box.height - 0.35, box.width, 0.35), how, (14, 13, 12), colour=palette.INK_2)


def _cause_words(one: CauseQuestion, *, with_meaning: bool) -> list[str]:
    """What is written of it, paragraph by paragraph."""
    asked = clean(f"1. {one.cause.name}: {one.ask}")
    return [asked, _if_not(one)] if with_meaning else [asked]


def _fits_together(paragraphs: Sequence[str], size: float, width: float, height: float) -> bool:
    return sum(lines_of(text, size, width) for text in paragraphs) * size * LINE / 72 <= height


def _if_not(one: CauseQuestion) -> str:
    return clean(_("If not: %(meaning)s") % {"meaning": one.cause.meaning})


@draw.register
def draw_closing(slide: ClosingSlide, page: Page) -> None:
    names = ", ".join(name for name, _hint in slide.fields)
    widths = (WIDE * 0.44, WIDE * 0.28, WIDE * 0.28)
    box = Box(LEFT, TOP + 0.1, WIDE, 3.2)
    made = table(page, box, widths, (1.0, 2.2), _("A table to fill in: %(names)s") % {"names": names})
    made.first_col = False
    for number, (name, hint) in enumerate(slide.fields):
        head = Paragraph((Run(name, 20, bold=True),))
        fill_cell(made.cell(0, number), [head, line_of(hint, 15, colour=palette.INK_2)], anchor="bottom", margin=0.1)
        border(made.cell(0, number), ("bottom",), palette.INK, 1.5)
        fill_cell(made.cell(1, number), [line_of(" ", 20)], anchor="top", fill=palette.MIST, margin=0.1)
        border(made.cell(1, number), ("left", "right"), palette.PAPER, 6)
    ask(page, Box(LEFT, 5.1, WIDE, ASKED), slide.question)
    fitted_box(page, Box(LEFT, 6.05, WIDE, 0.5), clean(slide.note), (18, 16), colour=palette.INK_2)
