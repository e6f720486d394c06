"""What a reader sees of published content: cells of people, findings, shares, statements."""

import pytest

from reports.publish.bars import Share
from reports.publish.cells import PublishedCell
from reports.publish.content import PublishedPicks
from reports.publish.findings import Finding
from reports.publish.statements import PublishedStatement
from reports.readings.heatmap import heatmap_view, range_view, score_texts
from reports.readings.survey.bars import class_key, joined_name
from reports.readings.survey.findings import Priorities, finding_views, no_question_twice, pick_views, priorities
from reports.readings.survey.statements import statement_view
from reports.scoring import level

COLUMNS = [("self", "Self"), ("team", "Team"), ("organisation", "Organisation"), ("system", "System")]
ROWS = [("task", "Task", "Architect"), ("route", "Route", "Architect")]
NAMES = {"task": "Task", "route": "Route"}
POINTS = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]


def cell(condition="task", space="team", score=3.1, **more):
    """One that is shown; `more` as it is stored."""
    usual = {"end": None, "low": score - 0.3, "high": score + 0.3, "pale": False, "agreement": "some_spread"}
    usual |= {"split": False, "views_differ": False, "could_not_judge": None, "n": 14, "without": 0, "asked": 7}
    head = {"condition": condition, "space": space, "state": "scored", "score": score, "level": level(score)}
    return PublishedCell.from_stored({**head, **usual, **more})


def hidden(condition="task", space="team"):
    return PublishedCell(condition, space, 7, None)


def view_of(*cells, people=14):
    return heatmap_view(cells, columns=COLUMNS, rows=ROWS, people=people)


def only(**more):
    return view_of(cell(**more)).cell("task", "team")


# --- a cell ---


def test_a_cell_of_people_says_range_and_agreement():
    seen = only()
    assert (
        seen.accessible_text == "Task in the team: 3.1 out of 5, partly in place, likely range 2.8 to 3.4, some spread"
    )
    assert (seen.word, seen.score_text, seen.css, seen.notes) == ("Partly", "3.1", "level-2", ("some spread",))
    assert (seen.range.start, seen.range.end, seen.range.ticks) == ("45.2", "59.6", ("38.0", "62.0", "81.2"))


@pytest.mark.parametrize(
    ("end", "score", "text", "spoken"), [("low", 1.5, "≤ 1.5", "1.5 or less"), ("high", 4.5, "≥ 4.5", "4.5 or more")]
)
def test_ends_that_are_cut_say_so(end, score, text, spoken):
    seen = only(score=score, end=end, low=1.2, high=4.9)
    assert seen.score_text == text
    assert f"Task in the team: {spoken} out of 5" in seen.accessible_text


def test_views_that_differ_wear_a_frame_and_two_camps_dots():
    differ = only(agreement="wide", views_differ=True)
    assert (differ.css, differ.frame, differ.camps, differ.agreement) == (
        "level-2 views-differ",
        True,
        False,
        "views differ",
    )
    camps = only(agreement="wide", views_differ=True, split=True)
    assert (camps.css, camps.frame, camps.camps, camps.agreement) == ("level-2", False, True, "two camps")
    assert camps.accessible_text.endswith("two camps")


def test_a_cell_where_too_little_was_asked_has_no_agreement_word():
    assert only(agreement=None).notes == ()


def test_people_are_told_only_where_they_are_not_all():
    assert only(n=14).notes == ("some spread",)
    assert only(n=12).notes == ("some spread", "12 people")
    left_out = only(n=9, without=2)
    assert left_out.notes == ("some spread", "9, without 2 groups")
    assert left_out.accessible_text.endswith("9 people, without 2 groups")


def test_a_hidden_cell_is_hatched_and_has_no_number():
    seen = view_of(hidden()).cell("task", "team")
    assert (seen.css, seen.word, seen.accessible_text) == (
        "too-few",
        "Too few",
        "Task in the team: too few people to show",
    )
    assert (seen.range, seen.score_text, seen.people) == (None, None, None)


def test_what_was_not_asked_says_so():
    assert view_of(cell()).cell("task", "system").state == "not_asked"


