"""Counts, gaps and comments of somebody on the way."""

from diagnostics.questionnaire.progress import dont_knows, gaps, page_progress, written
from diagnostics.questionnaire.questionnaire import read
from tests.diagnostics.contents import CONTENT

QUESTIONNAIRE = read(CONTENT)
ANSWERS = {"T1.team": 4, "T5.team": 0, "X1.team": 5}  # the last is of no statement here


def test_progress_counts_by_page_and_takes_dont_know_for_an_answer():
    task, route = page_progress(QUESTIONNAIRE, ANSWERS)
    assert (task.letter, task.given, task.asked) == ("T", 2, 4)
    assert (route.name, route.given, route.asked) == ("Route", 0, 1)


def test_gaps_are_the_missing_statements_in_page_order():
    found = gaps(QUESTIONNAIRE, ANSWERS)
    assert [gap.statement.key for gap in found] == ["T5.self", "T5.system", "R1.team"]
    assert (found[1].page, found[1].space) == ("Task", "System")


def test_dont_knows_are_counted_among_the_statements_asked():
    assert dont_knows(QUESTIONNAIRE, ANSWERS | {"X2.team": 0}) == 1


def test_comments_stand_with_their_questions():
    given = {"OQ_route_helps": "Maps", "OQ_task_helps": "Talk", "OQ_task_most": ""}
    assert [(question.key, text) for question, text in written(QUESTIONNAIRE, given)] == [
        ("OQ_task_helps", "Talk"),
        ("OQ_route_helps", "Maps"),
    ]
