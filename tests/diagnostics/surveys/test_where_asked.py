"""What the pages of people say of surveys, and what reaches the surveys when somebody is removed or corrected there."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.audit.models import Entry
from core.jobs.models import Job
from core.post.models import Message
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.history.models import AddressChange, AskedLeaf
from diagnostics.surveys.models import Participant, Survey
from spaces.actions.groups import add_person
from spaces.actions.many import remove_people
from spaces.models import Person, Workspace
from tests.diagnostics.launched import NOW, draft_in, launched_survey, opened
from tests.pages import filled_in, press, tight


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return opened(launched_survey(alice, led=True, title="Autumn pulse"))


@pytest.fixture
def workspace(survey) -> Workspace:
    return survey.workspace


@pytest.fixture
def over(survey, workspace, alice) -> Survey:
    draft = draft_in(workspace, workspace.groups.get(parent=None), by=alice, title="Spring pulse")
    over = opened(lifecycle.launch_survey(survey=draft, by=alice, now=NOW))
    stop_survey(survey=over, by=alice, now=NOW)
    return over


@pytest.fixture
def person(workspace) -> Person:
    return workspace.people.get(name="Pharmacy 2")


@pytest.fixture
def page(client_for, alice, workspace):
    browser = client_for(alice)
    return lambda name, *args: (browser, reverse(f"spaces:{name}", args=[workspace.public_id, *args]))


def asked(survey: Survey, name: str = "Pharmacy 2") -> Participant:
    return survey.participants.get(name=name)


def test_a_person_page_says_where_they_are_asked_and_nothing_more(  # noqa: PLR0917 — a cast
    over, workspace, person, page, alice, django_assert_num_queries
):
    browser, address = page("person", person.public_id)
    with django_assert_num_queries(9):  # session, user, membership, person, asked, led, surveys, groups, leads
        text = tight(browser.get(address))
    assert "Autumn pulse" in text
    assert "open until 4 December 2026, 17:00 GMT" in text
    assert "Spring pulse" in text
    assert "asked in Pharmacy" in text
    draft_in(workspace, workspace.groups.get(parent=None), by=alice, title="Only a draft")
    late = add_person(workspace=workspace, name="Late", email="late@example.org", group=None, by=alice)
    browser, address = page("person", late.public_id)
    text = tight(browser.get(address))
    assert "Not asked in any survey so far." in text
    assert "Autumn pulse" not in text


def test_nobody_of_another_workspace_is_said_to_be_asked(survey, instrument, bob, client_for):
    other = Workspace.objects.create(name="Southmoor")
    other.memberships.create(user=bob, role="owner")
    namesake = add_person(workspace=other, name="Namesake", email="pharmacy2@example.org", group=None, by=bob)
    text = tight(client_for(bob).get(reverse("spaces:person", args=[other.public_id, namesake.public_id])))
    assert "Autumn pulse" not in text


def test_a_person_removed_is_taken_out_of_open_surveys_and_stays_in_those_that_are_over(survey, over, person, page):
    invitation = asked(survey).invitation
    Message.objects.create(
        kind="surveys.invitation",
        to=person.email,
        about=survey.public_id,
        reference={"invitation": invitation.public_id},
    )
    browser, address = page("remove_person", person.public_id)
    text = tight(browser.get(address))
    assert "Take them out of the open surveys as well: Autumn pulse" in text
    assert "Spring pulse" in text
    assert "no further letter goes out" in text
    press(browser, address, take_out="on")
    assert not Person.objects.filter(pk=person.pk).exists()
    gone = survey.participants.get(is_removed=True)
    assert (gone.email, gone.invitation.token_hash) == ("", None)
    assert not Message.objects.filter(to=person.email).exists()
    assert AskedLeaf.objects.get(group=gone.group, is_changed=True).size == 5
    assert asked(over).email == person.email
    assert list(Entry.objects.order_by("-pk").values_list("verb", flat=True)[:2]) == [
        "remove_person",
        "remove_participant",
    ]


def test_without_the_tick_they_stay_asked(survey, person, page):
    browser, address = page("remove_person", person.public_id)
    press(browser, address)
    assert not Person.objects.filter(pk=person.pk).exists()
    assert asked(survey).email == person.email


def test_a_survey_launched_since_is_not_passed_over(survey, workspace, alice, page):
    late = add_person(
        workspace=workspace,
        name="Late",
        email="late@example.org",
        group=workspace.groups.get(name="Podiatry"),
        by=alice,
    )
    browser, address = page("remove_person", late.public_id)
    seen = browser.get(address).context["form"]["seen"].value()
    draft = draft_in(workspace, workspace.groups.get(parent=None), by=alice, title="Winter pulse")
    opened(lifecycle.launch_survey(survey=draft, by=alice, now=NOW))
    said = tight(browser.post(address, {"seen": seen, "take_out": "on"}))
    assert "Changed since you looked: the open surveys that ask them" in said
    assert Person.objects.filter(pk=late.pk).exists()


def test_many_are_taken_out_in_one_step_with_those_who_lead(survey, workspace, alice):
    several = list(workspace.people.filter(name__startswith="Pharmacy"))
    remove_people(workspace=workspace, people=several, take_out=True, by=alice)
    assert survey.participants.filter(is_removed=True).count() == 6
    assert survey.groups.get(name="Pharmacy").leader_email == ""
    assert Entry.objects.get(verb="remove_many").detail == {"survey": survey.public_id, "people": 6}


def test_while_a_survey_is_being_launched_nobody_is_taken_out(survey, workspace, alice, person):
    Survey.objects.filter(pk=survey.pk).update(status="launching")
    with pytest.raises(ValidationError, match="is being launched"):
        remove_people(workspace=workspace, people=[person], take_out=True, by=alice)
    assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("choice", ["too", "here"])
def test_an_address_is_corrected_here_or_in_open_surveys_too(survey, over, workspace, page, choice):
    theirs = {"too": "new@example.org", "here": "pharmacy1@example.org"}[choice]
    leader = workspace.people.get(name="Pharmacy 1")
    browser, address = page("person", leader.public_id)
    assert "Correct it in the open surveys too: Autumn pulse" in tight(browser.get(address))
    fields = {"name": leader.name, "email": "New@example.org", "group": leader.group.public_id}
    assert "Choose whether the open surveys take over" in tight(browser.post(address, fields))
    assert browser.post(address, fields | {"in_surveys": choice}).status_code == 302
    leader.refresh_from_db()
    assert leader.email == "new@example.org"
    assert asked(survey, "Pharmacy 1").email == theirs
    assert survey.groups.get(name="Pharmacy").leader_email == theirs
    assert asked(over, "Pharmacy 1").email == "pharmacy1@example.org"
    moved = choice == "too"
    assert AddressChange.objects.exists() == moved
    assert Job.objects.filter(kind="correct_address").exists() == moved


def test_an_address_that_a_colleague_corrected_is_not_changed_back_by_an_earlier_page(survey, page, person):
    browser, address = page("person", person.public_id)
    sent = filled_in(browser.get(address))
    browser.post(address, sent | {"email": "right@example.org"})
    browser.post(address, sent | {"name": "Pharmacist 2"})
    person.refresh_from_db()
    assert (person.name, person.email) == ("Pharmacist 2", "right@example.org")
    assert asked(survey).email == "right@example.org"
    assert AddressChange.objects.count() == 1


LINK, LETTERS = "A new link goes to the new address", "Letters of these surveys go on to the present address"
REPORT = "The report of the groups they lead there goes to the {} address"
GENERAL = ["has no link any more", "no further letter goes out", "its letters go on until it closes"]
NO_LEADER = "the report of a group they lead there is released to no leader"


@pytest.mark.parametrize(("is_asked", "leads"), [(True, False), (False, True), (True, True)])
def test_of_letters_and_reports_is_said_what_concerns_this_person(  # noqa: PLR0917 — a cast
    survey, workspace, page, person, is_asked, leads
):
    survey.groups.update(leader_email=person.email if leads else "")
    if not is_asked:
        survey.participants.filter(email=person.email).delete()
    browser, address = page("person", person.public_id)
    told = tight(browser.get(address))
    assert [sentence in told for sentence in (LINK, LETTERS)] == [is_asked] * 2
    assert [REPORT.format(which) in told for which in ("new", "present")] == [leads] * 2
    browser, address = page("remove_person", person.public_id)
    told = tight(browser.get(address))
    assert [sentence in told for sentence in GENERAL] == [is_asked] * 3
    assert (NO_LEADER in told) is leads
    assert "A survey that is over keeps" not in told


def test_an_address_that_the_survey_asks_already_is_refused_and_nothing_changes(survey, workspace, page, person):
    workspace.people.filter(name="Podiatry 1").delete()
    browser, address = page("person", person.public_id)
    fields = {"name": person.name, "email": "podiatry1@example.org", "group": "", "in_surveys": "too"}
    assert "is on the list of this survey already" in tight(browser.post(address, fields))
    person.refresh_from_db()
    assert person.email == "pharmacy2@example.org"