@pytest.mark.parametrize(("low", "high", "rough"), [(2.6, 3.4, False), (1.0, 4.3, True), (2.0, 3.5, False)])
def test_a_wide_range_is_a_rough_picture(low, high, rough):
    seen = range_view(low, high)
    assert (seen.text, seen.is_rough) == (f"{low} to {high}", rough)


def test_scores_keep_one_decimal():
    assert score_texts(4.0) == ("4.0", "4.0")


def test_the_caption_counts_people_and_explains_self_where_it_was_asked():
    assert view_of(cell()).caption == "How far each condition is in place, as 14 people see it."
    asked = view_of(cell(space="self"))
    assert asked.caption.endswith("“Self” is how people see themselves.")
    assert asked.cell("task", "self").accessible_text.startswith("Task in people’s own leadership: ")
    assert (asked.kind, asked.note) == ("survey", "")


# --- what stands out ---


def test_priorities_keep_their_order_and_bring_one_question_each():
    view = view_of(cell(), cell("route", "system", 2.2))
    questions = {("task", "team"): "What?", ("route", "system"): "How?"}
    findings = [Finding("act_first", (("task", "team"), ("route", "system")), more=(("route", "team"),))]
    act = priorities(findings, "act_first", view, questions)
    assert [(one.cell.place, one.question) for one in act] == [
        ("Task in the team", "What?"),
        ("Route in the system", "How?"),
    ]
    assert (act.and_more, Priorities(more=2).and_more) == ("and 1 more place", "and 2 more places")
    assert not priorities(findings, "talk_first", view, questions)


def test_no_question_stands_twice_while_there_is_another():
    questions = {"a": ("What?", "Why?"), "b": ("What?", "Why?"), "c": ("What?", "Why?"), "d": ()}
    assert no_question_twice(questions) == {"a": "What?", "b": "Why?", "c": "What?"}


def test_breaks_are_told_together_with_the_scores_they_rest_on():
    """Which are of the statements asked in both, and need not be those of the cells."""
    view = view_of(
        cell(space="team", score=4.1), cell(space="organisation", score=3.4), cell(space="system", score=2.6)
    )
    findings = [
        Finding("break", (("task", "organisation"), ("task", "team")), scores=(3.4, 4.2)),
        Finding("break", (("task", "system"), ("task", "team")), scores=(2.6, 4.2)),
        Finding("break", (("route", "system"), ("route", "team")), scores=(2.0, 4.0)),
    ]
    (told,) = finding_views(findings, view, NAMES)
    assert told.title == "Less in place in one space than in another"
    assert told.text == (
        "In the organisation (3.4) Task is probably less in place than in the team (4.2). "
        "In the system (2.6) Task is probably less in place than in the team (4.2). "
        "In the system (2.0) Route is probably less in place than in the team (4.0). "
        "What might make it easier in one place than in the other?"
    )
    assert [one.condition for one in told.cells] == ["route", "route"]


def test_a_break_of_method_1_has_no_scores_of_its_own():
    view = view_of(cell(), cell(space="system", score=2.6))
    (told,) = finding_views([Finding("break", (("task", "system"), ("task", "team")))], view, NAMES)
    assert told.text.startswith("In the system Task is probably less in place than in the team.")


def test_each_kind_is_told_once():
    cells = [cell(name, space, 4.0) for name in NAMES for space in ("team", "organisation", "system")]
    findings = [
        Finding("act_first", (("route", "system"),)),
        Finding("could_not_judge", (("task", "team"),), "half"),
        Finding("could_not_judge", (("task", "system"),), "fifth"),
        Finding("could_not_judge", (("route", "system"),), "fifth"),
        Finding("stands_out", (("task", "team"), ("route", "team"))),
    ]
    told = finding_views(findings, view_of(*cells), NAMES)
    assert [one.title for one in told] == [
        "Stands out: Task and Route in the team",
        "Hard to judge: Task (team and system) and Route in the system",
    ]
    assert told[1].text == (
        "About half of the people could not judge Task in the team; about a fifth of the people could not judge Task "
        "and Route in the system. Perhaps it is not visible enough."
    )


