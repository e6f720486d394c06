"""Counts, gaps and comments of somebody on the way."""

import pytest

from diagnostics.checklists.content import content_of
from diagnostics.checklists.presets import Recipe
from diagnostics.questionnaire.progress import MIN_SHARE, dont_knows, gaps, page_progress, thin_places, written
from diagnostics.questionnaire.questionnaire import read
from reports.scoring import METHOD
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


@pytest.mark.django_db
@pytest.mark.usefixtures("instrument")
def test_a_place_is_thin_where_more_answers_would_give_it_a_score():
    """Half of its statements; where only "don't know" stands, nothing is missing."""
    rated = {"T1.team": 4, "T5.self": 0, "T5.system": 1}
    assert [(one.first.statement.key, one.more) for one in thin_places(QUESTIONNAIRE, rated)] == [("R1.team", 1)]
    deep = read(content_of(Recipe("focused", "team", ("team", "system")), "en-GB"))
    some = {"T1.team": 4, "T2.team": 0, "T5.system": 0} | dict.fromkeys(("R1.team", "R2.team", "R3.team", "R4.team"), 3)
    found = {(one.first.page, one.first.space): (one.first.statement.key, one.more) for one in thin_places(deep, some)}
    assert found["Task", "Team"] == ("T3.team", 3)
    assert found["Task", "System"] == ("T7.system", 1)
    assert ("Route", "Team") not in found
    assert len(found) == 9


def test_the_share_is_that_of_the_scoring_method():
    assert METHOD.min_share == MIN_SHARE


def test_dont_knows_are_counted_among_the_statements_asked():
    assert dont_knows(QUESTIONNAIRE, ANSWERS | {"X2.team": 0}) == 1


def test_comments_stand_with_their_questions():
    given = {"OQ_route_helps": "Maps", "OQ_task_helps": "Talk", "OQ_task_most": ""}
    assert [(question.key, text) for question, text in written(QUESTIONNAIRE, given)] == [
        ("OQ_task_helps", "Talk"),
        ("OQ_route_helps", "Maps"),
    ]
