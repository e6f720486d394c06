"""The forecast of a draft: the partition of the close on expected counts, in numbers, words and on its page."""

import doctest
import re
from importlib import import_module

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.surveys.audience.tree import leaves, tree_of
from reports.disclosure import GROUP, OTHER_GROUPS, TEAM
from reports.disclosure.forecast import NOT_NEEDED, NOWHERE, OWN, TOGETHER, Size, forecast_of
from reports.pages.forecast.joining import Joining, summary
from reports.pages.forecast.page import Foreseen, Small
from spaces.actions.groups import add_person, create_group
from tests.diagnostics.launched import (
    draft_in,
    launched_survey,
    teams_in,
    workspace_of,
)
from tests.parts import assert_part_equals_page

NORTHMOOR = {
    "District nursing": 24,
    "Therapies": 21,
    "Urgent response": 18,
    "Administration": 14,
    "Rehabilitation": 8,
    "Pharmacy": 7,
    "Podiatry": 6,
}
TREE = {"Northmoor": None, **dict.fromkeys(NORTHMOOR, "Northmoor")}


@pytest.fixture(scope="module")
def northmoor():
    return forecast_of(TREE, {team: Size(people) for team, people in NORTHMOOR.items()}, k=5)


def outcomes(foreseen, kind: str, node: str) -> list[tuple[str, int, str]]:
    return [(outcome.kind, outcome.answers, outcome.detail) for outcome in foreseen.line(kind, node).outcomes]


def test_the_example_in_the_docstring_holds():
    outcome = doctest.testmod(import_module("reports.disclosure.forecast"))
    assert outcome.attempted
    assert not outcome.failed


# --- Numbers ------------------------------------------------------------------------------------------------


def test_expected_answers_are_rounded_down(northmoor):
    assert outcomes(northmoor, TEAM, "Administration") == [
        (OWN, 8, "averages"),
        (OWN, 11, "three classes"),
        (OWN, 14, "three classes"),
    ]


def test_small_teams_are_counted_together_where_they_reach_k(northmoor):
    assert outcomes(northmoor, TEAM, "Podiatry") == [(TOGETHER, 0, ""), (NOWHERE, 0, ""), (OWN, 6, "averages")]
    assert outcomes(northmoor, OTHER_GROUPS, "Northmoor") == [
        (OWN, 11, "averages"),
        (NOWHERE, 0, ""),
        (NOT_NEEDED, 0, ""),
    ]


def test_totals_are_sums_of_what_is_shown(northmoor):
    assert outcomes(northmoor, GROUP, "Northmoor") == [
        (OWN, 55, "five classes"),
        (OWN, 71, "five classes"),
        (OWN, 98, "five classes"),
    ]


def test_detail_follows_the_nested_walks_not_the_number_alone():
    """The eleven of 'other groups' join the eight of Administration in one 10-atom: shares of theirs alone are none."""
    teams = {"A": Size(14), "B": Size(8), "C": Size(7), "D": Size(6)}
    foreseen = forecast_of({"all": None, **dict.fromkeys(teams, "all")}, teams, k=5)
    assert foreseen.line(OTHER_GROUPS, "all").outcomes[0].answers == 11
    assert foreseen.line(OTHER_GROUPS, "all").outcomes[0].detail == "averages"


@pytest.mark.parametrize(("beside", "detail"), [(6, "three classes"), (7, "averages")])
def test_a_whole_says_more_where_three_quarters_of_it_are_in_tens(beside, detail):
    """Those beside a 10-atom are in none: 20 of 26 are three quarters, 20 of 27 are not."""
    foreseen = forecast_of({"all": None, "A": "all", "B": "all"}, {"A": Size(20), "B": Size(beside)}, k=5)
    assert foreseen.line(GROUP, "all").outcomes[2].answers == 20 + beside
    assert foreseen.line(GROUP, "all").outcomes[2].detail == detail


def test_leaders_are_heard_but_complete_no_group():
    foreseen = forecast_of({"A": None}, {"A": Size(counted=4, leaders=1)}, k=5)
    assert [outcome.kind for outcome in foreseen.line(TEAM, "A").outcomes] == [NOWHERE] * 3
    five_and_leader = forecast_of({"A": None}, {"A": Size(counted=5, leaders=1)}, k=5)
    assert [outcome.answers for outcome in five_and_leader.line(TEAM, "A").outcomes] == [0, 0, 5]


def test_a_team_of_one_is_found_where_its_neighbours_are_counted():
    sizes = {"A": Size(6), "B": Size(6), "C": Size(1)}
    foreseen = forecast_of({"all": None, **dict.fromkeys(sizes, "all")}, sizes, k=5)
    assert foreseen.line(TEAM, "C").outcomes[0].kind == TOGETHER
    assert foreseen.line(OTHER_GROUPS, "all").outcomes[0].answers == 6


