"""Choosing groups of a closed survey, reading them side by side, and who may."""

import html
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.accounts.models import User
from core.jobs.models import Job
from diagnostics.surveys.actions.lifecycle import launch_survey
from diagnostics.surveys.job_names import OPEN_SURVEY
from diagnostics.surveys.models import Survey
from reports.comparisons.access import load_comparison
from reports.comparisons.actions import Chosen, compare_groups
from reports.comparisons.models import Comparison
from reports.editions.access import sight_of
from reports.editions.models import Edition, PublishedSlice
from reports.editions.releasing import release, withdraw_release
from reports.files.asking import ask_for_file
from reports.files.subjects import COMPARISON
from reports.pages.comparisons.page import ACROSS, comparison_page
from reports.readings.comparison.comparison import read_comparison
from reports.writers.tables.tidy import comparison_csv
from reports.writers.tables.workbook import comparison_workbook
from spaces.actions.groups import add_person, create_group
from spaces.models import Group
from tests.conftest import make_user
from tests.diagnostics.launched import NOW, draft_in, workspace_of
from tests.pages import tight
from tests.reports.recomputed import difference_said
from tests.reports.stories import made
from tests.reports.surveys import answer, close, everything, invitations_of, run_job

WHOLE, NORTH, SOUTH = "Northmoor", "North", "South"
NURSES, PHARMACY, WARDS, THEATRES = "District nursing", "Pharmacy", "Wards", "Theatres"
SMALL = "Podiatry", "Dietetics"  # counted together in South
TREE = {NORTH: {NURSES: 12, PHARMACY: 6}, SOUTH: {WARDS: 11, THEATRES: 6, SMALL[0]: 3, SMALL[1]: 4}}
RATED = {NURSES: 4, PHARMACY: 2, WARDS: 3, THEATRES: 5, SMALL[0]: 3, SMALL[1]: 3}


@pytest.fixture(scope="module", autouse=True)
def everything_here(made_once) -> None:
    """Two organisations of teams; two teams are counted together. Bob is a consultant, Dora a facilitator."""
    with made_once():
        alice, bob, dora = (make_user(name) for name in ("Alice", "Bob", "Dora"))
        workspace = workspace_of(alice, consultant=bob, facilitator=dora)
        draft = draft_in(workspace, organisations_in(workspace, alice), by=alice)
        survey = run_job(OPEN_SURVEY, launch_survey(survey=draft, by=alice, now=NOW))
        for team, rating in RATED.items():
            people = invitations_of(survey, team)
            answer(people[:-3], everything(rating))
            answer(people[-3:], everything(3))
        close(survey)


@pytest.fixture
def alice(db) -> User:
    return User.objects.get(name="Alice")


@pytest.fixture
def bob(db) -> User:
    return User.objects.get(name="Bob")


@pytest.fixture
def dora(db) -> User:
    return User.objects.get(name="Dora")


@pytest.fixture
def edition(db) -> Edition:
    return Edition.objects.get()


def organisations_in(workspace, by) -> Group:
    whole = create_group(workspace=workspace, name=WHOLE, kind="system", by=by)
    for organisation, teams in TREE.items():
        above = create_group(workspace=workspace, name=organisation, kind="organisation", parent=whole, by=by)
        for team, size in teams.items():
            group = create_group(workspace=workspace, name=team, kind="team", parent=above, by=by)
            for number in range(size):
                address = f"{team.lower().replace(' ', '-')}{number}@example.org"
                add_person(workspace=workspace, name=f"{team} {number}", email=address, group=group, by=by)
    return whole


def part(name: str) -> PublishedSlice:
    """Of the last edition."""
    return PublishedSlice.objects.filter(group__name=name, kind__in=["team", "group"]).latest("edition_id")


def small() -> PublishedSlice:
    return PublishedSlice.objects.get(kind="other groups")


def compared(edition: Edition, by, *names: str, **groupings: tuple[str, ...]) -> Comparison:
    """The groups of these names, and groupings under a name."""
    chosen = [Chosen((part(name),)) for name in names]
    chosen += [Chosen(tuple(part(one) for one in members), name) for name, members in groupings.items()]
    made = compare_groups(edition=edition, chosen=chosen, sight=sight_of(by, edition), by=by, now=NOW)
    return Comparison.objects.for_reading().get(pk=made.pk)


