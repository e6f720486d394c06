"""The words of what stands out: true of every other place that they speak of."""

import doctest

import pytest

from reports.readings.heatmap import heatmap_view
from reports.readings.self_assessment import observations as module
from reports.readings.self_assessment.observations import ObservationView, observation_views
from reports.readings.self_assessment.statements import RatedStatement
from reports.scoring import Observation, display, level
from reports.self_assessments.cells import ResultCell

SPACES = [("self", "Self"), ("team", "Team"), ("organisation", "Organisation"), ("system", "System")]
CONDITIONS = [(key, key.title(), "") for key in ("task", "route", "alignment", "capability", "energy")]


def view_of(found: Observation, ratings: dict[tuple[str, str], list[int | None]], *, leader=None) -> ObservationView:
    statements = [
        RatedStatement(*key, rating, f"topic {at} of {key[0]}", f"Low {at}.", f"High {at}.", (f"Why {at}?",))
        for key, cell in ratings.items()
        for at, rating in enumerate(cell)
        if rating
    ]
    cells = [(*key, tuple(cell)) for key, cell in ratings.items()]
    (seen,) = observation_views(
        [found],
        cells=cells,
        statements=statements,
        view=heatmap_view(map(result_cell, cells), columns=SPACES, rows=CONDITIONS, leader=leader),
        leader=leader,
    )
    return seen


def result_cell(cell) -> ResultCell:
    rated = [one for one in cell[2] if one]
    score = display(sum(rated) / len(rated)) if rated else None
    reason = None if rated else "too_few_items"
    return ResultCell(*cell[:2], score, level(score) if rated else None, len(rated), len(cell[2]), 0, reason)


def one_space(*scores: int, space: str = "team") -> dict[tuple[str, str], list[int | None]]:
    return {(condition, space): [score] for (condition, _n, _r), score in zip(CONDITIONS, scores, strict=False)}


def columns(**scores: int) -> dict[tuple[str, str], list[int | None]]:
    return {key: cell for space, score in scores.items() for key, cell in one_space(*[score] * 5, space=space).items()}


@pytest.mark.parametrize(
    ("scores", "text"),
    [
        ((2, 4, 4, 4, 4), "Lower than the other conditions in the same space."),
        ((2, 4, 4, 4, 2), "Lower than most of the other conditions in the same space."),
        ((2, 4, 4, 2, 1), "Lower than some of the other conditions in the same space."),
        ((2, 4), "Lower than the other condition in the same space."),
    ],
)
def test_a_cell_is_said_to_be_lower_than_those_it_is_lower_than(scores, text):
    assert view_of(Observation("cell", "lower", "task", "team"), one_space(*scores)).text == text


@pytest.mark.parametrize(
    ("scores", "text"),
    [
        ({"self": 4, "team": 4, "organisation": 4, "system": 2}, "Lower than the other spaces, in each condition."),
        (
            {"self": 2, "team": 4, "organisation": 4, "system": 2},
            "Lower than most of the other spaces, over the conditions together.",
        ),
        ({"team": 4, "system": 2}, "Lower than the other space, over the conditions together."),
    ],
)
def test_a_space_is_said_to_be_lower_than_those_it_is_lower_than(scores, text):
    seen = view_of(Observation("space", "lower", None, "system"), columns(**scores))
    assert (seen.place, seen.text) == ("The system", text)


def test_a_space_that_is_not_lower_in_each_condition_is_so_over_them_together():
    ratings = columns(self=4, team=4, system=2) | {("energy", "system"): [5]}
    seen = view_of(Observation("space", "lower", None, "system"), ratings)
    assert seen.text == "Lower than the other spaces, over the conditions together."


def test_nor_where_a_condition_could_not_be_judged_there():
    ratings = columns(self=4, team=4, system=2) | {("energy", "system"): [None]}
    seen = view_of(Observation("space", "lower", None, "system"), ratings)
    assert seen.text == "Lower than the other spaces, over the conditions together."


def test_a_condition_is_set_against_the_others_over_the_spaces():
    ratings = columns(team=3, system=3) | {("energy", "team"): [5], ("energy", "system"): [4]}
    seen = view_of(Observation("condition", "higher", "energy", None), ratings)
    assert (seen.place, seen.text) == ("Energy", "Higher than the other conditions, in each space.")
    assert [cell.score_text for cell in seen.cells] == ["5.0", "4.0"]


def test_the_leader_s_own_column_carries_their_name_for_others():
    found = Observation("space", "lower", None, "self")
    assert view_of(found, columns(self=2, team=4, system=4)).place == "Yourself"
    assert view_of(found, columns(self=2, team=4, system=4), leader="Ruth").place == "Ruth"


def texts(seen: ObservationView) -> list[tuple[list[str], str]]:
    return [([sentence.text for sentence in one.sentences], one.remark) for one in seen.behind]


def test_a_cell_says_what_its_answers_bear_out_and_nothing_of_what_was_not_rated():
    ratings = one_space(0, 5, 5, 5, 5) | {("task", "team"): [2, 1, 4, 3, 5, 2, None, 2, 4]}
    assert texts(view_of(Observation("cell", "lower", "task", "team"), ratings)) == [
        (["Low 1.", "Low 0.", "Low 5."], "And one more that was rated 1 or 2."),
        (["High 4.", "High 2."], "And one more that was rated 4 or 5."),
        ([], "In between: topic 3 of task. Why 3?"),
    ]


def test_a_lower_space_without_low_ratings_names_what_lies_in_between():
    ratings = columns(team=5, system=3)
    said = "In between: topic 0 of task, topic 0 of route, topic 0 of alignment and two more. Why 0?"
    assert texts(view_of(Observation("space", "lower", None, "system"), ratings)) == [([], said)]


def test_a_sentence_that_fits_several_spaces_is_said_once_of_the_clearest_rating():
    ratings = columns(team=4, system=4) | {("energy", "team"): [2, 2], ("energy", "system"): [1, 2]}
    seen = view_of(Observation("condition", "lower", "energy", None), ratings)
    assert texts(seen) == [(["Low 0.", "Low 1."], "And two more that were rated 1 or 2.")]
    assert seen.behind[0].sentences[0].heading == "Topic 0 of energy in the system"


def test_examples_in_docstrings_run():
    assert doctest.testmod(module).failed == 0
