"""One survey of two teams worked out by hand, and the table of what a base of each size may carry."""

import dataclasses
import random

import numpy as np
import pandas as pd
import pytest

from reports.publish import Responses, publish_edition, set_aside
from tests.reports.worlds import CELLS, World, as_responses, random_answers, random_picks, random_world

_ = None
PARENTS = {"all": None, "north": "all", "south": "all"}
SELF, TEAM, ROUTE, ENERGY = ("task", "self"), ("task", "team"), ("route", "team"), ("energy", "team")
BY_HAND = {SELF: ("e", "f"), TEAM: ("a", "b", "c", "d"), ROUTE: ("h",), ENERGY: ("g",)}


def person(team, task, energy=3, picks=()):
    """Everybody answers the Self cell with 5 and Route with 4; `task` is what they give to all of a, b, c and d."""
    ratings = dict.fromkeys("ef", 5) | dict.fromkeys("abcd", task) | {"h": 4, "g": energy}
    return team, ratings, picks


NORTH = [
    *(person("north", 5, picks=("task", "route")) for _ in range(4)),
    *(person("north", 4, picks=("route", "task")) for _ in range(3)),
    *(person("north", 3, picks=("route", "energy")) for _ in range(3)),
]
SOUTH = [
    *(person("south", rating, energy=0, picks=("task", "energy")) for rating in (2, 2, 3, 3, 1)),
    ("south", dict.fromkeys("ef", 5) | {"a": 5, "b": 0, "c": 0, "d": 0, "h": 4, "g": 0}, ("task",)),
]


def responses_of(people, comments=None):
    groups, ratings, picks = zip(*people, strict=True)
    columns = [key for keys in BY_HAND.values() for key in keys]
    given = pd.DataFrame([[one.get(key) for key in columns] for one in ratings], columns=columns, dtype=float)
    return Responses(groups, (True,) * len(people), given, picks, tuple(comments or [{}] * len(people)))


@pytest.fixture(scope="module")
def by_hand():
    comments = [{"OQ": f"north {i}"} if i < 2 else {} for i in range(10)] + [{"OQ": "south"}] * 6
    return publish_edition(parents=PARENTS, responses=responses_of(NORTH + SOUTH, comments), cells=BY_HAND, k=5)


def content(publication, kind, node):
    return next(one.content.stored() for one in publication.slices if (one.kind, one.node) == (kind, node))


def cell(publication, kind, node, place):
    cells = content(publication, kind, node)["cells"]
    return next(one for one in cells if (one["condition"], one["space"]) == place)


def shown(cell, *names):
    return tuple(cell[name] for name in names)


def test_the_slices_and_the_ledger(by_hand):
    assert [(one.kind, one.node, one.n) for one in by_hand.slices] == [
        ("group", "all", 16),
        ("team", "north", 10),
        ("team", "south", 6),
    ]
    compared = [
        ((one["condition"], one["space"]), one["higher"], one["lower"], one["people"])
        for one in by_hand.ledger["compared"]
    ]
    assert compared == [  # 4.1 against 2.2; in the other cells all at an end, and words alone
        (SELF, [], [], [6, 10]),
        (TEAM, [0], [1], [5, 10]),
        (ROUTE, [], [], [None, None]),
        (ENERGY, [], [], [None, None]),
    ]
    assert {name: said for name, said in by_hand.ledger.items() if name != "compared"} == {
        "k": 5,
        "method": "2.0",
        "code": "4",
        "atoms": [["team", "north", 10], ["team", "south", 6]],
        "smallest": 6,
        "n": 16,
        "set_aside": None,
        "evidence": None,
    }