def choose(survey: Survey, query: str = "") -> str:
    return reverse("reports:compare", args=[survey.public_id]) + query


def page_of(comparison: Comparison, query: str = "") -> str:
    return reverse("reports:comparison", args=[comparison.public_id]) + query


def posted(*chosen: PublishedSlice, **more: str) -> dict[str, object]:
    return {"groups": [one.public_id for one in chosen], **more}


def words(response) -> str:
    return html.unescape(tight(response))


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", words(response).partition("<main")[2]))


# --- choosing ---


def test_the_survey_s_page_leads_to_the_choice(edition, alice, client_for):
    address = reverse("reports:survey", args=[edition.survey.public_id])
    assertContains(client_for(alice).get(address), choose(edition.survey))


def test_groups_stand_in_the_order_of_the_survey_with_the_small_ones_named(edition, alice, client_for):
    seen = text(client_for(alice).get(choose(edition.survey)))
    names = [WHOLE, NORTH, NURSES, PHARMACY, SOUTH, "Other groups in South", THEATRES, WARDS]
    places = [re.search(rf"{name} (System|Organisation|Team|counted together) ·", seen).start() for name in names]
    assert places == sorted(places)
    assert "Other groups in South counted together · 7 people: Dietetics, Podiatry" in seen
    assert not re.search(r"(Podiatry|Dietetics) Team", seen)


def test_a_choice_becomes_a_page_and_the_same_choice_the_same_page(edition, alice, bob, client_for):
    first = client_for(alice).post(choose(edition.survey), posted(part(WARDS), part(NURSES)))
    again = client_for(bob).post(choose(edition.survey), posted(part(NURSES), part(WARDS)))
    made = Comparison.objects.get()
    for answered in (first, again):
        assertRedirects(answered, page_of(made), fetch_redirect_response=False)
    assert [group["slices"] for group in made.groups] == [[part(NURSES).public_id], [part(WARDS).public_id]]
    assert made.is_against_others


def test_a_comparison_can_be_named_and_renamed_by_whoever_made_it(edition, alice, dora, client_for, now):
    release(edition=edition, by=alice, now=now, to=dora)
    client = client_for(dora)
    choose = reverse("reports:compare", args=[edition.survey.public_id])
    groups = {"groups": [part(NURSES).public_id, part(WARDS).public_id]}
    client.post(choose, groups | {"name": "  Day and   night "})
    named = Comparison.objects.get()
    page, rename = (reverse(f"reports:{name}", args=[named.public_id]) for name in ("comparison", "rename_comparison"))
    assertContains(client.get(page), "<h1>Day and night</h1>")
    assertContains(client.get(choose), "Day and night")
    assert "Day and night.pdf" in COMPARISON.file_name(named, None, "pdf")
    assert read_comparison(named).title == "Day and night"
    client.post(choose, groups)
    assert Comparison.objects.count() == 2, "without a name it is another one"
    assertContains(client.post(rename, {"name": ""}), "There is a comparison of these groups with this name already")

    job = made(ask_for_file(of=named, kind="comparison_csv", by=dora))
    assertRedirects(client.post(rename, {"name": "Wards"}), page)
    assertContains(client.get(page), "<h1>Wards</h1>")
    assert not named.documents.exists()
    assert not Job.objects.filter(pk=job.pk).exists(), "so that it can be made under the new name"
    stranger = make_user("Fay")
    edition.survey.workspace.memberships.create(user=stranger, role="facilitator")
    release(edition=edition, by=alice, now=now, to=stranger)
    assert client_for(stranger).post(rename, {"name": "Mine"}).status_code == 403
    assert client_for(alice).get(rename).status_code == 200


def test_groups_counted_together_have_a_name_of_one_s_own(edition, alice, client_for):
    chosen = part(NURSES), part(PHARMACY), part(WARDS), small()
    grouping = {f"with_{one.public_id}": "B" for one in (part(WARDS), small())}
    client_for(alice).post(choose(edition.survey), posted(*chosen, name_B="Beds  and more", **grouping))
    made = Comparison.objects.get()
    assert [(group["name"], len(group["slices"])) for group in made.groups] == [("", 1), ("", 1), ("Beds and more", 2)]
    seen = text(client_for(alice).get(page_of(made)))
    assert "Your own grouping: Other groups in South and Wards." in seen
    assert "Beds and more 18 people" in seen


