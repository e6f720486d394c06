"""One person twice, and what stands out in one sitting: thresholds by hand, and what must never be said."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.scoring import observations, own_change, smallest_clear_change, which_earlier

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
SPACES = ("team", "organisation", "system")
ratings = st.integers(1, 5)


def focused():
    """Seven statements in the team, two elsewhere."""
    return [
        (condition, space, [f"{condition}.{space}.{number}" for number in range(7 if space == "team" else 2)])
        for space in SPACES
        for condition in CONDITIONS
    ]


def twice(before, after, cells=None):
    return own_change(cells or focused(), primary="team", before=before, after=after)


def rated(value, cells=None):
    return {one: value for _condition, _space, statements in cells or focused() for one in statements}


def words(found):
    return {(cell.condition, cell.space): cell.word for cell in found.cells if cell.word}


@pytest.mark.parametrize(
    ("statements", "primary", "elsewhere"),
    [(1, 2.29, 2.54), (2, 1.67, 1.85), (3, 1.40, 1.56), (4, 1.25, 1.39), (7, 1.01, 1.13)],
)
def test_thresholds_at_the_usual_noise(statements, primary, elsewhere):
    cell = ("task", "team", [str(number) for number in range(statements)])
    same = dict.fromkeys(cell[2], 3)
    for where, threshold in (("team", primary), ("self", elsewhere)):
        found = own_change([cell], primary=where, before=same, after=same)
        assert found.noise == pytest.approx(sqrt(2) * 0.58)
        assert found.cells[0].threshold == pytest.approx(threshold, abs=0.005)


def test_the_smallest_clear_change_is_beyond_its_threshold():
    assert [smallest_clear_change(m, is_primary=True) for m in (1, 2, 7)] == [2.3, 1.7, 1.1]
    assert [smallest_clear_change(m, is_primary=False) for m in (1, 2, 7)] == [2.6, 1.9, 1.2]


@pytest.mark.parametrize("value", [1, 3, 5])
def test_the_same_twice_is_told_of_nothing(value):
    found = twice(rated(value), rated(value))
    assert (words(found), set(found.spaces.values())) == ({}, {None})
    assert all((cell.difference, cell.higher, cell.lower) == (0.0, 0, 0) for cell in found.cells)


def test_five_of_seven_up_by_one_is_the_usual_back_and_forth():
    after = rated(3) | {f"task.team.{number}": 4 for number in range(5)}
    found = twice(rated(3), after)
    assert words(found) == {}
    assert (found.cells[0].difference, found.cells[0].higher) == (0.7, 5)


def test_a_whole_space_rises_where_at_least_four_conditions_do():
    after = rated(3) | {one: 4 for _c, space, keys in focused() if space == "team" for one in keys}
    assert twice(rated(3), after).spaces == {"team": "rise", "organisation": None, "system": None}
    only_two = rated(3) | {
        one: 5 for c, space, keys in focused() if space == "team" and c in CONDITIONS[:2] for one in keys
    }
    assert twice(rated(3), only_two).spaces["team"] is None


def test_only_what_was_rated_both_times_counts():
    before, after = rated(3), rated(5)
    for number in range(4):
        after[f"task.team.{number}"] = None
    found = twice(before, after)
    assert ("task", "team") not in {(cell.condition, cell.space) for cell in found.cells}
    after["task.team.3"] = 5
    [cell] = [one for one in twice(before, after).cells if (one.condition, one.space) == ("task", "team")]
    assert cell.statements == 4


def test_a_rating_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="from 1 to 5"):
        twice(rated(3), rated(3) | {"task.team.0": 6})


@given(st.lists(st.tuples(ratings, ratings), min_size=55, max_size=55))
def test_the_other_way_round_is_the_same_with_signs_turned(pairs):
    keys = list(rated(3))
    before = {key: one for key, (one, _other) in zip(keys, pairs, strict=False)}
    after = {key: other for key, (_one, other) in zip(keys, pairs, strict=False)}
    there, back = twice(before, after), twice(after, before)
    turned = {"clear_rise": "clear_fall", "clear_fall": "clear_rise", None: None}
    assert [turned[cell.word] for cell in there.cells] == [cell.word for cell in back.cells]
    assert there.noise == back.noise >= sqrt(2) * 0.58 - 1e-9  # never narrower than usual


def test_which_earlier_one_is_compared():
    assert which_earlier("ab", [("2026-01-01", "ab"), ("2026-02-01", "ab")]) == 1
    assert which_earlier("ab", [("2026-01-01", "abc"), ("2026-02-01", "a")]) == 0
    assert which_earlier("ab", [("2026-01-01", "xy")]) is None
    assert which_earlier("ab", []) is None


# --- one sitting ---


def seen(of):
    """`of`: condition, space → rating of all its statements."""
    cells = [(condition, space, [of(condition, space)] * len(keys)) for condition, space, keys in focused()]
    return [(one.kind, one.place, one.side) for one in observations(cells, primary="team")]


@pytest.mark.parametrize("value", [1, 3, 5])
def test_a_flat_profile_stands_out_nowhere(value):
    assert seen(lambda *_place: value) == []


def test_nothing_rated_and_one_condition_only():
    assert observations([(c, s, [None] * len(keys)) for c, s, keys in focused()], primary="team") == ()
    assert seen(lambda condition, _space: 2 if condition == "task" else None) == []


def test_one_low_row_is_named_once_and_makes_no_other_high():
    assert seen(lambda condition, _space: 2 if condition == "energy" else 4) == [("condition", "energy", "lower")]


def test_one_low_column_is_named_once():
    assert seen(lambda _condition, space: 2 if space == "system" else 4) == [("space", "system", "lower")]


def test_of_two_spaces_only_the_lower_is_named():
    cells = [(c, s, [2 if s == "system" else 4] * len(keys)) for c, s, keys in focused() if s != "organisation"]
    assert [(one.place, one.side) for one in observations(cells, primary="team")] == [("system", "lower")]


def test_a_cell_in_depth_stands_before_what_is_named_elsewhere():
    def of(condition, space):
        return 1 if (condition, space) in {("task", "team"), ("energy", "system")} else 4

    assert seen(of) == [("cell", ("task", "team"), "lower"), ("cell", ("energy", "system"), "lower")]


@given(st.lists(st.one_of(st.none(), ratings), min_size=55, max_size=55))
def test_never_more_than_three_and_lower_ones_first(values):
    given_ = iter(values)
    cells = [(condition, space, [next(given_) for _ in keys]) for condition, space, keys in focused()]
    found = observations(cells, primary="team")
    assert len(found) <= 3
    assert [one.side for one in found] == sorted((one.side for one in found), reverse=True)
