"""A group that was asked nearly alike a short while ago says less; nobody can change that after the launch."""

import datetime
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from diagnostics.checklists.drafting import reworded, with_new_indicator
from diagnostics.checklists.model_words import asking, source_of_recipe
from diagnostics.surveys.actions.lifecycle import launch_survey
from diagnostics.surveys.actions.participants import add_participant, correct_address, remove_participant
from diagnostics.surveys.actions.starting_in_room import start_in_room
from diagnostics.surveys.audience.tree import tree_of
from diagnostics.surveys.history.models import AskedLeaf
from diagnostics.surveys.history.resemblance import resembling, words_only_leaves
from diagnostics.surveys.models import Survey, SurveyGroup
from spaces.actions.groups import add_person, remove_person
from spaces.models import Space, Workspace
from tests.diagnostics.checklists.owning import PULSE, published
from tests.diagnostics.launched import NOW, draft_in, launched_survey, opened, workspace_of

DAY = datetime.timedelta(days=1)
PHARMACY = "Pharmacy"


@pytest.fixture
def first(alice, instrument) -> Survey:
    return launched_survey(alice)


@pytest.fixture
def workspace(first) -> Workspace:
    return first.workspace


def stopped(survey: Survey, at: datetime.datetime, status: str = "closed") -> None:
    opened(survey)
    Survey.objects.filter(pk=survey.pk).update(status=status, stopped_at=at)


def leave(workspace: Workspace, by, *names: str) -> None:
    for name in names:
        remove_person(person=workspace.people.get(name=name), by=by)


def come(workspace: Workspace, by, number: int, team: str = PHARMACY) -> None:
    group = workspace.groups.get(name=team)
    for one in range(number):
        add_person(workspace=workspace, name=f"New {one}", email=f"new{one}@example.org", group=group, by=by)


def again(workspace: Workspace, by, *, now=NOW, **changes) -> Survey:
    draft = draft_in(workspace, *workspace.groups.filter(parent=None), by=by, **changes)
    return launch_survey(survey=draft, by=by, now=now)


def words_only(survey: Survey) -> set[str]:
    """Names, read from the table itself."""
    flagged = set(SurveyGroup.objects.filter(survey=survey, is_words_only=True).values_list("public_id", flat=True))
    assert words_only_leaves(survey) == flagged
    return set(SurveyGroup.objects.filter(public_id__in=flagged).values_list("name", flat=True))


# --- How many differ --------------------------------------------------------------------------------------


def test_a_first_survey_says_all_it_can(first):
    assert words_only(first) == set()


def test_the_same_people_again_say_all_they_can(workspace, alice):
    assert words_only(again(workspace, alice)) == set()


@pytest.mark.parametrize(("more", "groups"), [(1, {PHARMACY}), (4, {PHARMACY}), (5, set())])
def test_one_to_four_people_more(workspace, alice, more, groups):
    come(workspace, alice, more)
    assert words_only(again(workspace, alice)) == groups


def test_the_higher_the_minimum_the_more_people_may_not_differ(workspace, alice):
    come(workspace, alice, 5)
    assert words_only(again(workspace, alice, k=6)) == {PHARMACY}


def test_one_who_left(workspace, alice):
    leave(workspace, alice, "Pharmacy 1")
    assert words_only(again(workspace, alice)) == {PHARMACY}


def test_one_who_left_is_missed_under_another_secret_of_the_site_too(workspace, alice, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another one"
    leave(workspace, alice, "Pharmacy 1")
    assert words_only(again(workspace, alice)) == {PHARMACY}


def test_a_name_with_a_tag_is_the_same_mailbox(workspace, alice):
    person = workspace.people.get(name="Pharmacy 1")
    person.email = "Pharmacy1+work@example.org"
    person.save()
    assert words_only(again(workspace, alice)) == set()


def test_groups_asked_as_one_are_compared_with_what_they_were(workspace, alice):
    parts = sorted(workspace.groups.filter(name__in=["Pharmacy", "Podiatry"]).values_list("public_id", flat=True))
    survey = again(workspace, alice, joined=[{"name": "Therapies", "groups": parts}])  # three more than Pharmacy
    assert words_only(survey) == {"Therapies"}


def test_statements_of_ones_own_do_not_hide_that_the_same_is_asked(workspace, alice):
    """The model's words under keys of one's own, then other words in the same place: nobody is found by subtraction."""
    leave(workspace, alice, "Pharmacy 1")
    source = asking(source_of_recipe(PULSE), ())
    for text in ("We agree on what matters here.", source.indicator("T7").wordings["team"].text):
        made = with_new_indicator(source, "task", title="Ours")
        made = replace(reworded(made, "Own1", "team", text), name=text[:30])
        made = made.with_indicator(replace(made.indicator("Own1"), topic="ours"))
        version = published(workspace, alice, made, name=text[:30])
        assert words_only(again(workspace, alice, preset="own", own_version=version)) == {PHARMACY}


def test_every_earlier_list_counts_not_only_the_nearest(workspace, alice):
    """The same list as the second, but one less than the first: the third must not give the leaver away."""
    leave(workspace, alice, "Pharmacy 1")
    again(workspace, alice)
    assert words_only(again(workspace, alice)) == {PHARMACY}


# --- How long ago, and what was asked ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "groups"),
    [(59 * DAY, {PHARMACY}), (60 * DAY - datetime.timedelta(seconds=1), {PHARMACY}), (60 * DAY, set())],
)
def test_sixty_days_from_the_close_of_the_earlier_one(first, workspace, alice, gap, groups):
    stopped(first, NOW + 20 * DAY)
    come(workspace, alice, 1)
    now = NOW + 20 * DAY + gap
    assert words_only(again(workspace, alice, now=now, closes_at=now + DAY)) == groups