@pytest.fixture
def client_of_alice(alice, client_for):
    return client_for(alice)


def refused(client, survey: Survey, *chosen: PublishedSlice, **more: str):
    answered = client.post(choose(survey), posted(*chosen, **more))
    assert answered.status_code == 200
    assert not Comparison.objects.exists()
    return answered


def errors(response) -> list[str]:
    return re.findall(r'<div class="invalid-feedback"[^>]*><div>(.*?)</div>', words(response))


@pytest.mark.parametrize(
    ("counted", "names", "said"),
    [
        ({NURSES: "A", WARDS: "A"}, {}, ["Name the groups that you count together as A"]),
        ({NURSES: "A"}, {"A": "Days"}, ["Choose a second group for “Days”, or let District nursing stand on its own"]),
        ({}, {"C": "Days"}, ["Choose the groups of “Days”, or take the name out"]),
        ({NURSES: "A", WARDS: "A"}, {"A": "pharmacy"}, ["Choose another name: “pharmacy” is that of another group"]),
        (
            {NURSES: "A", WARDS: "A", PHARMACY: "B", THEATRES: "B"},
            {"A": "Days", "B": "Days"},
            ["Choose another name: “Days” is that of another group"],
        ),
        ({NURSES: "A", WARDS: "A"}, {"A": "D" * 81}, ["Shorten this to 80 characters; it has 81 now."]),
    ],
)
def test_what_cannot_be_compared_says_why_and_loses_nothing(edition, client_of_alice, counted, names, said):
    teams = [part(name) for name in (NURSES, PHARMACY, WARDS, THEATRES)]
    more = {f"with_{part(team).public_id}": letter for team, letter in counted.items()}
    more |= {f"name_{letter}": name for letter, name in names.items()}
    answered = refused(client_of_alice, edition.survey, *teams, **more)
    seen = words(answered)
    assert errors(answered) == said
    assert "<title>Error: Compare groups" in seen
    assert seen.count(" checked>") == 4
    assert all(f'value="{name}"' in seen for name in names.values())
    assert len(re.findall(r'<option value="[A-D]" selected>', seen)) == len(counted)


def test_what_is_counted_together_is_asked_of_the_ticked_groups_alone(edition, alice, client_for):
    teams = [part(name) for name in (NURSES, WARDS)]
    assert not counted_beside(client_for(alice).get(choose(edition.survey)))
    assert not counted_beside(refused(client_for(alice), edition.survey, teams[0]))
    asked = refused(client_for(alice), edition.survey, *teams, together="yes")
    assert counted_beside(asked) == {one.public_id for one in teams}
    assert errors(asked) == []
    assert words(asked).count(" checked>") == 2


def test_counting_together_needs_groups(edition, alice, client_for):
    assert errors(refused(client_for(alice), edition.survey, together="yes")) == [
        "Choose at least two groups to compare"
    ]


def test_of_many_groups_some_are_found_by_name_and_what_is_ticked_stays(edition, alice, client_for, monkeypatch):
    client = client_for(alice)
    assert 'name="q"' not in words(client.get(choose(edition.survey)))
    monkeypatch.setattr("reports.pages.comparisons.forms.LISTED", 2)
    first = client.get(choose(edition.survey))
    assert "Listed: 2 of 8 groups." in words(first)
    found = refused(client, edition.survey, part(NURSES), q="WAR", sought="")
    assert errors(found) == []
    assert listed(found) == [WHOLE, NORTH, NURSES, SOUTH, WARDS]
    assert words(found).count(" checked>") == 1
    client.post(choose(edition.survey), posted(part(NURSES), part(WARDS), q="WAR", sought="WAR"))
    assert len(Comparison.objects.get().groups) == 2


def listed(response) -> list[str]:
    return re.findall(r'<span class="strong">(.*?)</span>', words(response))


def counted_beside(response) -> set[str]:
    return set(re.findall(r'<select name="with_(\w+)"', words(response)))


def test_one_group_alone_is_no_comparison(edition, alice, client_for):
    for chosen in ((), (part(NURSES),)):
        answered = refused(client_for(alice), edition.survey, *chosen)
        assert errors(answered) == ["Choose at least two groups to compare"]


def test_all_chosen_groups_in_one_grouping_are_one_group(edition, alice, client_for):
    together = {f"with_{part(name).public_id}": "A" for name in (NURSES, WARDS)}
    answered = refused(client_for(alice), edition.survey, part(NURSES), part(WARDS), name_A="Days", **together)
    assert errors(answered) == ["Choose at least two groups to compare"]


