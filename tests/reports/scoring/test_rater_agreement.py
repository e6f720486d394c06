"""Agreement indices against the method sheet's worked example, and against what their authors derive them from."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.scoring import a_wg, a_wg_j, r_wg, r_wg_j

_ = None
WORKED = pd.DataFrame(
    [
        [4, 4, 3, 5, 4, 4, 4],
        [3, 4, 2, 4, 3, 4, 3],
        [5, 4, 4, 5, 4, 5, _],
        [2, 3, 2, 4, _, _, 3],
        [4, _, _, 5, 4, 4, 4],
        [3, 3, _, _, _, 4, _],
    ]
)
some = st.lists(st.integers(1, 5), min_size=4, max_size=30)
cells = st.lists(st.lists(st.integers(1, 5), min_size=5, max_size=5), min_size=4, max_size=15)


def test_the_worked_example_of_the_method_sheet():
    assert r_wg_j(WORKED).value == pytest.approx(0.956186, abs=5e-7)
    assert r_wg_j(WORKED, null="slightly_skewed").value == pytest.approx(0.924879, abs=1e-6)
    per_item = [a_wg(WORKED[item].tolist()) for item in WORKED]
    assert per_item[3].reason == "not_interpretable"
    expected = [0.511111, 0.868132, 0.650794, 0.890909, 0.875, 0.866667]
    found = [one.value for one in per_item if one.value is not None]
    assert found == pytest.approx(expected, abs=5e-7)
    overall = a_wg_j(WORKED)
    assert (overall.value, overall.n) == (pytest.approx(np.mean(found)), 6)


@pytest.mark.parametrize(("null", "variance"), [("uniform", 2.0), ("slightly_skewed", 1.34)])
def test_the_nulls_are_those_of_the_literature(null, variance):
    """LeBreton & Senter (2008), table 2, for five options: uniform 2.00, slight skew 1.34 (.05 .15 .20 .35 .25)."""
    shares = {"uniform": [0.2] * 5, "slightly_skewed": [0.05, 0.15, 0.20, 0.35, 0.25]}[null]
    points = np.arange(1, 6)
    mean = np.dot(shares, points)
    assert round(float(np.dot(shares, (points - mean) ** 2)), 2) == variance
    assert r_wg([4, 4, 5, 3], null=null).raw == pytest.approx(1 - (2 / 3) / variance)


@given(some)
def test_r_wg_is_one_less_the_sample_variance_over_that_of_chance(ratings):
    found = r_wg(ratings)
    assert found.raw == pytest.approx(1 - np.var(ratings, ddof=1) / 2)
    assert found.value == max(0, found.raw)
    assert found.above_null == (np.var(ratings, ddof=1) > 2 + 1e-9)
    assert (found.value == 1) == (len(set(ratings)) == 1)


@given(cells)
def test_r_wg_of_a_cell_is_that_of_its_mean_variance_stepped_up(rows):
    """Spearman & Brown: J statements that each agree r are as sure as J·r / (1 + (J − 1)·r)."""
    found, one = r_wg_j(pd.DataFrame(rows)), 1 - np.var(rows, axis=0, ddof=1).mean() / 2
    if one <= 1e-9:
        assert (found.value, found.above_null, found.raw) == (0, True, pytest.approx(one, abs=1e-9))
    else:
        assert found.value == pytest.approx(5 * one / (1 + 4 * one))


@pytest.mark.parametrize("k", [4, 5, 6])
def test_a_wg_is_measured_on_the_largest_variance_its_mean_allows(k):
    """Over all ratings of k people: never above 1, and −1 where all sit at the two ends. Brown & Hauenstein (2005)."""
    for ratings in itertools.combinations_with_replacement(range(1, 6), k):
        found, mean = a_wg(ratings), np.mean(ratings)
        if found.value is None:
            assert not 1 + 4 / k <= mean + 1e-9 <= 5 - 4 / k + 2e-9
        elif set(ratings) == {1, 5}:
            assert found.value == pytest.approx(-1)
        else:
            at_ends = (5 - mean) / 4  # share of 1 in a mixture of 1 and 5 with this mean
            largest = (at_ends * (1 - mean) ** 2 + (1 - at_ends) * (5 - mean) ** 2) * k / (k - 1)
            expected = 1 if largest == 0 else 1 - 2 * np.var(ratings, ddof=1) / largest
            assert found.value == pytest.approx(expected)
            assert -1 < found.value <= 1


@given(some)
def test_turning_the_scale_round_changes_no_agreement(ratings):
    turned = [6 - rating for rating in ratings]
    assert r_wg(turned).value == pytest.approx(r_wg(ratings).value)
    assert a_wg(turned).value == pytest.approx(a_wg(ratings).value, nan_ok=False)
    assert a_wg(turned).reason == a_wg(ratings).reason


def test_two_camps_are_above_the_null_and_not_hidden():
    torn = r_wg([1, 1, 1, 5, 5, 5])
    assert (torn.value, torn.above_null) == (0, True)
    assert torn.raw == pytest.approx(1 - 4.8 / 2)
    cell = r_wg_j(pd.DataFrame([[1] * 4] * 3 + [[5] * 4] * 3))
    assert (cell.value, cell.above_null, cell.raw) == (0, True, pytest.approx(-1.4))


def test_all_alike_is_one_even_at_the_end_of_the_scale():
    assert [r_wg([5, 5]).value, a_wg([5] * 4).value, a_wg([1] * 9).value] == [1, 1, 1]
    same = pd.DataFrame([[5] * 4] * 4)
    assert [r_wg_j(same).value, a_wg_j(same).value] == [1, 1]


def test_too_little_says_why():
    assert r_wg([]).reason == r_wg([3, None, float("nan")]).reason == "too_few_people"
    assert a_wg([3, 4, 5]).reason == "too_few_people"
    assert r_wg_j(WORKED[[0, 1, 2]]).reason == "too_few_items"
    assert r_wg_j(WORKED.head(1)).reason == a_wg_j(WORKED.head(3)).reason == "too_few_people"
    assert a_wg_j(WORKED[[0, 1, 2]]).reason == "too_few_items"
    near_the_end = pd.DataFrame([[5] * 4] * 5 + [[4] * 4])
    assert a_wg_j(near_the_end).reason == "not_interpretable"
    assert r_wg_j(WORKED.head(0)).reason == "too_few_people"


@pytest.mark.parametrize("wrong", [[0, 4], [6, 4], [3.5, 4], [float("inf"), 4], ["4", 4], [True, 4]])
def test_what_is_no_rating_is_refused(wrong):
    for index in (r_wg, a_wg):
        with pytest.raises(ValueError, match=r"A rating is|not numbers"):
            index(wrong)


def test_an_unknown_null_is_refused():
    for index, answers in ((r_wg, [4, 5]), (r_wg_j, WORKED)):
        with pytest.raises(ValueError, match="uniform, slightly_skewed"):
            index(answers, null="normal")
