"""The slides of groups side by side: each by itself first, then what clearly differs, then what to talk about."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.words import paragraph
from reports.decks import shared
from reports.decks.slides import DifferencesSlide, GroupsSlide, PointsSlide, ReadingSlide, Slide, TitleSlide, TopicSlide
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.comparison.difference_words import SELF, ComparedGroup
from reports.readings.comparison.summary import ClearGroup, said_in_space
from reports.readings.heatmap import ColumnView
from reports.readings.topics import Topic, topics_of_comparison
from reports.readings.words import IN_SPACES_FIRST, in_short

MAPS_A_SLIDE = 4
GROUPS_IN_A_TABLE = 5
GROUPS_OF_A_TOPIC = 18
POINTS = 4
CLEAR_RULE = gettext_lazy(
    "A difference is called clear when it is at least 0.3 and more than chance would bring about among all cells and "
    "all groups of the report. Anything else may be chance."
)
FIRST_CLEAR_RULE = gettext_lazy(  # of editions of method 1.0
    "A difference is called clear when it is at least 0.3, its likely range stays away from zero, and it also holds "
    "when all are looked at together. Anything else may be chance."
)


def comparison_deck(reading: ComparisonReading) -> tuple[Slide, ...]:
    topics = topics_of_comparison(reading)
    return (
        title_slide(reading),
        reading_slide(reading),
        *groups_slides(reading),
        *summary_slides(reading),
        *differences_slides(reading),
        *([shared.talk_slide(_("What we might talk about together"), topics)] if topics else []),
        *(topic_slide(reading, topic, turn) for turn, topic in enumerate(topics)),
        shared.closing_slide(_("These are views of people in each group at one moment, to start a conversation.")),
    )


def foot(reading: ComparisonReading) -> str:
    return shared.foot(reading.survey.title, reading.title, reading.edition)


def title_slide(reading: ComparisonReading) -> TitleSlide:
    return TitleSlide(
        message=reading.survey.title,
        notes=(
            _("What would you like to understand about each other by the end?"),
            reading.survey.purpose,
            shared.smallest_group(reading.edition),
        ),
        subtitle=reading.title,
        facts=shared.survey_facts(reading.survey, names_in_short(reading)),
    )


def names_in_short(reading: ComparisonReading) -> str:
    return in_short([group.name for group in reading.groups])


def reading_slide(reading: ComparisonReading) -> ReadingSlide:
    return ReadingSlide(
        message=_("Look inside each group before you compare"),
        notes=(
            _("What is strong in your own group? Where would you begin?"),
            *shared.how_to_read(),
            _("Better left unsaid: which group is better. Groups are in the order of the survey, never by score."),
        ),
        lead=paragraph(
            _("Every map has the same four levels. Groups are in the order of the survey, never by score."),
            *reading.remarks,
        ),
        legend=reading.groups[0].view.legend,
        marks=shared.marks(reading.edition),
    )


def groups_slides(reading: ComparisonReading) -> Iterator[GroupsSlide]:
    parts = shared.parts(reading.groups, MAPS_A_SLIDE)
    for number, part in enumerate(parts, start=1):
        yield GroupsSlide(
            message=shared.numbered(_("Each group as its own people see it"), number, len(parts)),
            notes=(
                _("What surprises you about your own group? What would you ask the group beside it?"),
                *(group.note for group in part if group.note),
                *shared.how_to_read(),
                _("Better left unsaid: a difference between two maps that nobody has found to be clear."),
            ),
            groups=tuple(part),
            legend=reading.groups[0].view.legend,
        )


def clear_rule(reading: ComparisonReading) -> str:
    return str(FIRST_CLEAR_RULE if reading.is_of_first_method else CLEAR_RULE)


def summary_slides(reading: ComparisonReading) -> Iterator[PointsSlide]:
    """What the comparison comes to; nothing for readers who may not see everybody else."""
    if not reading.has_differences:
        return
    if not reading.clear:
        yield no_difference_slide(reading)
        return
    summary, question = reading.summary, _("What might be behind this? Who would know?")
    yield PointsSlide(
        message=summary.headline,
        notes=(
            question,
            *(f"{group.name}, {one.cell.place}: {one.said}." for group, one in reading.clear),
            *filter(None, [summary.rest, summary.chance]),
            clear_rule(reading),
            _("Better left unsaid: which group is better. A difference is a reason to ask, not a result."),
        ),
        points=tuple(_points([*summary.sentences, summary.chance])),
        question=question,
    )


def _points(sentences: Sequence[str]) -> Sequence[str]:
    """As many as go on a slide; the others stand in the notes."""
    return [one for one in sentences if one][:POINTS]


def differences_slides(reading: ComparisonReading) -> Iterator[DifferencesSlide]:
    """One for each space in which something differs clearly."""
    for column in reading.asked:
        clear = [one for one in reading.clear_groups if any(view.cell.space == column.key for view in one.found)]
        shown = reading.groups if len(reading.groups) <= GROUPS_IN_A_TABLE else [one.group for one in clear]
        parts = shared.parts(shown, GROUPS_IN_A_TABLE) if clear else []
        for number, part in enumerate(parts, start=1):
            message = shared.numbered(_differ(clear, column, reading), number, len(parts))
            yield differences_slide(reading, column, part, message)


def differences_slide(
    reading: ComparisonReading, column: ColumnView, groups: Sequence[ComparedGroup], message: str
) -> DifferencesSlide:
    left_out = len(reading.groups) > GROUPS_IN_A_TABLE
    return DifferencesSlide(
        message=message,
        notes=(
            _("What might be behind this? Who would know?"),
            _("What could the others borrow, and what would have to be true for it to work there?"),
            *(one.accessible_text for group in groups for one in group.clear if one.cell.space == column.key),
            _("How to read: each group is set against everybody else in the report, by the same condition and space."),
            clear_rule(reading),
            *([_("These are views of people’s own leadership, not of the group.")] if column.key == SELF else []),
            _("Better left unsaid: anything that is not clear. It may be chance; do not discuss it as a difference."),
        ),
        space=column.name,
        groups=tuple(groups),
        rows=tuple(
            (name, tuple(group.differences.get((condition, column.key)) for group in groups))
            for condition, name, _role in reading.rows
        ),
        note=_("The other groups do not differ clearly in this space.") if left_out else clear_rule(reading),
    )


def _differ(clear: Sequence[ClearGroup], column: ColumnView, reading: ComparisonReading) -> str:
    where = str(IN_SPACES_FIRST[column.key])
    if len(clear) == 1:
        return said_in_space(clear[0], column.key, where)
    message = _("%(where)s, %(clear)s of %(groups)s groups differ clearly from everybody else")
    return message % {"where": where, "clear": len(clear), "groups": len(reading.groups)}


def no_difference_slide(reading: ComparisonReading) -> PointsSlide:
    question = _("What do we have in common, and what could we take up together?")
    alike = _("People within each group differ from each other more than the groups do.")
    return PointsSlide(
        message=reading.summary.headline,
        notes=(
            question,
            clear_rule(reading),
            *filter(None, [reading.summary.rest, reading.summary.chance]),
            _("Better left unsaid: that one group is ahead of another. Nothing here says so."),
        ),
        points=(
            *(reading.summary.sentences if reading.can_tell_apart else (alike,)),
            *([reading.summary.rest] if reading.summary.rest and not reading.summary.chance else []),
            _("What comes up in several groups may be worth taking up together."),
        ),
        question=question,
    )


def topic_slide(reading: ComparisonReading, topic: Topic, turn: int) -> TopicSlide:
    place = (topic.cell.condition, topic.cell.space)
    first, *others = topic.questions
    groups = groups_of_topic(reading, topic)
    cells = tuple((group, group.view.cell(*place)) for group in groups)
    return TopicSlide(
        message=_comes_up(topic, len(reading.groups)),
        notes=(
            first,
            *others,
            *(f"{group.name}: {cell.accessible_text}." for group, cell in cells),
            _("Better left unsaid: a difference between two groups that is not a clear one."),
        ),
        topic=topic,
        cells=cells,
        question=first,
        exercise=shared.exercise(topic.cell, turn),
        note=_("The other groups are in the report.") if len(groups) < len(reading.groups) else "",
    )


def groups_of_topic(reading: ComparisonReading, topic: Topic) -> Sequence[ComparedGroup]:
    """Every group; of many those in which it comes up, as far as they go on a slide."""
    if len(reading.groups) <= GROUPS_OF_A_TOPIC:
        return reading.groups
    return [group for group in reading.groups if group.name in topic.groups][:GROUPS_OF_A_TOPIC]


def _comes_up(topic: Topic, groups: int) -> str:
    if len(topic.groups) == groups:
        return _("%(place)s comes up in every group") % {"place": topic.cell.place}
    numbers = {"place": topic.cell.place, "number": len(topic.groups), "groups": groups}
    return _("%(place)s comes up in %(number)s of %(groups)s groups") % numbers