def test_ten_people_by_hand(by_hand):
    """Scores 5 5 5 5 4 4 4 3 3 3: mean 41/10.

    Squares about it 4 · 0.81 + 3 · 0.01 + 3 · 1.21 = 6.9. Smoothed SD √((6.9 + 4 · 0.5625)/13) = 0.8390, t(.975; 13) =
    2.1604: half a range 2.1604 · 0.8390/√10 = 0.573, so 3.5 to 4.7; t(.80; 13) = 0.8702: half a band of levels 0.231,
    from 3.9 to 4.3, where 'firmly' begins. AD* of each statement (4 · 0.9 + 3 · 0.1 + 3 · 1.1)/10 · √(10/9) = 0.759,
    beyond 0.75 − 0.35/√10. Nobody gave 1 or 2: they are joined with the three who gave 3. With these shares a mean of
    4.1 leaves the others too few ways.
    """
    task = cell(by_hand, "team", "north", TEAM)

    assert shown(task, "score", "end", "levels", "low", "high") == (4.1, None, ["mostly", "firmly"], 3.5, 4.7)
    assert shown(task, "agreement", "split", "n", "tens", "without") == ("usual", False, 10, [10, 0], 0)
    assert task["statements"][0] == {
        "key": "a",
        "state": "three_classes",
        "level": "mostly",
        "mean": None,
        "without": 0,
        "joined": [[[0, 1, 3], 30], [[2], 70]],
    }


def test_six_people_one_of_whom_could_not_judge_by_hand(by_hand):
    """Scores 2 2 3 3 1: mean 11/5. Range with the typical SD: 2.3060 · 0.75/√5 = 0.773, so 1.4 to 3.0; the band of its
    levels 0.8889 · 0.75/√5 = 0.298, from 1.9 to 2.498, shown 2.5, where 'partly' begins.

    AD* (0.2 + 0.2 + 0.8 + 0.8 + 1.2)/5 · √(5/4) = 0.716. The sixth gave 'a' a 5 and could not judge the rest: without a
    score, so in no figure of the cell, else the level of 'a' were that of 16/6 = 2.7, partly.
    """
    task = cell(by_hand, "team", "south", TEAM)

    assert shown(task, "score", "levels", "low", "high", "tens") == (2.2, ["not_yet", "partly"], 1.4, 3.0, [0, 0])
    assert shown(task, "agreement", "split", "could_not_judge", "n") == ("usual", None, None, 5)
    assert task["statements"] == [
        {"key": key, "state": "level", "level": "not_yet", "without": 0} for key in ("a", "b", "c", "d")
    ]


def test_ten_of_fifteen_do_not_speak_for_the_whole_by_hand(by_hand):
    """(41 + 11)/15 = 3.467. South stands in no 10-atom, and north is less than three quarters: the whole says no more
    than a base of five.

    AD* (4 · 1.533 + 3 · 0.533 + 5 · 0.467 + 2 · 1.467 + 2.467)/15 · √(15/14) = 1.067, beyond 0.95 + 0.35/√15 = 1.040:
    people answer differently, so the range uses 1.05: 2.1009 · 1.05/√15 = 0.570, from 3.5: 2.9 to 4.1.
    """
    task = cell(by_hand, "group", "all", TEAM)

    assert shown(task, "score", "levels", "low", "high") == (3.5, ["partly", "mostly"], 2.9, 4.1)
    assert shown(task, "agreement", "split", "n", "tens") == ("wide", None, 15, [0, 0])
    assert {one["state"] for one in task["statements"]} == {"level"}


def test_ends_by_hand(by_hand):
    """Everybody gave 5. Below ten it reads '≥ 4.5' and enters as 4.5: 2.2622 · 0.85/√6 = 0.785, cut to the scale."""
    assert shown(cell(by_hand, "team", "north", SELF), "score", "end", "low", "high") == (5.0, None, 4.7, 5.0)
    assert shown(cell(by_hand, "team", "south", SELF), "score", "end", "low", "high") == (4.5, "high", 3.7, 5.0)
    assert shown(cell(by_hand, "group", "all", SELF), "score", "end") == (4.5, "high")


def test_statements_of_a_short_cell_by_hand(by_hand):
    assert cell(by_hand, "team", "south", SELF)["statements"] == [
        {"key": "e", "state": "not_shown"},
        {"key": "f", "state": "not_shown"},
    ]
    first, _ = cell(by_hand, "team", "north", SELF)["statements"]
    assert first == {"key": "e", "state": "level", "level": "firmly", "without": 0}  # all said the same: no share


