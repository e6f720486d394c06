"""Signs of answering without reading: what runs and seconds say, and where nothing is said."""

import dataclasses
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.answering import carelessness, signs
from diagnostics.answering.carelessness import pace_of, paced
from diagnostics.answering.drafts import Saved, saved_of
from diagnostics.answering.signs import flags, longest_run, set_aside
from diagnostics.questionnaire import form
from diagnostics.questionnaire.questionnaire import read

SLOW = 5.0
ratings = st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=60)


def test_the_examples_in_the_docstrings_hold():
    outcome = doctest.testmod(signs)
    assert outcome.attempted
    assert not outcome.failed


def test_dont_know_is_the_value_that_the_pages_post():
    assert signs.DONT_KNOW == form.DONT_KNOW


@pytest.mark.parametrize(
    ("values", "run"),
    [
        ([], 0),
        ([None, None], 0),
        ([0, 0, 0], 0),
        ([4, 4, 0, 4, 4, 4], 3),
        ([4, None, 4], 1),
        ([1, 2, 2, 2, 3, 3], 3),
    ],
)
def test_dont_know_and_blank_break_a_run(values, run):
    assert longest_run(values) == run


@given(ratings)
def test_a_run_reads_alike_from_either_end_and_holds_no_more_than_was_rated(values):
    assert longest_run(values) == longest_run(values[::-1])
    assert longest_run(values) <= sum(value not in (None, 0) for value in values)


@pytest.mark.parametrize(("run", "flag"), [(17, ""), (18, "S"), (35, "S")])
def test_half_of_35_rounded_up_is_18(run, flag):
    assert flags(([5] * run + [1, 2] * 18)[:35], SLOW) == flag


def test_ten_alike_of_twenty_are_a_long_run_at_any_pace():
    values = [3, 4, 2, 5, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 3, 2, 4, 5, 3]
    assert flags(values, 3.0) == "S"
    assert flags([*values[:6], 3, *values[7:]], 3.0) == ""


@pytest.mark.parametrize(
    ("values", "flag"),
    [
        ([4] * 9, ""),
        ([4] * 10, "S"),
        ([4] * 18 + [5], ""),  # below twenty it takes all of them
        ([4] * 18 + [None], ""),
        ([4] * 18 + [0], ""),
        ([4] * 19, "S"),
        ([4] * 10 + [5] * 10, "S"),
        ([4] * 10 + [5] * 11, "S"),
        ([4] * 10 + [5] * 10 + [3], ""),  # of 21 it takes eleven
    ],
)
def test_from_ten_statements_on_all_and_from_twenty_half(values, flag):
    assert flags(values, SLOW) == flag


@pytest.mark.parametrize(
    ("seconds", "flag"), [(None, ""), (0, "T"), (1.9, "T"), (2 - 1e-12, ""), (2.0, ""), (90.0, "")]
)
def test_less_than_two_seconds_an_answer(seconds, flag):
    assert flags([1, 2] * 5, seconds) == flag
    assert flags([1, 2] * 4 + [1], seconds) == ""


@given(ratings, st.one_of(st.none(), st.floats(0, 100)))
def test_turning_the_scale_round_changes_no_sign(values, seconds):
    turned = [6 - value if value else value for value in values]
    assert flags(turned, seconds) == flags(values, seconds)


@pytest.mark.parametrize(("values", "seconds"), [([6], 1), ([True] * 10, 1), ([3.5], 1), ([4] * 10, -1)])
def test_what_is_no_rating_and_no_time_is_refused(values, seconds):
    with pytest.raises(ValueError, match=r"A rating is|The time for"):
        flags(values, seconds)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf")])
def test_a_time_is_finite(seconds):
    with pytest.raises(ValueError, match="finite"):
        flags([4] * 10, seconds)


def test_only_both_set_aside_and_never_a_self_rating():
    assert [set_aside(found) for found in ("", "S", "T", "ST")] == [False, False, False, True]
    assert not set_aside("ST", is_self_rating=True)
    with pytest.raises(ValueError, match="Flags are"):
        set_aside("TS")


# --- from a draft ---


def questionnaire(*conditions: tuple[str, str]):
    """A page for each pair of condition and space, of ten statements."""
    pages = [
        {
            "condition": condition,
            "name": condition,
            "indicators": [
                {"statements": [{"key": f"{condition}{n}.{space}", "space": space, "text": ""} for n in range(10)]}
            ],
            "open_questions": [],
        }
        for condition, space in conditions
    ]
    return read({"pages": pages, "spaces": [{"key": "team"}, {"key": "system"}], "primary_space": "team"})


def test_a_person_is_judged_once_over_all_spaces_in_page_order():
    asked = questionnaire(("T", "team"), ("R", "system"))
    alike = dict.fromkeys(asked.statements, 4)
    half = alike | {key: 1 + n % 2 for n, key in enumerate(asked.statements) if n >= 10}
    across = alike | {key: 1 + n % 2 for n, key in enumerate(asked.statements) if n < 5 or n >= 14}

    assert carelessness.flags(asked, alike, [30.0, 20]) == "ST"
    assert carelessness.flags(asked, dict(reversed(half.items())), [50.0, 20]) == "S"
    assert carelessness.flags(asked, across, [30.0, 20]) == "T"
    assert carelessness.flags(asked, {}, [0, 0]) == ""


def test_the_seconds_since_the_last_save_count_for_what_is_new():
    first = paced([0, 0], 3, 9.0)
    assert first == [9.0, 3]
    assert paced(first, 0, 1.0) == first
    assert paced(first, 1, 1.04) == [10.0, 4]


def test_what_is_given_again_is_not_new():
    saved = Saved(answers={"T0.team": 4, "T1.team": 4}, at=109.0)
    assert saved.changed_by(saved.answers) == []
    assert saved.changed_by(saved.answers | {"T1.team": 5, "T0.system": 1}) == ["T1.team", "T0.system"]


def test_nothing_is_measured_before_the_start_or_when_clocks_go_back():
    assert Saved().seconds_until(100.0) is None
    assert paced([0, 0], 1, None) == [0, 0]
    assert paced([0, 0], 1, Saved(at=100.0).seconds_until(90.0)) == [0, 1]


def test_a_draft_begun_before_that_measured_space_by_space_goes_on():
    assert pace_of({}) == [0, 0]
    assert pace_of({"team": [39.5, 20], "system": [2.1, 3]}) == [41.6, 23]
    assert pace_of([41.6, 23]) == [41.6, 23]


def test_a_draft_of_the_next_version_goes_on():
    assert saved_of({"answers": {"T0.team": 4}, "of_tomorrow": 1}) == Saved(answers={"T0.team": 4})


def test_no_time_no_link_and_no_language_enter_a_ballot():
    in_ballots = {"answers", "comments", "matters_most"}
    assert {field.name for field in dataclasses.fields(Saved)} - in_ballots == {
        "pace",
        "at",
        "language",
        "links_ended",
        "turns",
    }