def test_one_that_is_still_open_is_never_long_ago(workspace, alice):
    come(workspace, alice, 1)
    now = NOW + 200 * DAY
    assert words_only(again(workspace, alice, now=now, closes_at=now + DAY)) == {PHARMACY}


def test_one_that_was_cancelled_told_nothing(first, workspace, alice):
    stopped(first, NOW, "cancelled")
    come(workspace, alice, 1)
    assert words_only(again(workspace, alice)) == set()


def test_other_statements_tell_nothing_of_these(workspace, alice):
    come(workspace, alice, 1)
    assert words_only(again(workspace, alice, primary_space="self", spaces_asked=["self"])) == set()
    assert words_only(again(workspace, alice, preset="pulse")) == {PHARMACY}  # some of the same


def test_another_workspace_is_another_world(workspace, alice, instrument):
    elsewhere = workspace_of(alice, name="Southmoor")
    survey = launched_survey(alice, workspace=elsewhere, teams={"District nursing": 8, "Pharmacy": 7, "Podiatry": 3})
    assert words_only(survey) == set()


# --- Lists that change while the survey is open -----------------------------------------------------------


def test_somebody_added_late_is_in_the_list_from_then_on(first, workspace, alice):
    late = {"name": "Late", "email": "late@example.org"}
    add_participant(survey=opened(first), group=first.groups.get(name=PHARMACY), **late, by=alice)
    assert words_only(again(workspace, alice)) == {PHARMACY}


def test_somebody_removed_makes_either_list_nearly_the_same(first, workspace, alice):
    opened(first)
    remove_participant(participant=first.participants.get(name="Pharmacy 1"), by=alice)
    assert words_only(again(workspace, alice)) == {PHARMACY}
    leave(workspace, alice, "Pharmacy 1")
    assert words_only(again(workspace, alice)) == {PHARMACY}


def test_an_address_corrected_may_be_another_person(first, workspace, alice):
    opened(first)
    correct_address(participant=first.participants.get(name="Pharmacy 1"), email="other@example.org", by=alice)
    assert words_only(again(workspace, alice)) == {PHARMACY}


# --- Links and rooms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "is_less"), [(20, False), (21, True), (11, True), (29, True), (30, False)])
def test_by_shared_link_the_size_of_the_same_group_counts(workspace, alice, size, is_less):
    shared = {"entry": "shared", "k": 10}
    key = workspace.groups.get(name=PHARMACY).public_id
    again(workspace, alice, **shared, sizes={key: 20})
    survey = again(workspace, alice, **shared, sizes={key: size})
    assert (PHARMACY in words_only(survey)) is is_less


def room(workspace: Workspace, by, now: datetime.datetime, *, title: str, space: str = "team") -> Survey:
    lasts = datetime.timedelta(hours=1)
    asked = {
        "title": title,
        "space": Space.objects.get(pk=space),
        "people": 12,
        "lasts": lasts,
        "zone": "Europe/London",
    }
    return start_in_room(workspace=workspace, **asked, by=by, now=now)


@pytest.mark.parametrize(
    ("gap", "space", "is_less"),
    [(6 * DAY, "team", True), (7 * DAY, "team", False), (DAY, "self", False)],
)
def test_a_room_within_seven_days(alice, instrument, gap, space, is_less):
    workspace = workspace_of(alice)
    one = room(workspace, alice, NOW, title="Monday")
    stopped(one, NOW + DAY)
    second = room(workspace, alice, NOW + DAY + gap, title="Again", space=space)
    assert (words_only(one), bool(words_only(second))) == (set(), is_less)


