"""Comparisons and intraclass correlations against the method sheet's examples and scipy."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.scoring import (
    METHOD,
    ComparedCell,
    Side,
    adjusted_together,
    benjamini_hochberg,
    compare,
    group_score,
    intraclass_correlation,
    mean_difference,
)

BEFORE = [3.2, 3.8, 2.9, 3.5, 4.1, 3.0]
AFTER = [3.9, 4.2, 3.6, 4.4, 3.3]
scores = st.lists(st.floats(min_value=1, max_value=5), min_size=5, max_size=40).filter(lambda s: np.std(s) > 0.01)


def side(values, nu0=None):
    group = group_score(values, nu0=nu0)
    return Side(group.mean, group.n, group.smoothed_sd, group.df)


def test_the_waves_of_the_method_sheet():
    result = mean_difference(side(BEFORE), side(AFTER))

    assert round(result.difference, 6) == 0.463333
    assert round(result.df, 5) == 16.60753
    assert (round(result.low, 6), round(result.high, 6)) == (-0.285500, 1.212167)
    assert result.word == "cannot_tell"


@given(scores, scores)
def test_without_smoothing_it_is_welch(first, second):
    ours = mean_difference(side(first, nu0=0), side(second, nu0=0))
    theirs = stats.ttest_ind(second, first, equal_var=False)
    interval = theirs.confidence_interval()

    assert ours.p == pytest.approx(theirs.pvalue, abs=1e-8)
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high), abs=1e-8)


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        (Side(3.0, 40, 0.5, 43), Side(3.3, 40, 0.5, 43), "clear_rise"),
        (Side(3.3, 40, 0.5, 43), Side(3.0, 40, 0.5, 43), "clear_fall"),
        (Side(3.0, 400, 0.5, 403), Side(3.2, 400, 0.5, 403), "about_same"),
        (Side(3.0, 8, 0.7, 11), Side(3.2, 8, 0.7, 11), "cannot_tell"),
        (Side(3.0, 4, 0.1, 7), Side(5.0, 50, 0.1, 53), "not_enough"),
    ],
)
def test_words(first, second, word):
    assert mean_difference(first, second).word == word


@given(scores, scores)
def test_the_other_way_round_is_the_same_with_signs_turned(first, second):
    there, back = mean_difference(side(first), side(second)), mean_difference(side(second), side(first))

    assert there.difference == pytest.approx(-back.difference)
    assert there.p == pytest.approx(back.p)
    turned = {"clear_rise": "clear_fall", "clear_fall": "clear_rise"}
    assert there.word == turned.get(back.word, back.word)


@given(st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=40))
def test_adjustment_is_that_of_scipy(p_values):
    assert benjamini_hochberg(p_values) == pytest.approx(stats.false_discovery_control(p_values))


def test_adjustment_refuses_what_is_no_probability():
    assert benjamini_hochberg([]) == ()
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.5, float("nan")])


def test_nothing_changed_gives_hardly_any_signal():
    """Two waves of eight people, 20 cells, nothing changed: the rule gave 0.1 false signals; others give 8 to 15."""
    rng = np.random.default_rng(11)
    signals = 0
    for _ in range(60):
        waves = rng.normal(3.6, 0.7, size=(20, 2, 8)).clip(1, 5)
        together = adjusted_together([mean_difference(side(a), side(b)) for a, b in waves])
        signals += sum(one.word.startswith("clear") for one in together)

    assert signals / 60 < 0.5


def test_icc_of_the_method_sheet():
    result = intraclass_correlation([(3, 3.5, 4), (4, 4.5, 4.2, 4.1), (2.5, 3.1)])

    assert (round(result.msb, 6), round(result.msw, 6), round(result.n0, 6)) == (1.361111, 0.136667, 2.888889)
    assert (round(result.icc1, 6), round(result.icc2, 6)) == (0.756176, 0.899592)
    assert result.low < result.icc1 < result.high


def test_icc_where_it_degenerates():
    assert intraclass_correlation([(3, 4)]).reason == "too_few_groups"
    assert intraclass_correlation([(3,), (4,)]).reason == "too_few_groups"
    assert intraclass_correlation([(3, 3), (3, 3)]).reason == "zero_variance"
    assert (intraclass_correlation([(3, 3), (4, 4)]).icc1, intraclass_correlation([(3, 3), (4, 4)]).icc2) == (1.0, 1.0)
    equal_means = intraclass_correlation([(2, 4), (2, 4)])
    assert (equal_means.icc1, equal_means.icc2) == (-1.0, None)


@pytest.mark.parametrize(("share", "word"), [(0.05, "lower"), (0.01, "no_clear_difference")])
def test_words_of_a_comparison_are_held_down_to_the_share_of_false_ones(share, word):
    cell = ComparedCell((2.9, 3.7, 3.7, 3.7, 3.7), (8,) * 5, 7, 0.7, None)
    assert compare([cell], method=replace(METHOD, false_signals=share)).cells[0][0].word == word
