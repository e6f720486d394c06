"""What the page of a survey in the room shows: how many have answered while it is open, then the result."""

import math
from dataclasses import dataclass

from django.core.cache import cache

from diagnostics.answering.places import is_full
from diagnostics.surveys.models import SharedLink, Survey
from reports.disclosure.counts import STEP, Count, step_of
from reports.editions.models import PublishedSlice
from reports.readings.heatmap import CellView, LegendView
from reports.readings.survey.bars import class_key
from reports.readings.survey.room import RoomReading, room_reading
from reports.readings.survey.slice import SliceReading, read_slice
from reports.readings.survey.statements import StatementView

MOST_DOTS = 36
EVERY = 60  # seconds between two counts


@dataclass(frozen=True)
class RoomCount:
    """Only the step that is reached: nothing else of the page may move with a single answer."""

    count: Count
    least: int  # answers that a result needs
    is_full: bool = False  # as many have started as were announced

    @property
    def mark(self) -> str:
        """Changes whenever what is seen changes."""
        return f"{self.count.shown or 0}{'-full' if self.is_full else ''}"

    @property
    def is_short(self) -> bool:
        """Whether there may be no result, if it were closed now."""
        return self.count.shown is None or self.count.shown < self.least

    @property
    def dots(self) -> tuple[bool, ...]:
        """One for each person, filled up to the step; where they are many, one for several."""
        shown = self.count.shown or 0
        people = max(self.count.asked, shown) if self.count.asked else shown + STEP
        each = 1 if people <= MOST_DOTS else STEP * math.ceil(people / STEP / MOST_DOTS)
        return tuple(at < shown // each for at in range(math.ceil(people / each)))


@dataclass(frozen=True)
class RoomRow:
    """One condition: its cell and the one statement that was asked."""

    name: str
    role: str
    text: str  # of the statement
    cell: CellView
    statement: StatementView | None  # None where nothing may be said of it


@dataclass(frozen=True)
class RoomResult:
    reading: SliceReading
    rows: tuple[RoomRow, ...]
    key: tuple[tuple[str, str], ...]  # of the bars: (fill, word) of their classes
    legend: tuple[LegendView, ...]
    talk: RoomReading | None  # what to talk about and to do next; None where nothing is shown

    @property
    def people(self) -> int:
        return self.reading.slice.n


def room_count(survey: Survey) -> RoomCount:
    """Counted anew once a minute at most, so that no page moves at the moment at which somebody hands in."""
    link = SharedLink.objects.select_related("survey").get(survey=survey)
    shown = cache.get_or_set(f"room-{survey.pk}", lambda: step_of(survey.ballots.count(), STEP) or 0, EVERY)
    return RoomCount(Count(STEP, link.invited_count or 0, shown or None), survey.k, is_full(link))


def room_result(whole: PublishedSlice) -> RoomResult:
    reading = read_slice(whole)
    (space,) = reading.survey.spaces_asked
    behind = {condition: reading.asked_cell(condition, space) for condition, _name, _role in reading.rows}
    return RoomResult(
        reading=reading,
        rows=tuple(
            RoomRow(name, role, _asked(reading, condition), found.cell, next(iter(found.statements), None))
            for (condition, name, role), found in zip(reading.rows, behind.values(), strict=True)
        ),
        key=class_key(part for found in behind.values() for one in found.statements for part in one.classes),
        legend=reading.view.legend,
        talk=room_reading(reading),
    )


def _asked(reading: SliceReading, condition: str) -> str:
    (statement,) = reading.questionnaire.statements_of(condition)
    return statement.text
