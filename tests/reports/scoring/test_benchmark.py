"""Rescaled, ranked and shrunken scores: against scipy and against what they are defined to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.scoring import display, intraclass_correlation, out_of_100, percentile_rank, rescale_100, shrink

scores = st.floats(1, 5)
BASE = [3.1, 3.4, 3.4, 3.6, 3.9, 4.2, 4.2, 4.2, 2.8, 3.3]


@pytest.mark.parametrize(("score", "rescaled"), [(1, 0), (2, 25), (3, 50), (3.7571428, 68.92857), (5, 100)])
def test_one_is_nothing_and_five_a_hundred(score, rescaled):
    assert rescale_100(score) == pytest.approx(rescaled)


@given(scores)
def test_displayed_scores_are_rescaled_alike(score):
    shown = display(score)
    assert abs(rescale_100(shown) - out_of_100(shown)) <= 0.5 + 1e-9


@pytest.mark.parametrize(("score", "rank"), [(2.0, 0), (3.4, 40), (3.5, 50), (4.2, 85), (5.0, 100)])
def test_ranks_are_those_of_scipy(score, rank):
    """scipy 1.17.1, `stats.percentileofscore(BASE, score, kind="mean")`."""
    assert percentile_rank(score, BASE).value == rank
    assert percentile_rank(score, BASE).groups == 10


@given(scores.map(display), st.lists(scores.map(display), min_size=1, max_size=40))
def test_any_rank_is_that_of_scipy_and_turns_round_with_the_scale(score, base):
    rank = percentile_rank(score, base).value
    assert rank == pytest.approx(stats.percentileofscore(base, score, kind="mean"))
    assert percentile_rank(6 - score, [6 - one for one in base]).value == pytest.approx(100 - rank)


def test_what_binary_arithmetic_lost_is_still_equal():
    assert percentile_rank(3.3, [1.1 * 3]).value == percentile_rank(1.1 * 3, [3.3]).value == 50


@given(scores, st.integers(1, 500), scores, st.floats(0, 1))
def test_a_shrunken_score_lies_between_its_own_and_that_of_all(score, n, benchmark, icc1):
    found = shrink(score, n, benchmark=benchmark, icc1=icc1)
    assert min(score, benchmark) - 1e-9 <= found.value <= max(score, benchmark) + 1e-9
    assert 0 <= found.weight <= 1


@given(st.integers(1, 500), st.floats(0.01, 1))
def test_the_weight_is_n_over_n_and_kappa(n, icc1):
    kappa = (1 - icc1) / icc1
    assert shrink(3.0, n, benchmark=4.0, icc1=icc1).weight == pytest.approx(n / (n + kappa))


def test_the_weight_is_the_reliability_of_the_group_means():
    """ICC(2) of equal groups is ICC(1) stepped up to their size."""
    groups = [(3, 3.5, 4), (4, 4.5, 4.2), (2.5, 3.1, 2.9)]
    found = intraclass_correlation(groups)
    assert shrink(3.0, 3, benchmark=4.0, icc1=found.icc1).weight == pytest.approx(found.icc2)


def test_without_a_benchmark_a_score_stays_and_without_people_there_is_none():
    assert shrink(3.2, 5, benchmark=None).value == 3.2
    assert shrink(3.2, 5, benchmark=4.0, icc1=0).value == 4.0
    assert shrink(3.2, 1, benchmark=4.0).weight == pytest.approx(0.12)
    assert shrink(None, 5, benchmark=4.0).reason == shrink(3.2, 0, benchmark=4.0).reason == "too_few_people"
    assert percentile_rank(3.2, []).reason == "too_few_groups"


@pytest.mark.parametrize("wrong", [0.9, 5.1, float("nan"), float("inf")])
def test_what_is_no_score_is_refused(wrong):
    for made in (
        lambda: rescale_100(wrong),
        lambda: percentile_rank(wrong, BASE),
        lambda: percentile_rank(3, [wrong]),
        lambda: shrink(wrong, 5, benchmark=3),
        lambda: shrink(3, 5, benchmark=wrong),
    ):
        with pytest.raises(ValueError, match="A score lies"):
            made()


@pytest.mark.parametrize(("n", "icc1"), [(-1, 0.1), (2.5, 0.1), (5, -0.1), (5, 1.1), (5, float("nan"))])
def test_what_is_no_number_of_people_and_no_correlation_is_refused(n, icc1):
    with pytest.raises(ValueError, match=r"number of persons|ICC"):
        shrink(3, n, benchmark=3, icc1=icc1)
