"""The scoring core against the method sheet's worked example, its borders and its properties."""

import dataclasses
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.scoring import LEVELS, METHOD, Method, condition_scores, display, level

NAN = float("nan")
WORKED = pd.DataFrame(
    [
        [4, 4, 3, 5, 4, 4, 4],
        [3, 4, 2, 4, 3, 4, 3],
        [5, 4, 4, 5, 4, 5, NAN],
        [2, 3, 2, 4, NAN, NAN, 3],
        [4, NAN, NAN, 5, 4, 4, 4],
        [3, 3, NAN, NAN, NAN, 4, NAN],
    ],
    columns=[f"T{number}" for number in range(1, 8)],
)
ratings = st.one_of(st.none(), st.integers(1, 5))
cells = st.integers(1, 7).flatmap(
    lambda asked: st.lists(st.lists(ratings, min_size=asked, max_size=asked), min_size=1, max_size=6)
)


def frame(rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[f"T{at}" for at in range(len(rows[0]))], dtype="float64")


# --- condition scores ---


def test_worked_example_of_the_method_sheet():
    result = condition_scores(WORKED)
    assert result.scores[:5] == pytest.approx((4, 3.285714, 4.5, 2.8, 4.2), abs=1e-6)
    assert result.scores[5] is None
    assert result.reasons == (None,) * 5 + ("too_few_items",)
    assert (result.answered, result.asked) == ((7, 7, 6, 5, 5, 3), 7)


@pytest.mark.parametrize(
    ("asked", "answered", "is_scored"),
    [
        (7, 4, True),
        (7, 3, False),
        (2, 1, True),
        (2, 0, False),
        (1, 1, True),
        (1, 0, False),
        (3, 2, True),
        (3, 1, False),
    ],
)
def test_half_of_what_was_asked_is_enough(asked, answered, is_scored):
    result = condition_scores(frame([[4] * answered + [None] * (asked - answered)]))
    assert result.scores == ((4.0,) if is_scored else (None,))
    assert result.reasons == ((None,) if is_scored else ("too_few_items",))


def test_only_the_statements_of_the_cell_count():
    answers = pd.DataFrame({"T1": [5], "R1": [1], "T2": [4]})
    assert condition_scores(answers, ["T1", "T2"]).scores == (4.5,)


def test_nobody_and_nothing_are_empty_results():
    assert condition_scores(WORKED.head(0)).scores == ()
    nothing = condition_scores(WORKED, [])
    assert (nothing.scores, nothing.asked) == ((None,) * 6, 0)
    assert set(nothing.reasons) == {"too_few_items"}


@pytest.mark.parametrize("column", [[None], [pd.NA], pd.array([pd.NA], dtype="Int64"), pd.array([None], dtype="str")])
def test_a_column_without_any_answer_is_missing_not_wrong(column):
    assert condition_scores(pd.DataFrame({"T1": [5], "T2": column})).answered == (1,)


@pytest.mark.parametrize("given_as", [[4, None, 5], [4, pd.NA, 5], pd.array([4, pd.NA, 5], dtype="Int64")])
def test_whatever_holds_the_numbers_they_count(given_as):
    assert condition_scores(pd.DataFrame({"T1": given_as})).scores == (4.0, None, 5.0)


@pytest.mark.parametrize("wrong", [0, 6, 2.5, -1, 1e9, math.inf])
def test_a_rating_off_the_scale_is_refused_by_name(wrong):
    with pytest.raises(ValueError, match=r"A rating is a whole number from 1 to 5, not .+\."):
        condition_scores(pd.DataFrame({"T1": [4, wrong]}))


@pytest.mark.parametrize("wrong", ["4", True, "x", [4], b"4"])
def test_what_is_no_number_is_refused_by_statement(wrong):
    with pytest.raises(ValueError, match="The answers to T2 are not numbers"):
        condition_scores(pd.DataFrame({"T1": [4], "T2": [wrong]}))


def test_a_statement_that_was_not_asked_is_refused():
    with pytest.raises(ValueError, match=r"not among the answers: X9\."):
        condition_scores(WORKED, ["T1", "X9"])


@pytest.mark.parametrize(
    ("answers", "statements"),
    [(WORKED, ["T1", "T1"]), (pd.DataFrame([[1, 2]], columns=["T1", "T1"]), None)],
)
def test_a_statement_counts_once(answers, statements):
    with pytest.raises(ValueError, match="stands twice"):
        condition_scores(answers, statements)


@given(cells)
def test_scores_lie_between_the_answers_and_are_never_nan(rows):
    result = condition_scores(frame(rows))
    for row, score, answered, reason in zip(rows, result.scores, result.answered, result.reasons, strict=True):
        rated = [value for value in row if value is not None]
        assert answered == len(rated)
        assert (score is None) == (reason is not None) == (2 * len(rated) < len(row))
        if score is not None:
            assert min(rated) <= score <= max(rated)
            assert score == pytest.approx(sum(rated) / len(rated))


