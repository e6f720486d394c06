"""The six groups of a leader's own rating beside that of others, at their borders."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.scoring import self_other_gap

scores = st.floats(1, 5)


@pytest.mark.parametrize(
    ("own", "others", "group"),
    [
        (5.0, 4.4, "strength_rated_higher_by_self"),
        (4.0, 3.5, "strength_rated_higher_by_self"),
        (4.1, 3.6, "strength_rated_higher_by_self"),  # 0.4999999999999996 in binary
        (3.99, 3.5, "agreed_strength"),
        (3.01, 3.5, "agreed_strength"),
        (3.0, 3.5, "hidden_strength"),
        (4.0, 3.49, "blind_spot"),
        (3.5, 3.5 - 1e-12, "agreed_strength"),
        (3.4, 3.4, "agreed_development"),
        (2.9, 3.4, "known_development_self_stricter"),
    ],
)
def test_level_by_others_and_direction_by_the_gap(own, others, group):
    assert self_other_gap(own, others, half_width=0.5).group == group


def test_a_gap_is_clear_beyond_the_noise_of_both_sides():
    noise = math.sqrt(0.5**2 + (1.96 * 0.30) ** 2)
    assert self_other_gap(3.0 + noise, 3.0, half_width=0.5).certainty == "possible"
    assert self_other_gap(3.0 + noise + 1e-6, 3.0, half_width=0.5).certainty == "clear"
    assert self_other_gap(3.0 - noise - 1e-6, 3.0, half_width=0.5).certainty == "clear"
    assert self_other_gap(3.6, 3.0, half_width=0).certainty == "clear"  # 1.96 · 0.30 = 0.588


@given(scores, scores, st.floats(0, 2))
def test_what_is_clear_stays_clear_with_a_narrower_interval(own, others, half_width):
    found = self_other_gap(own, others, half_width=half_width)
    assert found.gap == own - others
    if found.certainty == "clear":
        assert self_other_gap(own, others, half_width=half_width / 2).certainty == "clear"


def test_a_missing_side_says_which():
    assert self_other_gap(None, 3.0, half_width=0.5).reason == "too_few_items"
    assert self_other_gap(3.0, None, half_width=0.5).reason == "too_few_people"
    assert self_other_gap(None, None, half_width=0.5).group is None


@pytest.mark.parametrize(("own", "others"), [(0.9, 3), (3, 5.1), (float("nan"), 3), (3, float("inf")), (None, 6)])
def test_what_is_no_score_is_refused(own, others):
    with pytest.raises(ValueError, match="A score"):
        self_other_gap(own, others, half_width=0.5)


@pytest.mark.parametrize("half_width", [-0.1, float("nan"), float("inf")])
def test_what_is_no_width_is_refused(half_width):
    with pytest.raises(ValueError, match="Half the width"):
        self_other_gap(3, 3, half_width=half_width)
