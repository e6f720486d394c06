"""Why a cell has no score: told as the method tells it."""

import doctest

import pytest

from reports.scoring import could_not_judge_person
from reports.self_assessments import cells, ratings
from reports.self_assessments.cells import ResultCell


@pytest.mark.parametrize("asked", [1, 2, 7])
def test_a_cell_says_dont_know_where_the_method_says_that_it_could_not_be_judged(asked):
    for answered in range(asked + 1):
        for dont_know in range(asked - answered + 1):
            has_score = answered > 0 and 2 * answered >= asked
            if not has_score:
                cell = ResultCell("task", "team", None, None, answered, asked, dont_know, "too_few_items")
                blank = asked - answered - dont_know
                judged = could_not_judge_person([*[4] * answered, *["DK"] * dont_know, *[None] * blank])
                assert cell.state == ("dont_know" if judged else "too_few_answers")


@pytest.mark.parametrize("module", [cells, ratings])
def test_examples_in_docstrings_run(module):
    assert doctest.testmod(module).failed == 0
