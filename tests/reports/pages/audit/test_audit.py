"""The log of a workspace: who reads it, what it says, what it shows to owners only, and what is never in it."""

import datetime
import html
import re

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.audit.actions import record
from core.audit.models import Entry
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.actions.deleting import delete_survey
from diagnostics.surveys.actions.participants import (
    add_participant,
    correct_address,
    remove_participant,
    send_again,
)
from diagnostics.surveys.models import Participant, Survey
from reports.editions.releasing import release, withdraw_release
from reports.files.asking import ask_for_file
from reports.files.kinds import FILE_KINDS
from spaces.actions.groups import create_group, delete_group
from spaces.actions.workspaces import change_role, create_personal_workspace, remove_member
from spaces.models import Membership, Role, Workspace
from tests.conftest import make_user
from tests.diagnostics.launched import draft_in, launched_survey, opened, workspace_of
from tests.diagnostics.respondents import Browser, open_survey
from tests.reports.stories import made
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers

OLD, NEW = "pharmacy1@example.org", "pharmacist@elsewhere.example"


@pytest.fixture
def workspace(alice, bob, charlie) -> Workspace:
    for user, name in ((alice, "Ruth Adeyemi"), (bob, "Helen Marsh"), (charlie, "Charlie Outside")):
        user.name = name
        user.save()
    return workspace_of(alice, consultant=bob)


@pytest.fixture
def survey(workspace, alice, instrument) -> Survey:
    return opened(launched_survey(alice, workspace=workspace))


def person(survey: Survey, name: str = "Pharmacy 1") -> Participant:
    return survey.participants.select_related("group", "survey").get(name=name)


def page_of(browser: Client, workspace: Workspace, query: str = "") -> str:
    response = browser.get(reverse("reports:audit", args=[workspace.public_id]) + query)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def sentences(page: str) -> list[str]:
    """Newest first, without what stands below them."""
    lines = re.findall(r"</time>\s*<div>(.*?)</div>", page, re.DOTALL)
    return [" ".join(re.sub(r"<p.*?</p>", "", line, flags=re.DOTALL).split()) for line in lines]


# --- Who comes in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "status"), [(Role.CONSULTANT, 200), (Role.FACILITATOR, 403), (Role.LEADER, 403)])
def test_consultants_read_it_and_other_members_do_not(client_for, workspace, role, status):
    user = make_user("Somebody")
    Membership.objects.create(workspace=workspace, user=user, role=role)
    assert client_for(user).get(reverse("reports:audit", args=[workspace.public_id])).status_code == status


def test_outsiders_find_nothing(client_for, workspace, charlie):
    assert client_for(charlie).get(reverse("reports:audit", args=[workspace.public_id])).status_code == 404


def test_a_personal_workspace_has_none(client_for, alice):
    own = create_personal_workspace(by=alice)
    assert client_for(alice).get(reverse("reports:audit", args=[own.public_id])).status_code == 404


def test_lines_of_another_workspace_are_not_in_it(client_for, workspace, alice):
    elsewhere = workspace_of(alice, name="Southmoor")
    create_group(workspace=elsewhere, name="Secret group", kind="team", by=alice)
    assert sentences(page_of(client_for(alice), workspace)) == []


def test_it_is_found_from_the_workspace_and_from_a_person(client_for, survey, workspace, alice, bob):
    page = reverse("reports:audit", args=[workspace.public_id])
    leader = make_user("Leader")
    Membership.objects.create(workspace=workspace, user=leader, role=Role.LEADER)
    for user, is_there in ((alice, True), (bob, True), (leader, False)):
        content = client_for(user).get(workspace.get_absolute_url()).content.decode()
        assert (f'href="{page}"' in content) is is_there
    asked = reverse("surveys:participant", args=[survey.public_id, person(survey).invitation.public_id])
    links = re.findall(r'href="([^"]*/log/[^"]*)"', client_for(bob).get(asked).content.decode())
    assert client_for(bob).get(html.unescape(links[0])).status_code == 200


# --- What it says ---------------------------------------------------------------------------------------


def test_it_says_who_sent_links_anew(client_for, survey, workspace, bob):
    send_again(participant=person(survey, "Pharmacy 2"), by=bob)
    correct_address(participant=person(survey), email=NEW, by=bob)
    add_participant(survey=survey, group=person(survey).group, name="Dan Price", email="dan@example.org", by=bob)
    assert sentences(page_of(client_for(bob), workspace, f"?survey={survey.public_id}&kind=links")) == [
        "Helen Marsh added Dan Price to “How do we lead here?” after its launch.",
        "Helen Marsh sent the link of Pharmacy 1 anew to another address, in “How do we lead here?”.",
        "Helen Marsh sent the link of Pharmacy 2 anew to the same address, in “How do we lead here?”.",
    ]