def test_what_stays_small_goes_further_up():
    parents = {"all": None, "north": "all", "south": "all", "n1": "north", "n2": "north", "n3": "north", "s1": "south"}
    foreseen = forecast_of(parents, {"n1": Size(4), "n2": Size(4), "n3": Size(9), "s1": Size(4)}, k=5)
    assert [outcome.kind for outcome in foreseen.line(OTHER_GROUPS, "north").outcomes] == ["further", OWN, OWN]
    assert foreseen.line(TEAM, "n1").outcomes[0].at == "all"


def test_comments_stand_at_their_10_atom_or_at_the_whole(northmoor):
    def with_comments(foreseen, turn: int) -> list[str]:
        return [line.node for line in foreseen.lines if line.outcomes[turn].has_comments]

    assert with_comments(northmoor, 0) == ["District nursing", "Therapies", "Urgent response", "Northmoor"]
    sizes = {team: Size(people) for team, people in NORTHMOOR.items()}
    for_whole = forecast_of(TREE, sizes, k=5, comments_for_whole_only=True)
    assert with_comments(for_whole, 0) == ["Northmoor"]


def test_a_higher_k_shows_fewer_groups():
    foreseen = forecast_of(TREE, {team: Size(people) for team, people in NORTHMOOR.items()}, k=10)
    assert foreseen.line(TEAM, "Administration").outcomes[0].kind == TOGETHER


# --- Words --------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(alice, instrument):
    workspace = workspace_of(alice)
    return draft_in(workspace, teams_in(workspace, by=alice, teams=NORTHMOOR), by=alice)


@pytest.fixture
def foreseen(draft) -> Foreseen:
    return Foreseen(draft, tree_of(draft), draft.k)


def cells(foreseen, name: str) -> list[tuple[int | None, str]]:
    row = next(row for row in foreseen.rows if row.name == name)
    return [(cell.answers, cell.words) for cell in row.cells]


def test_each_group_reads_as_it_will_be_reported(foreseen):
    assert cells(foreseen, "Podiatry") == [
        (None, "In “Other groups in Community services”"),
        (None, "In no figure"),
        (6, "averages"),
    ]
    assert cells(foreseen, "Other groups in Community services") == [
        (11, "averages"),
        (None, "under five"),
        (None, "not needed"),
    ]
    assert cells(foreseen, "All of Community services")[1] == (71, "five classes, comments")


def three(foreseen) -> list:
    return [place for place in leaves(foreseen.places) if place.name in {"Rehabilitation", "Pharmacy", "Podiatry"}]


def joining(foreseen, parts) -> Joining:
    return Joining(foreseen, Foreseen(foreseen.survey, foreseen.joined(parts), foreseen.k), parts)


def test_joining_tells_what_the_whole_wins_and_loses(foreseen):
    joined = joining(foreseen, three(foreseen))
    figures = [
        (one.readable.before, one.readable.after, one.left_out.before, one.left_out.after) for one in joined.balances
    ]
    assert figures == [(4, 7, 0, 0), (6, 7, 4, 0), (7, 7, 0, 0)]
    rows = {row.name: [change.words for change in row.changes] for row in joined.others}
    assert rows["Podiatry"] == ["", "", "goes: 6 answers, averages"]
    assert rows["Other groups in Community services"] == ["goes: 11 answers, averages", "", ""]
    assert rows["All of Community services"] == [  # what the three say by themselves is said by the whole no more
        "55 answers, five classes, comments → 56 answers, three classes",
        "71 answers, five classes, comments → 76 answers, five classes",
        "98 answers, five classes, comments → 98 answers, five classes",
    ]
    assert "Therapies" not in rows


def test_groups_of_one_name_are_told_apart_by_their_paths(alice, instrument):
    workspace = workspace_of(alice)
    whole = create_group(workspace=workspace, name="Care", kind="organisation", by=alice)
    for region in ("North", "South"):
        above = create_group(workspace=workspace, name=region, kind="organisation", parent=whole, by=alice)
        for ward in ("Ward 1", "Ward 2"):
            team = create_group(workspace=workspace, name=ward, kind="team", parent=above, by=alice)
            for number in range(4):
                address = f"{region}{ward}{number}@example.org".replace(" ", "").lower()
                add_person(workspace=workspace, name=f"P {number}", email=address, group=team, by=alice)
    draft = draft_in(workspace, whole, by=alice)
    foreseen = Foreseen(draft, tree_of(draft), draft.k)
    assert [choice.within for choice in foreseen.joinable] == ["North", "South"]
    assert {row.within for row in foreseen.rows if row.name == "Ward 1"} == {"North", "South"}
    joined = joining(foreseen, foreseen.joinable[1].places)
    assert [row.name for row in joined.others][:1] == ["Other groups in South"]
    assert joined.made.name == "South › Ward 1 and Ward 2"


