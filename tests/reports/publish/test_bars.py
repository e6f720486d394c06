"""A hidden part stays hidden: every bar that can exist is printed, and what is printed is held against all of them.

The attacker here knows how many people answered, how bars are joined, rounded and printed, and every figure of the
statement. Whatever count is not printed by itself must keep three possible values: those of the classes of the bar, and
beside shares also those of 1, 2, 4 and 5 inside 'disagree' and 'agree'.
"""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest

from reports.publish.slices import Base
from reports.publish.statements import OfCell, published_statement

THREE, FIVE = ((1, 2), (3,), (4, 5)), ((1,), (2,), (3,), (4,), (5,))
LEAST = {THREE: 10, FIVE: 30}  # people who rated a statement wherever such a bar is printed
PRINTED = 3
LEANINGS = [
    (0.05, 0.12, 0.23, 0.42, 0.15, 0.03),
    (0.10, 0.20, 0.30, 0.28, 0.08, 0.04),
    (0.02, 0.05, 0.13, 0.50, 0.28, 0.02),
    (0.25, 0.33, 0.22, 0.12, 0.03, 0.05),
]


def every_bar(people, parts=6):
    """Rows: how many said 1, … 5, "don't know"; all that add up to so many people."""
    cuts = np.array(list(combinations(range(people + parts - 1), parts - 1)), dtype=np.int16)
    edge = np.full((len(cuts), 1), -1, dtype=np.int16)
    return np.diff(np.hstack([edge, cuts, edge + people + parts]), axis=1) - 1


def tenths_of(bars):
    """The displayed mean, times ten, half up."""
    rated = bars[:, :5].astype(np.int64)
    n = rated.sum(axis=1)
    return (20 * (rated @ np.arange(1, 6)) + n) // (2 * n)


def classes_of(bars, scale):
    rated = [bars[:, [point - 1 for point in points]].sum(axis=1) for points in scale]
    return np.stack([*rated, bars[:, 5]], axis=1)


def printed(bar, scale):
    """All that is published of one bar, in a cell of seven statements."""
    *rated, dont_know = (int(count) for count in bar)
    base = Base(sum(rated), 0, is_of_tens=True, is_of_thirties=scale is FIVE)
    return published_statement("T1", base, [dont_know, *rated], OfCell(7, "mostly", has_score=True)).stored()


def told_of(bars, scale):
    """Of each bar the number of its print, and the prints: what is said of it follows from classes and displayed mean,
    which `test_what_is_printed_follows_from_classes_and_mean` holds."""
    about = np.column_stack([classes_of(bars, scale), tenths_of(bars)])
    _, first, which = np.unique(about, axis=0, return_index=True, return_inverse=True)
    numbers, prints = {}, []
    of = []
    for row in first:
        said = printed(bars[row], scale)
        number = numbers.setdefault(repr(said), len(numbers))
        if number == len(prints):
            prints.append(said)
        of.append(number)
    return np.array(of)[which.ravel()], prints


def hidden_in(said, scale, people):
    """Which counts of the bar are not printed by themselves: classes by number, points as ('point', number)."""
    everything = [[[*range(len(scale) + 1)], None]]
    joined = [set(classes) for classes, _share in said.get("joined", everything)]
    if people < LEAST[scale] + 2:  # nobody, or one at most, can have said "don't know": no print hides that
        joined = [one - {len(scale)} for one in joined]
    classes = {place for one in joined if len(one) > 1 for place in one}
    points = {point for points in scale if len(points) > 1 for point in points} if "joined" in said else set()
    return classes | {("point", point) for point in points}


def given_away(bars, of, hidden):
    """The numbers of prints that leave a hidden count fewer than three values. `hidden`: of each print."""
    columns = {place for one in hidden for place in one}
    found = set()
    for place in columns:
        values = bars[place]
        pairs = np.unique(of.astype(np.int64) * 1000 + values) // 1000
        left = np.bincount(pairs, minlength=len(hidden))
        found |= {number for number in np.flatnonzero(left < PRINTED) if place in hidden[number]}
    return found


def counts_of(bars, scale):
    classes = classes_of(bars, scale)
    return {place: classes[:, place] for place in range(classes.shape[1])} | {
        ("point", point): bars[:, point - 1] for point in range(1, 6)
    }


def falls(people, scale):
    """The prints that give a count away, of so many people."""
    bars = every_bar(people)
    bars = bars[bars[:, :5].sum(axis=1) >= LEAST[scale]]
    of, prints = told_of(bars, scale)
    hidden = [hidden_in(said, scale, people) for said in prints]
    return [prints[number] for number in given_away(counts_of(bars, scale), of, hidden)]


@pytest.mark.parametrize("people", [*range(10, 19), 24, 30])
def test_three_classes_leave_three_possibilities(people):
    assert falls(people, THREE) == []


@pytest.mark.parametrize("people", [30])
def test_five_classes_leave_three_possibilities(people):
    assert falls(people, FIVE) == []


@pytest.mark.deep
@pytest.mark.parametrize("people", range(19, 61))
def test_three_classes_leave_three_possibilities_at_every_size(people, figure):
    assert falls(people, THREE) == []
    figure("disclosure", "every bar of three classes, up to 60 people", "0 leave fewer than three possibilities")


