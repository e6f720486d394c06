"""Hedges' g against the method sheet, closed forms of its correction, and dabest 0.2.5 (exact as ours is)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.scoring import hedges_g
from reports.scoring.effect_size import small_sample_correction

FIRST = [3.2, 2.8, 4.1, 3.6, 2.9, 3.3, 4.0, 3.8]
SECOND = [4.4, 3.9, 4.8, 4.1, 3.7, 4.6]
groups = st.lists(st.floats(1, 5), min_size=2, max_size=20)


def test_the_worked_example_of_the_method_sheet():
    found = hedges_g([3.2, 3.8, 2.9, 3.5, 4.1, 3.0], [3.9, 4.2, 3.6, 4.4, 3.3])
    assert (round(found.g, 6), round(found.variance, 6)) == (0.922453, 0.405345)


@pytest.mark.parametrize(
    ("df", "exact"), [(2, 1 / math.sqrt(math.pi)), (3, math.sqrt(math.pi / 6)), (4, math.sqrt(2 / math.pi))]
)
def test_the_correction_is_exact(df, exact):
    """Where the gamma function has a closed form; the table of Hedges & Olkin (1985) begins .5642, .7236, .7979."""
    assert small_sample_correction(df) == pytest.approx(exact, abs=1e-15)


@pytest.mark.parametrize(
    ("sizes", "of_dabest"),
    [((3, 3), 0.7978845608028653), ((10, 10), 0.957646427023718), ((30, 12), 0.981112194436695)],
)
def test_the_correction_is_that_of_other_software(sizes, of_dabest):
    """dabest 0.2.5, `_stats_tools.effsize._compute_hedges_correction_factor(n1, n2)`: the gamma function itself."""
    assert small_sample_correction(sum(sizes) - 2) == pytest.approx(of_dabest, abs=1e-14)


def test_the_effect_is_that_of_other_software():
    """pingouin 0.7.0 `compute_effsize(SECOND, FIRST, eftype="cohen")` times the factor of dabest; its own 'hedges',
    1.591889, takes the shortcut 1 − 3/(4·df − 1)."""
    found = hedges_g(FIRST, SECOND)
    assert found.g == pytest.approx(1.5915007953380196, abs=1e-12)
    assert found.variance == pytest.approx(0.3821264802938648, abs=1e-12)
    half = 1.959964 * np.sqrt(0.3821264802938648)
    assert (found.low, found.high) == pytest.approx((1.5915007953380196 - half, 1.5915007953380196 + half))


@given(groups, groups)
def test_swapping_the_groups_turns_the_sign_only(one, two):
    forth, back = hedges_g(one, two), hedges_g(two, one)
    assert forth.reason == back.reason
    if forth.g is not None:
        assert np.isfinite([forth.g, forth.variance, forth.low, forth.high]).all()
        assert (back.g, back.variance) == (pytest.approx(-forth.g), pytest.approx(forth.variance))


def test_however_many_people_nothing_overflows():
    assert 0.99999 < small_sample_correction(1_000_000) < 1


def test_missing_scores_are_left_out():
    assert hedges_g([*FIRST, None], [None, *SECOND]) == hedges_g(FIRST, SECOND)


def test_too_little_says_why():
    assert hedges_g([3.0], SECOND).reason == hedges_g(FIRST, [None, 4.0]).reason == "too_few_people"
    assert hedges_g([3.0, 3.0], [4.0, 4.0]).reason == "zero_variance"
    with pytest.raises(ValueError, match="finite"):
        hedges_g([3.0, float("nan")], SECOND)
    with pytest.raises(ValueError, match="degree of freedom"):
        small_sample_correction(1)
