"""What stands out, rule by rule."""

import pytest

from reports.publish.cells import CellFigures, CellWord, PublishedCell
from reports.publish.content import PublishedPicks, importance
from reports.publish.findings import breaks, findings_in, priorities
from reports.scoring import level

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
SPACES = ("self", "team", "organisation", "system")
ALL_MATTER = dict.fromkeys(CONDITIONS, 0.4)


def cell(score, *, high=None, n=12, agreement="close", split=None, could_not_judge=None):
    """A cell whose range reaches `high`; half a point above the score unless said."""
    return CellFigures(
        n=n,
        without=0,
        score=score,
        end=None,
        level=level(score),
        low=max(1.0, score - 0.5),
        high=min(5.0, score + 0.5) if high is None else high,
        is_pale=True,
        agreement=agreement,
        is_split=split,
        views_differ=agreement == "wide" or bool(split),
        could_not_judge=could_not_judge,
    )


def findings(figures, importance, asked=7):
    return findings_in({key: PublishedCell(*key, asked, one) for key, one in figures.items()}, importance)


def kinds(found, kind):
    return [one.stored()["cells"] for one in found if one.kind == kind]


def test_strongest_is_the_highest_that_people_agree_on():
    figures = {
        ("task", "team"): cell(4.8, agreement="wide"),
        ("route", "team"): cell(4.7, split=True),
        ("alignment", "team"): cell(4.4, agreement="some_spread"),
        ("capability", "team"): cell(4.4),
        ("energy", "team"): cell(3.6),
    }

    assert kinds(findings(figures, {}), "strongest") == [[["alignment", "team"]]]  # a tie: the first of the model


def test_no_strongest_without_a_strength():
    assert kinds(findings({("task", "team"): cell(3.4)}, {}), "strongest") == []
    assert kinds(findings({("task", "team"): cell(3.5)}, {}), "strongest") == [[["task", "team"]]]


def test_act_first_are_three_at_most_the_heaviest_in_model_order():
    """Need times importance: 0.7/3.3 · 0.4, 1.3/3.3 · 0.2, 2.3/3.3 · 0.2, 1.0/3.3 · 0.4, 0.8/3.3 · 0.2."""
    scores = dict(zip(CONDITIONS, (3.6, 3.0, 2.0, 3.3, 3.5), strict=True))
    figures = {(condition, "team"): cell(score) for condition, score in scores.items()}
    importance = {"task": 0.4, "route": 0.2, "alignment": 0.2, "capability": 0.4, "energy": 0.2}

    act, talk = priorities(figures, importance)

    assert act == [("task", "team"), ("alignment", "team"), ("capability", "team")]
    assert talk == []


@pytest.mark.parametrize(
    ("figures", "importance", "listed"),
    [
        (cell(3.0), 0.20, True),
        (cell(3.0), 0.19, False),  # too few say that it matters
        (cell(3.0, high=4.2), 0.4, True),
        (cell(3.0, high=4.3), 0.4, False),  # the range reaches the aim: watch
        (cell(3.0, n=4), 0.4, False),
    ],
)
def test_who_is_on_the_list_to_act(figures, importance, listed):
    act, _ = priorities({("task", "team"): figures}, {"task": importance})

    assert bool(act) is listed


def test_where_people_differ_they_talk_first_two_at_most():
    figures = {
        ("task", "team"): cell(3.4, agreement="wide"),
        ("route", "team"): cell(3.0, split=True),
        ("alignment", "team"): cell(2.0, agreement="wide"),
        ("capability", "team"): cell(2.5, agreement="some_spread"),
    }

    act, talk = priorities(figures, ALL_MATTER)

    assert act == [("capability", "team")]
    assert talk == [("route", "team"), ("alignment", "team")]
    assert kinds(findings(figures, ALL_MATTER), "talk_first") == [[["route", "team"], ["alignment", "team"]]]


def test_equal_weights_are_taken_in_model_order():
    """2.7/3.3 · 0.5 and 1.5/3.3 · 0.9 are the same, whatever binary numbers say."""
    scores = {("task", "team"): 1.6, ("route", "team"): 2.8, ("energy", "team"): 1.5}
    figures = {place: cell(score, agreement="wide") for place, score in scores.items()}
    importance = {"task": 0.5, "route": 0.9, "energy": 0.9}

    assert priorities(figures, importance)[1] == [("task", "team"), ("energy", "team")]