def test_nobody_is_counted_twice_in_a_grouping(edition, alice, client_for):
    together = {f"with_{part(name).public_id}": "A" for name in (NORTH, NURSES)}
    chosen = part(NORTH), part(NURSES), part(WARDS)
    answered = refused(client_for(alice), edition.survey, *chosen, name_A="Days", **together)
    assert errors(answered) == [
        "One of these groups is part of another: North, District nursing. Nobody may be counted twice; choose one of "
        "them."
    ]


def test_too_many_groups_at_once_are_refused(edition, alice):
    chosen = [Chosen((part(NURSES),))] * 61
    with pytest.raises(ValidationError, match="Choose at most 60 groups"):
        compare_groups(edition=edition, chosen=chosen, sight=sight_of(alice, edition), by=alice, now=NOW)


def test_what_is_not_of_the_survey_cannot_be_chosen(edition, alice, client_for):
    answered = client_for(alice).post(choose(edition.survey), {"groups": [part(NURSES).public_id, "another"]})
    assert answered.status_code == 200
    assert not Comparison.objects.exists()


def test_every_team_is_ticked_at_once_and_nobody_twice(edition, alice, client_for):
    seen = words(client_for(alice).get(choose(edition.survey, "?tick=teams")))
    ticked = re.findall(r'value="(\w+)" checked>', seen)
    atoms = PublishedSlice.objects.exclude(kind="group").values_list("public_id", flat=True)
    assert ticked == list(atoms)


def test_other_groups_are_chosen_beginning_with_the_last_choice(edition, alice, client_for):
    made = compared(edition, alice, WHOLE, Days=(NURSES, WARDS))
    page = client_for(alice).get(page_of(made))
    again = choose(edition.survey, f"?from={made.public_id}")
    assertContains(page, again)
    seen = words(client_for(alice).get(again))
    assert seen.count(" checked>") == 3
    assert 'value="Days"' in seen
    assert len(re.findall(r'<option value="A" selected>', seen)) == 2


def test_what_one_has_compared_before_is_found_again(edition, alice, bob, client_for):
    made = compared(edition, alice, NORTH, PHARMACY, THEATRES, Days=(NURSES, WARDS))
    compared(edition, alice, NURSES, PHARMACY, WARDS, THEATRES, SOUTH, NORTH)
    page = client_for(alice).get(choose(edition.survey))
    assertContains(page, page_of(made))
    seen = text(page)
    assert "Comparison of 4 groups North, Days, Pharmacy, Theatres ·" in seen
    assert "Comparison of 6 groups North, District nursing, Pharmacy, South and 2 more ·" in seen
    assertNotContains(client_for(bob).get(choose(edition.survey)), page_of(made))


# --- reading ---


def test_small_maps_say_what_the_groups_reports_say(edition, alice, client_for):
    seen = words(client_for(alice).get(page_of(compared(edition, alice, NURSES, WARDS))))
    assert "<h1>Comparison of 2 groups</h1>" in seen
    assert "23 people answered, 16 November to" in seen
    for name in (NURSES, WARDS):
        cell = part(name).content["cells"][0]
        assert f"Task in the team: {cell['score']:.1f} out of 5" in seen
        assert f'href="{reverse("reports:slice", args=[part(name).public_id])}">{name}</a>' in seen
    assert seen.index(f">{NURSES}</a>") < seen.index(f">{WARDS}</a>")
    assert '<caption class="visually-hidden">Wards: level and score by condition and space</caption>' in seen


def test_groups_counted_together_say_so(edition, alice, client_for):
    made = compare_groups(
        edition=edition,
        chosen=[Chosen((small(),)), Chosen((part(NURSES),))],
        sight=sight_of(alice, edition),
        by=alice,
        now=NOW,
    )
    assertContains(
        client_for(alice).get(page_of(made)), "2 groups with fewer than five answers each, counted together."
    )


def told_on_page(comparison: Comparison) -> list[dict]:
    """What the reading says of every cell, as `told` does."""
    reading = read_comparison(comparison)
    return [
        {
            place: (
                (one.word, one.difference, one.low, one.high, one.others.score, one.others.n, one.others.without)
                if one.is_compared
                else (one.word,)
            )
            for place, one in group.differences.items()
        }
        for group in reading.groups
    ]


