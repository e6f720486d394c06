"""Counts while a survey is open: what may stand there, and what whoever reads every page of every day can learn."""

import random
from collections import Counter

import pytest

from reports.disclosure.counts import Count, step_of, steps_of_groups, total_of

ASKED = {"n1": 24, "n2": 8, "n3": 4, "s1": 60}


@pytest.mark.parametrize(
    ("k", "answered", "shown"),
    [(5, 4, None), (5, 5, 5), (5, 9, 5), (5, 10, 10), (7, 7, 7), (7, 9, 7), (7, 10, 10), (5, 49, 45), (5, 59, 50)],
)
def test_steps_of_five_then_of_ten(k, answered, shown):
    assert step_of(answered, k) == shown


def test_a_group_has_a_row_by_how_many_are_asked_and_never_by_how_many_answer():
    for answered in ({}, {"n1": 24, "n2": 8, "n3": 4, "s1": 60}):
        assert list(steps_of_groups(ASKED, answered, 5)) == ["n1", "n2", "s1"]


def test_the_total_is_the_sum_of_what_is_shown():
    steps = steps_of_groups(ASKED, {"n1": 17, "n2": 4, "n3": 4, "s1": 52}, 5)
    assert steps == {"n1": 15, "n2": None, "s1": 50}
    assert total_of(steps.values()) == 65
    assert total_of([None, None]) is None


def test_how_many_were_asked_stands_beside_it_from_fifty_on():
    assert [Count(5, asked, 40).asked_beside for asked in (0, 49, 50)] == [None, None, 50]


def test_bars_stay_within_their_width():
    assert [Count(5, 60, shown).drawn for shown in (None, 30, 60, 70)] == [0, 50, 100, 100]


@pytest.mark.parametrize("seed", range(20))
def test_a_page_says_at_least_four_people_less_than_it_could(seed):
    """Whoever reads it every day, and knows of everybody else whether they answered, cannot tell the last one: every
    page that is shown is shown for at least five numbers of answers in a row, or ten from fifty on."""
    chance = random.Random(seed)
    order = [leaf for leaf, people in ASKED.items() for _ in range(people)]
    chance.shuffle(order)
    pages: dict[str, dict[int | None, set[int]]] = {leaf: {} for leaf in ASKED}
    answered: Counter[str] = Counter()
    for leaf in ["", *order]:
        answered[leaf] += bool(leaf)
        for group, step in steps_of_groups(ASKED, answered, 5).items():
            pages[group].setdefault(step, set()).add(answered[group])
    for group, seen in pages.items():
        finished = {step: numbers for step, numbers in seen.items() if ASKED[group] not in numbers}
        assert all(len(numbers) >= 5 for numbers in finished.values()), group


def test_exact_numbers_would_fail_that():
    seen = {answered: {answered} for answered in range(24)}
    assert not all(len(numbers) >= 5 for numbers in seen.values())