def test_what_is_firmly_in_place_claims_no_place_above_others():
    finding = Finding("firmly_in_place", (("task", "team"),), more=(("route", "team"),))
    (told,) = finding_views([finding], view_of(cell(score=4.4), cell("route", score=4.4)), NAMES)
    assert told.title == "Firmly in place: Task in the team, and 1 more place"
    assert "igh" not in told.text


def test_findings_of_method_1_keep_their_words():
    view = view_of(cell(score=4.0), cell("route", split=True), cell("route", "system", views_differ=True))
    findings = [
        Finding("strongest", (("task", "team"),)),
        Finding("views_differ", (("route", "team"),)),
        Finding("views_differ", (("route", "system"),)),
    ]
    told = finding_views(findings, view, NAMES)
    assert [one.title for one in told] == [
        "Strongest: Task in the team",
        "Two camps: Route in the team",
        "Views differ: Route in the system",
    ]


# --- what matters most ---


def test_shares_of_people_are_printed_as_they_may_be():
    picks = PublishedPicks(20, ("task", "route"), (55, 40))
    assert [(one.name, one.text, one.width) for one in pick_views(picks, NAMES)] == [
        ("Task", "55%", 55),
        ("Route", "40%", 40),
    ]


def test_the_largest_share_beside_a_small_one_is_drawn_from_what_is_printed():
    names = dict(zip("abcde", "ABCDE", strict=True))
    picks = PublishedPicks(20, tuple("abcde"), (30, "few", None, 40, 45))
    told = pick_views(picks, names)
    assert [one.text for one in told] == ["30%", "2 or fewer people", "most often", "40%", "45%"]
    assert [one.width for one in told] == [30, 10, 75, 40, 45]


def test_a_share_that_is_withheld_has_no_bar_and_no_number():
    told = pick_views(PublishedPicks(20, tuple("abc"), (60, None, None)), dict(zip("abc", "ABC", strict=True)))
    assert [(one.text, one.width) for one in told] == [("60%", 60), ("not shown", 0), ("not shown", 0)]


def test_too_few_choosers_have_no_shares():
    assert pick_views(None, NAMES) == ()
    assert pick_views(PublishedPicks(10, ("task", "route"), (None, None)), NAMES) == ()


# --- statements ---


def test_below_ten_a_statement_has_a_level_and_nothing_else():
    seen = statement_view(PublishedStatement("T1", "level", level="mostly", without=1), "We plan.", POINTS)
    assert (seen.word, seen.band, seen.score_text, seen.classes, seen.label) == ("Mostly", 3, None, (), "")
    assert (seen.note, seen.left_out) == ("Level only", "without 1 group")


def test_where_too_few_judged_it_a_statement_says_only_that():
    seen = statement_view(PublishedStatement("T1", "some_could_not_judge"), "We plan.", POINTS)
    assert (seen.word, seen.note) == (None, "Some could not judge this")


def bar(state, *joined):
    shares = tuple(Share(classes, per_cent) for classes, per_cent in joined)
    return statement_view(PublishedStatement("T1", state, "partly", 3.1, 0, shares), "We plan.", POINTS)


def test_joined_classes_stand_in_one_part_of_the_bar():
    seen = bar("three_classes", ((0, 1, 3), 60), ((2,), 50))
    assert seen.label == "disagree to neither (1–3) or don’t know: 60%, agree (4–5): 50%"
    assert seen.caption == ""
    assert [(one.css, one.text, one.start, one.width, one.is_joined) for one in seen.classes] == [
        ("answer-2", "60", "0.00%", "54.55%", True),
        ("answer-4", "50", "54.55%", "45.45%", False),
    ]


def test_a_few_who_dont_know_stand_with_the_middle_and_need_no_line_of_their_own():
    seen = bar("three_classes", ((0,), 40), ((1, 3), 30), ((2,), 30))
    assert seen.label == "disagree (1–2): 40%, neither (3) or don’t know: 30%, agree (4–5): 30%"
    assert seen.caption == ""
    assert [one.css for one in seen.classes] == ["answer-1", "answer-3", "answer-4"]