def test_the_page_begins_with_what_it_comes_to(edition, alice, client_for):
    """3.8 of twelve and 4.0 of six people are higher than the rest in every cell; 2.5 of six is not lower."""
    seen = text(client_for(alice).get(page_of(compared(edition, alice, NURSES, PHARMACY, THEATRES))))
    said = [
        "District nursing and Theatres differ clearly from everybody else",
        "District nursing is clearly higher in all 5 cells.",
        "Theatres is clearly higher in all 5 cells.",
        "Nothing else differs clearly.",
        "Every clear difference",
        "Task in the team : 3.8, everybody else 3.1: 0.7 higher",
        "5 cells show no clear difference. The whole report has 10 such words, and about 1 of them may be chance.",
        "Each group as its own people see it",
    ]
    places = [seen.index(sentence) for sentence in said]
    assert places == sorted(places)
    assert "(everybody else without 1 group that differs most)" in seen


def test_where_nothing_differs_the_page_says_so(edition, alice, client_for):
    seen = text(client_for(alice).get(page_of(compared(edition, alice, PHARMACY, WARDS))))
    assert "No group differs clearly from everybody else" in seen
    assert "None of the 10 cells that are compared shows a clear difference. That is the usual outcome." in seen
    assert "Every clear difference" not in seen
    assert "The whole report has 10 such words, and about 1 of them may be chance. Words are given once" in seen


def test_the_same_people_are_listed_once_under_two_names(edition, alice):
    """North without its pharmacy would be District nursing; here a grouping and a group hold the same teams."""
    reading = read_comparison(compared(edition, alice, NORTH, Days=(NURSES, PHARMACY)))
    north, days = reading.groups
    assert len(north.clear) == len(days.clear)
    assert len(reading.clear) == len(north.clear)
    assert ("under another name" in reading.summary.rest) is bool(north.clear)


def test_a_word_does_not_depend_on_what_is_ticked(edition, alice):
    few = read_comparison(compared(edition, alice, NURSES, WARDS)).groups[0]
    many = read_comparison(compared(edition, alice, NORTH, NURSES, PHARMACY, SOUTH, THEATRES, WARDS)).groups[1]
    assert few.name == many.name == NURSES
    assert [one.accessible_text for one in few.differences.values()] == [
        one.accessible_text for one in many.differences.values()
    ]


@pytest.mark.parametrize(
    ("names", "groupings"),
    [
        ((NURSES, PHARMACY, WARDS, THEATRES), {}),
        ((NORTH, WARDS), {}),  # a group with others beside it, against teams of South
        ((NORTH, NURSES, WHOLE), {}),  # a team beside the groups around it
        ((PHARMACY,), {"Days": (NURSES, WARDS)}),
        ((NORTH,), {"Days": (SOUTH, PHARMACY)}),  # everybody is in it
    ],
)
def test_everybody_else_is_whoever_is_not_in_the_group(edition, alice, names, groupings):
    """Worked out again from the published cells of the atoms of each group and of all that are not."""
    made = compared(edition, alice, *names, **groupings)
    atoms = {
        NORTH: [NURSES, PHARMACY],
        SOUTH: ["small", WARDS, THEATRES],
        WHOLE: [NURSES, PHARMACY, "small", WARDS, THEATRES],
    }
    order = [*PublishedSlice.objects.exclude(kind="group")]
    numbers = {"small" if one.kind == "other groups" else one.group.name: at for at, one in enumerate(order)}
    inside = []
    for group in made.groups:
        members = [PublishedSlice.objects.get(public_id=one).group.name for one in group["slices"]]
        inside.append({numbers[atom] for member in members for atom in atoms.get(member, [member])})
    sides = [{place: cell.stored() for place, cell in group.cells.items()} for group in read_comparison(made).groups]
    spreads = {(one["condition"], one["space"]): (one["sd"], one["df"]) for one in edition.ledger["compared"]}

    assert told_on_page(made) == difference_said(sides, inside, [cells(one) for one in order], spreads)


def cells(one: PublishedSlice) -> dict:
    return {(cell["condition"], cell["space"]): cell for cell in one.content["cells"]}


