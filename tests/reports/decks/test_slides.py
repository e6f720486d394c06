"""What is shown in the room: which slides, in which order, and what they ask."""

from dataclasses import replace

import pytest

from reports.comparisons.actions import Chosen
from reports.decks import of_slice, shared
from reports.decks.of_comparison import GROUPS_IN_A_TABLE, GROUPS_OF_A_TOPIC, comparison_deck, groups_of_topic
from reports.decks.of_slice import slice_deck
from reports.decks.slides import (
    CellSlide,
    ClosingSlide,
    DifferencesSlide,
    FindingsSlide,
    GroupsSlide,
    HelpSlide,
    MapSlide,
    PicksSlide,
    PointsSlide,
    ReadingSlide,
    TalkSlide,
    TitleSlide,
    TopicSlide,
)
from reports.publish.cells import CellFigures, PublishedCell
from reports.readings.comparison.comparison import read_comparison
from reports.readings.heatmap import cell_view
from reports.readings.survey.findings import FindingView
from reports.readings.survey.slice import CellReading, read_slice
from reports.readings.survey.statements import StatementView
from reports.readings.survey.texts import CellTexts
from tests.reports.published import (
    HIGH,
    LOW,
    MANY_DONT_KNOW,
    SPLIT,
    compared,
    four_groups,
    others_of,
    published_survey,
    slice_of,
)

needs_survey = pytest.mark.usefixtures("instrument")
FIGURES = CellFigures(14, 0, 3.1, None, "partly", ("partly",), 2.8, 3.4, "close", False, None, n_tens=14)


@pytest.fixture
def survey(alice):
    return published_survey(alice)


def cell(**changes):
    published = PublishedCell("task", "team", 7, replace(FIGURES, **changes))
    return cell_view(published, ("task", "team"), "Task in the team", people=14)


def statement(text, *, word=None, classes=()):
    return StatementView(text, word, None, None, classes, "", "", "", "")


def behind(*statements):
    return CellReading(cell(), "", CellTexts(), "", "", "", statements, ())


def finding(kind, number):
    return FindingView(kind, f"{kind} {number}", "Why?", (cell(),))


def kinds(deck):
    return [type(slide) for slide in deck]


def of_kind(deck, kind):
    return [slide for slide in deck if isinstance(slide, kind)]


def without_clear_differences(reading):
    def unclear(group):
        told = {
            place: replace(one, is_clear=False, word="not_clear" if one.is_clear else one.word)
            for place, one in group.differences.items()
        }
        return replace(group, differences=told)

    return replace(reading, groups=tuple(map(unclear, reading.groups)))


# --- words ---


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "Task in the team looks partly in place"),
        ({"levels": ("not_yet", "partly")}, "Task in the team looks not yet to partly in place"),
        ({"agreement": "wide"}, "Views differ on Task in the team"),
        ({"agreement": "wide", "is_split": True}, "There are two camps on Task in the team"),
    ],
)
def test_a_cell_has_one_message(changes, message):
    assert shared.cell_message(cell(**changes)) == message


def test_exercises_take_turns_unless_the_cell_asks_for_another():
    assert len({shared.exercise(cell(), turn) for turn in range(3)}) == 3
    assert shared.exercise(cell(), 3) == shared.exercise(cell(), 0)
    differ = cell(agreement="wide")
    assert "Nobody needs to say what they answered." in shared.exercise(differ, 0) == shared.exercise(differ, 1)
    assert "could help elsewhere" in shared.exercise(cell(score=4.5, level="firmly", levels=("firmly",)), 0)


def test_parts_are_few_and_of_nearly_the_same_size():
    assert [len(part) for part in shared.parts(range(5), 4)] == [3, 2]
    assert [len(part) for part in shared.parts(range(9), 4)] == [3, 3, 3]
    assert shared.parts([], 4) == []


# --- one group ---


