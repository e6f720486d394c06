"""Figures on the instrument against published ones, and against numpy and scipy going another way."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.scoring import (
    alpha_interval,
    alpha_of_length,
    alpha_with_interval,
    cronbach_alpha,
    item_rest_correlations,
    sd_class,
)

SHEET = np.array([[4, 4, 3, 5], [3, 4, 2, 4], [5, 4, 4, 5], [2, 3, 2, 4], [4, 5, 3, 5]])

# Fifteen people, ten questions (Zaiontz, Real Statistics Using Excel, "Cronbach's alpha"). R's psych and pingouin give
# the same alpha and the same interval.
PUBLISHED = np.array(
    [
        [3, 5, 7, 2, 6, 1, 4, 2, 6, 5, 4, 4, 5, 6, 4],
        [2, 4, 3, 4, 5, 2, 3, 4, 5, 4, 3, 2, 5, 5, 3],
        [4, 6, 5, 3, 6, 3, 5, 4, 5, 6, 5, 3, 6, 5, 5],
        [1, 3, 5, 3, 5, 4, 3, 3, 5, 4, 2, 2, 2, 4, 5],
        [4, 5, 6, 2, 4, 2, 5, 7, 1, 3, 5, 5, 3, 2, 3],
        [5, 1, 4, 2, 4, 5, 2, 2, 6, 5, 3, 3, 3, 2, 1],
        [1, 2, 3, 2, 4, 2, 1, 2, 5, 3, 2, 4, 2, 1, 3],
        [4, 5, 3, 6, 6, 3, 2, 4, 2, 1, 3, 2, 4, 4, 2],
        [3, 5, 6, 6, 7, 5, 4, 6, 3, 7, 4, 3, 4, 6, 3],
        [2, 5, 5, 3, 5, 2, 3, 5, 2, 2, 1, 4, 5, 5, 4],
    ]
).T

cells = st.tuples(st.integers(2, 8), st.integers(3, 60), st.integers(0, 10**6))


def drawn(cell) -> np.ndarray:
    statements, people, seed = cell
    rng = np.random.default_rng(seed)
    return np.clip(rng.integers(1, 6, (people, 1)) + rng.integers(-1, 2, (people, statements)), 1, 5)


def test_alpha_and_interval_are_the_published_ones():
    alpha = cronbach_alpha(PUBLISHED)

    assert (alpha.n, alpha.statements) == (15, 10)
    assert alpha.value == pytest.approx(0.5917188485995826, abs=1e-12)
    assert [round(end, 3) for end in alpha_interval(alpha.value, n=15, statements=10)] == [0.195, 0.84]


def test_alpha_and_interval_are_those_of_the_method_sheet():
    alpha = cronbach_alpha(SHEET).value

    assert alpha == pytest.approx(0.894118, abs=5e-7)
    assert alpha_interval(alpha, n=5, statements=4) == pytest.approx((0.563637, 0.987901), abs=5e-7)


@given(cells)
def test_alpha_is_that_of_the_covariances(cell):
    ratings = drawn(cell)
    covariances = np.cov(ratings.T)
    k = len(covariances)
    if covariances.sum() < 1e-12:
        assert cronbach_alpha(ratings).reason == "zero_variance"
    else:
        expected = k / (k - 1) * (1 - np.trace(covariances) / covariances.sum())
        assert cronbach_alpha(ratings).value == pytest.approx(expected)


@given(cells, st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_people_come(cell, chance):
    ratings = drawn(cell)
    order = chance.sample(range(len(ratings)), len(ratings))

    assert cronbach_alpha(ratings[order]) == cronbach_alpha(ratings)
    assert item_rest_correlations(ratings[order]) == item_rest_correlations(ratings)


def test_whoever_left_a_statement_out_stays_out():
    """pingouin's own example with gaps, `read_dataset("cronbach_wide_missing")`, raised from 0/1 to 1/2, which changes
    nothing: `cronbach_alpha(data.dropna())` of pingouin 0.7.0. (Its `nan_policy="listwise"` gives the same alpha, and
    the interval of twelve people though nine are left.)"""
    _ = None
    columns = {
        "Q1": [2, 2, _, 2, 2, 1, 2, 2, 1, 2, 2, 2],
        "Q2": [2, 2, 1, 2, 2, 2, 2, 2, 2, 1, 2, 1],
        "Q3": [2, 2, 2, 2, 2, _, 2, 2, 1, 1, 2, 1],
        "Q4": [2, 2, 2, 1, 2, 1, 2, 2, 2, 2, 1, 2],
        "Q5": [2, 2, _, 2, 2, 2, 1, 2, 2, 1, 1, 1],
        "Q6": [2, 2, 2, 2, 1, 2, 1, 1, 1, 2, 1, 1],
        "Q7": [2, 2, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1],
        "Q8": [2, 2, 2, 2, 1, 2, 1, 1, 1, 1, 1, 1],
        "Q9": [2, 1, 2, 2, 2, 1, 1, 1, 1, _, 1, 1],
        "Q10": [2, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1],
        "Q11": [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    }
    found = alpha_with_interval(pd.DataFrame(columns))

    assert (found.alpha.n, found.alpha.statements, found.constant) == (9, 11, ())
    assert found.alpha.value == pytest.approx(0.8016949152542373, abs=1e-12)
    assert (round(found.low, 3), round(found.high, 3)) == (0.533, 0.947)


def test_an_alpha_without_an_interval_says_why_and_names_what_all_rated_alike():
    alike = alpha_with_interval(pd.DataFrame({"T1": [4, 4, None], "T2": [3, 3, 5]}))
    assert (alike.alpha.reason, alike.low, alike.constant) == ("zero_variance", None, ("T1", "T2"))
    assert alpha_with_interval(pd.DataFrame({"T1": [4, None], "T2": [3, 3]})).alpha.reason == "too_few_people"
    assert alpha_with_interval(pd.DataFrame({"T1": [4, 3]})).alpha.reason == "too_few_items"
    mixed = alpha_with_interval(pd.DataFrame({"T1": [4, 4, 4], "T2": [3, 2, 5], "T3": [3, 1, 5]}))
    assert mixed.constant == ("T1",)
    with pytest.raises(ValueError, match="A rating is"):
        alpha_with_interval(pd.DataFrame({"T1": [4, 9], "T2": [3, 3]}))
    with pytest.raises(ValueError, match="whole numbers"):
        cronbach_alpha(np.array([[4.0, np.nan], [3.0, 2.0]]))


def test_without_two_statements_two_people_or_any_difference_there_is_no_alpha():
    assert cronbach_alpha(SHEET[:, :1]).reason == "too_few_items"
    assert cronbach_alpha(SHEET[:1]).reason == "too_few_people"
    assert cronbach_alpha(np.full((9, 3), 4)).reason == "zero_variance"
    with pytest.raises(ValueError, match="two people"):
        alpha_interval(0.5, n=1, statements=4)


def test_statements_that_contradict_each_other_give_a_negative_alpha():
    assert cronbach_alpha(np.array([[1, 5], [2, 4], [4, 3], [5, 1]])).value < -1


def test_the_interval_holds_alpha_as_often_as_it_says():
    """Four parallel statements, r = .4, so that alpha is 1.6/2.2: in 95 % of 2,000 samples of 40 people."""
    rng, true = np.random.default_rng(5), 4 * 0.4 / (1 + 3 * 0.4)
    held = 0
    for _sample in range(2_000):
        x = np.sqrt(0.4) * rng.normal(size=(40, 1)) + np.sqrt(0.6) * rng.normal(size=(40, 4))
        c = np.cov(x.T)
        low, high = alpha_interval(4 / 3 * (1 - np.trace(c) / c.sum()), n=40, statements=4)
        held += low < true < high

    assert 0.935 < held / 2_000 < 0.965


@given(cells)
def test_item_rest_is_the_correlation_with_the_sum_of_the_others(cell):
    ratings = drawn(cell)
    for place, found in enumerate(item_rest_correlations(ratings)):
        one, others = ratings[:, place], np.delete(ratings, place, axis=1).sum(axis=1)
        if np.ptp(one) == 0 or np.ptp(others) == 0:
            assert found is None
        else:
            assert found == pytest.approx(stats.pearsonr(one, others).statistic)


def test_two_statements_made_seven_are_judged_by_the_correlation_between_them():
    for r in (-0.3, 0.1, 0.25, 0.6):
        of_two, of_seven = 2 * r / (1 + r), 7 * r / (1 + 6 * r)
        expected = of_seven if 1 + 6 * r > 0 and of_seven > -1 else -1
        assert alpha_of_length(of_two, statements=2, length=7) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("asked", "typical"), [(1, 1.05), (2, 0.85), (3, 0.80), (4, 0.75), (5, 0.75), (6, 0.70), (7, 0.70)]
)
def test_the_class_of_the_spread_is_pooled_and_drawn_towards_what_is_typical(asked, typical):
    rng = np.random.default_rng(asked)
    groups = [rng.normal(rng.normal(3, 1), 0.9, size) for size in (5, 6, 8, 12, 30)]
    squares = sum((len(group) - 1) * np.var(group, ddof=1) for group in groups)
    expected = np.sqrt((20 * typical**2 + squares) / (20 + 61 - 5))

    sd, df = sd_class(squares, people=61, groups=5, asked=asked)
    assert sd == pytest.approx(expected, abs=0.0501)
    assert df == 76


def test_below_five_groups_or_thirty_people_the_typical_sd_stands():
    assert sd_class(20.0, people=30, groups=5, asked=7) == (0.8, 45)  # √((20 × .70² + 20) / 45) = .81
    assert sd_class(20.0, people=29, groups=5, asked=7) == (0.7, None)
    assert sd_class(20.0, people=30, groups=4, asked=2) == (0.85, None)
    with pytest.raises(ValueError, match="not negative"):
        sd_class(-1.0, people=30, groups=5, asked=7)
