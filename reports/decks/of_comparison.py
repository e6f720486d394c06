"""The slides of groups side by side: each by itself first, then what clearly differs, then what to talk about."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.words import paragraph
from reports.decks import shared
from reports.decks.slides import DifferencesSlide, GroupsSlide, PointsSlide, ReadingSlide, Slide, TitleSlide, TopicSlide
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.comparison.difference_words import ComparedGroup
from reports.readings.heatmap import ColumnView
from reports.readings.topics import Topic, topics_of_comparison
from reports.readings.words import IN_SPACES_FIRST

MAPS_A_SLIDE = 4
GROUPS_IN_A_TABLE = 5
GROUPS_OF_A_TOPIC = 18
CLEAR_RULE = gettext_lazy(
    "A difference is called clear when it is at least 0.3, its likely range stays away from zero, and it also holds "
    "when all are looked at together. Anything else may be chance."
)


def comparison_deck(reading: ComparisonReading) -> tuple[Slide, ...]:
    topics = topics_of_comparison(reading)
    return (
        title_slide(reading),
        reading_slide(reading),
        *groups_slides(reading),
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
    return shared.in_short([group.name for group in reading.groups])


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


def differences_slides(reading: ComparisonReading) -> Iterator[DifferencesSlide | PointsSlide]:
    """One for each space in which something differs clearly; nothing for readers who may not see everybody else."""
    if not reading.has_differences:
        return
    if not reading.clear:
        yield no_difference_slide(reading)
    for column in reading.asked:
        clear = [group for group in reading.groups if any(one.cell.space == column.key for one in group.clear)]
        shown = reading.groups if len(reading.groups) <= GROUPS_IN_A_TABLE else clear
        parts = shared.parts(shown, GROUPS_IN_A_TABLE) if clear else []
        for number, part in enumerate(parts, start=1):
            message = shared.numbered(_differ(len(clear), column, reading), number, len(parts))
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
            str(CLEAR_RULE),
            _("Better left unsaid: anything that is not clear. It may be chance; do not discuss it as a difference."),
        ),
        space=column.name,
        groups=tuple(groups),
        rows=tuple(
            (name, tuple(group.differences.get((condition, column.key)) for group in groups))
            for condition, name, _role in reading.rows
        ),
        note=_("The other groups do not differ clearly in this space.") if left_out else str(CLEAR_RULE),
    )


def _differ(clear: int, column: ColumnView, reading: ComparisonReading) -> str:
    message = ngettext(
        "%(where)s, %(clear)s of %(groups)s groups differs clearly from everybody else",
        "%(where)s, %(clear)s of %(groups)s groups differ clearly from everybody else",
        clear,
    )
    return message % {"where": IN_SPACES_FIRST[column.key], "clear": clear, "groups": len(reading.groups)}


def no_difference_slide(reading: ComparisonReading) -> PointsSlide:
    alike = _("People within each group differ from each other more than the groups do.")
    usual = _("That is the usual outcome. With groups of this size most differences are within what chance brings.")
    return PointsSlide(
        message=_("There are no clear differences between these groups"),
        notes=(
            _("What do we have in common, and what could we take up together?"),
            str(CLEAR_RULE),
            _("Better left unsaid: that one group is ahead of another. Nothing here says so."),
        ),
        points=(
            usual if reading.can_tell_apart else alike,
            _("It does not mean that all see the same: talk about what each group sees."),
            _("What stands out in several groups may be worth taking up together."),
        ),
    )


def topic_slide(reading: ComparisonReading, topic: Topic, turn: int) -> TopicSlide:
    place = (topic.cell.condition, topic.cell.space)
    first, *others = topic.questions
    groups = groups_of_topic(reading, topic)
    cells = tuple((group, group.view.cell(*place)) for group in groups)
    return TopicSlide(
        message=_stands_out(topic, len(reading.groups)),
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
    """Every group; of many those in which it stands out, as far as they go on a slide."""
    if len(reading.groups) <= GROUPS_OF_A_TOPIC:
        return reading.groups
    return [group for group in reading.groups if group.name in topic.groups][:GROUPS_OF_A_TOPIC]


def _stands_out(topic: Topic, groups: int) -> str:
    if len(topic.groups) == groups:
        return _("%(place)s stands out in every group") % {"place": topic.cell.place}
    numbers = {"place": topic.cell.place, "number": len(topic.groups), "groups": groups}
    return _("%(place)s stands out in %(number)s of %(groups)s groups") % numbers