def test_old_and_new_address_are_for_the_owner_only(client_for, survey, workspace, alice, bob):
    correct_address(participant=person(survey), email=NEW, by=bob)
    owners, consultants = (page_of(client_for(user), workspace) for user in (alice, bob))
    assert re.search(f"Old address: {OLD}\\s*<br>\\s*New address: {NEW}", owners)
    assert OLD not in consultants
    assert NEW not in consultants
    assert sentences(owners) == sentences(consultants)


def test_who_hands_the_workspace_over_sees_them_no_more(client_for, survey, workspace, alice, bob):
    correct_address(participant=person(survey), email=NEW, by=bob)
    Membership.objects.filter(workspace=workspace, user=alice).update(role=Role.CONSULTANT)
    Membership.objects.filter(workspace=workspace, user=bob).update(role=Role.OWNER)
    assert NEW not in page_of(client_for(alice), workspace)
    assert NEW in page_of(client_for(bob), workspace)


def test_removing_a_person_hides_nothing_that_was_done_with_their_link(client_for, survey, workspace, alice, bob):
    """Their name goes, as it was promised; that the link went elsewhere, and where, stays with the owner."""
    correct_address(participant=person(survey), email=NEW, by=bob)
    remove_participant(participant=person(survey), by=bob)
    page = page_of(client_for(alice), workspace, "?kind=links")
    assert "Pharmacy 1" not in page
    assert re.search(f"Old address: {OLD}\\s*<br>\\s*New address: {NEW}", page)
    assert sentences(page) == [
        "Helen Marsh removed somebody from “How do we lead here?”.",
        "Helen Marsh sent a link anew to another address, in “How do we lead here?”. "
        "The person has been removed since.",
    ]


def test_what_is_gone_is_named_no_more(client_for, workspace, alice, bob):
    group = create_group(workspace=workspace, name="Podiatry", kind="team", by=alice)
    assert sentences(page_of(client_for(bob), workspace)) == ["Ruth Adeyemi made the group “Podiatry”."]
    delete_group(group=group, by=alice)
    assert sentences(page_of(client_for(bob), workspace)) == [
        "Ruth Adeyemi deleted a group.",
        "Ruth Adeyemi made a group that has been deleted since.",
    ]


def test_members_who_left_are_named_and_accounts_that_are_gone_are_not(client_for, workspace, alice, bob):
    membership = Membership.objects.get(user=bob)
    change_role(membership=membership, role=Role.LEADER, by=alice)
    remove_member(membership=membership, by=alice)
    assert sentences(page_of(client_for(alice), workspace)) == [
        "Ruth Adeyemi removed Helen Marsh from the workspace. Role: Leader.",
        "Ruth Adeyemi changed the role of Helen Marsh from Consultant to Leader.",
    ]
    bob.delete()
    assert "Ruth Adeyemi removed a member from the workspace. Role: Leader." in page_of(client_for(alice), workspace)


def test_somebody_whose_account_is_gone_did_it_all_the_same(client_for, workspace, alice, bob):
    create_group(workspace=workspace, name="Podiatry", kind="team", by=bob)
    bob.delete()
    assert sentences(page_of(client_for(alice), workspace)) == [
        "Somebody whose account is gone made the group “Podiatry”."
    ]


def test_the_life_of_a_survey(client_for, workspace, alice, bob, instrument):
    survey = open_for_answers(alice, workspace=workspace)
    lifecycle.copy_survey(survey=survey, by=bob)
    delete_survey(survey=draft_in(workspace, by=bob, title="Short-lived"), by=bob, now=timezone.now())
    Survey.objects.filter(pk=survey.pk).update(title=survey.title)
    lifecycle.stop_survey(survey=survey, by=None, now=timezone.now())
    said = sentences(page_of(client_for(alice), workspace, "?kind=surveys"))
    assert sorted(said) == sorted(  # launched at the time of the tests
        [
            "“How do we lead here?” closed on its closing date.",
            "Helen Marsh deleted the draft of a survey.",
            "Helen Marsh began a survey that has been deleted since.",
            "Helen Marsh began “How do we lead here?” as a copy of an earlier survey.",
            "Ruth Adeyemi launched “How do we lead here?”. The least number for a result: 5.",
            "Ruth Adeyemi began the survey “How do we lead here?”.",
        ]
    )