def test_the_statement_shown_is_the_first_with_classes_then_with_a_level_never_the_lowest():
    silent, level, lower = statement("A"), statement("B", word="Mostly"), statement("C", word="Not yet")
    told = statement("D", word="Firmly", classes=("a class",))
    assert of_slice.telling_statement(behind(silent, level, lower, told)) is told
    assert of_slice.telling_statement(behind(silent, level, lower)) is level
    assert of_slice.telling_statement(behind(silent)) is None


def test_findings_stand_by_kind_four_at_most_on_a_slide_and_three_breaks():
    found = [finding("stands_out", 1), *(finding("break", number) for number in range(5))]
    slides = list(of_slice.findings_slides(found))
    assert [[one.title for one in slide.findings] for slide in slides] == [
        ["stands_out 1"],
        ["break 0", "break 1", "break 2"],
        ["break 3", "break 4"],
    ]
    assert [slide.message[-8:] for slide in slides[1:]] == ["(1\u00a0of\u00a02)", "(2\u00a0of\u00a02)"]
    four = {kind: [finding(kind, number) for number in range(4)] for kind in ("break", "could_not_judge")}
    assert [len(slide.findings) for slide in of_slice.findings_slides(four["break"])] == [2, 2]
    assert [len(slide.findings) for slide in of_slice.findings_slides(four["could_not_judge"])] == [4]


@needs_survey
def test_the_deck_of_everybody_goes_from_the_map_to_what_happens_next(survey):
    reading = read_slice(slice_of(survey, "Community services"))
    deck = slice_deck(reading)
    first, second, third, *_middle, last = kinds(deck)
    assert (first, second, third, last) == (TitleSlide, ReadingSlide, MapSlide, ClosingSlide)
    steps = [one for one in reading.next_steps if one.chosen]
    assert kinds(deck)[-2 - len(steps) : -1] == [TalkSlide, *([HelpSlide] * len(steps))]
    assert [slide.cell for slide in of_kind(deck, HelpSlide)] == [one.cell for one in steps]
    assert 8 <= len(deck) <= 18
    (shown,) = of_kind(deck, MapSlide)
    assert (shown.view, shown.act_first, shown.talk_first) == (reading.view, reading.act_first, reading.talk_first)
    (questions,) = of_kind(deck, TalkSlide)
    assert [slide.cell for slide in of_kind(deck, CellSlide)] == [topic.cell for topic in questions.topics]
    assert [slide.picks for slide in of_kind(deck, PicksSlide)] == [reading.picks]
    told = [one for slide in of_kind(deck, FindingsSlide) for one in slide.findings]
    assert told == list(reading.findings)


@needs_survey
def test_what_may_not_be_shown_of_few_has_no_slide(survey):
    deck = slice_deck(read_slice(slice_of(survey, MANY_DONT_KNOW)))
    assert not of_kind(deck, PicksSlide)
    assert all(not slide.statement or not slide.statement.classes for slide in of_kind(deck, CellSlide))


@needs_survey
def test_the_cover_says_whose_views_and_when_in_the_time_of_the_survey(survey):
    cover = slice_deck(read_slice(others_of(survey)))[0]
    assert (cover.message, cover.subtitle) == (survey.title, "Other groups in Community services")
    assert dict(cover.facts) == {"Whose views": "7 people", "Answered": "16 November to 4 December 2026"}


# --- groups side by side ---


@needs_survey
def test_a_comparison_looks_inside_each_group_before_it_compares(survey):
    reading = read_comparison(four_groups(survey))
    deck = comparison_deck(reading)
    found = kinds(deck)
    assert found[:3] == [TitleSlide, ReadingSlide, GroupsSlide]
    assert found.index(GroupsSlide) < found.index(DifferencesSlide) < found.index(TalkSlide) < found.index(TopicSlide)
    assert found[-1] is ClosingSlide
    assert of_kind(deck, GroupsSlide)[0].groups == reading.groups