def test_the_order_of_choosing_changes_nothing(edition, alice):
    first = compared(edition, alice, WARDS, PHARMACY, Days=(THEATRES, NURSES))
    second = compared(edition, alice, PHARMACY, WARDS, Days=(NURSES, THEATRES))
    assert first.pk == second.pk
    assert compared(edition, alice, WARDS, PHARMACY, Nights=(NURSES, THEATRES)).pk != first.pk


def test_a_difference_is_a_figure_an_interval_and_a_whole_sentence(edition, alice, client_for):
    made = compared(edition, alice, NURSES, PHARMACY, WARDS)
    seen = words(client_for(alice).get(page_of(made)))
    group = read_comparison(made).groups[0]
    found = group.differences["task", "team"]
    assert found.word == "higher"
    assert found.accessible_text.startswith("District nursing, Task in the team: 3.8, everybody else 3.1, ")
    assert f'<span class="visually-hidden">{found.accessible_text}</span>' in seen
    assert f'<b aria-hidden="true">{found.figure}<small>higher</small></b><svg class="difference-higher"' in seen
    assert f'd="M{found.start} 16H{found.end}"' in seen
    assert "A hollow circle means no clear difference" in seen


def test_only_words_that_stand_in_the_table_are_explained(edition, alice, client_for):
    seen = text(client_for(alice).get(page_of(compared(edition, alice, NURSES, PHARMACY))))
    assert not re.search("“With caution”|“Groups cannot be told apart”|“Too few to compare”|“≥”", seen)
    assert "Hatched" not in seen
    with_the_whole = text(client_for(alice).get(page_of(compared(edition, alice, WHOLE, NURSES))))
    assert with_the_whole.count("nobody else to compare with") == 10  # five cells, seen and spoken


@pytest.fixture
def first(edition, monkeypatch):
    """`first("alike")`: an edition of method 1.0, which says that of every cell. Editions themselves never change."""

    places = [(one["condition"], one["space"]) for one in edition.ledger["compared"]]

    def said(word: str | None, *, of: int = 5) -> None:
        told = [[*place, word if number < of else "apart"] for number, place in enumerate(places)]
        ledger = {name: value for name, value in edition.ledger.items() if name != "compared"}
        monkeypatch.setattr(edition, "ledger", {**ledger, **({"between": told} if word else {})})
        monkeypatch.setattr(edition, "method_version", "1.0")

    return said


def test_where_no_cell_tells_groups_apart_nothing_is_compared(edition, alice, first):
    made = of(edition, compared(edition, alice, NURSES, WARDS))
    first("alike")
    reading = read_comparison(made)
    assert not reading.can_tell_apart
    assert not reading.clear
    assert {one.text for group in reading.groups for one in group.differences.values()} == {
        "groups cannot be told apart"
    }
    assert reading.summary.headline == "Nothing can be compared here"


def test_an_edition_from_before_this_was_judged_is_compared_all_the_same(edition, alice, first):
    made = of(edition, compared(edition, alice, PHARMACY, THEATRES))
    first(None)
    reading = read_comparison(made)
    assert reading.can_tell_apart
    assert "lower" in {one.text for one in reading.groups[0].clear}
    assert comparison_csv(reading)
    assert comparison_workbook(reading)


def test_cells_that_tell_groups_apart_with_caution_or_not_are_explained(edition, alice, first):
    made = of(edition, compared(edition, alice, PHARMACY, THEATRES))
    first("caution", of=2)
    assert "with_caution" in comparison_page(read_comparison(made), space="team").words
    assert "lower, with caution" in {one.text for one in read_comparison(made).groups[0].clear}
    first("alike", of=2)
    assert "alike" in comparison_page(read_comparison(made), space="team").words


def test_an_edition_of_method_1_keeps_its_own_words(edition, alice, first):
    """2.5 against 3.8 in a view of two groups: by 1.0 both are held against chance together."""
    made = of(edition, compared(edition, alice, PHARMACY, THEATRES))
    first("apart")
    reading = read_comparison(made)
    found = reading.groups[0].differences["task", "team"]
    assert reading.is_of_first_method
    assert (found.word, found.others.views_differ, found.without) == ("lower", False, "")
    assert reading.summary.chance == "About one in ten of such words may be chance."


def of(edition: Edition, comparison: Comparison) -> Comparison:
    comparison.edition = edition
    return comparison


