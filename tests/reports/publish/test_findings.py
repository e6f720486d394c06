"""What stands out, rule by rule: from published figures, each case worked out by hand."""

from dataclasses import replace

import pytest

from reports.publish.cells import CellFigures, CellWord, PublishedCell
from reports.publish.content import PublishedPicks, importance
from reports.publish.findings import Part, findings_in
from reports.publish.statements import PublishedStatement

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
SPACES = ("self", "team", "organisation", "system")
ALL_MATTER = dict.fromkeys(CONDITIONS, 0.4)


def cell(score, *, low=None, high=None, n=12, agreement="close", split=None, could_not_judge=None, **more):
    """A cell whose range reaches from `low` to `high`: half a point on either side unless said."""
    return CellFigures(
        n=n,
        score=score,
        end=None,
        level="partly",  # findings go by figures
        levels=("partly",),
        low=max(1.0, score - 0.5) if low is None else low,
        high=min(5.0, score + 0.5) if high is None else high,
        agreement=agreement,
        is_split=split,
        could_not_judge=could_not_judge,
        **{"without": 0} | more,
    )


def part(figures, asked=7, means=None):
    """Published cells, all of the same statements: task/team has T1.team, T2.team and so on. `means`: of statements."""
    cells = {key: PublishedCell(*key, asked, one) for key, one in figures.items()}
    statements = {
        (condition, space): tuple(
            PublishedStatement(f"{condition}{number}.{space}", "level", "partly", (means or {}).get((space, number)), 0)
            for number in range(asked)
        )
        for condition, space in figures
    }
    return Part(cells, statements)


def findings(figures, importance=None, asked=7, **more):
    return findings_in(part(figures, asked), importance=importance, **more)


def told(found, kind):
    return [(one.stored()["cells"], one.stored().get("more", [])) for one in found if one.kind == kind]


def in_team(*conditions):
    return [[condition, "team"] for condition in conditions]


# Act first


def test_act_first_are_three_at_most_the_heaviest_in_model_order():
    """Need times importance: 1.0/3.3 · 0.4, 1.3/3.3 · 0.2, 2.3/3.3 · 0.2, 1.1/3.3 · 0.4, 0.9/3.3 · 0.2."""
    scores = dict(zip(CONDITIONS, (3.3, 3.0, 2.0, 3.2, 3.4), strict=True))
    figures = {(condition, "team"): cell(score) for condition, score in scores.items()}
    importance = {"task": 0.4, "route": 0.2, "alignment": 0.2, "capability": 0.4, "energy": 0.2}

    found = findings(figures, importance)

    assert told(found, "act_first") == [(in_team("task", "alignment", "capability"), in_team("route", "energy"))]
    assert told(found, "talk_first") == []


@pytest.mark.parametrize(
    ("figures", "importance", "listed"),
    [
        (cell(3.0), 0.20, True),
        (cell(3.0), 0.19, False),  # too few say that it matters
        (cell(3.4), 0.4, True),
        (cell(3.5, high=3.9), 0.4, False),  # 'mostly in place' is not low
        (cell(3.0, high=3.9), 0.4, True),
        (cell(3.0, high=4.0), 0.4, False),  # it may well be 'mostly'
        (cell(3.0, n=4), 0.4, False),
        (cell(3.0, agreement="usual"), 0.4, True),
        (cell(3.0, agreement=None), 0.4, True),
        (cell(3.0, agreement="wide"), 0.4, False),  # talk first
        (cell(3.0, split=True), 0.4, False),
    ],
)
def test_who_is_on_the_list_to_act(figures, importance, listed):
    assert bool(told(findings({("task", "team"): figures}, {"task": importance}), "act_first")) is listed


@pytest.mark.parametrize(("primary", "listed"), [("team", False), (None, False), ("self", True)])
def test_a_view_of_oneself_is_acted_on_where_it_was_asked_in_depth(primary, listed):
    found = findings({("task", "self"): cell(2.0)}, primary=primary)

    assert bool(told(found, "act_first")) is listed


