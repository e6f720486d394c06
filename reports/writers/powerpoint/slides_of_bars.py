"""Slides with bars: a cell with one of its statements, what matters most."""

from typing import Any

from django.utils.translation import gettext as _
from pptx.slide import Slide as Page

from reports.decks.slides import CellSlide, PicksSlide
from reports.readings import palette
from reports.readings.heatmap import CellView
from reports.readings.survey.statements import StatementView
from reports.writers.powerpoint.bar_charts import Bar, bar_chart
from reports.writers.powerpoint.page import BOTTOM, LEFT, RIGHT, TOP, WIDE, draw
from reports.writers.powerpoint.shapes import Box, ask, fitted_box, range_bar, ring, swatch, text_box
from reports.writers.powerpoint.text import Paragraph, Run, fitted, line_of

SHOWN = 7.2  # inches for what is shown; the question stands to its right


@draw.register
def draw_cell(slide: CellSlide, page: Page) -> None:
    facts_of_cell(page, slide.cell)
    if slide.statement and slide.statement.classes:
        draw_classes(page, slide.statement)
    else:
        draw_alone(page, slide)
    ask(page, Box(8.35, 2.3, RIGHT - 8.35, 3.7), slide.question, slide.exercise)


def facts_of_cell(page: Page, cell: CellView) -> None:
    """One line: its score, range, agreement, how many it rests on."""
    ring(page, LEFT + 0.17, TOP + 0.19, cell.space)
    facts = cell.accessible_text.removeprefix(f"{cell.place}: ")
    box = Box(LEFT + 0.5, TOP, WIDE - 0.5, 0.38)
    fitted_box(page, box, facts, (18, 17, 16, 15, 14, 13, 12), anchor="middle", colour=palette.INK_2)


def draw_classes(page: Page, statement: StatementView) -> None:
    quote(page, Box(LEFT, TOP + 0.5, SHOWN, 0.82), statement)
    text_box(page, Box(LEFT, TOP + 1.34, SHOWN, 0.32), [Paragraph(level_of(statement))], anchor="middle")
    bars = [Bar(one.label, one.share_text, one.size, palette.ANSWER_FILLS[one.css]) for one in statement.classes]
    bar_chart(
        page,
        Box(LEFT - 0.1, TOP + 1.7, SHOWN + 0.1, BOTTOM - TOP - 1.7),
        bars,
        title=_("Share of answers, per cent, as drawn"),
        description=f"{statement.text} {statement.label}",
    )


def quote(page: Page, box: Box, statement: StatementView) -> None:
    said = _("“%(statement)s”") % {"statement": statement.text}
    fitted_box(page, box, said, (22, 20, 18, 17, 16, 15, 14), serif=True, anchor="middle")


def level_of(statement: StatementView) -> tuple[Run, ...]:
    """Its level, its mean where there is one, and what is left out of it."""
    level = " ".join(filter(None, [statement.word, statement.score_text]))
    about = ", ".join(filter(None, [statement.note, statement.left_out]))
    small: dict[str, Any] = {"size": 15, "colour": palette.INK_2}
    head = "" if statement.note else f"{_('Level')}  "
    return Run(head, **small), Run(level, 17, bold=True), Run(f"  {about}" if about else "", **small)


def draw_alone(page: Page, slide: CellSlide) -> None:
    """A cell without bars: its level and range, a statement with its level, what it may mean."""
    y = TOP + 0.7
    swatch(page, Box(LEFT, y, 2.1, 1.5), slide.cell, 40)
    if slide.cell.range:
        range_bar(page, Box(LEFT + 2.5, y + 0.3, 4.2, 0.42), slide.cell.range, with_ends=True)
        said = _("Two camps") if slide.cell.camps else slide.cell.level_label or ""  # the middle is nobody's view
        levels = Paragraph((Run(said, 17, bold=True),))
        text_box(page, Box(LEFT + 2.6, y + 1.05, 4.5, 0.4), [levels])
    y += 1.8
    if slide.statement:
        quote(page, Box(LEFT, y, SHOWN, 1.0), slide.statement)
        text_box(page, Box(LEFT, y + 1.05, SHOWN, 0.4), [Paragraph(level_of(slide.statement))])
        return
    meaning, size = fitted(slide.meaning, SHOWN, 1.75, (20, 19, 18, 17, 16))
    text_box(page, Box(LEFT, y, SHOWN, BOTTOM - y), [line_of(meaning, size)])


@draw.register
def draw_picks(slide: PicksSlide, page: Page) -> None:
    bars = [Bar(pick.name, pick.text, pick.width, palette.PETROL_600) for pick in slide.picks]
    described = ", ".join(f"{pick.name}: {pick.text}" for pick in slide.picks)
    box = Box(LEFT - 0.1, TOP, SHOWN + 0.1, 4.25)
    bar_chart(page, box, bars, title=_("Share of people, per cent, as drawn"), description=described, horizontal=True)
    ask(page, Box(8.35, 2.3, RIGHT - 8.35, 2.6), slide.question)
    fitted_box(page, Box(LEFT, 6.0, WIDE, 0.5), slide.note, (16, 15), colour=palette.INK_2)