def test_nobody_chose_so_nothing_is_listed():
    assert priorities({("task", "team"): cell(2.0)}, dict.fromkeys(CONDITIONS, 0.0)) == ([], [])


def test_views_differ_in_the_first_two_of_the_model():
    figures = {(condition, "team"): cell(3.0, agreement="wide") for condition in CONDITIONS[1:]}

    assert kinds(findings(figures, {}), "views_differ") == [[["route", "team"]], [["alignment", "team"]]]


def test_a_break_is_clear_and_half_a_point_within_one_condition():
    figures = {
        ("task", "self"): cell(4.5, n=60),
        ("task", "team"): cell(4.0, n=60),
        ("route", "team"): cell(2.0, n=60),
    }

    assert breaks(figures, dict.fromkeys(figures, 0.5)) == [(("task", "team"), ("task", "self"))]
    assert kinds(findings(figures, {}), "break") == [[["task", "team"], ["task", "self"]]]


@pytest.mark.parametrize(
    ("other", "n"),
    [
        (4.1, 60),  # clear, but less than half a point
        (4.0, 5),  # half a point, but too few people to tell
    ],
)
def test_no_break(other, n):
    figures = {("task", "self"): cell(4.5, n=n), ("task", "team"): cell(other, n=n)}

    assert breaks(figures, dict.fromkeys(figures, 0.5)) == []


def test_half_a_point_in_binary_is_half_a_point():
    figures = {("task", "self"): cell(4.1, n=90), ("task", "team"): cell(3.6, n=90)}

    assert breaks(figures, dict.fromkeys(figures, 0.3))  # 4.1 − 3.6 is 0.49999999999999956


def test_one_lucky_difference_among_thirty_is_no_break():
    """Alone it is clear at p = 0.02; among the 30 pairs of a whole map it may be chance."""
    lucky = {("task", "self"): cell(3.6, n=12), ("task", "team"): cell(2.9, n=12)}
    whole = {(condition, space): cell(3.6, n=12) for condition in CONDITIONS for space in SPACES} | lucky

    assert breaks(lucky, dict.fromkeys(lucky, 0.7))
    assert breaks(whole, dict.fromkeys(whole, 0.7)) == []


def test_could_not_judge_is_a_word():
    figures = {("task", "system"): cell(3.0, could_not_judge="half"), ("task", "team"): cell(3.0)}

    assert [one.stored() for one in findings(figures, {}) if one.kind == "could_not_judge"] == [
        {"kind": "could_not_judge", "cells": [["task", "system"]], "share": "half"}
    ]


def test_a_word_without_a_score_is_in_no_finding():
    word = CellWord(12, 0, "not_yet", "one_statement")
    cells = {("task", space): PublishedCell("task", space, 1, None, word) for space in SPACES}

    assert findings_in(cells, ALL_MATTER) == findings_in(cells, None) == ()


def test_where_no_share_is_published_what_is_low_is_listed_by_need_alone():
    scores = dict(zip(CONDITIONS, (3.6, 3.0, 2.0, 3.3, 3.5), strict=True))
    figures = {(condition, "team"): cell(score) for condition, score in scores.items()}

    act, _ = priorities(figures, None)

    assert act == [("route", "team"), ("alignment", "team"), ("capability", "team")]


def test_importance_is_what_is_printed():
    """What is withheld has equal parts of what the printed shares leave over."""
    assert importance(None) is None
    assert importance(PublishedPicks(12, CONDITIONS, (None, 40, None, 40, 20))) == {
        "task": 0.5, "route": 0.4, "alignment": 0.5, "capability": 0.4, "energy": 0.2,
    }  # fmt: skip
    assert importance(PublishedPicks(12, CONDITIONS, (60, 50, 40, 30, 30)))["energy"] == 0.3
    assert importance(PublishedPicks(10, CONDITIONS, (None,) * 5)) is None


def test_nothing_shown_says_nothing():
    assert findings({}, ALL_MATTER) == ()
