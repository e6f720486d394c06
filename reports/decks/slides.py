"""The kinds of slides. Each holds all that is drawn on it; `notes` are for whoever speaks. No request, no drawing."""

from dataclasses import dataclass

from reports.comparisons.reading import ComparedGroup, DifferenceView
from reports.conversation import Topic
from reports.reading import CellView, HeatmapView, LegendView
from reports.survey_reading import FindingView, PickView, PriorityView, StatementView


@dataclass(frozen=True, kw_only=True)
class Slide:
    message: str  # the one thing it says: the slide's title
    notes: tuple[str, ...] = ()  # questions for the conversation first


@dataclass(frozen=True, kw_only=True)
class TitleSlide(Slide):
    subtitle: str  # whose report
    facts: tuple[tuple[str, str], ...]  # (name, value): the survey's dates, answers


@dataclass(frozen=True, kw_only=True)
class ReadingSlide(Slide):
    """How to read the map."""

    legend: tuple[LegendView, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MapSlide(Slide):
    """A whole map; beside it what to act on and what to talk about first, where that is shown."""

    name: str  # of the group
    people: int
    view: HeatmapView
    act_first: tuple[PriorityView, ...] = ()
    talk_first: tuple[PriorityView, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CellSlide(Slide):
    """One cell and, where it may be shown, one of its statements; a question beside it."""

    cell: CellView
    agreement: str
    statement: StatementView | None
    key: tuple[tuple[str, str], ...]  # (fill, word) of the statement's classes
    question: str
    exercise: str  # how to talk about it: "In threes, eight minutes. …"


@dataclass(frozen=True, kw_only=True)
class PicksSlide(Slide):
    picks: tuple[PickView, ...]


@dataclass(frozen=True, kw_only=True)
class FindingSlide(Slide):
    finding: FindingView


@dataclass(frozen=True, kw_only=True)
class GroupsSlide(Slide):
    """Small maps side by side, at most four, always in the order of the survey."""

    groups: tuple[ComparedGroup, ...]


@dataclass(frozen=True, kw_only=True)
class DifferencesSlide(Slide):
    """One space: conditions by groups, each against everybody else."""

    space: str
    groups: tuple[ComparedGroup, ...]
    rows: tuple[tuple[str, tuple[DifferenceView | None, ...]], ...]  # (condition, one per group)


@dataclass(frozen=True, kw_only=True)
class TalkSlide(Slide):
    """What to talk about: at most three cells with a question each."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True, kw_only=True)
class ClosingSlide(Slide):
    points: tuple[str, ...]
