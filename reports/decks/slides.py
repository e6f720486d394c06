"""The kinds of slides. Each holds all that is drawn on it; `notes` are for whoever speaks. No request, no drawing."""

from dataclasses import dataclass
from typing import Literal

from reports.readings.comparison.difference_words import ComparedGroup, DifferenceView
from reports.readings.heatmap import CellView, HeatmapView, LegendView
from reports.readings.next_steps.actions import ActionView
from reports.readings.next_steps.causes import CauseQuestion
from reports.readings.survey.findings import FindingView, PickView, Priorities
from reports.readings.survey.statements import StatementView
from reports.readings.topics import Topic

NONE_FIRST = Priorities()
MarkKind = Literal["range", "brief", "views_differ", "two_camps", "too_few"]


@dataclass(frozen=True, kw_only=True)
class Slide:
    message: str  # the one thing it says: the slide's title
    notes: tuple[str, ...] = ()  # questions for the conversation first


@dataclass(frozen=True, kw_only=True)
class TitleSlide(Slide):
    subtitle: str  # whose report
    facts: tuple[tuple[str, str], ...]  # (name, value): the survey's dates, answers


@dataclass(frozen=True)
class Mark:
    """A mark of the map with what it means; drawn as a sample."""

    kind: MarkKind
    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ReadingSlide(Slide):
    """How to read the map."""

    lead: str  # one sentence beneath the message
    legend: tuple[LegendView, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class MapSlide(Slide):
    """A whole map; beside it what to act on and what to talk about first, where that is shown."""

    name: str  # of the group
    people: int
    view: HeatmapView
    act_first: Priorities = NONE_FIRST
    talk_first: Priorities = NONE_FIRST
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CellSlide(Slide):
    """One cell and, where it may be shown, one of its statements; a question beside it."""

    cell: CellView
    agreement: str  # a sentence, to stand beside a statement; "" where nothing is said of it
    meaning: str  # what such a score may mean, agreement as well: for the place of a statement
    statement: StatementView | None  # with classes, else with a level alone
    question: str
    exercise: str  # how to talk about it: "In threes, eight minutes. …"


@dataclass(frozen=True, kw_only=True)
class PicksSlide(Slide):
    picks: tuple[PickView, ...]
    note: str  # whose shares these are
    question: str


@dataclass(frozen=True, kw_only=True)
class FindingsSlide(Slide):
    """What else was found, of one kind, or of all where they are few: at most four."""

    findings: tuple[FindingView, ...]
    question: str


@dataclass(frozen=True, kw_only=True)
class GroupsSlide(Slide):
    """Small maps side by side, at most four, always in the order of the survey."""

    groups: tuple[ComparedGroup, ...]
    legend: tuple[LegendView, ...]


@dataclass(frozen=True, kw_only=True)
class DifferencesSlide(Slide):
    """One space: conditions by groups, each against everybody else."""

    space: str
    groups: tuple[ComparedGroup, ...]  # at most five
    rows: tuple[tuple[str, tuple[DifferenceView | None, ...]], ...]  # (condition, one per group)
    note: str


@dataclass(frozen=True, kw_only=True)
class PointsSlide(Slide):
    """A message with a few sentences beneath; beside them the map that they are about, else a question.

    In a file always the question: the map stands on the slide before.
    """

    points: tuple[str, ...]
    question: str
    view: HeatmapView | None = None


@dataclass(frozen=True, kw_only=True)
class TopicSlide(Slide):
    """One topic in every group that is compared; a question beside it."""

    topic: Topic
    cells: tuple[tuple[ComparedGroup, CellView], ...]  # in the order of the survey, at most eighteen
    question: str
    exercise: str
    note: str  # where not every group is shown


@dataclass(frozen=True, kw_only=True)
class TalkSlide(Slide):
    """What to talk about: at most three cells with a question each."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class ShownAction:
    view: ActionView
    lines: tuple[tuple[str, str], ...]  # (what it is, the text); the fewer actions, the more of each


@dataclass(frozen=True, kw_only=True)
class HelpSlide(Slide):
    """What could help in one place: the actions that were chosen, and what to ask before one of them is."""

    cell: CellView
    questions: tuple[CauseQuestion, ...]  # () where they were left out
    actions: tuple[ShownAction, ...]  # at most three


@dataclass(frozen=True, kw_only=True)
class CausesSlide(Slide):
    """What to ask of places for which no action was chosen."""

    questions: tuple[CauseQuestion, ...]


@dataclass(frozen=True, kw_only=True)
class CommentsSlide(Slide):
    """What people wrote to one open question, word for word: at most three."""

    question: str
    comments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ClosingSlide(Slide):
    fields: tuple[tuple[str, str], ...]  # (what to agree, a hint), to be filled in by those in the room
    question: str
    note: str