@needs_survey
def test_only_spaces_in_which_something_differs_clearly_have_a_slide(survey):
    reading = read_comparison(four_groups(survey))
    names = {column.key: column.name for column in reading.asked}
    differing = {names[one.cell.space] for _group, one in reading.clear}
    slides = of_kind(comparison_deck(reading), DifferencesSlide)
    assert {slide.space for slide in slides} == differing != set()
    for slide in slides:
        assert [name for name, _row in slide.rows] == [name for _key, name, _role in reading.rows]
        assert all(len(row) == len(slide.groups) for _name, row in slide.rows)


@needs_survey
def test_of_many_groups_a_slide_shows_those_that_differ(survey):
    names = [LOW, HIGH, SPLIT, MANY_DONT_KNOW, "Social work", "Stroke unit", "Acute medicine"]
    reading = read_comparison(compared(survey, *(Chosen((slice_of(survey, name),)) for name in names)))
    slides = of_kind(comparison_deck(reading), DifferencesSlide)
    assert slides
    for slide in slides:
        assert len(slide.groups) <= GROUPS_IN_A_TABLE
        for at in range(len(slide.groups)):
            assert any(row[at] and row[at].is_clear for _name, row in slide.rows)


@needs_survey
def test_where_nothing_differs_clearly_one_slide_says_so(survey):
    reading = without_clear_differences(read_comparison(four_groups(survey)))
    deck = comparison_deck(reading)
    assert not of_kind(deck, DifferencesSlide)
    (told,) = of_kind(deck, PointsSlide)
    assert told.message == "No group differs clearly from everybody else"
    assert told.points[0] == "None of the 80 cells that are compared shows a clear difference."


@needs_survey
def test_the_slides_of_differences_begin_with_what_they_come_to(survey):
    reading = read_comparison(four_groups(survey))
    (told,) = of_kind(comparison_deck(reading), PointsSlide)
    assert told.message == reading.summary.headline
    assert told.points == (*reading.summary.sentences, reading.summary.chance)[:4]
    assert all(f"{group.name}, {one.cell.place}: {one.said}." in told.notes for group, one in reading.clear)


@needs_survey
def test_the_message_of_a_space_says_who_differs_and_where(survey):
    names = [LOW, "Social work"]
    reading = read_comparison(compared(survey, *(Chosen((slice_of(survey, name),)) for name in names)))
    messages = [slide.message for slide in of_kind(comparison_deck(reading), DifferencesSlide)]
    assert "In the team, Therapies is lower in 5 of 5 conditions" in messages


@needs_survey
def test_whoever_may_not_see_everybody_else_has_no_slide_on_differences(survey):
    deck = comparison_deck(read_comparison(four_groups(survey, is_whole=False)))
    assert not of_kind(deck, DifferencesSlide)
    assert not of_kind(deck, PointsSlide)
    assert "everybody else" not in " ".join(line for slide in deck for line in (slide.message, *slide.notes))


@needs_survey
def test_a_topic_stands_in_every_group_or_of_many_in_those_it_concerns(survey):
    reading = read_comparison(four_groups(survey))
    slide, *_others = of_kind(comparison_deck(reading), TopicSlide)
    assert [group for group, _cell in slide.cells] == list(reading.groups)
    assert not slide.note
    many = replace(reading, groups=tuple(replace(reading.groups[0], name=f"Team {at}") for at in range(40)))
    topic = replace(slide.topic, groups=tuple(f"Team {at}" for at in range(0, 40, 4)))
    assert [group.name for group in groups_of_topic(many, topic)] == list(topic.groups)
    everywhere = replace(topic, groups=tuple(group.name for group in many.groups))
    assert len(groups_of_topic(many, everywhere)) == GROUPS_OF_A_TOPIC


@needs_survey
@pytest.mark.parametrize("which", ["slice", "comparison"])
def test_every_slide_has_its_own_message_and_begins_its_notes_with_a_question(survey, which):
    if which == "slice":
        deck = slice_deck(read_slice(slice_of(survey, "Community services")))
    else:
        deck = comparison_deck(read_comparison(four_groups(survey)))
    messages = [slide.message for slide in deck]
    assert len(set(messages)) == len(messages)
    assert [slide.notes[0][-1] for slide in deck] == ["?"] * len(deck)