def test_joined_classes_of_five_are_named_by_their_ends():
    seen = bar("five_classes", ((0, 1, 2, 5), 20), ((3,), 45), ((4,), 35))
    assert seen.caption == (
        "Strongly disagree to neither agree nor disagree or don’t know: 20% · Agree: 45% · Strongly agree: 35%"
    )
    assert [one.css for one in seen.classes] == ["answer-2", "answer-4", "answer-5"]


def test_a_share_of_a_large_group_that_is_rounded_to_none_is_drawn_and_said():
    seen = bar("five_classes", ((0,), 0), ((1, 2, 5), 20), ((3,), 45), ((4,), 35))
    assert (seen.classes[0].share_text, seen.classes[0].text) == ("under 3%", "")
    assert float(seen.classes[0].width[:-1]) > 1


def test_the_key_names_every_part_that_some_bar_shows():
    parts = [*bar("three_classes", ((0,), 40), ((1, 2, 3), 60)).classes]
    parts += bar("three_classes", ((0,), 40), ((1, 3), 30), ((2,), 30)).classes
    assert class_key(parts) == (
        ("answer-1", "Disagree (1–2)"),
        ("answer-3", "Neither (3) or don’t know"),
        ("answer-4", "Agree (4–5)"),
        ("answer-5", "Neither to agree (3–5) or don’t know"),
    )


# --- statements of editions before code 3 ---


def old(state, mean, shares):
    return PublishedStatement("T1", state, "partly", mean, 0, old_shares=tuple(shares))


def test_three_classes_stand_in_one_bar_with_its_words():
    published = old("three_classes", 3.1, (22, 28, 33, 17))
    seen = statement_view(published, "We plan.", POINTS)
    assert seen.label == "disagree (1–2): 22%, neither (3): 28%, agree (4–5): 33%, don’t know: 17%"
    assert [(one.css, one.text, one.start, one.width) for one in seen.classes] == [
        ("answer-1", "22", "0.00%", "22.00%"),
        ("answer-3", "28", "22.00%", "28.00%"),
        ("answer-4", "33", "50.00%", "33.00%"),
        ("answer-dont-know", "17", "83.00%", "17.00%"),
    ]


def test_small_classes_look_all_alike_and_the_largest_has_no_number():
    published = old("five_classes", 3.1, ("few", 10, None, 30, 15, "few"))
    seen = statement_view(published, "We plan.", POINTS)
    assert [one.css for one in seen.classes] == [*(f"answer-{number}" for number in range(1, 6)), "answer-dont-know"]
    assert [one.text for one in seen.classes] == ["", "10", "", "30", "15", ""]
    assert [one.width for one in seen.classes] == ["3.00%", "10.00%", "39.00%", "30.00%", "15.00%", "3.00%"]
    assert "strongly disagree: 2 or fewer people" in seen.label
    assert "neither agree nor disagree: the largest part" in seen.label


@pytest.mark.parametrize("shares", [[95, "few", 90, "few"], [None, "few", "few", "few"], [0, 0, 100, 0]])
def test_a_bar_is_never_longer_than_its_place(shares):
    published = old("three_classes", None, shares)
    classes = statement_view(published, "We plan.", POINTS).classes
    assert sum(float(one.width[:-1]) for one in classes) == pytest.approx(100, abs=0.05)


OF_ONES_OWN = ("Never here", "Seldom", "Now and then", "Often", "Every day")


@pytest.mark.parametrize(
    ("points", "group", "label"),
    [
        (tuple(POINTS), (0,), "Disagree (1–2)"),
        (tuple(POINTS), (0, 1), "Disagree to neither (1–3)"),
        (OF_ONES_OWN, (0,), "Never here to Seldom (1–2)"),
        (OF_ONES_OWN, (1,), "Now and then (3)"),
        (OF_ONES_OWN, (2,), "Often to Every day (4–5)"),
        (OF_ONES_OWN, (0, 1), "Never here to Now and then (1–3)"),
        (OF_ONES_OWN, (0, 1, 2, 3), "Never here to Every day (1–5) or don’t know"),
    ],
)
def test_classes_are_named_in_the_words_of_the_scale(points, group, label):
    assert joined_name("three_classes", group, points)[1] == label
