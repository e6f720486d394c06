"""Which teams of a survey differ from everybody else, judged at its close: by hand."""

import pandas as pd
import pytest

from reports.publish import Responses, publish_edition
from reports.publish.judgement import JudgedCell

WIDE = (2, 2, 3, 3, 4, 4)  # mean 3; squares about it 4
LOW = (1, 1, 2, 2, 2, 2)  # mean 5/3, 1.7; squares about it 4/3
CELLS = {("energy", "team"): ("g", "h"), ("task", "team"): ("a", "b", "c", "d")}
KEYS = [key for keys in CELLS.values() for key in keys]


def judged(teams, *, leaders=(), k=5, **more) -> JudgedCell:
    """The brief cell; `teams`: what the people of each team gave to both of its statements, beside 3 in the deep cell;
    `leaders`: what those gave who count towards no number, one in each of the first teams."""
    parents = {"all": None} | {f"team {number}": "all" for number in range(len(teams))}
    people = [(f"team {number}", rating, True) for number, ratings in enumerate(teams) for rating in ratings]
    people += [(f"team {number}", rating, False) for number, rating in enumerate(leaders)]
    responses = Responses(
        groups=tuple(team for team, _rating, _counts in people),
        counts=tuple(counts for *_, counts in people),
        given=pd.DataFrame([[rating] * 2 + [3] * 4 for _team, rating, _counts in people], columns=KEYS, dtype=float),
        picks=((),) * len(people),
        comments=({},) * len(people),
    )
    ledger = publish_edition(parents=parents, responses=responses, cells=CELLS, k=k, **more).ledger
    cell, deep = ledger["compared"]
    assert not deep["higher"] + deep["lower"]
    return JudgedCell.from_stored(cell)


def test_one_team_is_lower_by_hand():
    """SD √((20 · 0.85² + 5 · 4 + 4/3)/(20 + 36 − 6)) = √(35.78/50) = 0.846, 0.8. Others 3.0 of thirty, difference −1.3:
    z = 1.3/(0.8 · √(1/6 + 1/30)) = 3.63, p of t(50) = .00066."""
    cell = judged([WIDE] * 5 + [LOW])

    assert (cell.sd, cell.df) == (0.8, 50)
    assert [one.word for one in cell.groups] == ["no_clear_difference"] * 5 + ["lower"]
    low = cell.groups[5]
    assert (low.difference, low.others, low.people, low.without) == (-1.3, 3.0, 30, 0)
    assert low.p == pytest.approx(0.00066, abs=0.00001)
    assert (cell.groups[0].difference, cell.groups[0].people, cell.groups[0].without) == (0.0, 24, 1)
    assert cell.limit == pytest.approx(0.05 / 6)  # , which is more than the p of the only word


@pytest.mark.parametrize("teams", [[WIDE] * 4, [WIDE] * 3 + [WIDE[:5], (3, 3, 3, 3, 3)]])
def test_of_too_few_teams_or_people_the_spread_is_the_typical_one(teams):
    """Four teams; twenty-eight people."""
    cell = judged(teams)
    assert (cell.sd, cell.df) == (0.85, None)


def test_whoever_counts_towards_no_number_follows_from_none():
    """They are in the scores and in the spread, and neither make it a class nor count among its degrees of freedom."""
    nearly = [WIDE] * 4 + [WIDE[:5]]
    assert judged(nearly).df is None
    assert judged(nearly, leaders=[3, 3]).df is None
    thirty = [WIDE] * 5
    assert judged(thirty).df == judged(thirty, leaders=[3, 3, 3]).df == 45
    assert judged(thirty, leaders=[3]).groups[1].people == 24


def test_hidden_teams_are_not_judged():
    cell = judged([*[WIDE] * 5, (2, 3, 4, 0, 0)])
    assert cell.groups[5] is None
    assert [one.people for one in cell.groups[:5]] == [24] * 5


def test_teams_counted_together_are_judged_as_one():
    """Three and three become other groups, which stand first in the tree."""
    cell = judged([*[WIDE] * 5, (1, 1, 2), (2, 2, 1)])
    assert len(cell.groups) == 6
    assert cell.groups[0].word == "lower"


def test_words_alone_are_not_judged():
    cell = judged([WIDE] * 5 + [LOW], is_open_link=True)
    assert cell.groups == (None,) * 6
    assert (cell.sd, cell.df) == (0.85, None)


def test_nobody_above_the_threshold_is_nothing_to_judge():
    ledger = publish_edition(
        parents={"all": None},
        responses=Responses(("all",), (True,), pd.DataFrame([[3] * 6], columns=KEYS, dtype=float), ((),), ({},)),
        cells=CELLS,
        k=5,
    ).ledger
    assert ledger["compared"] == []