def test_releases_say_to_whom(client_for, workspace, alice, instrument):
    survey = open_for_answers(alice, workspace=workspace)
    answer(invitations_of(survey), everything(4))
    edition = close(survey).editions.get()
    reader = make_user("Faye")
    Membership.objects.create(workspace=workspace, user=reader, role=Role.FACILITATOR)
    given = {"edition": edition, "by": alice, "now": timezone.now()}
    part = edition.slices.filter(group__name="Pharmacy").first() or edition.slices.first()
    withdraw_release(release=release(**given, to=reader), by=alice, now=timezone.now())
    for choice in ({"to": reader, "part": part}, {"to_leaders": True}, {"to_leaders": True, "part": part}):
        release(**given, **choice)
    release(**given, to_respondents=True)
    title = "“How do we lead here?”"
    assert sorted(sentences(page_of(client_for(alice), workspace, f"?survey={survey.public_id}&kind=reports"))) == [
        f"Ruth Adeyemi released one group’s part of the report of {title} to Faye.",
        f"Ruth Adeyemi released one group’s part of the report of {title} to its leader.",
        f"Ruth Adeyemi released the report of {title} to Faye.",
        f"Ruth Adeyemi released the report of {title} to everybody who was asked.",
        f"Ruth Adeyemi released the report of {title} to the leaders of its groups.",
        f"Ruth Adeyemi took back a release of the report of {title}.",
    ]


def test_a_verb_of_another_version_breaks_nothing(client_for, workspace, alice):
    record(by=alice, verb="praised", obj=workspace, workspace=workspace)
    (said,) = sentences(page_of(client_for(alice), workspace))
    assert said == "Ruth Adeyemi did something for which this version of the site has no words."


# --- How it is read ---------------------------------------------------------------------------------------


def test_by_survey_and_by_kind(client_for, survey, workspace, alice, bob):
    other = draft_in(workspace, by=bob, title="Another one")
    browser = client_for(alice)
    everything_ = sentences(page_of(browser, workspace))
    of_other = sentences(page_of(browser, workspace, f"?survey={other.public_id}"))
    assert of_other == ["Helen Marsh began the survey “Another one”."]
    surveys = sentences(page_of(browser, workspace, "?kind=surveys"))
    people = sentences(page_of(browser, workspace, "?kind=people"))
    assert len(surveys) + len(people) == len(everything_)
    assert not set(surveys) & set(people)
    assert "Nothing of this kind was done." in page_of(browser, workspace, "?kind=reports")


@pytest.mark.parametrize("query", ["?survey=unknown", "?kind=unknown"])
def test_what_is_not_there_is_not_found(client_for, workspace, alice, query):
    assert client_for(alice).get(reverse("reports:audit", args=[workspace.public_id]) + query).status_code == 404


def test_a_survey_of_another_workspace_is_not_found(client_for, workspace, alice, instrument):
    elsewhere = draft_in(workspace_of(alice, name="Southmoor"), by=alice)
    query = f"?survey={elsewhere.public_id}"
    assert client_for(alice).get(reverse("reports:audit", args=[workspace.public_id]) + query).status_code == 404


def test_lines_written_before_they_named_their_survey_are_found(client_for, survey, workspace, alice):
    record(by=alice, verb="send_again", obj=person(survey), workspace=workspace)
    said = sentences(page_of(client_for(alice), workspace, f"?survey={survey.public_id}&kind=links"))
    assert said == ["Ruth Adeyemi sent the link of Pharmacy 1 anew to the same address, in “How do we lead here?”."]


def test_an_empty_log_says_so(client_for, workspace, alice):
    assert "Nothing was done here yet." in page_of(client_for(alice), workspace)


def test_fifty_lines_a_page_newest_first(client_for, workspace, alice):
    start = datetime.datetime(2026, 7, 1, 12, 0, tzinfo=datetime.UTC)
    for number in range(120):
        now = start + datetime.timedelta(minutes=number)
        record(
            by=alice,
            verb="import_people",
            obj=workspace,
            workspace=workspace,
            now=now,
            added=number,
            changed=0,
            groups=0,
            left=0,
        )
    browser = client_for(alice)
    numbers = []
    for page in (1, 2, 3):
        content = page_of(browser, workspace, f"?page={page}")
        assert f"Page {page} of 3" in content
        assert ('rel="prev"' in content, 'rel="next"' in content) == (page > 1, page < 3)
        numbers += [int(one) for said in sentences(content) for one in re.findall(r"People added: (\d+)", said)]
    assert numbers == list(range(119, -1, -1))


def test_times_are_those_of_the_site_and_its_zone_is_named(client_for, workspace, alice, settings):
    late = datetime.datetime(2026, 7, 1, 23, 30, tzinfo=datetime.UTC)
    record(by=alice, verb="rename_workspace", obj=workspace, workspace=workspace, now=late)
    content = page_of(client_for(alice), workspace)
    assert settings.TIME_ZONE == "Europe/London"
    assert "Times are those of London, United Kingdom." in content
    assert "Thursday 2 July 2026" in content
    assert ">00:30</time>" in content