def test_of_equal_weight_the_space_asked_in_depth_goes_first():
    """2.7/3.3 · 0.5 and 1.5/3.3 · 0.9 are the same, whatever binary numbers say."""
    low = {"task": 1.6, "route": 2.8}
    figures = {(condition, space): cell(low[condition]) for condition in low for space in ("team", "system")}
    importance = {"task": 0.5, "route": 0.9}

    [(first, more)] = told(findings(figures, importance, primary="system"), "act_first")

    assert first == [["task", "team"], ["task", "system"], ["route", "system"]]
    assert more == [["route", "team"]]


def test_where_no_share_is_published_what_is_low_is_listed_by_need_alone():
    scores = dict(zip(CONDITIONS, (3.4, 3.0, 2.0, 3.3, 3.5), strict=True))
    figures = {(condition, "team"): cell(score) for condition, score in scores.items()}

    assert told(findings(figures), "act_first") == [(in_team("route", "alignment", "capability"), in_team("task"))]


def test_nobody_chose_so_nothing_is_acted_on():
    assert told(findings({("task", "team"): cell(2.0)}, dict.fromkeys(CONDITIONS, 0.0)), "act_first") == []


# Talk first


def test_where_people_differ_they_talk_first_two_at_most():
    """Those that matter before others, camps before wide views, then in the order of the model."""
    figures = {
        ("task", "team"): cell(3.4, agreement="wide"),
        ("route", "team"): cell(3.0, split=True),
        ("alignment", "team"): cell(4.6, agreement="wide"),
        ("capability", "team"): cell(2.5, agreement="usual"),
        ("energy", "team"): cell(2.0, split=True),
    }

    assert told(findings(figures, ALL_MATTER), "talk_first") == [
        (in_team("route", "energy"), in_team("task", "alignment"))
    ]
    some_matter = ALL_MATTER | {"route": 0.1, "energy": 0.19}
    assert told(findings(figures, some_matter), "talk_first") == [
        (in_team("task", "alignment"), in_team("route", "energy"))
    ]
    assert told(findings(figures), "talk_first") == [(in_team("route", "energy"), in_team("task", "alignment"))]


# Stands out, or firmly in place


def around(*tops, others=3.4, cells=6, **more):
    """The tops, and others up to so many cells; of 30 people, with a range of 0.7."""
    places = [(condition, space) for space in SPACES[1:] for condition in CONDITIONS][:cells]
    scores = [*tops, *[others] * (cells - len(tops))]
    made = {place: cell(score, n=30, **more) for place, score in zip(places, scores, strict=True)}
    return made


def top_of(figures, asked=7):
    return [(one.kind, [list(key) for key in one.cells]) for one in findings(figures, asked=asked)
            if one.kind in ("stands_out", "firmly_in_place")]  # fmt: skip


def test_the_highest_stands_out_where_it_is_clearly_above_the_rest():
    """√(0.7²/30 + 0.30²/7) = 0.171: 2.9 of them are 0.495. 3.9 is 0.5 above 3.4; 3.8 is 0.4."""
    assert top_of(around(3.9)) == [("stands_out", in_team("task"))]
    assert top_of(around(3.8)) == []


def test_two_statements_must_lead_by_more():
    """√(0.85²/30 + 0.30²/2) = 0.263: 0.763."""
    assert top_of(around(4.1), asked=2) == []
    assert top_of(around(4.2), asked=2) == [("stands_out", in_team("task"))]


def test_all_that_are_tied_stand_out_together_three_at_most():
    assert top_of(around(4.2, 4.2, 4.2)) == [("stands_out", in_team("task", "route", "alignment"))]
    assert top_of(around(4.2, 4.2, 4.2, 4.2, cells=8)) == []


def test_nothing_stands_out_among_five_below_mostly_or_where_views_differ():
    assert top_of(around(4.2, cells=5)) == []
    assert top_of(around(3.4, others=1.5)) == []
    assert top_of(around(3.5, others=1.5)) == [("stands_out", in_team("task"))]
    assert top_of(around(4.2, agreement="wide")) == []


