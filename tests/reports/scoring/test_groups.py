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
    ad_star,
    agreement_word,
    condition_scores,
    favourable,
    group_score,
    half_width,
    level_words,
    published_range,
    two_camps,
    typical_sd,
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
    assert published_range(3.8, 5, typical_sd(7)) == (3.1, 4.5)


def test_the_ordinary_interval_of_the_worked_example():
    ordinary = group_score(SCORES, nu0=0)

    assert (round(ordinary.low, 6), round(ordinary.high, 6)) == (2.891242, 4.623044)


def test_deviation_and_shares_of_the_worked_example():
    assert round(ad_m(WORKED).value, 6) == 0.534048
    on_the_base = ad_m(WORKED.iloc[:5])
    assert round(on_the_base.value, 6) == 0.533571
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
    assert (one.sd, one.smoothed_sd, one.df) == (None, typical_sd(7), METHOD.nu0)
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


def counted(rows):
    return [[sum(row[at] == value for row in rows) for value in range(1, 6)] for at in range(len(rows[0]))]


@given(st.lists(st.lists(rating, min_size=7, max_size=7), min_size=2, max_size=20))
def test_the_correction_frees_the_index_of_the_size_of_the_group(rows):
    """By √(n / (n − 1)) where everybody rated everything; never smaller than the index without it."""
    n, plain = len(rows), ad_m(pd.DataFrame(rows)).value
    assert ad_star(counted(rows)).value == pytest.approx(plain * (n / (n - 1)) ** 0.5)


def test_the_correction_is_that_of_each_statement():
    """Of three ratings 4 4 1: mean 3, deviation 4/3; of two 2 4: deviation 1."""
    index = ad_star([[1, 0, 0, 2, 0], [0, 1, 0, 1, 0]])
    assert index.value == pytest.approx((4 / 3 * (3 / 2) ** 0.5 + 1 * 2**0.5) / 2)
    assert index.n == 3
    assert ad_star([[1, 0, 0, 0, 0]] * 2).reason == "too_few_people"
    assert ad_star([[0, 1, 0, 1, 0], [1, 0, 0, 0, 0], [0] * 5]).reason == "too_few_items"
    with pytest.raises(ValueError, match="Counts are whole numbers"):
        ad_star([[0.5, 0, 0, 1, 0]])


@pytest.mark.parametrize(
    ("n", "asked", "close_to", "wide_from"),
    [(5, 7, 0.593, 1.106), (25, 7, 0.68, 1.02), (25, 2, 0.65, 1.05), (8, 3, 0.573, 1.126), (8, 4, 0.626, 1.073)],
)
def test_the_words_of_agreement_allow_for_chance(n, asked, close_to, wide_from):
    """.75 − a and .95 + a, a = .35 / √n from four statements on and .50 / √n below."""
    assert agreement_word(close_to, n, asked=asked) == "close"
    assert agreement_word(close_to + 0.002, n, asked=asked) == "usual"
    assert agreement_word(wide_from, n, asked=asked) == "usual"
    assert agreement_word(wide_from + 0.002, n, asked=asked) == "wide"


def test_a_single_statement_has_no_word_of_agreement_below_thirty():
    assert agreement_word(0.1, 29, asked=1) is None
    assert agreement_word(0.1, 30, asked=1) == "close"


@given(st.lists(st.floats(min_value=1, max_value=5), min_size=10, max_size=40), st.randoms())
def test_camps_do_not_depend_on_the_order(scores, random):
    shuffled = random.sample(scores, len(scores))

    assert two_camps(scores, asked=7) == two_camps(shuffled, asked=7)


@pytest.mark.parametrize(
    ("scores", "asked", "camps"),
    [
        ([2.4] * 3 + [3.5] * 7, 7, True),
        ([2.5] * 3 + [3.5] * 7, 7, False),  # 2.5 is not low
        ([2.0] * 3 + [3.0] * 3 + [4.0] * 4, 7, False),  # as many between as low
        ([2.0] * 2 + [4.0] * 8, 7, False),  # a camp needs three people
        ([2.0] * 3 + [4.0] * 10, 7, False),  # … and a quarter: four of thirteen
        ([2.0] * 4 + [4.0] * 9, 7, True),
        ([2.4] * 3 + [3.5] * 7, 2, False),  # of two statements 2.5 and 3.5 are between
        ([2.0] * 3 + [4.0] * 7, 2, True),
        ([1.0, 5.0] * 6, 1, None),
        ([1.0, 5.0] * 4, 7, None),
    ],
)
def test_two_camps(scores, asked, camps):
    assert two_camps(scores, asked=asked) is camps


@pytest.mark.parametrize(
    ("displayed", "n", "s", "asked", "words"),
    [
        (3.8, 5, 0.70, 7, ("mostly",)),  # 3.8 ± 0.278: 3.5 and 4.1
        (3.7, 5, 0.70, 7, ("partly", "mostly")),  # 3.4 and 4.0
        (4.5, 5, 0.85, 2, ("mostly", "firmly")),
        (1.0, 5, 1.20, 2, ("not_yet",)),  # cut to the scale
        (3.9, 5, 1.20, 2, ("partly", "firmly")),  # the ends, whatever lies between
        (3.4, 29, 1.05, 1, ("partly",)),
        (3.4, 30, 1.05, 1, ("partly", "mostly")),
    ],
)
def test_level_words_are_those_of_a_narrow_band(displayed, n, s, asked, words):
    assert level_words(displayed, n, s, asked=asked) == words


@given(st.integers(10, 50).map(lambda tenths: tenths / 10), st.integers(1, 200), st.sampled_from([0.7, 0.85, 1.2]))
def test_the_level_of_the_score_lies_between_its_words(displayed, n, s):
    order = ("not_yet", "partly", "mostly", "firmly")
    low, *more = map(order.index, level_words(displayed, n, s, asked=7))
    own = sum(displayed >= border for border in (2.5, 3.5, 4.3))
    assert low <= own <= (more or [low])[0]
    start, end = published_range(displayed, n, s)
    assert 1 <= start <= displayed <= end <= 5


@given(st.lists(st.integers(min_value=0, max_value=50), min_size=2, max_size=5).filter(any))
def test_percentages_add_up_to_100_and_are_never_off_by_one_or_more(counts):
    percentages = whole_percentages(counts)

    assert sum(percentages) == 100
    assert all(abs(p - 100 * c / sum(counts)) < 1 for p, c in zip(percentages, counts, strict=True))
