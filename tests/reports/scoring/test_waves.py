"""One group at two times: what may be compared, on what, and what is said of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.scoring import WaveCell, comparable, may_compare, wave_words

tenths = st.integers(10, 50).map(lambda value: value / 10)


def moved(before, after, *, n=15, s=0.7, asked=7):
    return WaveCell(before, after, n, n, s, s, asked)


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        (moved(3.0, 3.8), "clear_rise"),
        (moved(3.8, 3.0), "clear_fall"),
        (moved(3.0, 3.2), "cannot_tell"),
        (moved(3.0, 3.2, n=400), "about_same"),
        (moved(3.0, 3.0, n=400), "about_same"),
        (moved(4.5, 5.0, n=400), "about_same"),  # beyond the ends nothing is compared
        (moved(1.0, 1.5, n=400), "about_same"),
        (moved(3.0, 4.9, n=4), "not_enough"),
        (moved(None, 4.0), None),
    ],
)
def test_the_word_of_a_single_cell(cell, word):
    assert wave_words([cell]) == (word,)


def test_in_a_view_of_five_a_clear_word_must_survive_its_family():
    barely, same = moved(3.0, 3.6, n=12), moved(3.0, 3.0, n=12)
    assert wave_words([barely])[0] == wave_words([barely, *[same] * 3])[0] == "clear_rise"
    assert wave_words([barely, *[same] * 19])[0] == "cannot_tell"
    brief = moved(3.0, 3.0, n=12, s=0.85, asked=2)
    assert wave_words([barely, *[brief] * 19])[0] == "clear_rise"  # which are of the other family


@given(st.lists(st.tuples(tenths, tenths), min_size=1, max_size=20))
def test_backwards_rises_are_falls(pairs):
    turned = {"clear_rise": "clear_fall", "clear_fall": "clear_rise"}
    there = wave_words([moved(*pair) for pair in pairs])
    back = wave_words([moved(*reversed(pair)) for pair in pairs])
    assert [turned.get(word, word) for word in there] == list(back)


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, True),
        ({"same_atoms": False}, False),
        ({"other_groups": True}, False),
        ({"days": 59}, False),
        ({"days": 59, "n_before": 10, "n_after": 10}, True),
    ],
)
def test_what_may_be_set_beside_each_other(changes, allowed):
    usual = {"same_atoms": True, "other_groups": False, "days": 60, "n_before": 8, "n_after": 12}
    assert may_compare(**usual | changes) is allowed


@pytest.mark.parametrize(
    ("kept", "before", "after", "on"),
    [
        (7, 7, 7, "scores"),
        (4, 7, 7, "same_statements"),
        (3, 7, 7, None),
        (2, 2, 7, None),
        (2, 2, 4, "same_statements"),
        (0, 2, 2, None),
        (1, 1, 1, "scores"),
    ],
)
def test_on_what_a_cell_is_compared(kept, before, after, on):
    assert comparable(kept=kept, before=before, after=after) == on