def test_a_view_of_oneself_never_stands_out_nor_is_among_the_rest():
    own = {(condition, "self"): cell(4.9, n=30) for condition in CONDITIONS}
    assert top_of(own) == []
    assert top_of(own | around(3.9)) == [("stands_out", in_team("task"))]
    assert top_of(own | around(4.2, cells=5)) == []  # six with itself would be enough


def test_else_what_is_firmly_in_place_is_named_without_a_claim():
    """Flat and high: no cell leads. The first three, and the others with them."""
    found = findings(around(*[4.4] * 5, others=4.3))
    assert told(found, "firmly_in_place") == [
        (in_team("task", "route", "alignment"), [*in_team("capability", "energy"), ["task", "organisation"]])
    ]
    assert told(found, "stands_out") == []


@pytest.mark.parametrize(
    ("figures", "is_firm"),
    [
        (cell(4.3, low=3.5), True),
        (cell(4.2, low=3.9), False),
        (cell(4.4, low=3.4), False),
        (cell(4.4, low=3.9, agreement="wide"), False),
    ],
)
def test_what_is_firmly_in_place(figures, is_firm):
    assert bool(top_of({("task", "team"): figures})) is is_firm


def test_what_stands_out_goes_by_its_own_range_where_ten_stand_behind_it():
    """Half of 1.0 is 0.5 = t(.975; 33) 2.0345 · s/√30: s = 1.35. √(1.35²/30 + 0.30²/7) = 0.271: 0.786."""
    wide = around(4.1)
    wide["task", "team"] = replace(wide["task", "team"], n_tens=30, is_split=False)
    assert top_of(wide) == []
    wide["task", "team"] = replace(wide["task", "team"], score=4.2, low=3.7, high=4.7)
    assert top_of(wide) == [("stands_out", in_team("task"))]


# Breaks


def breaks(figures, asked=7, parts=(), means=None):
    found = findings_in(part(figures, asked, means), [part(one, asked, means) for one in parts])
    return [(*one.cells, one.scores) for one in found if one.kind == "break"]


def between(first, second, n=60, **more):
    return {("task", "team"): cell(first, n=n, **more), ("task", "organisation"): cell(second, n=n)}


TEAM_BELOW = (("task", "team"), ("task", "organisation"))


def test_a_break_is_clear_and_half_a_point_within_one_condition():
    """v = 0.70 · 0.70² · 2/60 + 2 · 0.30²/7 = 0.0371, its root 0.193: t(.975; 126) = 1.979 of them are 0.381."""
    figures = between(3.5, 4.0) | {("route", "system"): cell(1.5, n=60)}

    assert breaks(figures) == [(*TEAM_BELOW, (3.5, 4.0))]
    assert breaks(between(4.0, 3.5)) == [(*reversed(TEAM_BELOW), (3.5, 4.0))]


@pytest.mark.parametrize(
    ("first", "second", "n", "asked"),
    [
        (3.6, 4.0, 60, 7),  # clear, but less than half a point
        (3.5, 4.0, 5, 7),  # √(0.343 · 2/5 + 0.0257) = 0.404: t(.975; 16) = 2.120 of them are 0.86
        (3.5, 4.0, 60, 2),  # √(0.70 · 0.85² · 2/60 + 0.09) = 0.327: 0.65
    ],
)
def test_no_break(first, second, n, asked):
    assert breaks(between(first, second, n=n), asked) == []


def test_half_a_point_in_binary_is_half_a_point():
    assert breaks(between(4.1, 3.6, n=90))  # 4.1 − 3.6 is 0.49999999999999956


def test_a_view_of_oneself_is_no_side_of_a_break():
    assert breaks({("task", "self"): cell(5.0, n=90), ("task", "team"): cell(2.0, n=90)}) == []