def test_the_page_that_starts_a_room_says_so(client_for, alice, instrument):
    workspace, browser = workspace_of(alice), client_for(alice)
    page = reverse("surveys:new_in_room", args=[workspace.public_id])
    assert 'id="lately"' not in browser.get(page).content.decode()
    held = room(workspace, alice, timezone.now(), title="Monday")
    assert "in a room of this workspace is still open" in browser.get(page).content.decode()
    stopped(held, timezone.now() - 6 * DAY)
    assert "in a room of this workspace closed on" in browser.get(page).content.decode()
    Survey.objects.filter(pk=held.pk).update(stopped_at=timezone.now() - 8 * DAY)
    assert 'id="lately"' not in browser.get(page).content.decode()


# --- The launch says so, and it is kept -------------------------------------------------------------------


def test_the_launch_page_says_so_in_words(client_for, first, workspace, alice):
    draft = draft_in(workspace, *workspace.groups.filter(parent=None), by=alice, title="Another one")
    page = reverse("surveys:step", args=[draft.public_id, "check"])
    assert "Asked a short while ago" not in client_for(alice).get(page).content.decode()
    come(workspace, alice, 2)
    content = client_for(alice).get(page).content.decode()
    assert "Asked a short while ago" in content
    assert "Pharmacy: 2 people differ from the list of “How do we lead here?”, which is still open." in content
    assert "District nursing:" not in content
    closed_at = timezone.now() - DAY
    stopped(first, closed_at)
    day = f"{closed_at.astimezone(first.zone):%-d %B %Y}"
    assert f"which closed on {day}." in client_for(alice).get(page).content.decode()


def test_the_forecast_promises_no_more_than_words(client_for, first, workspace, alice):
    draft = draft_in(workspace, *workspace.groups.filter(parent=None), by=alice)
    page = reverse("reports:forecast", args=[draft.public_id])
    assert "words only" not in client_for(alice).get(page).content.decode()
    come(workspace, alice, 2, team="District nursing")
    rows = client_for(alice).get(page).content.decode().partition("<dl")[0].split("<tr")  # below are those of joining
    assert ["District nursing" in row for row in rows if "words only" in row] == [True]


def test_the_launch_keeps_what_the_page_said(workspace, alice):
    come(workspace, alice, 2)
    draft = draft_in(workspace, *workspace.groups.filter(parent=None), by=alice)
    said = {one.leaf.name for one in resembling(draft, tree_of(draft), now=NOW)}
    assert words_only(launch_survey(survey=draft, by=alice, now=NOW)) == said == {PHARMACY}


@pytest.mark.parametrize("becomes", [True, False])
def test_the_database_refuses_to_change_it(workspace, alice, becomes):
    come(workspace, alice, 1)
    groups = SurveyGroup.objects.filter(survey=again(workspace, alice), is_words_only=not becomes)
    assert groups.exists()
    with pytest.raises(IntegrityError, match="settled when it is launched"), transaction.atomic():
        groups.update(is_words_only=becomes)


def test_it_takes_no_more_questions_for_five_thousand_people(workspace, alice):
    few, many = (_asked_with(workspace, alice, size) for size in (10, 5_000))
    assert many == few
    assert _compared(workspace, alice) < 10


def _asked_with(workspace: Workspace, by, size: int) -> int:
    group = workspace.groups.get(name=PHARMACY)
    Person = type(workspace.people.first())
    old = group.people.count()
    Person.objects.bulk_create(
        Person(workspace=workspace, name=f"P {n}", email=f"p{n}@x.org", mailbox=f"p{n}@x.org", group=group)
        for n in range(old, size)
    )
    draft = draft_in(workspace, *workspace.groups.filter(parent=None), by=by)
    with CaptureQueriesContext(connection) as asked:
        launch_survey(survey=draft, by=by, now=NOW)
    written = ("INSERT INTO", "SAVEPOINT", "RELEASE")  # people some hundreds at a time
    return sum(not query["sql"].startswith(written) for query in asked)


def _compared(workspace: Workspace, by) -> int:
    draft = draft_in(workspace, *workspace.groups.filter(parent=None), by=by)
    nodes = tree_of(draft)
    with CaptureQueriesContext(connection) as asked:
        assert len(resembling(draft, nodes, now=NOW)) == 0
    assert AskedLeaf.objects.filter(size__gte=5_000).exists()
    return len(asked)
