import pytest

from reports.readings.self_assessment.questions import questions_to_reflect_on
from reports.self_assessments.cells import ResultCell

CONDITIONS = ("task", "route", "alignment", "capability", "energy")


def chosen(scores: dict[tuple[str, str], float | None], matters_most=()) -> list[tuple[str, str]]:
    cells = [ResultCell(*key, score, None, 7, 7, 0, None) for key, score in scores.items()]
    texts = {place: (f"first of {place}", "second") for place in scores}
    found = questions_to_reflect_on(cells, matters_most=matters_most, texts=texts)
    assert all(question.text == f"first of {(question.condition, question.space)}" for question in found)
    return [(question.condition, question.space) for question in found]


def team(*scores: float | None) -> dict[tuple[str, str], float | None]:
    return {(condition, "team"): score for condition, score in zip(CONDITIONS, scores, strict=False)}


def test_questions_are_about_the_two_lowest_and_what_matters_most():
    assert chosen(team(4.0, 2.0, 5.0, 3.0, 4.5), ["energy"]) == [
        ("route", "team"),
        ("capability", "team"),
        ("energy", "team"),
    ]


def test_questions_take_the_lowest_cell_of_what_matters_most():
    scores = team(1.0, 1.5, 4.0, 4.0, 4.0) | {("energy", "system"): 3.0}
    assert chosen(scores, ["energy"])[2] == ("energy", "system")


@pytest.mark.parametrize("matters_most", [[], ["route"], ["route", "capability"]])
def test_questions_turn_to_another_condition_when_what_matters_most_is_among_the_lowest(matters_most):
    assert chosen(team(4.0, 2.0, 5.0, 3.0, 4.5), matters_most)[2] == ("task", "team")


def test_questions_ignore_what_matters_most_without_a_score():
    assert chosen(team(4.0, 2.0, 3.0, 5.0, None), ["energy"])[2] == ("task", "team")


def test_questions_give_ties_to_the_earlier_cell():
    assert chosen(team(3.0, 3.0, 3.0, 3.0, 3.0)) == [("route", "team"), ("alignment", "team"), ("task", "team")]


@pytest.mark.parametrize(
    ("scores", "places"),
    [
        ([None, None], []),
        ([3.0, None], [("task", "team")]),
        ([3.0, 2.0], [("route", "team"), ("task", "team")]),
    ],
)
def test_questions_are_fewer_where_little_has_a_score(scores, places):
    assert chosen(team(*scores)) == places
