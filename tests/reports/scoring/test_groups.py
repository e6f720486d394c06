"""Group figures against the worked example of the method sheet and against scipy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.scoring import (
    METHOD,
    ad_m,
    agreement_word,
    condition_scores,
    favourable,
    group_score,
    half_width,
    is_split,
    published_range,
    whole_percentages,
)

_ = None
WORKED = pd.DataFrame(
    [
        [4, 4, 3, 5, 4, 4, 4],
        [3, 4, 2, 4, 3, 4, 3],
        [5, 4, 4, 5, 4, 5, _],
        [2, 3, 2, 4, _, _, 3],
        [4, _, _, 5, 4, 4, 4],
        [3, 3, _, _, _, 4, _],
    ],
    columns=[f"T{i}" for i in range(1, 8)],
)
SCORES = condition_scores(WORKED).scores
rating = st.integers(min_value=1, max_value=5)
some_scores = st.lists(st.floats(min_value=1, max_value=5), min_size=2, max_size=60)


def test_the_worked_example_of_the_method_sheet():
    group = group_score(SCORES)

    assert (group.n, round(group.mean, 6), round(group.sd, 6)) == (5, 3.757143, 0.697371)
    assert (round(group.smoothed_sd, 6), group.df) == (0.698687, 8)
    assert (round(group.low, 6), round(group.high, 6)) == (3.036604, 4.477682)
    assert published_range(3.8, 5, sd=METHOD.s0) == (3.1, 4.5)


def test_the_ordinary_interval_of_the_worked_example():
    ordinary = group_score(SCORES, nu0=0)

    assert (round(ordinary.low, 6), round(ordinary.high, 6)) == (2.891242, 4.623044)


def test_deviation_and_shares_of_the_worked_example():
    assert round(ad_m(WORKED).value, 6) == 0.534048
    on_the_base = ad_m(WORKED.iloc[:5])
    assert round(on_the_base.value, 6) == 0.533571
    assert agreement_word(on_the_base.value) == "some_spread"
    assert (favourable(WORKED).favourable, favourable(WORKED).n) == (22, 33)


@given(some_scores)
def test_without_smoothing_it_is_the_t_interval_of_scipy(scores):
    group = group_score(scores, nu0=0)
    sem = stats.sem(scores)
    low, high = stats.t.interval(0.95, len(scores) - 1, loc=np.mean(scores), scale=sem) if sem else (group.mean,) * 2

    assert group.low == pytest.approx(low, abs=1e-8)
    assert group.high == pytest.approx(high, abs=1e-8)


@pytest.mark.parametrize(("df", "t"), [(4, 2.776445), (8, 2.306004), (10.5, 2.213840), (22.31, 2.072204)])
def test_quantiles_with_whole_and_broken_degrees_of_freedom(df, t):
    assert round(half_width(1.0, 1, df), 6) == t


def test_degenerate_groups_say_why():
    assert group_score([None]).reason == "too_few_people"
    assert group_score([3.0], nu0=0).low is None
    one = group_score([3.0])
    assert (one.sd, one.smoothed_sd, one.df) == (None, METHOD.s0, METHOD.nu0)
    assert group_score([4.0, 4.0], nu0=0).zero_variance is True
    assert group_score([4.0, 4.0]).zero_variance is False
    assert ad_m(pd.DataFrame({"T1": [4]})).reason == "too_few_people"
    assert ad_m(pd.DataFrame({"T1": [4, 4], "T2": [None, 3], "T3": [1, None]})).reason == "too_few_items"
    assert favourable(pd.Series([None], dtype=float)).reason == "too_few_people"


@given(st.lists(st.lists(rating, min_size=7, max_size=7), min_size=2, max_size=20))
def test_deviation_is_zero_only_when_all_agree_and_never_above_half_the_scale(rows):
    value = ad_m(pd.DataFrame(rows)).value

    assert 0 <= value <= 2
    assert (value == 0) == all(row == rows[0] for row in rows)


@given(st.lists(st.floats(min_value=1, max_value=5), min_size=8, max_size=40), st.randoms())
def test_a_split_does_not_depend_on_the_order(scores, random):
    shuffled = random.sample(scores, len(scores))

    assert is_split(scores) == is_split(shuffled)


@pytest.mark.parametrize(
    ("scores", "split"),
    [
        ([2.4, 2.4, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5], True),
        ([2.5, 2.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5], False),  # 2.5 is not low
        ([2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 4.0, 4.0], False),  # as many between as low
        ([2.0] * 2 + [4.0] * 7, False),  # nine people: a camp needs three
        ([2.0] * 3 + [4.0] * 6, True),
        ([1.0, 5.0] * 3, None),
    ],
)
def test_two_camps(scores, split):
    assert is_split(scores) is split


@given(st.lists(st.integers(min_value=0, max_value=50), min_size=2, max_size=5).filter(any))
def test_percentages_add_up_to_100_and_are_never_off_by_one_or_more(counts):
    percentages = whole_percentages(counts)

    assert sum(percentages) == 100
    assert all(abs(p - 100 * c / sum(counts)) < 1 for p, c in zip(percentages, counts, strict=True))