def test_a_hidden_cell_is_left_out_above_by_hand(by_hand):
    """Nobody in the south could judge Energy. The whole is that of the north: ten, whose only statement has a word."""
    assert cell(by_hand, "team", "south", ENERGY) == {
        "condition": "energy", "space": "team", "asked": 1, "state": "too_few_people", "score": None, "level": None,
    }  # fmt: skip
    whole = cell(by_hand, "group", "all", ENERGY)
    assert whole == {
        "condition": "energy", "space": "team", "asked": 1, "state": "word", "score": None, "level": "partly",
        "n": 10, "without": 1, "why": "one_statement", "statements": [
            {"key": "g", "state": "level", "level": "partly", "without": 1},  # everybody gave a 3
        ],
    }  # fmt: skip


def test_what_matters_most_by_hand(by_hand):
    """North: Task 7, Route 10, Energy 3 of 10: everybody chose Route, and beside it Energy has no share either.

    The choosers of the whole stand in no ten but the north's: it says what they say.
    """
    of_north = {"n": 10, "conditions": ["task", "route", "energy"], "shares": [70, None, None]}
    assert content(by_hand, "team", "north")["picks"] == of_north
    assert content(by_hand, "group", "all")["picks"] == of_north
    assert content(by_hand, "team", "south")["picks"] is None


def test_findings_by_hand(by_hand):
    """Task in the team is disputed: talk first. Task for oneself is a view of oneself: at 4.5 it neither stands out nor
    breaks with the team. Energy and Route rest on one statement: they have no score and are in no list."""
    assert content(by_hand, "group", "all")["findings"] == [{"kind": "talk_first", "cells": [["task", "team"]]}]


def test_comments_stand_with_ten_or_nowhere(by_hand):
    assert sorted((one.node, one.text) for one in by_hand.comments) == [("north", "north 0"), ("north", "north 1")]

    responses = responses_of(NORTH + SOUTH, [{"OQ": "a"}, {"OQ": " "}] + [{}] * 14)
    whole = publish_edition(parents=PARENTS, responses=responses, cells=BY_HAND, k=5, comments_for_whole_only=True)
    assert [(one.node, one.text) for one in whole.comments] == [("all", "a")]


def test_comments_are_ordered_by_a_secret_not_by_who_wrote_them():
    comments = [{"OQ": f"c{i}"} for i in range(10)]
    orders = {
        tuple(one.text for one in publish_edition(
            parents=PARENTS, responses=responses_of(NORTH, comments), cells=BY_HAND, k=5, comment_key=key
        ).comments)
        for key in (b"one", b"two", b"three")
    }  # fmt: skip

    assert len(orders) == 3


# What a base carries, row by row of the table


def one_team(rows, columns=("a", "b", "c", "d"), k=5, **more):
    """One cell of a survey of one team, the root of its own tree, in which everybody answered Route as well."""
    given = pd.DataFrame(rows, columns=list(columns), dtype=float).assign(h=3.0)
    size = len(given)
    responses = Responses(("all",) * size, (True,) * size, given, ((),) * size, ({},) * size)
    cells = {TEAM: tuple(columns), ROUTE: ("h",)}
    publication = publish_edition(parents={"all": None}, responses=responses, cells=cells, k=k, **more)
    return publication, cell(publication, "team", "all", TEAM) if publication.slices else None


def test_five_to_nine_get_level_words_and_no_more():
    _, task = one_team([[4, 3, 2, 1]] * 5 + [[4, 3, 2, 0]] * 4)

    assert [one.get("level") for one in task["statements"]] == ["mostly", "partly", "not_yet", "not_yet"]
    assert all(set(one) == {"key", "state", "level", "without"} for one in task["statements"])
    assert shown(task, "split", "could_not_judge") == (None, None)


def test_fewer_than_five_answers_to_a_statement():
    _, task = one_team([[4, 4, 4, 4]] * 4 + [[4, 4, 4, 0]] * 4)

    assert task["statements"][3] == {"key": "d", "state": "some_could_not_judge"}


def test_a_short_cell_does_not_say_which_statement_was_skipped():
    _, task = one_team([[4, 4]] * 4 + [[4, 0]] * 4, columns=("a", "b"))

    assert [one["state"] for one in task["statements"]] == ["not_shown", "not_shown"]


