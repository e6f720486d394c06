"""A survey's report as a PDF: of one slice, and of groups side by side. Words and numbers are those of the reading."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.names import apart, short
from core.words import decimal, language_tag
from reports.decks.shared import answered, number_of_people
from reports.editions.groups import grouping_of, name_within
from reports.editions.models import PublishedSlice
from reports.readings import guidance, palette
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.comparison.difference_words import DifferenceView
from reports.readings.heatmap import ColumnView
from reports.readings.survey.comments import Answered, Commented
from reports.readings.survey.room import room_reading
from reports.readings.survey.slice import CellReading, SliceReading
from reports.readings.survey.statements import ClassView, StatementView
from reports.readings.topics import topics_of_comparison, topics_of_slice
from reports.writers.pdf.paper import as_pdf

Found = TypeVar("Found")
LONGEST_RUNNING = 45  # characters of title and of name above each page
LONGEST_IN_TABLE = 60  # characters of the name of a group
MOST_KEPT = 8  # rows of differences that stay together on a page
LONG = 90  # characters of title and name together beyond which the drawing on the cover makes room


@dataclass(frozen=True)
class ClassPart:
    view: ClassView
    fill: str
    ink: str


@dataclass(frozen=True)
class StatementLine:
    statement: StatementView

    @property
    def parts(self) -> tuple[ClassPart, ...]:
        fills, inks = palette.ANSWER_FILLS, palette.ANSWER_INKS
        return tuple(ClassPart(view, fills[view.css], inks[view.css]) for view in self.statement.classes)


@dataclass(frozen=True)
class CellPart:
    """One cell and its statements, those with bars drawn beside each other."""

    reading: CellReading

    @cached_property
    def lines(self) -> tuple[StatementLine, ...]:
        return tuple(StatementLine(statement) for statement in self.reading.statements)

    @property
    def has_bars(self) -> bool:
        return any(line.statement.classes for line in self.lines)


@dataclass(frozen=True)
class ConditionPart:
    name: str
    role: str
    cells: tuple[CellPart, ...]  # in model order; what was not asked has none
    hidden: tuple[str, ...]  # places in which too few answered


@dataclass(frozen=True)
class DifferenceRow:
    name: str
    cells: tuple[DifferenceView | None, ...]  # one per condition; None for what was not asked


@dataclass(frozen=True)
class SpaceTable:
    """One space: groups by conditions, each against everybody else."""

    space: ColumnView
    rows: tuple[DifferenceRow, ...]


def commented_pdf(commented: Commented) -> bytes:
    return slice_pdf(commented.reading, commented.answered)


def slice_pdf(reading: SliceReading, answered: Sequence[Answered] = ()) -> bytes:
    """`answered`: what people wrote, for a file that carries it."""
    counted, left_out = grouping_of(reading.edition).within(reading.slice)
    conditions = _conditions(reading)
    context = {
        "is_together": reading.slice.kind == PublishedSlice.Kind.OTHER_GROUPS,
        "answered": answered,
        "counted": counted,
        "left_out": left_out,
        "conditions": conditions,
        "has_hidden": any(part.hidden for part in conditions),
        "has_bars": any(cell.has_bars for part in conditions for cell in part.cells),
        "findings": _pairs(reading.findings),
        "topics": topics_of_slice(reading),
        "talk": room_reading(reading) if reading.survey.is_in_room else None,
        "legend": reading.view.legend,
    }
    frame = _frame(reading, _("Report for %(name)s") % {"name": reading.name}, reading.name, answers=reading.people)
    return as_pdf("documents/pdf/survey_slice.html", frame | context, style="survey")


def comparison_pdf(reading: ComparisonReading) -> bytes:
    names = _names(reading)
    context = {
        "pairs": _pairs(reading.groups),
        "clear": [(names[group.key], one) for group, one in reading.clear],
        "tables": [_table(reading, space, names) for space in reading.asked] if reading.has_differences else [],
        "most_kept": MOST_KEPT,
        "topics": topics_of_comparison(reading),
        "legend": reading.groups[0].view.legend,
    }
    frame = _frame(reading, reading.title, reading.title, answers=number_of_people(reading.people))
    return as_pdf("documents/pdf/survey_comparison.html", frame | context, style="survey")


def _frame(reading: SliceReading | ComparisonReading, subtitle: str, name: str, *, answers: str) -> dict[str, object]:
    """What every report has: a cover, a running head, the record of how it was made."""
    survey, edition = reading.survey, reading.edition
    prepared = timezone.localtime(edition.published_at, survey.zone)
    return {
        "reading": reading,
        "survey": survey,
        "edition": edition,
        "title": f"{survey.title}: {subtitle}",
        "subtitle": subtitle,
        "running": (short(survey.title, LONGEST_RUNNING), name_within(name, edition, LONGEST_RUNNING)),
        "language": language_tag(),
        "is_long": len(survey.title) + len(subtitle) > LONG,
        "facts": (
            (_("Survey"), answered(survey)),
            (_("Answers"), answers),
            (_("Prepared"), date_format(prepared, _("j F Y"))),
        ),
        "rings": [(key, name, _ring(key)) for key, name in reading.columns],
        "notes": guidance.reading_notes(),
        "agreement": {name: decimal(edition.parameters[name]) for name in ("ad_close", "ad_wide")},
    }


@lru_cache
def _ring(space: str) -> str:
    """The address of a space's ring; a background, because it is an ornament."""
    drawing = render_to_string("components/ring.html", {"space": space}).strip()
    drawing = drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"').replace("currentColor", palette.INK)
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"


def _conditions(reading: SliceReading) -> list[ConditionPart]:
    found = []
    for row in reading.view.rows:
        shown = [reading.cell(cell.condition, cell.space) for cell in row.cells if cell.level]
        hidden = [cell.place for cell in row.cells if cell.state == "too_few_people"]
        found.append(ConditionPart(row.name, row.role, tuple(CellPart(one) for one in shown if one), tuple(hidden)))
    return [part for part in found if part.cells or part.hidden]


def _pairs(found: Sequence[Found]) -> list[Sequence[Found]]:
    return [found[at : at + 2] for at in range(0, len(found), 2)]


def _names(reading: ComparisonReading) -> dict[str, str]:
    """Of each group, as it goes into a table."""
    shown = apart([group.name for group in reading.groups], lambda text: len(text) <= LONGEST_IN_TABLE)
    return {group.key: name for group, name in zip(reading.groups, shown, strict=True)}


def _table(reading: ComparisonReading, space: ColumnView, names: Mapping[str, str]) -> SpaceTable:
    rows = (
        DifferenceRow(
            names[group.key], tuple(group.differences.get((key, space.key)) for key, _name, _role in reading.rows)
        )
        for group in reading.groups
    )
    return SpaceTable(space, tuple(rows))
