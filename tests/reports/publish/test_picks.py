"""What matters most: no printed share tells how a few people chose, though everybody is known to have chosen two."""

from collections import defaultdict

import numpy as np
import pytest

from reports.publish.picks import pick_shares


def every_choice(people, conditions):
    """All ways in which so many people can choose two conditions each: each condition at most once by anybody."""
    ways = [()]
    for left in range(conditions, 0, -1):
        ways = [
            (*way, count)
            for way in ways
            for rest in [2 * people - sum(way)]
            for count in ([rest] if left == 1 else range(min(people, rest) + 1))
            if 0 <= rest - count <= people * (left - 1) and count <= people
        ]
    return ways


def given_away(ways, print_as):
    """The prints that leave a count without a share fewer than three values."""
    values = defaultdict(lambda: [set() for _ in ways[0]])
    for way in ways:
        for seen, count in zip(values[print_as(way)], way, strict=True):
            seen.add(count)
    return [
        said
        for said, seen in values.items()
        if any(not isinstance(share, int) and len(one) < 3 for share, one in zip(said, seen, strict=True))
    ]


@pytest.mark.parametrize("people", range(10, 13))
def test_whatever_carries_no_share_keeps_three_possibilities(people):
    assert given_away(every_choice(people, 5), lambda way: pick_shares(way, people)) == []


@pytest.mark.parametrize("people", [*range(10, 25), 29, 30, 31, 45, 60])
def test_so_it_does_among_three_conditions(people):
    assert given_away(every_choice(people, 3), lambda way: pick_shares(way, people)) == []


@pytest.mark.deep
@pytest.mark.parametrize("people", range(13, 25))
def test_whatever_carries_no_share_keeps_three_possibilities_in_larger_groups(people, figure):
    assert given_away(every_choice(people, 5), lambda way: pick_shares(way, people)) == []
    figure("disclosure", "every choice of what matters most, up to 24 people", "0 leave fewer than three possibilities")


def alike(way, people, chance, tries=4000):
    """Other choices near `way`, at random: a few people choose something else."""
    for _ in range(tries):
        other = np.array(way)
        for _ in range(chance.integers(1, 5)):
            gone, came = chance.choice(len(way), 2, replace=False)
            other[gone] -= 1
            other[came] += 1
        if (other >= 0).all() and (other <= people).all():
            yield tuple(int(count) for count in other)


@pytest.mark.parametrize("people", [20, 30, 44, 60])
def test_drawn_choices_of_larger_groups_keep_three_possibilities(people):
    """Enough values are found among choices close by, which are printed in the same way."""
    chance = np.random.default_rng(people)
    for _ in range(6):
        liking = chance.dirichlet([1.0] * 5)
        way = tuple(
            int(count)
            for count in np.bincount(
                [pick for _ in range(people) for pick in chance.choice(5, 2, replace=False, p=liking)], minlength=5
            )
        )
        said = pick_shares(way, people)
        same = [other for other in alike(way, people, chance) if pick_shares(other, people) == said]
        for place, share in enumerate(said):
            assert share is not None or len({way[place], *(other[place] for other in same)}) >= 3


@pytest.mark.parametrize("people", [12, 31, 200])
def test_shares_are_those_of_people_and_a_few_are_never_printed(people):
    chance = np.random.default_rng(people)
    step = 10 if people < 30 else 5
    for _ in range(60):
        picks = [chance.choice(5, 2, replace=False, p=(0.4, 0.3, 0.2, 0.07, 0.03)) for _ in range(people)]
        way = np.bincount(np.array(picks).ravel(), minlength=5).tolist()
        for count, share in zip(way, pick_shares(way, people), strict=True):
            if share is not None:
                assert 2 < count < people - 2
                assert share % step == 0
                assert abs(share - 100 * count / people) <= step / 2


def test_control_a_share_for_each_that_more_than_two_chose_falls():
    def as_before(way):
        few = [count <= 2 for count in way]
        largest = way.index(max(way)) if any(few) else None
        return tuple(
            "few" if is_few else None if place == largest else round(100 * count / 10)
            for place, (count, is_few) in enumerate(zip(way, few, strict=True))
        )

    assert len(given_away(every_choice(10, 5), as_before)) >= 100