@pytest.mark.deep
@pytest.mark.parametrize("people", range(31, 61))
def test_five_classes_leave_three_possibilities_at_every_size(people, figure):
    assert falls(people, FIVE) == []
    figure("disclosure", "every bar of five classes, up to 60 people", "0 leave fewer than three possibilities")


@pytest.mark.parametrize("scale", [THREE, FIVE])
def test_what_is_printed_follows_from_classes_and_mean(scale):
    rng = np.random.default_rng(1)
    said = defaultdict(set)
    for people in (31, 34):
        for lean in LEANINGS:
            bars = rng.multinomial(people, lean, size=400)
            bars = bars[bars[:, :5].sum(axis=1) >= 30]
            for bar, *about in zip(bars, *classes_of(bars, scale).T, tenths_of(bars), strict=True):
                said[people, *map(int, about)].add(repr(printed(bar, scale)))
    assert max(map(len, said.values())) == 1
    assert len(said) > 100


def drawn(people, scale, size=200):
    rng = np.random.default_rng(people)
    bars = np.vstack([rng.multinomial(people, lean, size=size // 4) for lean in LEANINGS])
    return bars[bars[:, :5].sum(axis=1) >= LEAST[scale]]


@pytest.mark.parametrize(("people", "least"), [(12, 0.7), (16, 0.85), (25, 0.95)])
def test_most_bars_of_a_team_still_have_shares(people, least):
    """The price: a team of twelve in which nearly all say the same has a level word alone."""
    bars = drawn(people, THREE)
    assert np.mean(["joined" in printed(bar, THREE) for bar in bars]) >= least


@pytest.mark.parametrize(("people", "least"), [(40, 0.4), (60, 0.6), (300, 0.9)])
def test_most_bars_of_a_large_group_have_shares_and_a_mean(people, least):
    bars = [printed(bar, FIVE) for bar in drawn(people, FIVE)]
    assert np.mean(["joined" in one for one in bars]) >= 0.95
    assert np.mean([one.get("mean") is not None for one in bars]) >= least


@pytest.mark.parametrize("people", [10, 14, 29, 30, 37, 60, 400])
@pytest.mark.parametrize("scale", [THREE, FIVE])
def test_shares_are_those_of_their_classes_and_no_class_of_two_stands_alone(people, scale):
    step = 10 if people < 30 else 5
    for bar in drawn(people, scale):
        counts = classes_of(bar[np.newaxis], scale)[0]
        joined = printed(bar, scale).get("joined", [])
        assert not joined or sorted(place for one, _ in joined for place in one) == list(range(len(counts)))
        for classes, share in joined:
            count = counts[classes].sum()
            assert count > 2
            assert share % step == 0
            assert abs(share - 100 * count / people) <= step / 2


# Negative controls: the same proof, other ways of printing


def largest_remainders(counts):
    """As it was before: shares that add up to 100, 'few' for two people or fewer, and then none for the largest."""
    total = sum(counts)
    shares = [100 * count // total for count in counts]
    for place in sorted(range(len(counts)), key=lambda place: -(100 * counts[place] % total))[: 100 - sum(shares)]:
        shares[place] += 1
    few = [count <= 2 for count in counts]
    largest = max(range(len(counts)), key=lambda place: counts[place]) if any(few) else None
    return [
        "few" if is_few else None if place == largest else share
        for place, (share, is_few) in enumerate(zip(shares, few, strict=True))
    ]


def classes_given_away(people, print_as):
    """The share of all bars of three classes in which a count that carries no number has fewer than three values."""
    counts = [tuple(map(int, row)) for row in np.unique(classes_of(every_bar(people), THREE), axis=0)]
    values = defaultdict(lambda: defaultdict(set))
    for row in counts:
        for place, count in enumerate(row):
            values[repr(print_as(row))][place].add(count)
    told = [
        any(
            not isinstance(share, int) and len(values[repr(print_as(row))][place]) < PRINTED
            for place, share in enumerate(print_as(row))
        )
        for row in counts
    ]
    return np.mean(told)


@pytest.mark.parametrize("people", [10, 15, 20])
def test_control_largest_remainders_give_classes_away(people):
    assert classes_given_away(people, largest_remainders) >= 0.05


@pytest.mark.parametrize("people", [12, 16, 20])
def test_control_a_mean_beside_every_bar_gives_classes_away(people):
    """Why the mean is missing now and then: printed everywhere, it falls in the same proof."""
    bars = every_bar(people)
    bars = bars[bars[:, :5].sum(axis=1) >= 10]
    of, prints = told_of(bars, THREE)
    _, with_mean = np.unique(of.astype(np.int64) * 100 + tenths_of(bars), return_inverse=True)
    print_of = dict(zip(with_mean.tolist(), of.tolist(), strict=True))
    hidden = [hidden_in(prints[print_of[number]], THREE, people) for number in range(len(print_of))]
    shown = [number for number in range(len(hidden)) if "joined" in prints[print_of[number]]]
    assert len(given_away(counts_of(bars, THREE), with_mean, hidden) & set(shown)) >= len(shown) / 10


@pytest.mark.parametrize("people", [12, 20])
def test_control_small_classes_that_are_not_joined_fall(people):
    def by_itself(counts):
        return ["few" if count <= 2 else round(count / people, 1) * 10 for count in map(int, counts)]

    assert classes_given_away(people, lambda row: [one if one == "few" else int(one) for one in by_itself(row)]) > 0.05
