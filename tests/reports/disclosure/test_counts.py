"""Counts while a survey is open: what stands there, and what somebody who watches every page can learn."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.counts import Count, ShownCounts, shown_counts, shown_in_steps
from tests.reports.oracles import atoms, smallest_by_subtraction, smallest_signature_class

WORLD = {"all": None, "north": "all", "n1": "north", "n2": "north", "n3": "north", "south": "all", "s1": "south"}
ASKED = {"n1": 24, "n2": 8, "n3": 7, "s1": 6}


def numbers(shown: ShownCounts) -> dict[str, int | None]:
    return {row.node: row.count.shown for row in shown.rows}


# --- What stands there ----------------------------------------------------------------------------------


def test_small_groups_have_steps_or_no_number():
    shown = shown_counts(WORLD, ASKED, {"n1": 17, "n2": 4, "n3": 3, "s1": 2}, k=5)
    assert numbers(shown) == {"n1": 15, "n2": None, "n3": None, "s1": None, "north": 5}
    assert (shown.total.shown, shown.total.rate, shown.has_others) == (20, None, True)


def test_a_group_says_where_it_is_counted():
    shown = shown_counts(WORLD, ASKED, {"n1": 17, "n2": 4, "n3": 3, "s1": 2}, k=5)
    assert {row.node: row.joins for row in shown.rows} == {
        "n1": None,
        "n2": "north",
        "n3": "north",
        "s1": None,
        "north": None,
    }
    assert shown.rows[-1].count.asked == 15


def test_from_fifty_people_on_it_is_exact_with_a_rate():
    shown = shown_counts({"all": None, "a": "all"}, {"a": 50}, {"a": 37}, k=5)
    assert shown.rows[0].count == Count(5, 50, 37, is_exact=True)
    assert (shown.total.shown, shown.total.rate, shown.has_others) == (37, 74, False)


def test_a_total_is_no_more_exact_than_what_it_adds():
    shown = shown_counts({"all": None, "a": "all", "b": "all"}, {"a": 60, "b": 20}, {"a": 37, "b": 9}, k=5)
    assert (shown.total.shown, shown.total.is_exact, shown.total.rate) == (42, False, None)


def test_before_anybody_has_answered_and_after_four_have_the_page_is_the_same():
    pages = {shown_counts(WORLD, ASKED, {"n2": number}, k=5) for number in range(5)}
    assert len(pages) == 1
    (page,) = pages
    assert (page.total.shown, page.has_others) == (None, True)


@pytest.mark.parametrize(
    ("k", "answered", "shown"), [(5, 4, None), (5, 5, 5), (5, 9, 5), (5, 10, 10), (7, 7, 7), (7, 9, 7), (7, 10, 10)]
)
def test_steps(k, answered, shown):
    assert shown_counts({"a": None}, {"a": 40}, {"a": answered}, k=k).rows[0].count.shown == shown


def test_by_shared_link_it_is_steps_however_many_are_asked():
    assert [shown_in_steps(900, answered, 10).shown for answered in (9, 10, 14, 15, 437)] == [None, 10, 10, 15, 435]
    assert shown_in_steps(900, 437, 10).rate is None


@pytest.mark.parametrize("said", [0, 10, 12])
def test_more_answers_by_link_than_people_that_were_named_move_in_steps_too(said):
    assert len({shown_in_steps(said, answered, 10) for answered in range(15, 20)}) == 1


def test_bars_are_drawn_to_four_for_whatever_is_fewer():
    counts = [shown_counts({"a": None}, {"a": 8}, {"a": number}, k=5).rows[0].count for number in range(5)]
    assert {count.drawn for count in counts} == {50}
    assert {count.least for count in counts} == {62.5}


@pytest.mark.parametrize(("asked", "drawn", "least"), [(3, 100, None), (5, 80, 100), (0, 0, None)])
def test_bars_of_tiny_groups_stay_inside(asked, drawn, least):
    count = Count(5, asked, None)
    assert (count.drawn, count.least) == (drawn, least)


def test_answers_of_people_who_were_removed_stay():
    shown = shown_counts({"a": None}, {"a": 4}, {"a": 6}, k=5)
    assert (shown.total.shown, shown.total.asked) == (5, 5)


# --- What can be learnt from it ------------------------------------------------------------------------


@st.composite
def worlds(draw):
    inner = draw(st.integers(1, 4))
    parents = {"0": None}
    for node in range(1, inner):
        parents[str(node)] = str(draw(st.integers(0, node - 1)))
    leaves = [f"leaf{number}" for number in range(draw(st.integers(inner, inner + 5)))]
    for number, leaf in enumerate(leaves):
        parents[leaf] = str(number if number < inner else draw(st.integers(0, inner - 1)))
    asked = {leaf: draw(st.sampled_from([1, 3, 5, 6, 9, 14, 24, 49, 50, 70])) for leaf in leaves}
    return parents, asked, draw(st.sampled_from([3, 5, 10])), random.Random(draw(st.integers(0, 10_000)))


def submits(asked: dict[str, int], chance: random.Random) -> list[str]:
    order = [leaf for leaf, number in asked.items() for _ in range(number)]
    chance.shuffle(order)
    return order[: chance.randint(0, len(order))]


def behind(parents, order: list[str], shown: ShownCounts, k: int) -> list[set[int]]:
    """The people behind each number, found without the method: those of each atom, and all of them for the total."""
    people = {number: (leaf, True) for number, leaf in enumerate(order)}
    found = [members for _, members in atoms(parents, people, k)]
    assert len(found) == sum(row.count.shown is not None for row in shown.rows)
    return [*found, set().union(*found)] if found else []


@given(worlds())
@settings(max_examples=150, deadline=None)
def test_no_combination_of_numbers_on_a_page_is_about_fewer_than_k(world):
    parents, asked, k, chance = world
    order = submits(asked, chance)
    sets = behind(parents, order, shown_counts(parents, asked, Counter(order), k), k)
    if sets:
        assert smallest_signature_class(sets) >= k
        assert smallest_by_subtraction(sets) >= k


def test_the_plain_rule_would_isolate_people():
    """The negative control: every group with five answers, and the whole."""
    caught, chance = 0, random.Random(3)
    for _ in range(200):
        order = submits(ASKED, chance)
        people = [{number for number, at in enumerate(order) if at == leaf} for leaf in ASKED]
        isolated = smallest_by_subtraction([*(group for group in people if len(group) >= 5), set(range(len(order)))])
        caught += isolated is not None and isolated < 5
    assert caught >= 40


@given(worlds())
@settings(max_examples=150, deadline=None)
def test_watching_after_every_submit_shows_steps_only(world):
    """A page changes only where a group, or groups counted together, have reached k or another step of five.

    Numbers of fifty people and more may move by one; then fifty people may have been the one.
    """
    parents, asked, k, chance = world
    answered, before = Counter(), shown_counts(parents, asked, {}, k)
    for leaf in submits(asked, chance):
        answered[leaf] += 1
        after = shown_counts(parents, asked, answered, k)
        if after != before:
            assert has_reached_a_step(parents, answered, leaf, after, k)
        for old, new in zip(*(by_node(page) for page in (before, after)), strict=True):
            assert_moves_in_steps(old, new, k)
        before = after


def by_node(page: ShownCounts) -> list[Count]:
    return [row.count for row in page.rows if row.kind == "team"]


def assert_moves_in_steps(old: Count, new: Count, k: int) -> None:
    if old == new or (new.is_exact and new.asked >= 50):
        return
    assert new.shown == k if old.shown is None else new.shown - old.shown in {5, 5 - k % 5}


def has_reached_a_step(parents, answered: Counter, leaf: str, page: ShownCounts, k: int) -> bool:
    """Worked out from the set that holds the latest answer."""
    order = [at for at, number in answered.items() for _ in range(number)]
    people = {number: (at, True) for number, at in enumerate(order)}
    latest = order.index(leaf)
    owner, members = next((node, found) for node, found in atoms(parents, people, k) if latest in found)
    counts = [row.count for row in page.rows if row.node == owner]
    return len(members) == k or len(members) % 5 == 0 or any(count.is_exact for count in counts)


def test_nobody_who_watches_learns_when_a_group_of_eight_gains_one():
    """Every page of a survey in which one group answers one by one: the same until five, then until ten."""
    pages = [shown_counts(WORLD, {**ASKED, "n2": 12}, {"n1": 12, "n2": number}, k=5) for number in range(13)]
    assert [number for number in range(1, 13) if pages[number] != pages[number - 1]] == [5, 10]
