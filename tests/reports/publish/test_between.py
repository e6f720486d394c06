"""Whether groups can be told apart in a cell, by hand: six people in each team give two statements the same."""

import numpy as np
import pandas as pd
import pytest

from reports.disclosure import Bases
from reports.publish import Responses, publish_edition
from reports.publish.between import between_groups

WIDE = (2, 2, 3, 3, 4, 4)  # mean 3; squares about it 4, so 4/5 = 0.8 within
NARROW = (2, 2, 2, 3, 3, 3)  # mean 2.5; squares about it 1.5, so 0.3 within
CELLS = {("energy", "team"): ("g", "h")}


def between(teams, k=5, **more):
    """The class of the one cell; `teams`: what the people of each team gave, 0 for "don't know"."""
    parents = {"all": None} | {f"team {number}": "all" for number in range(len(teams))}
    people = [(f"team {number}", rating) for number, ratings in enumerate(teams) for rating in ratings]
    responses = Responses(
        groups=tuple(team for team, _ in people),
        counts=(True,) * len(people),
        given=pd.DataFrame([[rating, rating] for _, rating in people], columns=["g", "h"], dtype=float),
        picks=((),) * len(people),
        comments=({},) * len(people),
    )
    [[*_place, said]] = publish_edition(parents=parents, responses=responses, cells=CELLS, k=k, **more).ledger[
        "between"
    ]
    return said


def higher(ratings):
    return tuple(rating + 1 for rating in ratings)


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        # Means 3 and 4 in halves: 6 · 10 · 0.25/9 = 1.667 between. (1.667 − 0.8)/1.667 = 0.52.
        ([WIDE, higher(WIDE)] * 5, "caution"),
        # (1.667 − 0.3)/1.667 = 0.82.
        ([NARROW, higher(NARROW)] * 5, "apart"),
        # One of ten is higher: 6 · (9 · 0.01 + 0.81)/9 = 0.6 between, less than within.
        ([higher(WIDE), *[WIDE] * 9], "alike"),
        # No team differs at all: nothing between.
        ([WIDE] * 10, "alike"),
        # Nobody differs from anybody: nothing between, and nothing to tell groups apart by.
        ([(3,) * 6] * 10, "alike"),
        # Everybody in a team agrees: all of the difference is between.
        ([(3,) * 6, (4,) * 6] * 5, "apart"),
    ],
)
def test_the_class_of_ten_teams_by_hand(teams, said):
    assert between(teams) == said


@pytest.mark.parametrize(("within", "said"), [(0.51, "alike"), (0.5, "caution"), (0.31, "caution"), (0.3, "apart")])
def test_the_borders_of_the_classes(within, said):
    """Ten teams of two, m − d and m + d: 2 d² within, twice the variance of m between. That is 1 here: 1 − d²."""
    means = np.arange(10.0)
    means = (means - means.mean()) / means.std(ddof=1)
    scores = (means[:, np.newaxis] + np.array([-1, 1]) * np.sqrt(within)).reshape(-1, 1)
    bases = Bases({"all": None} | {str(team): "all" for team in range(10)}, [(str(i // 2), True) for i in range(20)], 2)
    assert between_groups(bases, scores, np.ones((10, 1), dtype=bool)) == [said]


def test_fewer_than_ten_teams_are_too_few_to_judge():
    assert between([NARROW, higher(NARROW)] * 4 + [NARROW]) == "few_groups"


def test_teams_hidden_in_a_cell_do_not_count():
    """Of ten teams one could not judge: five of its people are needed."""
    hidden = (2, 2, 3, 3, 0, 0)
    assert between([NARROW, higher(NARROW)] * 4 + [NARROW, hidden]) == "few_groups"
    assert between([NARROW, higher(NARROW)] * 5 + [hidden]) == "apart"


def test_teams_without_a_score_do_not_count():
    apart = [NARROW, higher(NARROW)] * 5
    assert between([*apart, NARROW], words_only={"team 10"}) == "apart"
    assert between(apart, words_only={"team 3"}) == "few_groups"


def test_teams_counted_together_do_not_count():
    """Two teams of three are one atom, and no team."""
    assert between([NARROW, higher(NARROW)] * 4 + [NARROW, (2, 2, 3), (5, 5, 5)]) == "few_groups"


def test_people_of_teams_that_are_in_no_figure_change_nothing():
    teams = [WIDE, higher(WIDE)] * 5
    assert {between([*teams, rest]) for rest in ((1, 1, 1), (5, 5, 5, 5), ())} == {"caution"}
