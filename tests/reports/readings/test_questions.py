import doctest

import pytest

from reports.readings.self_assessment import questions
from reports.readings.self_assessment.questions import questions_to_reflect_on
from reports.readings.self_assessment.statements import RatedStatement


def rated(*topics: str, space: str = "team") -> list[RatedStatement]:
    return [RatedStatement("task", space, 2, topic, "", "", (f"Why {topic}?", "Second?")) for topic in topics]


def without_question(topic: str) -> RatedStatement:
    return RatedStatement("task", "self", 1, topic, "", "")


def asked(named=(), matters_most=()) -> list[str]:
    return [question.text for question in questions_to_reflect_on(named=named, matters_most=matters_most)]


def test_each_place_gives_the_question_of_its_first_statement():
    assert asked(named=[rated("a", "b"), rated("c")]) == ["Why a?", "Why c?"]


@pytest.mark.parametrize(
    ("named", "matters_most", "texts"),
    [
        ("abc", "", ["Why a?", "Why b?", "Why c?"]),
        ("abc", "d", ["Why a?", "Why b?", "Why d?"]),
        ("abc", "de", ["Why a?", "Why b?", "Why d?"]),
        ("a", "de", ["Why a?", "Why d?", "Why e?"]),
        ("", "de", ["Why d?", "Why e?"]),
        ("", "", []),
    ],
)
def test_three_at_most_and_what_matters_most_keeps_a_place(named, matters_most, texts):
    assert asked(list(map(rated, named)), list(map(rated, matters_most))) == texts


def test_no_question_is_asked_twice():
    assert asked(named=[rated("a", "b"), rated("a", "b", space="system")]) == ["Why a?", "Why b?"]


def test_a_statement_without_a_question_leaves_the_word_to_the_next():
    assert asked(named=[[without_question("a"), *rated("b")]]) == ["Why b?"]
    assert asked(named=[[without_question("a")]]) == []


def test_examples_in_docstrings_run():
    assert doctest.testmod(questions).failed == 0