@given(cells)
def test_the_order_of_people_and_statements_does_not_matter(rows):
    answers = frame(rows)
    turned = condition_scores(answers.iloc[::-1, ::-1])
    assert turned.scores[::-1] == pytest.approx(condition_scores(answers).scores)


def test_reading_ten_thousand_people_takes_one_pass():
    answers = frame(np.random.default_rng(7).integers(1, 6, size=(10_000, 7)).tolist())
    result = condition_scores(answers)
    assert np.allclose(result.scores, answers.mean(axis=1))


def test_the_frame_is_left_as_it_was():
    before = WORKED.copy()
    condition_scores(WORKED)
    pd.testing.assert_frame_equal(WORKED, before)


# --- display and level ---


@pytest.mark.parametrize(
    ("score", "shown"),
    [
        (2.45, 2.5),
        (4.25, 4.3),
        (2.35, 2.4),  # 2.35 · 10 is 23.499999999999996 in some orders of arithmetic
        (2.4499999999999997, 2.5),  # a half that binary arithmetic lost
        (2.449999, 2.4),
        (3.45, 3.5),
        (1.0, 1.0),
        (4.95, 5.0),
        (23 / 7, 3.3),
        (0.0, 0.0),
        (-0.25, -0.2),
    ],
)
def test_display_rounds_half_up(score, shown):
    assert display(score) == shown


@given(st.integers(10, 50))
def test_display_keeps_what_is_displayed_already(tenths):
    assert display(tenths / 10) == tenths / 10


@given(st.integers(1, 7), st.data())
def test_every_possible_half_goes_up(answered, data):
    total = data.draw(st.integers(answered, 5 * answered))
    exact = (20 * total + answered) // (2 * answered)  # floor(10 · mean + 1/2) in whole numbers
    assert display(total / answered) == exact / 10


@pytest.mark.parametrize("score", [NAN, math.inf, -math.inf])
def test_display_refuses_what_is_not_finite(score):
    with pytest.raises(ValueError, match="finite number"):
        display(score)


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (1.0, "not_yet"),
        (2.4, "not_yet"),
        (2.4499, "not_yet"),
        (2.45, "partly"),
        (2.5, "partly"),
        (3.4, "partly"),
        (3.45, "mostly"),
        (3.5, "mostly"),
        (4.2, "mostly"),
        (4.2499, "mostly"),
        (4.25, "firmly"),
        (4.3, "firmly"),
        (5.0, "firmly"),
    ],
)
def test_level_follows_the_displayed_score(score, word):
    assert level(score) == word


@given(st.floats(1, 5))
def test_word_and_number_never_contradict(score):
    shown = display(score)
    assert level(score) == level(shown)
    assert level(shown) == LEVELS[(shown >= 2.5) + (shown >= 3.5) + (shown >= 4.3)]


@pytest.mark.parametrize("score", [0.99, 5.01, 0, 6])
def test_level_refuses_a_score_off_the_scale(score):
    with pytest.raises(ValueError, match="between 1 and 5"):
        level(score)


# --- the method ---


def test_parameters_survive_storage_and_name_every_field():
    stored = json.loads(json.dumps(METHOD.parameters()))
    assert stored == METHOD.parameters()
    assert set(stored) == {field.name for field in dataclasses.fields(Method)}
    assert stored["version"] == "2.0"


def test_parameters_are_those_of_the_method_sheet():
    sheet = {
        "k_360": 3, "k_team": 5, "k_shared": 10, "min_all_others": 4, "conf": 0.95, "bands": [2.5, 3.5, 4.3],
        "typical_sds": [1.05, 0.85, 0.80, 0.75, 0.75, 0.70], "nu0": 4, "wide_sds": [1.05, 1.20],
        "ad_close": 0.75, "ad_wide": 0.95, "ad_allowances": [0.35, 0.50], "camp_ends": [[2.5, 3.5], [2.0, 4.0]],
        "act_score": 3.4, "act_high": 4.0, "important": 0.20, "target": 4.3, "top_z": 2.9, "top_lead": 0.30,
        "statement_sd": 0.30, "own_share": 0.30, "break_least": 0.5, "break_signals": 0.10, "judge_p": 0.02,
        "delta": 0.30, "chance": 0.05, "false_signals": 0.05, "class_weight": 20, "ends": [1.5, 4.5],
        "retest_sd": 0.58, "occasion_sd": 0.15, "own_z": [2.7, 3.0], "space_z": 2.8, "seen_z": [2.8, 3.3, 3.2],
        "inside_sd": 0.80, "inside_least": 0.35, "median_noise": [1.30, 1.45], "gap": 0.50, "gap_sd": 0.65,
        "leniency": 0.20, "gap_signals": 0.10, "cut": 3.5, "icc1_default": 0.12, "eps": 1e-9,
    }  # fmt: skip
    assert {name: METHOD.parameters()[name] for name in sheet} == sheet


def test_the_method_cannot_change():
    with pytest.raises(dataclasses.FrozenInstanceError):
        METHOD.gap = 1.0