def test_ten_get_three_classes_and_dont_know_of_those_with_a_score():
    """Four could judge nothing: they are not among the "don't know" of a statement, which rests on the cell's base."""
    rows = [[1, 3, 3, 3]] * 3 + [[3, 3, 3, 3]] * 4 + [[5, 3, 3, 3]] * 5 + [[0, 3, 3, 3]] * 3 + [[0, 0, 0, 0]] * 4
    _, task = one_team(rows)

    assert task["n"] == 15
    assert task["statements"][0]["joined"] == [[[0], 20], [[1], 30], [[2], 30], [[3], 20]]  # 3, 4, 5 and 3 of 15
    assert task["could_not_judge"] is None  # 4 people of 19: as many come about where a tenth cannot (p = .11)


def test_a_statement_with_nine_answers_falls_back_to_the_word():
    _, task = one_team([[4, 4, 4, 4]] * 9 + [[0, 4, 4, 4]] * 3)

    assert [one["state"] for one in task["statements"]] == ["level"] * 4  # everybody said the same of the others


def test_thirty_get_five_classes_and_a_mean_in_every_cell():
    rows = [[1, 1]] * 8 + [[2, 2]] * 8 + [[3, 3]] * 8 + [[4, 4]] * 8 + [[5, 5]] * 8
    _, task = one_team(rows, columns=("a", "b"))

    assert shown(task["statements"][0], "state", "mean") == ("five_classes", 3.0)
    assert task["statements"][0]["joined"] == [[[0], 20], [[1], 20], [[2, 5], 20], [[3], 20], [[4], 20]]


def test_two_camps_are_told_from_ten():
    camps = [[1, 1, 1, 1]] * 4 + [[5, 5, 5, 5]] * 5

    assert one_team(camps)[1]["split"] is None
    assert one_team([*camps, [5, 5, 5, 5]])[1]["split"] is True


@pytest.mark.parametrize(
    ("dont_knows", "word"),
    [(3, None), (5, None), (6, "third"), (8, "third"), (9, "half"), (10, "half"), (12, None)],
)
def test_words_for_those_who_could_not_judge(dont_knows, word):
    """Of 20 people. Five are a quarter, and come about by chance in 4 %. With 12 only eight have a score: no ten."""
    rows = [[0, 0]] * dont_knows + [[3, 3]] * (20 - dont_knows)
    assert one_team(rows, columns=("a", "b"))[1]["could_not_judge"] == word


@pytest.mark.parametrize(("dont_knows", "of", "word"), [(30, 50, "most"), (14, 68, "fifth"), (13, 68, None)])
def test_most_or_a_fifth_could_not_judge(dont_knows, of, word):
    rows = [[0, 0]] * dont_knows + [[3, 3]] * (of - dont_knows)
    assert one_team(rows, columns=("a", "b"))[1]["could_not_judge"] == word


def test_could_not_judge_counts_people_not_answers():
    """Everybody has a score: that each could not judge one statement of two is told of nobody."""
    assert one_team([[0, 3], [3, 0]] * 10, columns=("a", "b"))[1]["could_not_judge"] is None
    blank = [[_, _]] * 10 + [[3, 3]] * 12
    assert one_team(blank, columns=("a", "b"))[1]["could_not_judge"] is None


# A word and no score


def told(cell):
    return cell["state"], cell["score"], cell["level"], cell["n"], cell.get("without_people", 0)


def test_one_statement_has_a_score_from_thirty_on():
    answers = [[4]] * 20 + [[3]] * 5 + [[5]] * 4
    _, few = one_team(answers, columns=("a",))
    _, many = one_team([*answers, [4]], columns=("a",))

    assert told(few) == ("word", None, "mostly", 29, 0)
    assert shown(few["statements"][0], "state", "level", "mean") == ("three_classes", "mostly", None)
    assert told(many) == ("scored", 4.0, "mostly", 30, 0)


