"""What is kept of the answers serves later waves and joins nobody to anything."""

import random
from collections import Counter

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.publish import BLANK, DONT_KNOW, Responses, cell_answers, pick_pairs, publish_edition
from tests.reports.worlds import CELLS, as_responses, random_answers, random_picks, random_world

seeds = st.integers(min_value=0, max_value=10**9)
PLACES = {("task", "team"): ("a", "b"), ("route", "team"): ("c", "d")}


def one_team(given, picks=None):
    size = len(given)
    responses = Responses(("all",) * size, (True,) * size, given, tuple(picks or [()] * size), ({},) * size)
    return publish_edition(parents={"all": None}, responses=responses, cells=PLACES, k=5)


def table(kept):
    """Read as a later wave would read it."""
    return np.frombuffer(kept.answers, dtype=np.uint8).reshape(-1, len(kept.statements))


def test_every_answer_is_kept_as_one_byte():
    given = pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [0, 5, 5, 5, None], "c": [3.0] * 5, "d": [None] * 5}, dtype=float)
    task, route = cell_answers(one_team(given), PLACES, np.random.default_rng(1))

    assert (task.atom, task.place, task.statements) == (("team", "all"), ("task", "team"), ("a", "b"))
    assert sorted(map(tuple, table(task).tolist())) == [(1, DONT_KNOW), (2, 5), (3, 5), (4, 5), (5, BLANK)]
    assert table(route).tolist() == [[3, BLANK]] * 5


@settings(max_examples=25)
@given(seeds)
def test_each_cell_keeps_the_answers_of_each_atom_and_of_nobody_else(seed):
    rng = random.Random(seed)
    world = random_world(rng)
    answers = random_answers(rng, len(world.responses))
    published = publish_edition(parents=world.parents, responses=as_responses(world, answers), cells=CELLS, k=5)
    positions = published.atoms
    rows = published.responses.given

    for kept in cell_answers(published, CELLS, np.random.default_rng(seed)):
        expected = rows.iloc[positions[kept.atom]][list(kept.statements)].fillna(BLANK).astype(int)
        assert Counter(map(tuple, table(kept).tolist())) == Counter(map(tuple, expected.to_numpy().tolist()))
    kept_people = sum(published.responses.counts[one] for atom in positions.values() for one in atom)
    assert kept_people == published.ledger["n"]


def test_no_row_leads_from_one_cell_to_another():
    """200 people whose two cells tell the same secret: matched by row they meet as often as by chance, once."""
    secret = np.random.default_rng(2).permutation(200)
    columns = {"a": secret % 5 + 1, "b": secret // 5 % 5 + 1, "c": secret % 5 + 1, "d": secret // 5 % 5 + 1}
    published = one_team(pd.DataFrame(columns, dtype=float))
    met = []
    for seed in range(40):
        task, route = cell_answers(published, PLACES, np.random.default_rng(seed))
        met.append((table(task) == table(route)).all(axis=1).sum())

    assert 5 < np.mean(met) < 11  # each of the 25 secrets eight times: 200 · 8/200 by chance; 200 if joined


def test_rows_do_not_follow_the_order_in_which_people_are_counted():
    given = pd.DataFrame({"a": [1.0] * 100 + [5.0] * 100, "b": 3.0, "c": 3.0, "d": 3.0})
    task, _ = cell_answers(one_team(given), PLACES, np.random.default_rng(3))

    assert 35 < (table(task)[:100, 0] == 1).sum() < 65  # half of them; all of them if kept in order


def test_picks_are_pairs_in_model_order_of_those_who_chose_two():
    given = pd.DataFrame({key: [3.0] * 6 for key in "abcd"})
    picks = [("route", "task"), ("task", "route"), ("task",), (), ("task", "task"), ("route", "elsewhere")]
    [kept] = pick_pairs(one_team(given, picks), PLACES, np.random.default_rng(4))

    assert kept.atom == ("team", "all")
    assert kept.picks == (("task", "route"), ("task", "route"))


def test_picks_are_shuffled_by_themselves():
    rng = random.Random(5)
    world = random_world(rng, largest=40)
    size = len(world.responses)
    responses = as_responses(world, random_answers(rng, size), random_picks(rng, size))
    published = publish_edition(parents=world.parents, responses=responses, cells=CELLS, k=5)
    first, second = ([kept.picks for kept in pick_pairs(published, CELLS, np.random.default_rng(i))] for i in (1, 2))

    assert first != second
    assert [Counter(picks) for picks in first] == [Counter(picks) for picks in second]


def test_those_in_no_atom_are_kept_nowhere():
    given = pd.DataFrame({"a": [1.0] * 6 + [5.0] * 4, "b": 3.0, "c": 3.0, "d": 3.0})
    groups = ("north",) * 6 + ("south",) * 4
    responses = Responses(groups, (True,) * 10, given, (("task", "route"),) * 10, ({},) * 10)
    parents = {"all": None, "north": "all", "south": "all"}
    published = publish_edition(parents=parents, responses=responses, cells=PLACES, k=5)

    kept = list(cell_answers(published, PLACES, np.random.default_rng(6)))
    assert [one.atom for one in kept] == [("team", "north")] * 2
    assert table(kept[0])[:, 0].tolist() == [1] * 6
    assert [len(one.picks) for one in pick_pairs(published, PLACES, np.random.default_rng(6))] == [6]