@pytest.mark.parametrize("entry", ["personal", "shared"])
def test_the_legend_has_every_word_of_the_table(alice, draft, entry):
    draft.entry = entry
    foreseen = Foreseen(draft, tree_of(draft), draft.k)
    wording = foreseen.wording
    legend = {key.words for key in [*wording.details_explained(), *wording.others_explained()]}
    said = {part for row in foreseen.rows for cell in row.cells for part in cell.words.split(", ")}
    assert {re.sub("“Other groups in .*”", "“Other groups …”", words) for words in said} <= legend
    assert ("words only" in legend) == ("averages" not in legend) == (entry == "shared")


def test_joining_many_groups_has_a_name_that_fits(foreseen):
    everybody = foreseen.joinable[0].places
    assert foreseen.joined_name(everybody) == "Administration and 6 other groups"


def test_groups_that_may_stay_small_are_suggested(foreseen):
    assert foreseen.suggested() == [place.key for place in three(foreseen)]


def test_what_joining_would_change_is_said_turnout_by_turnout(foreseen):
    joined = joining(foreseen, three(foreseen))
    assert [(change.turnout, change.as_it_is, change.joined) for change in joined.effects] == [
        (
            60,
            "Pharmacy, Podiatry and Rehabilitation in “Other groups in Community services”",
            "12 answers, three classes, comments",
        ),
        (
            80,
            "Pharmacy and Rehabilitation on their own, averages; Podiatry in no figure",
            "16 answers, three classes, comments",
        ),
        (100, "Pharmacy, Podiatry and Rehabilitation on their own, averages", "21 answers, three classes, comments"),
    ]
    assert summary(joined) == [
        "You gain a result or more detail at 60%, 80% and 100%.",
        "Answers that would be in no figure count at 80%.",
        "You give up separate results at 80% and 100%.",
        "More groups can be read, alone or joined, at 60% and 80%.",
        "2 other reports change, too.",
    ]


def foreseen_of(alice, **teams: int) -> Foreseen:
    workspace = workspace_of(alice)
    draft = draft_in(workspace, teams_in(workspace, by=alice, teams=teams), by=alice)
    return Foreseen(draft, tree_of(draft), draft.k)


def test_joining_is_suggested_only_where_it_helps(alice, instrument):
    foreseen = foreseen_of(alice, Ant=1, Bee=1, Cat=1, Dog=12, Eel=20)
    parts = [place for place in leaves(foreseen.places) if place.key in foreseen.suggested()]
    assert [place.name for place in parts] == ["Ant", "Bee", "Cat", "Dog"]
    assert "Answers that would be in no figure count at 60%, 80% and 100%." in summary(joining(foreseen, parts))