@pytest.mark.parametrize("people", range(30, 61, 3))
def test_beside_the_score_of_one_statement_no_bar_stands_that_it_gives_away(people):
    """The cell's score is the statement's mean: where the mean may not stand beside its shares, there are none."""
    chance = random.Random(people)
    answers = [[chance.choice([2, 3, 3, 4, 4, 4, 5])] for _ in range(people)]
    _, told_of = one_team(answers, columns=("a",))
    (statement,) = told_of["statements"]

    assert told_of["score"]
    assert statement["state"] == "level" or statement["mean"] == told_of["score"]


def test_one_statement_of_fewer_than_ten_says_nothing_more_than_its_cell():
    _, few = one_team([[4]] * 9, columns=("a",))

    assert few["statements"] == [{"key": "a", "state": "level", "level": "mostly", "without": 0}]


def test_by_an_open_link_words_and_shares_below_thirty():
    answers = [[3, 4, 4, 5]] * 14 + [[4, 3, 5, 4]] * 10 + [[2, 4, 3, 4]] * 5
    _, few = one_team(answers, k=10, is_open_link=True)
    _, many = one_team([*answers, [4, 4, 4, 4]], k=10, is_open_link=True)

    assert (*told(few), few["why"]) == ("word", None, "mostly", 29, 0, "open_link")
    assert [one["state"] for one in few["statements"]] == [*["three_classes"] * 3, "level"]
    assert {one.get("mean") for one in few["statements"]} == {None}
    assert told(many) == ("scored", 3.9, "mostly", 30, 0)


def teams(sizes, ratings, **more):
    """Teams of one root that answered the two statements of a cell; `ratings` of each team."""
    groups = [name for name, size in sizes.items() for _ in range(size)]
    given = pd.DataFrame([[ratings[name]] * 2 for name in groups], columns=["a", "b"], dtype=float)
    size = len(groups)
    responses = Responses(tuple(groups), (True,) * size, given, (("task", "route"),) * size, ({},) * size)
    parents = {"all": None} | dict.fromkeys(sizes, "all")
    cells = {TEAM: ("a", "b"), ROUTE: ("a",)}
    published = publish_edition(parents=parents, responses=responses, cells=cells, k=5, **more)
    return {one.node: cell(published, one.kind, one.node, TEAM) for one in published.slices}, published


def test_the_whole_keeps_what_its_parts_may_say():
    """Nine were asked shortly before: 30 of 39 keep their score, and the nine have a word."""
    sizes = {"a": 12, "b": 18, "c": 9}
    cells, published = teams(sizes, {"a": 2, "b": 4, "c": 5}, words_only={"c"})

    assert told(cells["c"]) == ("word", None, "firmly", 9, 0)
    assert (cells["c"]["why"], cells["c"]["statements"][0]["state"]) == ("same_people", "not_shown")
    assert told(cells["all"]) == ("scored", 3.2, "partly", 30, 9)
    assert told(cells["a"]) == ("scored", 2.0, "not_yet", 12, 0)
    assert content(published, "team", "a")["picks"] is not None
    assert content(published, "group", "all")["picks"]["n"] == 30


def test_fewer_than_three_quarters_have_a_word_of_the_greater_part():
    """12 of 21 have scores: the whole has a word of these. 12 of 36 have: the word is that of the 24 others."""
    ratings = {"a": 2, "b": 5, "c": 5, "d": 5}
    cells, _ = teams({"a": 12, "b": 9}, ratings, words_only={"b"})
    assert told(cells["all"]) == ("word", None, "not_yet", 12, 9)

    cells, _ = teams({"a": 12, "b": 9, "c": 8, "d": 7}, ratings, words_only={"b", "c", "d"})
    assert told(cells["all"]) == ("word", None, "firmly", 24, 12)


def test_thirty_who_were_asked_before_have_a_score_together():
    cells, published = teams({"a": 12, "b": 10, "c": 11}, {"a": 2, "b": 4, "c": 4}, words_only={"a", "b", "c"})

    assert told(cells["a"]) == ("word", None, "not_yet", 12, 0)
    assert told(cells["all"]) == ("scored", 3.3, "partly", 33, 0)
    assert content(published, "team", "a")["picks"] is None
    assert content(published, "group", "all")["picks"]["n"] == 33