def test_an_edition_that_was_never_judged_has_no_differences(edition, alice, first):
    first(None)
    made = of(edition, compared(edition, alice, NURSES, WARDS))
    assert not made.is_against_others
    context = {"page": comparison_page(read_comparison(made), space=""), "reading": read_comparison(made)}
    assert "was made before the close" in render_to_string("reports/compared_differences.html", context)


def test_one_space_at_a_time(alice, client_for):
    workspace = workspace_of(alice)
    draft = draft_in(
        workspace, organisations_in(workspace, alice), by=alice, spaces_asked=["self", "team"], preset="brief"
    )
    survey = run_job(OPEN_SURVEY, launch_survey(survey=draft, by=alice, now=NOW))
    answer(invitations_of(survey, NURSES), everything(4))
    answer(invitations_of(survey, WARDS), everything(2))
    made = compared(close(survey).editions.get(), alice, NURSES, WARDS)
    client = client_for(alice)
    for query, name in (("", "Team"), ("?space=self", "Self"), ("?space=system", "Team"), ("?space=moon", "Team")):
        seen = words(client.get(page_of(made, query)))
        assert f'aria-label="Difference from everybody else: {name}"' in seen
        assert re.findall(r'<option value="(\w+)"', seen) == ["self", "team"]
    assert "Task in people’s own leadership: 4.0, everybody else 2.0" in words(client.get(page_of(made, "?space=self")))


def test_many_groups_stand_below_each_other(edition, alice, client_for):
    names = [WHOLE, NORTH, NURSES, PHARMACY, SOUTH, THEATRES, WARDS]
    few, many = (compared(edition, alice, *names[:count]) for count in (ACROSS, ACROSS + 1))
    client = client_for(alice)
    heads = [
        re.findall(r'<th scope="col">([^<]+)</th>', words(client.get(page_of(made))).partition('id="differences"')[2])
        for made in (few, many)
    ]
    assert heads == [names[:ACROSS], ["Task", "Route", "Alignment", "Capability", "Energy"]]
    rows = re.findall(
        r'<th scope="row">([^<]+)</th>', words(client.get(page_of(many))).partition('id="differences"')[2]
    )
    assert rows == names


def test_a_page_costs_the_same_however_many_groups(edition, alice, client_for, django_assert_num_queries):
    client = client_for(alice)
    for names in ((NURSES, WARDS), (WHOLE, NORTH, NURSES, PHARMACY, SOUTH, WARDS, THEATRES)):
        address = page_of(compared(edition, alice, *names))
        client.get(address)
        with django_assert_num_queries(14):  # one for the log
            client.get(address)


# --- who may ---


@pytest.fixture
def nurses_only(edition, alice, dora):
    return release(edition=edition, by=alice, now=NOW, to=dora, part=part(NURSES))


def test_an_outsider_finds_nothing_and_a_member_without_a_release_is_refused(edition, alice, charlie, dora, client_for):
    made = compared(edition, alice, NURSES, WARDS)
    for user, status in ((charlie, 404), (dora, 403)):
        for address in (choose(edition.survey), page_of(made)):
            assert client_for(user).get(address).status_code == status
        assert client_for(user).post(choose(edition.survey), posted(part(NURSES), part(WARDS))).status_code == status
    assert Comparison.objects.count() == 1


def test_whoever_may_read_everything_sees_the_tree(edition, alice, dora, client_for):
    def tree(user, address: str) -> str:
        page = client_for(user).get(address).content.decode()
        return page.partition('<ul class="plain-list group-tree tabular-nums">')[2].partition("</ul>")[0]

    report, flat = reverse("reports:survey", args=[edition.survey.public_id]), 'class="indent-1'
    for name in (WHOLE, NURSES, WARDS):
        release(edition=edition, by=alice, now=NOW, to=dora, part=part(name))
    for address in (report, choose(edition.survey)):
        assert NURSES in tree(dora, address)
        assert flat not in tree(dora, address)
    release(edition=edition, by=alice, now=NOW, to=dora)
    for address in (report, choose(edition.survey)):
        assert flat in tree(dora, address)
        assert tree(dora, address) == tree(alice, address)
    assert tree(dora, report).count("counted together in") == len(SMALL)


