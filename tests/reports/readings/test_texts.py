"""What the statements of a group's cell bear out, in the model's own sentences."""

import pytest

from diagnostics.instrument.changes import asks
from diagnostics.questionnaire.questionnaire import Statement
from reports.publish.cells import CellFigures, CellWord, PublishedCell
from reports.publish.statements import PublishedStatement
from reports.readings import guidance
from reports.readings.survey.texts import texts_of_cell
from reports.scoring import level

TASK = [f"T{number}" for number in range(1, 8)]


def keys(space, indicators=TASK):
    return [f"{one}.{space}" for one in indicators]


def statements(keys, model="2.0"):
    return [Statement(one, one.partition(".")[2], "task", "", asks(one, model)) for one in keys]


def of(score=3.2, *, words, space="team", agreement="usual", tens=True, model="2.0"):
    """The texts of a cell whose statements have these words."""
    figures = CellFigures(
        n=14,
        without=0,
        score=score,
        end=None,
        level=level(score),
        levels=(level(score),),
        low=score - 0.3,
        high=score + 0.3,
        agreement=agreement,
        is_split=False if tens else None,
        could_not_judge=None,
        n_tens=14 * tens,
    )
    asked = keys(space, TASK[: len(words)])
    states = ["three_classes" if word and tens else "level" if word else "not_shown" for word in words]
    published = [PublishedStatement(*one) for one in zip(asked, states, words, strict=True)]
    return texts_of_cell(PublishedCell("task", space, len(words), figures), published, statements(asked, model))


def test_low_sentences_stand_lowest_first_and_one_high_one():
    said = of(words=["partly", "not_yet", "firmly", "firmly", "mostly", "mostly", "mostly"])
    assert said.sentences == (
        guidance.indicator("T2").if_low,
        guidance.indicator("T1").if_low,
        guidance.indicator("T3").if_high,
    )
    assert said.questions[:2] == (
        guidance.indicator("T2").questions_group[0],
        guidance.indicator("T1").questions_group[0],
    )


def test_more_low_ones_than_can_be_said_are_counted():
    assert of(words=["not_yet"] * 5).more == "2 more statements came out low."
    assert of(words=["not_yet"] * 4).more == "1 more statement came out low."


def test_below_ten_what_is_partly_in_place_has_a_topic_only():
    said = of(words=["partly", *["mostly"] * 6], tens=False)
    assert (said.sentences, said.topics) == ((), "This rests on talking the task through.")


def test_where_views_differ_only_topics_stand():
    said = of(words=["not_yet"] * 4, agreement="wide")
    assert (said.sentences, said.about, said.more) == ((), "", "")
    assert said.topics.startswith("This rests on talking the task through, knowing the kind of task,")


@pytest.mark.parametrize(
    ("score", "about"),
    [
        (2.4, "At least one of its statements is not yet in place."),
        (3.0, ""),
        (4.3, "Both of its statements are at least mostly in place."),
    ],
)
def test_of_two_statements_below_ten_only_what_the_score_proves(score, about):
    said = of(score, words=[None, None], tens=False)
    assert (said.about, said.sentences) == (about, ())
    assert said.topics == "This rests on talking the task through and knowing the kind of task."


def test_a_word_alone_speaks_by_its_level():
    cell = PublishedCell("task", "team", 1, None, CellWord(8, 0, "not_yet", "one_statement"))
    said = texts_of_cell(cell, [PublishedStatement("T7.team", "level", level="not_yet")], statements(["T7.team"]))
    assert said.sentences == (guidance.indicator("T7").if_low,)


def test_self_speaks_to_oneself():
    said = of(words=["not_yet", *["mostly"] * 6], space="self")
    assert said.sentences == (guidance.indicator("T1").if_low_self,)
    assert said.questions[0] == guidance.indicator("T1").questions_self[0]


def test_what_an_earlier_model_asked_otherwise_has_no_sentence():
    """In 1.0 all statements of Self asked something else."""
    said = of(words=["not_yet"] * 7, space="self", model="1.0")
    assert (said.sentences, said.topics, said.questions) == ((), "", ())
    assert said.more == "7 of its statements came out low."


def test_a_hidden_cell_has_questions_of_what_was_asked_and_nothing_else():
    said = texts_of_cell(PublishedCell("task", "team", 2, None), (), statements(keys("team", ["T7", "T5"])))
    assert said.questions[0] == guidance.indicator("T7").questions_group[0]
    assert (said.about, said.sentences, said.topics) == ("", (), "")