def test_of_many_small_groups_a_few_are_suggested_the_smallest(alice, instrument):
    foreseen = foreseen_of(alice, **{f"Team {number}": 2 + number // 6 for number in range(20)})
    parts = [place for place in leaves(foreseen.places) if place.key in foreseen.suggested()]
    assert [(place.name, place.counted) for place in parts] == [
        *((f"Team {number}", 2) for number in range(6)),
        ("Team 6", 3),
        ("Team 7", 3),
    ]


def test_nothing_is_suggested_where_joining_helps_nobody(alice, instrument):
    assert foreseen_of(alice, Ant=1, Bee=1, Cat=1).suggested() == []


@pytest.mark.parametrize(
    ("people", "small"),
    [(1, Small(together=0, nowhere=3, left_out=3)), (2, Small(together=3, nowhere=0, left_out=0))],
)
def test_small_groups_are_counted_together_or_in_no_figure(alice, instrument, people, small):
    assert foreseen_of(alice, Ant=people, Bee=people, Cat=people, Dog=12).small == small


def test_joining_large_groups_gains_nothing(foreseen):
    large = [place for place in leaves(foreseen.places) if place.name in {"District nursing", "Therapies"}]
    assert summary(joining(foreseen, large))[1] == "You give up separate results at 60%, 80% and 100%."


# --- The page -----------------------------------------------------------------------------------------------


def address(survey) -> str:
    return reverse("reports:forecast", args=[survey.public_id])


def test_the_part_is_the_page_without_its_frame(client_for, alice, draft):
    browser = client_for(alice)
    part = assert_part_equals_page(browser, address(draft))
    for name in (*NORTHMOOR, "Other groups in Community services", "Join the three groups"):
        assert name in part


def test_another_k_can_be_tried_but_none_below_the_least(client_for, alice, draft):
    browser = client_for(alice)
    assert "A group that reaches 10 has its own result." in browser.get(address(draft) + "?k=10").content.decode()
    for tried in ("1", "-3", "none", "9" * 400):
        assert "A group that reaches five has its own" in browser.get(f"{address(draft)}?k={tried}").content.decode()


def test_trying_groups_together_changes_nothing(client_for, alice, draft):
    keys = [place.key for place in leaves(tree_of(draft))][:2]
    page = client_for(alice).get(address(draft), {"join": keys}).content.decode()
    assert "Join the two groups" in page
    draft.refresh_from_db()
    assert draft.joined == []


def test_an_empty_draft_has_no_forecast_yet(client_for, alice, draft):
    draft.audience.clear()
    assert "Choose in step 2 who is asked" in client_for(alice).get(address(draft)).content.decode()


# --- The panel of step 2 ------------------------------------------------------------------------------------


def outlook(browser, draft, **changes) -> str:
    posted = {"preset": "brief", "primary_space": "team", "entry": "personal", "list_made_by": "Helen"} | {
        "audience": list(draft.audience.values_list("public_id", flat=True))
    }
    part = browser.post(reverse("reports:outlook", args=[draft.public_id]), posted | changes)
    return " ".join(re.sub(r"<[^>]+>", " ", part.content.decode()).split())


def test_figures_of_step_two_follow_the_choices_and_nothing_is_kept(client_for, alice, draft):
    changes = {"preset": "in_depth", "spaces": ["self", "organisation", "system"], "audience": []}
    shown = outlook(client_for(alice), draft, **changes)
    assert "Statements 140" in shown
    assert "People 0" in shown
    assert "html" not in shown
    draft.refresh_from_db()
    assert draft.preset == "brief"
    assert draft.audience.exists()


def test_step_two_warns_of_answers_in_no_figure_as_step_four_tells(client_for, alice, instrument):
    workspace = workspace_of(alice)
    teams = {"Ant": 1, "Bee": 1, "Cat": 1, "Dog": 12}
    draft = draft_in(workspace, teams_in(workspace, by=alice, teams=teams), by=alice)
    shown = outlook(client_for(alice), draft)
    assert "Own result likely 1 Depends on turnout 0 In no figure 3" in shown
    assert "The answers of 3 people can be used in no figure, even if everybody answers." in shown
    assert "Counted together" not in shown
    foreseen = Foreseen(draft, tree_of(draft), draft.k)
    assert [words for _answers, words in cells(foreseen, "Ant")] == ["In no figure"] * 3


@pytest.mark.parametrize(("people", "begins"), [(3, True), (5, False)])
def test_step_two_asks_for_the_forecast_where_groups_are_small(client_for, alice, instrument, people, begins):
    workspace = workspace_of(alice)
    draft = draft_in(workspace, teams_in(workspace, by=alice, teams={"Ant": people, "Dog": 12}), by=alice)
    page = client_for(alice).get(reverse("surveys:step", args=[draft.public_id, "people"])).content.decode()
    assert f'hx-post="{reverse("reports:outlook", args=[draft.public_id])}"' in page
    assert ('hx-trigger="load, change from' in page) == begins


def test_step_two_counts_groups_together_that_reach_enough(client_for, alice, instrument):
    workspace = workspace_of(alice)
    draft = draft_in(workspace, teams_in(workspace, by=alice, teams={"Ant": 3, "Bee": 3, "Dog": 12}), by=alice)
    shown = outlook(client_for(alice), draft)
    assert "Depends on turnout 0 Counted together 2" in shown
    assert "no figure" not in shown


def test_after_the_launch_the_dashboard_takes_over(client_for, alice, instrument):
    survey = launched_survey(alice)
    assert client_for(alice).get(address(survey)).url == reverse("surveys:dashboard", args=[survey.public_id])


def test_charlie_finds_nothing_and_bob_may_not_look(client_for, alice, bob, charlie, instrument):
    workspace = workspace_of(alice, leader=bob)
    draft = draft_in(workspace, teams_in(workspace, by=alice), by=alice)
    assert client_for(charlie).get(address(draft)).status_code == 404
    assert client_for(bob).get(address(draft)).status_code == 403
    assert Client().get(address(draft)).status_code == 302
    assert client_for(alice).post(address(draft)).status_code == 405
    panel = reverse("reports:outlook", args=[draft.public_id])
    assert client_for(charlie).post(panel).status_code == 404
    assert client_for(bob).post(panel).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_tree(client_for, alice, draft, django_assert_max_num_queries):
    browser = client_for(alice)
    with django_assert_max_num_queries(12):
        browser.get(address(draft))