def test_one_readable_group_is_nothing_to_compare(edition, alice, dora, client_for, nurses_only):
    client = client_for(dora)
    survey_page = client.get(reverse("reports:survey", args=[edition.survey.public_id]))
    assertNotContains(survey_page, "Compare groups")
    assertContains(survey_page, "You can compare groups where you may read at least two.")
    page = client.get(choose(edition.survey))
    assertContains(page, "the others were not released to you, or fewer than five people answered in them")
    assertNotContains(page, "compare-choice")
    client.post(choose(edition.survey), posted(part(NURSES), part(WARDS)))
    assert not Comparison.objects.exists()


def test_the_reader_of_a_part_chooses_from_it_and_sees_no_differences(edition, alice, dora, client_for, nurses_only):
    release(edition=edition, by=alice, now=NOW, to=dora, part=part(WARDS))
    client = client_for(dora)
    seen = text(client.get(choose(edition.survey)))
    assert NURSES in seen
    assert not any(name in seen for name in (PHARMACY, THEATRES, "Other groups"))
    client.post(choose(edition.survey), posted(part(NURSES), part(WARDS), part(PHARMACY)))
    assert not Comparison.objects.exists()
    client.post(choose(edition.survey), posted(part(NURSES), part(WARDS)))
    made = Comparison.objects.for_reading().get()
    assert not made.is_against_others
    page = client.get(page_of(made))
    assertContains(page, "Differences from everybody else are not shown here")
    assertNotContains(page, "dif num")
    reading = read_comparison(made)
    assert not reading.clear
    assert not reading.between
    assert reading.whole is None
    assert {one.group.name for one in reading.slices} == {NURSES, WARDS}
    assert all(not group.differences for group in reading.groups)


def test_whoever_reads_a_part_does_not_open_what_tells_of_the_whole(edition, alice, dora, nurses_only):
    release(edition=edition, by=alice, now=NOW, to=dora, part=part(WARDS))
    managers = compared(edition, alice, NURSES, WARDS)
    theirs = compared(edition, dora, NURSES, WARDS)
    assert managers.pk != theirs.pk
    assert load_comparison(dora, theirs.public_id)
    with pytest.raises(PermissionDenied):
        load_comparison(dora, managers.public_id)
    assert load_comparison(alice, theirs.public_id)


def test_a_choice_that_the_reader_may_not_see_is_not_begun_with(edition, alice, dora, client_for, nurses_only):
    release(edition=edition, by=alice, now=NOW, to=dora, part=part(WARDS))
    managers = compared(edition, alice, NURSES, WARDS, Secret=(PHARMACY, THEATRES))
    seen = words(client_for(dora).get(choose(edition.survey, f"?from={managers.public_id}")))
    assert "Secret" not in seen
    assert " checked>" not in seen


def test_what_is_taken_back_closes_the_comparison(edition, alice, dora, client_for, nurses_only):
    wards = release(edition=edition, by=alice, now=NOW, to=dora, part=part(WARDS))
    theirs = compared(edition, dora, NURSES, WARDS)
    assert client_for(dora).get(page_of(theirs)).status_code == 200
    assertContains(client_for(dora).get(choose(edition.survey)), page_of(theirs))
    withdraw_release(release=wards, by=alice, now=NOW)
    assert client_for(dora).get(page_of(theirs)).status_code == 403
    assertNotContains(client_for(dora).get(choose(edition.survey)), page_of(theirs))
    assert client_for(alice).get(page_of(theirs)).status_code == 200
    whole = release(edition=edition, by=alice, now=NOW, to=dora)
    managers = compared(edition, alice, NURSES, WARDS)
    assert client_for(dora).get(page_of(managers)).status_code == 200
    withdraw_release(release=whole, by=alice, now=NOW)
    assert client_for(dora).get(page_of(managers)).status_code == 403


def test_a_reader_of_everything_sees_differences(edition, alice, dora, client_for):
    release(edition=edition, by=alice, now=NOW, to=dora)
    made = compared(edition, dora, NURSES, PHARMACY)
    assert made.is_against_others
    assertContains(client_for(dora).get(page_of(made)), '<table class="table differences tabular-nums">')


def test_before_there_is_a_report_the_survey_s_page_says_so(alice, client_for):
    survey = draft_in(workspace_of(alice), by=alice)
    assertRedirects(
        client_for(alice).get(choose(survey)),
        reverse("reports:survey", args=[survey.public_id]),
        fetch_redirect_response=False,
    )


def test_an_unknown_comparison_is_not_found(alice):
    with pytest.raises(Http404):
        load_comparison(alice, "nothing")
