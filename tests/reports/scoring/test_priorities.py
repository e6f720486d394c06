"""Where to act and where to talk first: routes at their borders, lists, and ties."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.scoring import CellToWeigh, priorities

CELL = CellToWeigh(("task", "team"), 12, 3.0, 3.4, views_differ=False, importance=0.5)


def cell(name="task", **changes) -> CellToWeigh:
    return dataclasses.replace(CELL, key=(name, "team"), **changes)


def names(keys) -> list[str]:
    return [condition for condition, _space in keys]


@pytest.mark.parametrize(
    ("changes", "route"),
    [
        ({}, "act_pool"),
        ({"n": 4}, "not_enough"),
        ({"n": 5}, "act_pool"),
        ({"n": 4, "views_differ": True}, "not_enough"),
        ({"views_differ": True}, "talk_pool"),
        ({"views_differ": True, "high": 4.9}, "talk_pool"),
        ({"high": 4.3}, "watch"),
        ({"high": 4.2}, "act_pool"),
        ({"score": None, "high": None}, "not_enough"),
    ],
)
def test_the_route_of_a_cell(changes, route):
    assert priorities([cell(**changes)]).cells[0].route == route


def test_need_is_the_way_left_to_the_target_and_counts_by_importance():
    low, aimed, above = priorities([cell(score=1.0), cell(score=4.3), cell(score=4.8, high=4.9)]).cells
    assert (low.need, low.value) == (1.0, 0.5)
    assert (aimed.need, above.need, above.value) == (0.0, 0.0, 0.0)
    by_hand = priorities([cell(score=2.65, importance=0.4)]).cells[0]
    assert (by_hand.need, by_hand.value) == (pytest.approx(0.5), pytest.approx(0.2))


def test_lists_are_short_the_greatest_first_and_ties_in_model_order():
    acting = [cell("a", score=3.4), cell("b", score=2.0), cell("c"), cell("d"), cell("e", score=2.0, importance=0.19)]
    talking = [cell(name, views_differ=True, score=score) for name, score in (("f", 3.2), ("g", 3.0), ("h", 3.0))]
    found = priorities([*acting, *talking])

    assert names(found.act_first) == ["b", "c", "d"]
    assert names(found.talk_first) == ["g", "h"]


def test_a_fifth_is_important_enough():
    assert names(priorities([cell(importance=0.2)]).act_first) == ["task"]
    assert names(priorities([cell(importance=0.6 / 3)]).act_first) == ["task"]
    assert priorities([cell(importance=0.199)]).act_first == ()


@given(
    st.lists(
        st.builds(
            cell,
            st.text(),
            n=st.integers(0, 20),
            score=st.floats(1, 5),
            importance=st.floats(0, 1),
            views_differ=st.booleans(),
        ),
        max_size=25,
    )
)
def test_no_cell_is_in_both_lists_and_each_is_where_its_route_leads(cells):
    found = priorities(cells)
    routes = {one.key: [] for one in found.cells}
    for one in found.cells:
        routes[one.key].append(one.route)
    assert len(found.act_first) <= 3
    assert len(found.talk_first) <= 2
    assert all("act_pool" in routes[key] for key in found.act_first)
    assert all("talk_pool" in routes[key] for key in found.talk_first)
    assert all(0 <= one.value <= one.need <= 1 for one in found.cells)


@pytest.mark.parametrize(
    "wrong",
    [{"n": -1}, {"importance": 1.1}, {"importance": float("nan")}, {"score": 5.5}, {"high": float("inf")}],
)
def test_a_figure_out_of_its_bounds_is_refused(wrong):
    with pytest.raises(ValueError, match=r"A cell holds|Importance|A score"):
        priorities([cell(**wrong)])