def test_an_atom_that_holds_one_such_group_has_words_alone():
    """b and c are too small and counted together; c was asked shortly before."""
    _, published = teams({"a": 12, "b": 3, "c": 4}, {"a": 2, "b": 4, "c": 4}, words_only={"c"})

    assert told(cell(published, "other groups", "all", TEAM)) == ("word", None, "mostly", 7, 0)
    assert told(cell(published, "group", "all", TEAM)) == ("word", None, "not_yet", 12, 7)


# The edges of a survey


def test_nobody_answered():
    responses = Responses((), (), pd.DataFrame(columns=["a"], dtype=float), (), ())
    publication = publish_edition(parents=PARENTS, responses=responses, cells={TEAM: ("a",)}, k=5)

    assert (publication.slices, publication.comments) == ((), ())
    assert (publication.ledger["n"], publication.ledger["smallest"]) == (0, None)


@pytest.mark.parametrize("rows", [[[4]], [[4]] * 4, [[0]] * 40, [[_]] * 40], ids=["one", "four", "don't know", "blank"])
def test_too_few_for_any_figure(rows):
    given = pd.DataFrame(rows, columns=["a"], dtype=float)
    size = len(rows)
    responses = Responses(("north",) * size, (True,) * size, given, (("task",),) * size, ({"OQ": "hello"},) * size)
    publication = publish_edition(parents=PARENTS, responses=responses, cells={TEAM: ("a",)}, k=5)

    assert (publication.slices, publication.comments, publication.ledger["n"]) == ((), (), 0)


def test_a_survey_of_one_team_has_one_slice():
    publication, _ = one_team([[3, 3, 3, 3]] * 6)

    assert [(one.kind, one.node, one.n) for one in publication.slices] == [("team", "all", 6)]


def test_by_shared_link_ten_is_the_least_and_carries_what_ten_carry():
    rows = [[1, 4, 4, 5]] * 4 + [[3, 4, 4, 5]] * 3 + [[5, 4, 4, 5]] * 3

    assert one_team(rows[1:], k=10)[0].slices == ()
    assert one_team(rows, k=10)[1]["statements"][0]["state"] == "three_classes"


def test_a_leader_is_in_the_figures_but_completes_none():
    assert led([4.0] * 4, leader=1.0).slices == ()
    assert shown(cell(led([4.0] * 5, leader=1.0), "team", "all", TEAM), "n", "score") == (5, 3.5)


def led(ratings, leader=None):
    """A team and the answers of its leader, if there are any; everybody chose the same two."""
    given = pd.DataFrame({key: [*ratings, leader] if leader else ratings for key in "ab"}, dtype=float)
    size = len(given)
    counts = tuple(person < len(ratings) for person in range(size))
    responses = Responses(("all",) * size, counts, given, (("task", "route"),) * size, ({},) * size)
    cells = {TEAM: ("a", "b"), ROUTE: ("a", "b")}
    return publish_edition(parents={"all": None}, responses=responses, cells=cells, k=5)


@pytest.mark.parametrize("people", [5, 9, 10, 12, 30])
def test_whether_the_leader_answered_follows_from_no_number(people):
    """Everybody gave the same: then nothing at all may tell that there was one more."""
    alone, with_leader = led([4.0] * people), led([4.0] * people, leader=4.0)

    assert with_leader.content_hash == alone.content_hash
    assert with_leader.ledger["atoms"] == [["team", "all", people]]


def test_control_another_answer_of_the_leader_is_in_the_figures():
    assert led([4.0] * 5, leader=1.0).content_hash != led([4.0] * 5).content_hash


@pytest.mark.parametrize("wrong", [6, 2.5, -1])
def test_an_answer_off_the_scale_is_refused(wrong):
    with pytest.raises(ValueError, match="1 to 5"):
        one_team([[wrong]] * 5, columns=("a",))


