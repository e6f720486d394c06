"""Rules of method 2.0 where they meet: whole surveys through `publish_edition`, each figure worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from reports.publish import Responses, publish_edition

TEAM, ORGANISATION, SELF = ("task", "team"), ("task", "organisation"), ("task", "self")


def published(groups, answers, cells, picks=None, **more):
    """`groups`: team of each person; `answers`: statement → rating of each person."""
    people = len(groups)
    responses = Responses(
        tuple(groups), (True,) * people, pd.DataFrame(answers, dtype=float), tuple(picks or ((),) * people),
        ({},) * people,
    )  # fmt: skip
    parents = {"all": None} | {group: "all" for group in groups if group != "all"}
    publication = publish_edition(parents=parents, responses=responses, cells=cells, k=5, **more)
    return {one.node: one.content.stored() for one in publication.slices}


def shown(cell, *names):
    return tuple(cell[name] for name in names)


# The whole with a group left over


def whole_of(sizes, ratings):
    """The one cell of the whole; everybody in a team gave all four statements the same."""
    groups = [name for name, size in sizes.items() for _person in range(size)]
    answers = {key: [ratings[group] for group in groups] for key in "abcd"}
    [cell] = published(groups, answers, {TEAM: tuple("abcd")})["all"]["cells"]
    return cell


def test_of_95_without_one_group():
    """Score and agreement of 104: (70 · 4 + 25 · 3 + 9 · 2)/104 = 3.587, and the mean deviation from it 0.557.

    Spread and classes of the 95 in tens: squares about 3.737 are 18.42, the smoothed SD √((18.42 + 4 · 0.5625)/98) =
    0.459; 1.9824 · 0.459/√104 = 0.089, from 3.6: 3.5 to 3.7.
    """
    cell = whole_of({"a": 30, "b": 40, "c": 25, "d": 9}, {"a": 4, "b": 4, "c": 3, "d": 2})

    assert shown(cell, "score", "n", "tens", "without") == (3.6, 104, [95, 1], 0)
    assert shown(cell, "low", "high", "levels", "agreement", "split") == (3.5, 3.7, ["mostly"], "close", False)
    assert {(one["state"], one["without"]) for one in cell["statements"]} == {("three_classes", 1)}
    assert cell["statements"][0]["joined"] == [[[0, 1, 3], 25], [[2], 75]]


def test_less_than_three_quarters_do_not_speak_for_the_whole():
    """27 of 36 do, 26 of 35 do not."""
    sizes, ratings = {"a": 27, "b": 9}, {"a": 4, "b": 2}

    assert shown(whole_of(sizes, ratings), "tens", "split") == ([27, 1], False)
    assert shown(whole_of(sizes | {"a": 26}, ratings), "tens", "split") == ([0, 0], None)


def test_ends_are_told_only_where_all_of_it_rests_on_tens():
    """(27 · 5 + 9 · 4)/36 = 4.75, shown 4.8."""
    assert shown(whole_of({"a": 27, "b": 9}, {"a": 5, "b": 4}), "score", "end") == (4.5, "high")
    assert shown(whole_of({"a": 27, "b": 10}, {"a": 5, "b": 4}), "score", "end", "tens") == (4.7, None, [37, 0])


@pytest.mark.parametrize(
    ("ratings", "score", "end", "range_"),
    [({"a": 5, "b": 4}, 4.5, "high", (4.4, 5.0)), ({"a": 1, "b": 2}, 1.5, "low", (1.0, 1.6))],
)
def test_beyond_a_cut_end_the_range_goes_on(ratings, score, end, range_):
    """The average is 4.75: 2.0227 · √(4 · 0.5625/30)/√36 = 0.092 about 4.5 would leave it out."""
    assert shown(whole_of({"a": 27, "b": 9}, ratings), "score", "end") == (score, end)
    assert shown(whole_of({"a": 27, "b": 9}, ratings), "low", "high") == range_


def test_bars_of_one_cell_have_one_scale():
    """Thirty rated three statements, and twenty or all of them the fourth."""
    every = [1, 2, 3, 4, 5] * 6

    def states(last):
        answers = dict.fromkeys("abc", every) | {"d": last}
        [cell] = published(["a"] * 30, answers, {TEAM: tuple("abcd")})["a"]["cells"]
        return [one["state"] for one in cell["statements"]]

    assert states(every[:20] + [np.nan] * 10) == ["three_classes"] * 4
    assert states(every) == ["five_classes"] * 4


def test_camps_are_looked_for_among_those_in_tens():
    """14 gave 1 and 13 gave 5; nine in between are no ten, and else they were as many as would blur the camps."""
    groups = ["a"] * 14 + ["b"] * 13 + ["c"] * 9
    answers = {key: [1] * 14 + [5] * 13 + [3] * 9 for key in "abcd"}
    [cell] = published(groups, answers, {TEAM: tuple("abcd")})["all"]["cells"]

    assert shown(cell, "tens", "split", "agreement") == ([27, 1], True, "wide")


# One statement


@pytest.mark.parametrize("people", [30, 60])
def test_one_statement_of_thirty_has_an_agreement_and_no_camps(people):
    half = people // 2
    [cell] = published(["all"] * people, {"a": [1] * half + [5] * half}, {TEAM: ("a",)})["all"]["cells"]

    assert shown(cell, "score", "agreement", "split") == (3.0, "wide", None)


def test_one_statement_below_thirty_has_one_level_word_and_no_more():
    [cell] = published(["all"] * 28, {"a": [1] * 14 + [5] * 14}, {TEAM: ("a",)})["all"]["cells"]

    assert shown(cell, "state", "score", "level") == ("word", None, "partly")
    assert not {"levels", "low", "agreement", "split", "tens"} & set(cell)


# Two statements


def test_two_statements_below_thirty_have_words_alone_and_from_thirty_classes():
    rows = [1, 2, 3, 4, 5] * 6
    few = published(["all"] * 29, {"a": rows[:29], "b": rows[:29]}, {TEAM: ("a", "b")})["all"]["cells"][0]
    many = published(["all"] * 30, {"a": rows, "b": rows}, {TEAM: ("a", "b")})["all"]["cells"][0]

    assert [set(one) for one in few["statements"]] == [{"key", "state", "level", "without"}] * 2
    assert [one["state"] for one in many["statements"]] == ["five_classes"] * 2


def test_what_a_group_keeps_back_does_not_come_back_in_the_whole():
    """Eleven with a score of 1.7 have no words: 38 would tell that all gave 1 to the first. Eight more are no ten, so
    the words of the whole, whose score is 2.2, would rest on the eleven alone."""
    groups = ["a"] * 11 + ["b"] * 8
    answers = {"a": [1] * 11 + [3] * 8, "b": [1] * 7 + [5] * 4 + [3] * 8}
    found = published(groups, answers, {TEAM: ("a", "b")})

    assert [found[node]["cells"][0]["score"] for node in ("a", "all")] == [1.7, 2.3]
    for node in ("a", "all"):
        assert {one["state"] for one in found[node]["cells"][0]["statements"]} == {"not_shown"}
    higher = published(groups, answers | {"b": [2] * 7 + [5] * 4 + [3] * 8}, {TEAM: ("a", "b")})
    assert {one["state"] for one in higher["all"]["cells"][0]["statements"]} == {"level"}


def test_control_these_eleven_would_have_told():
    least_of_partly = min(total for total in range(11, 56) if total / 11 >= 2.45)
    totals = [total for total in range(22, 111) if round(10 * (total / 22) + 1e-9) == 17]

    assert max(totals) - least_of_partly == 11


# Findings


def two_spaces(people, first, second):
    """A deep cell and a brief one; `first` and `second`: what everybody in turn gave to the two statements asked in
    both. The five others are 4."""
    answers = {f"T{number}.team": first if number < 3 else [4] * people for number in range(1, 8)}
    answers |= {f"T{number}.organisation": second for number in (1, 2)}
    cells = {
        TEAM: tuple(f"T{number}.team" for number in range(1, 8)),
        ORGANISATION: ("T1.organisation", "T2.organisation"),
    }
    content = published(["all"] * people, answers, cells, primary="team")["all"]
    return content, [finding for finding in content["findings"] if finding["kind"] == "break"]


LOW, HIGH = [1, 2, 3, 4, 5], [2, 3, 5, 5, 5]


def test_a_break_is_told_over_the_statements_asked_in_both():
    """3.0 and 4.0; the cells are (2 · 3.0 + 5 · 4)/7 = 3.7 and 4.0. √(0.70 · 0.85² · 2/60 + 2 · 0.30²/2) = 0.327."""
    content, found = two_spaces(60, LOW * 12, HIGH * 12)

    assert [cell["score"] for cell in content["cells"]] == [3.7, 4.0]
    assert found == [{"kind": "break", "cells": [["task", "team"], ["task", "organisation"]], "scores": [3.0, 4.0]}]
    content, found = two_spaces(60, HIGH * 12, LOW * 12)
    assert found == [{"kind": "break", "cells": [["task", "organisation"], ["task", "team"]], "scores": [3.0, 4.0]}]


def test_between_a_deep_space_and_a_brief_one_there_is_no_break_below_thirty():
    assert two_spaces(25, LOW * 5, HIGH * 5)[1] == []


def test_no_break_with_a_view_of_oneself():
    answers = {f"{key}.{space}": rating for key in "ab" for space, rating in (("self", [5] * 60), ("team", LOW * 12))}
    cells = {SELF: ("a.self", "b.self"), TEAM: ("a.team", "b.team")}
    content = published(["all"] * 60, answers, cells)["all"]

    assert [cell["score"] for cell in content["cells"]] == [5.0, 3.0]
    assert [finding["kind"] for finding in content["findings"]] == ["talk_first"]


@pytest.mark.parametrize(("chose", "is_listed"), [(12, True), (29, True), (30, False), (60, False)])
def test_few_who_chose_what_matters_do_not_weigh(chose, is_listed):
    """Route is low, and three of those who chose say that it matters. Below half of 60 people need alone counts."""
    answers = {"r": [2] * 60, "s": [2] * 60, "t": [4] * 60, "u": [4] * 60}
    others = [("task", "energy"), ("energy", "alignment"), ("alignment", "task")] * 20
    picks = [("route", "task")] * 3 + others[: chose - 3] + [()] * (60 - chose)
    cells = {("route", "team"): ("r", "s")}
    cells |= {(condition, "team"): ("t", "u") for condition in ("task", "energy", "alignment")}
    content = published(["all"] * 60, answers, cells, picks)["all"]

    assert content["picks"]["n"] == chose
    act = [finding["cells"] for finding in content["findings"] if finding["kind"] == "act_first"]
    assert act == ([[["route", "team"]]] if is_listed else [])


def test_self_is_acted_on_only_where_it_was_asked_in_depth():
    answers = {key: [2] * 12 for key in "abcd"}
    for primary, kinds in (("self", ["act_first"]), ("team", []), (None, [])):
        content = published(["all"] * 12, answers, {SELF: tuple("abcd")}, primary=primary)["all"]
        assert [finding["kind"] for finding in content["findings"]] == kinds


def test_lists_name_what_they_leave_out():
    conditions = ("task", "route", "alignment", "capability", "energy")
    rows = np.full((12, 2), 2)
    answers = {f"{condition}{key}": rows[:, 0] for condition in conditions for key in "ab"}
    cells = {(condition, "team"): (f"{condition}a", f"{condition}b") for condition in conditions}
    [finding] = published(["all"] * 12, answers, cells)["all"]["findings"]

    assert finding["cells"] == [[condition, "team"] for condition in conditions[:3]]
    assert finding["more"] == [[condition, "team"] for condition in conditions[3:]]