def test_one_lucky_difference_among_many_is_no_break():
    """√(0.343 · 2/12 + 0.0257) = 0.288; 0.7 is 2.43 of them, p = .021 with 30 df. Of fifteen pairs two have it: .16."""
    lucky = between(2.9, 3.6, n=12)
    whole = {(condition, space): cell(3.6, n=12) for condition in CONDITIONS for space in SPACES} | lucky

    assert breaks(lucky) == [(*TEAM_BELOW, (2.9, 3.6))]
    assert breaks(whole) == []


def renamed(of, key, numbers):
    """The cell asked so many of the statements of its condition."""
    condition, space = key
    kept = {f"{condition}{number}.{space}" for number in numbers}
    asked = replace(of.cells[key], asked=len(kept))
    statements = tuple(one for one in of.statements[key] if one.key in kept)
    return Part({**of.cells, key: asked}, {**of.statements, key: statements})


def on_shared(means, first=range(7), second=range(2)):
    of = part(between(3.6, 3.9), 7, means)
    of = renamed(renamed(of, TEAM_BELOW[0], first), TEAM_BELOW[1], second)
    return [(*one.cells, one.scores) for one in findings_in(of) if one.kind == "break"]


MEANS = {("team", 0): 2.6, ("team", 1): 2.9, ("organisation", 0): 4.1, ("organisation", 1): 3.9}


def test_between_a_deep_cell_and_a_brief_one_the_statements_asked_in_both_are_compared():
    """2.75, shown 2.8, and 4.0; √(0.70 · 0.85² · 2/60 + 0.09) = 0.327. The scores of the cells are 3.6 and 3.9."""
    assert on_shared(MEANS) == [(*TEAM_BELOW, (2.8, 4.0))]


def test_where_a_mean_of_these_is_not_published_there_is_no_break():
    assert on_shared({key: mean for key, mean in MEANS.items() if key != ("organisation", 1)}) == []


def test_other_statements_are_no_break():
    assert on_shared(MEANS | {("team", number): 1.0 for number in range(2, 7)}, range(2, 7), range(2)) == []


def test_over_several_groups_the_atoms_shown_in_both_are_compared():
    """In the whole one group has no organisation: 4.2 rests on others than 3.0. In both are a and b: (3.4 · 20 +
    2.6 · 20)/40 = 3.0 and (4.6 · 20 + 3.9 · 25)/45 = 4.21."""
    whole = {("task", "team"): cell(3.0, n=60), ("task", "organisation"): cell(4.2, n=45, without=1)}
    parts = [
        {("task", "team"): cell(3.4, n=20), ("task", "organisation"): cell(4.6, n=20)},
        {("task", "team"): cell(2.6, n=20), ("task", "organisation"): cell(3.9, n=25)},
        {("task", "team"): cell(1.0, n=20)},
    ]

    assert breaks(whole, parts=parts) == [(*TEAM_BELOW, (3.0, 4.2))]
    assert breaks(whole, parts=[parts[2]]) == []
    differing = [*parts[:1], parts[1] | {("task", "organisation"): cell(1.0, n=25)}]
    assert breaks(whole, parts=differing) == []


def test_groups_counted_with_a_word_alone_are_left_out_of_both_sides():
    whole = {("task", "team"): cell(2.0, n=40, without_people=20), ("task", "organisation"): cell(4.0, n=60)}
    assert breaks(whole, parts=[between(4.0, 4.0, n=40)]) == []


# Could not judge, and nothing at all


def test_could_not_judge_is_a_word():
    figures = {("task", "system"): cell(3.0, could_not_judge="half"), ("task", "team"): cell(3.0)}

    assert [one.stored() for one in findings(figures) if one.kind == "could_not_judge"] == [
        {"kind": "could_not_judge", "cells": [["task", "system"]], "share": "half"}
    ]


def test_a_word_without_a_score_is_in_no_finding():
    word = CellWord(12, 0, "not_yet", "one_statement")
    cells = {("task", space): PublishedCell("task", space, 1, None, word) for space in SPACES}
    statements = {key: (PublishedStatement("T1", "level", "not_yet", None, 0),) for key in cells}

    assert findings_in(Part(cells, statements), importance=ALL_MATTER) == findings_in(Part(cells, statements)) == ()


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