def test_it_asks_no_more_for_more_lines(client_for, survey, workspace, alice, bob):
    browser = client_for(alice)
    few = _asked(browser, workspace)
    for name in ("Pharmacy 1", "Pharmacy 2", "Pharmacy 3", "Pharmacy 4"):
        send_again(participant=person(survey, name), by=bob)
        correct_address(participant=person(survey, name), email=f"{name[-1]}@elsewhere.example", by=bob)
    first = _asked(browser, workspace)
    for name in ("District nursing 1", "District nursing 2", "District nursing 3"):
        correct_address(participant=person(survey, name), email=f"d{name[-1]}@elsewhere.example", by=bob)
    assert _asked(browser, workspace) == first <= few + 2 < 20


def _asked(browser: Client, workspace: Workspace) -> int:
    with CaptureQueriesContext(connection) as asked:
        page_of(browser, workspace)
    return len(asked)


# --- What is never in it --------------------------------------------------------------------------------


def test_nothing_that_respondents_do_is_written_down(alice, instrument):
    """Every page of a respondent, to the end: opened, started, saved, handed in, taken back, declined."""
    made = open_survey(alice)
    before, public_id = list(Entry.objects.values_list("pk", flat=True)), made.survey.public_id
    phone, other = Browser(), Browser()
    phone.get(reverse("answering:enter", args=[made.tokens[0]]), follow=True)
    phone.post(reverse("answering:start", args=[public_id]))
    condition = made.survey.version.pages[0]["condition"]
    key = made.survey.version.statement_keys[0]
    phone.post(reverse("answering:save", args=[public_id]), {key: "4"})
    phone.post(reverse("answering:page", args=[public_id, condition]), {key: "4", "to": "review"})
    phone.post(reverse("answering:submit", args=[public_id]), {"matters_most": "", "to": "submit"})
    assert made.survey.ballots.count() == 1
    phone.post(reverse("answering:withdraw", args=[public_id]))
    other.get(reverse("answering:enter", args=[made.tokens[1]]), follow=True)
    other.post(reverse("answering:decline", args=[public_id]))
    assert list(Entry.objects.values_list("pk", flat=True)) == before


def test_what_a_respondent_did_changes_no_line_of_the_page(client_for, alice, workspace, instrument):
    survey = open_for_answers(alice, workspace=workspace)
    browser = client_for(alice)
    before = sentences(page_of(browser, workspace))
    answer(invitations_of(survey, "Pharmacy"), everything(4))
    assert sentences(page_of(browser, workspace)) == before
    create_group(workspace=workspace, name="New", kind="team", by=alice)
    assert sentences(page_of(browser, workspace)) != before


def test_what_members_open_and_fetch_is_noted_once_an_hour_and_nothing_of_anybody_else(
    workspace, alice, bob, charlie, client_for
):
    survey = open_for_answers(alice, workspace=workspace, led=True)
    invitations = invitations_of(survey)
    answer(invitations, everything(4))
    slice_ = close(survey).editions.get().slices.get(group__name="Pharmacy")
    leader = make_user("Leader")
    EmailAddress.objects.filter(user=leader).update(email=slice_.group.leader_email)
    release(edition=slice_.edition, by=alice, now=timezone.now(), to_leaders=True)
    before = Entry.objects.count()
    page, file = (reverse("reports:slice", args=[slice_.public_id]), "slice_csv")
    fetched = reverse("reports:slice_document", args=[slice_.public_id, file])
    made(ask_for_file(of=slice_, kind=file, by=alice))
    for browser in (client_for(bob), client_for(leader)):  # a leader who belongs to no workspace
        for address in (page, page, fetched, fetched):
            browser.get(address).close()
        browser.head(page)
    people = reverse("spaces:export_people", args=[workspace.public_id, "csv"])
    client_for(bob).get(people)
    noted = Entry.objects.order_by("pk")[before:]
    assert [(one.verb, one.actor_id) for one in noted] == [
        (verb, bob.pk) for verb in ("open_report", "fetch_file", "fetch_people")
    ]
    browser = client_for(alice)
    assert "opened the report" not in page_of(browser, workspace)
    looks = sentences(page_of(browser, workspace, "?kind=looks"))
    assert looks == [
        "Helen Marsh fetched the list of people.",
        f"Helen Marsh fetched a file of the report of Pharmacy, of the survey “{survey.title}”: "
        f"{FILE_KINDS[file].label}.",
        f"Helen Marsh opened the report of Pharmacy, of the survey “{survey.title}”.",
    ]
    assert sentences(page_of(browser, workspace, f"?kind=looks&who={alice.pk}")) == []
    assert len(sentences(page_of(browser, workspace, f"?kind=looks&who={bob.pk}"))) == 3
    assert browser.get(reverse("reports:audit", args=[workspace.public_id]), {"who": charlie.pk}).status_code == 404