def test_the_order_of_the_ballots_does_not_matter():
    rng = random.Random(5)
    world = random_world(rng)
    size = len(world.responses)
    comments = [{"OQ": f"c{i}"} for i in range(size)]
    people = [world.responses, random_answers(rng, size), random_picks(rng, size), comments]

    def published(order):
        responses, answers, picks, comments = ([column[i] for i in order] for column in people)
        shuffled = World(world.parents, responses)
        return publish_edition(
            parents=world.parents, responses=as_responses(shuffled, answers, picks, comments), cells=CELLS, k=5
        )

    first, second = published(range(size)), published(rng.sample(range(size), size))
    assert first.content_hash == second.content_hash
    assert first.comments == second.comments
    assert first.slices


def turnout(parents, responses, asked):
    cells = {TEAM: ("a",)}
    return publish_edition(parents=parents, responses=responses, cells=cells, k=5, asked=asked).ledger["turnout"]


def test_the_share_of_those_asked_is_told_for_each_slice_of_which_fifty_were():
    """11 of 60 and of 52; 5 of the 45 in e2 and e3; 6 of the 7 in e1."""
    parents = {"all": None, "east": "all", "e1": "east", "e2": "east", "e3": "east", "west": "all"}
    responses = responses_of([(leaf, {"a": 4}, ()) for leaf in ["e1"] * 6 + ["e2"] * 3 + ["e3"] * 2 + ["west"] * 4])
    asked = {"e1": 7, "e2": 30, "e3": 15, "west": 8}
    assert turnout(parents, responses, asked) == [("group", "all", 20), ("group", "east", 20)]


def test_a_group_without_an_answer_is_asked_where_it_would_be_counted():
    parents = {"all": None, "a": "all", "b": "all", "c": "all"}
    responses = responses_of([(leaf, {"a": 4}, ()) for leaf in ["a"] * 3 + ["b"] * 3])
    asked = {"a": 4, "b": 5, "c": 51}
    assert turnout(parents, responses, asked) == [("group", "all", 10), ("other groups", "all", 10)]


def test_by_shared_link_nothing_is_told_of_those_asked():
    responses = responses_of([("a", {"a": 4}, ())] * 6)
    publication = publish_edition(parents={"a": None}, responses=responses, cells={TEAM: ("a",)}, k=5)
    assert "turnout" not in publication.ledger


def test_the_hash_tells_a_changed_figure_and_a_changed_ledger(by_hand):
    responses = responses_of([person("north", 5), *NORTH[1:-1], person("north", 4), *SOUTH])
    other = publish_edition(parents=PARENTS, responses=responses, cells=BY_HAND, k=5)
    later = publish_edition(
        parents=PARENTS, responses=responses_of(NORTH + SOUTH), cells=BY_HAND, k=5, facts={"code": "5"}
    )

    assert len({by_hand.content_hash, other.content_hash, later.content_hash}) == 3
    assert later.ledger["code"] == "5"


# Careless answers


def answered_alike(size):
    given = pd.DataFrame({"e": [3.0] * size, "f": [3.0] * size, "a": [2.0] * size})
    return Responses(("all",) * size, (True,) * size, given, ((),) * size, ({},) * size), {
        SELF: ("e", "f"),
        TEAM: ("a",),
    }


def careless(size, flagged):
    responses, cells = answered_alike(size)
    kept = set_aside(responses, ["ST"] * flagged + (["S", "T", ""] * size)[: size - flagged], cells)
    return kept, publish_edition(parents={"all": None}, responses=kept, cells=cells, k=5)


def careless_by_space(size, flagged, left=0):
    """As ballots say it that were sealed while every space was judged by itself."""
    responses, cells = answered_alike(size)
    flags = [{"self": "ST", "team": "S"}] * flagged + [{"self": "ST", "team": "ST"}] * left
    flags += [{"self": "T"}] * (size - flagged - left)
    kept = set_aside(responses, flags, cells)
    return kept, publish_edition(parents={"all": None}, responses=kept, cells=cells, k=5)


def test_both_flags_set_all_answers_aside_one_does_not():
    kept, publication = careless(40, flagged=3)

    assert kept.given.isna().sum().tolist() == [3, 3, 3]
    assert publication.ledger["n"] == 37
    assert [cell(publication, "team", "all", place)["n"] for place in (SELF, TEAM)] == [37, 37]


def test_what_came_with_answers_set_aside_counts_nowhere():
    responses, cells = answered_alike(40)
    heard = [{"OQ_task_helps": "Read"}, {"OQ_task_helps": "Clicked through"}] + [{}] * 38
    picked = [("task", "route"), ("energy", "route")] * 20
    responses = dataclasses.replace(responses, comments=tuple(heard), picks=tuple(picked))
    flags = ["T", "ST"] * 20
    kept = publish_edition(parents={"all": None}, responses=set_aside(responses, flags, cells), cells=cells, k=5)
    alone = publish_edition(parents={"all": None}, responses=responses.only(np.arange(40) % 2 == 0), cells=cells, k=5)

    assert [comment.text for comment in kept.comments] == ["Read"]
    assert [one.content.stored() for one in kept.slices] == [one.content.stored() for one in alone.slices]


def test_in_ballots_sealed_before_both_flags_set_a_space_aside():
    kept, publication = careless_by_space(40, flagged=3)

    assert kept.given[["e", "f"]].isna().sum().tolist() == [3, 3]
    assert kept.given["a"].notna().all()
    assert cell(publication, "team", "all", SELF)["n"] == 37
    assert cell(publication, "team", "all", TEAM)["n"] == 40


def test_ballots_of_both_kinds_may_lie_in_one_survey():
    responses, cells = answered_alike(8)
    kept = set_aside(responses, ["ST", {"self": "ST"}, "", {}, "S", {"team": "T"}, "T", {"self": ""}], cells)

    assert kept.given["a"].isna().tolist() == [True] + [False] * 7
    assert kept.given["e"].isna().tolist() == [True, True] + [False] * 6
    assert kept.set_aside == (True, True) + (False,) * 6


def test_flags_that_are_none_are_refused():
    responses, cells = answered_alike(2)
    with pytest.raises(ValueError, match="Flags are"):
        set_aside(responses, ["ST", "careless"], cells)


def test_their_number_is_told_from_thirty_and_includes_those_with_nothing_left():
    assert careless(40, flagged=5)[1].ledger["set_aside"] == 5
    assert careless_by_space(40, flagged=3, left=2)[1].ledger["set_aside"] == 5
    assert careless(32, flagged=3)[1].ledger["set_aside"] is None
    assert careless_by_space(29, flagged=3)[1].ledger["set_aside"] is None
    assert careless(30, flagged=0)[1].ledger["set_aside"] == 0


def test_whoever_is_in_no_atom_is_not_in_their_number():
    given = pd.DataFrame({"a": np.full(34, 3.0), "e": np.full(34, 3.0)})
    responses = Responses(("north",) * 30 + ("south",) * 4, (True,) * 34, given, ((),) * 34, ({},) * 34)
    cells = {SELF: ("e",), TEAM: ("a",)}
    flags = [{"self": "ST"}, *[{}] * 32, {"self": "ST"}]  # one in the north, one of the four in the south
    publication = publish_edition(parents=PARENTS, responses=set_aside(responses, flags, cells), cells=cells, k=5)

    assert publication.ledger["set_aside"] == 1


def test_a_ten_with_too_few_answers_is_left_out_of_the_shares_of_the_whole():
    """Teams of 10, 10 and 20; in the first only nine chose two. The other 30 of 39 carry the shares."""
    world = {"all": None, "a": "all", "b": "all", "c": "all"}
    groups = ["a"] * 10 + ["b"] * 10 + ["c"] * 20
    picks = [()] + [("task", "route")] * 19 + [("route", "energy")] * 12 + [("task", "energy")] * 8
    published = publish_edition(
        parents=world,
        responses=Responses(
            groups=tuple(groups),
            counts=(True,) * 40,
            given=pd.DataFrame({"a": [4.0] * 40}),
            picks=tuple(picks),
            comments=({},) * 40,
        ),
        cells={("task", "team"): ["a"], ("route", "team"): ["a"], ("energy", "team"): ["a"]},
        k=5,
    )
    found = {(one.kind, one.node): one.content.stored()["picks"] for one in published.slices}

    assert found["team", "a"] is None
    assert found["group", "all"]["n"] == 30
    assert found["group", "all"]["shares"] == [60, 75, 65]  # 18, 22 and 20 of 30
