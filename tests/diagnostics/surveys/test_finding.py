"""Finding people of an open survey, and doing one thing with many of them."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse

from core.audit.models import Entry
from core.jobs.models import Job
from core.post.models import Message
from diagnostics.surveys.actions.lifecycle import launch_survey
from diagnostics.surveys.models import Invitation, Participant, Survey
from diagnostics.surveys.pages.dashboard import failed, finding, people
from spaces.models import Person
from tests.diagnostics.launched import NOW, draft_in, launched_survey, opened
from tests.diagnostics.surveys.test_letters import DAY, at, remind, run  # noqa: F401
from tests.pages import press, seen_on, tight


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return opened(launched_survey(alice))


@pytest.fixture
def browser(client_for, alice):
    return client_for(alice)


def url(survey: Survey, name: str, *more: str) -> str:
    return reverse(f"surveys:{name}", args=[survey.public_id, *more])


def ids(survey: Survey, *names: str) -> list[str]:
    found = Invitation.objects.filter(survey=survey, participant__name__in=names).order_by("participant__name")
    return list(found.values_list("public_id", flat=True))


def names_on(page) -> list[str]:
    return [row[0].name for row in page.context["rows"]]


def test_people_are_found_by_name_address_group_and_letter(browser, survey):
    pharmacy = survey.groups.get(name="Pharmacy").public_id
    Invitation.objects.filter(participant__name="Pharmacy 2").update(has_bounced=True)
    for number, delays in ((3, 0), (5, 1)):
        name = Invitation.objects.get(participant__name=f"Pharmacy {number}").public_id
        letter = Message.objects.create(
            kind="surveys.invitation", about=survey.public_id, to="x", reference={"invitation": name}
        )
        Job.objects.create(kind="send_message", subject=str(letter.pk), delays=delays)
    Participant.objects.filter(name="Pharmacy 4").update(is_away=True)
    wanted = {
        "q=PHARMACY1": ["Pharmacy 1"],
        f"group={pharmacy}&q=2": ["Pharmacy 2"],
        f"group={pharmacy}": [f"Pharmacy {n}" for n in range(1, 7)],
        "letter=failed": ["Pharmacy 2"],
        "letter=waiting": ["Pharmacy 3"],
        "letter=put_off": ["Pharmacy 5"],
        "letter=away": ["Pharmacy 4"],
        f"group={pharmacy}&letter=sent": [f"Pharmacy {n}" for n in (1, 4, 6)],
        "q=nobody": [],
    }
    for query, names in wanted.items():
        assert names_on(browser.get(f"{url(survey, 'participants')}?{query}")) == names, query


def test_the_list_is_paged_and_costs_the_same_for_all(browser, survey, monkeypatch, django_assert_num_queries):
    address = url(survey, "participants")
    with django_assert_num_queries(9):
        browser.get(address)
    monkeypatch.setattr(people, "AT_ONCE", 4)
    with django_assert_num_queries(9):
        page = tight(browser.get(f"{address}?q=pharmacy&page=2"))
    assert 'href="?q=pharmacy&amp;page=1"' in page
    assert "Choose all 6 people found, on every page" in page


def test_of_very_many_groups_the_name_is_typed(browser, survey, monkeypatch):
    monkeypatch.setattr(finding, "MOST_CHOICES", 1)
    monkeypatch.setattr("diagnostics.surveys.pages.dashboard.forms.MOST_CHOICES", 1)
    assert '<select name="group"' not in browser.get(url(survey, "participants")).content.decode()
    assert names_on(browser.get(f"{url(survey, 'participants')}?group=podi")) == [f"Podiatry {n}" for n in (1, 2, 3)]
    new = {"name": "Sam", "email": "sam@example.org"}
    assert browser.post(url(survey, "new_participant"), new | {"group": "i"}).status_code == 422
    assert browser.post(url(survey, "new_participant"), new | {"group": "podiatry"}).status_code == 302


# --- Many at once ----------------------------------------------------------------------------------------


def test_many_are_written_to_again_but_nobody_who_is_away(browser, survey):
    Participant.objects.filter(name="Pharmacy 2").update(is_away=True)
    who = "&who=".join(ids(survey, "Pharmacy 1", "Pharmacy 2", "Pharmacy 3"))
    address = f"{url(survey, 'many_participants')}?do=again&who={who}"
    said = tight(browser.get(address))
    assert "Send the invitations of 3 people again?" in said
    assert "1 of them is marked as away and is left out." in said
    assert press(browser, address).status_code == 302
    assert list(Invitation.objects.filter(version=2).values_list("participant__name", flat=True).order_by("pk")) == [
        "Pharmacy 1",
        "Pharmacy 3",
    ]
    assert Job.objects.filter(kind="correct_address", version="2").count() == 2
    assert Entry.objects.get(verb="send_again_to_many").detail == {"survey": survey.public_id, "people": 2}


def test_no_more_are_written_to_again_than_may_be(browser, survey, settings):
    settings.QUOTAS = settings.QUOTAS | {"letters": {"workspace": (2, datetime.timedelta(days=1))}}
    address = f"{url(survey, 'many_participants')}?do=again&all=1"
    assert "letters can be sent" in tight(press(browser, address))
    assert not Invitation.objects.filter(version=2).exists()


def test_everybody_found_is_removed_as_seen_or_not_at_all(browser, survey):
    address = f"{url(survey, 'many_participants')}?do=remove&all=1&q=pharmacy"
    seen = seen_on(browser.get(address))
    Participant.objects.filter(name="District nursing 1").update(name="Pharmacy 7")
    refused = browser.post(address, {"seen": seen})
    assert (refused.status_code, Participant.objects.filter(is_removed=True).count()) == (422, 0)
    assert "from “6 people” to “7 people”" in refused.content.decode()
    assert press(browser, address).status_code == 302
    assert Participant.objects.filter(is_removed=True, name="", email="").count() == 7
    assert not Invitation.objects.filter(participant__is_removed=True, token_hash__isnull=False).exists()


def test_nothing_ticked_is_said(browser, survey):
    answer = browser.get(f"{url(survey, 'many_participants')}?do=again", follow=True)
    assert "Tick the people first" in answer.content.decode()


def test_whoever_is_away_gets_no_reminder(alice, client_for, instrument, at):  # noqa: F811
    survey = launched_survey(alice, reminder_days=[DAY])
    run("open_survey", survey.public_id)
    survey.refresh_from_db()
    browser = client_for(alice)
    for do, expected in (("away", 16), ("back", 17)):
        address = f"{url(survey, 'many_participants')}?do={do}&who={ids(survey, 'Pharmacy 1')[0]}"
        assert press(browser, address).status_code == 302
        mail.outbox.clear()
        remind(survey, DAY, at)
        assert len(mail.outbox) == expected


# --- Addresses that failed --------------------------------------------------------------------------------


@pytest.fixture
def bounced(survey) -> Survey:
    Invitation.objects.filter(participant__name__startswith="Pharmacy").update(has_bounced=True)
    return survey


def test_all_that_failed_are_sent_again_in_one_press(browser, bounced):
    address = url(bounced, "failed_addresses")
    seen = seen_on(browser.get(address))
    Invitation.objects.filter(participant__name="Podiatry 1").update(has_bounced=True)
    refused = browser.post(address, {"all": "1", "seen": seen}, follow=True)
    assert "which addresses failed, from “6” to “7”" in refused.content.decode()
    press(browser, address, all="1")
    assert not Invitation.objects.filter(has_bounced=True).exists()
    assert Invitation.objects.filter(version=2).count() == 7


def test_addresses_are_corrected_where_they_stand_and_among_the_people(browser, bounced, monkeypatch):
    monkeypatch.setattr(failed, "AT_ONCE", 3)
    address = url(bounced, "failed_addresses")
    one, two, three = ids(bounced, "Pharmacy 1", "Pharmacy 2", "Pharmacy 3")
    typed = {one: "right@example.org", two: "pharmacy6@example.org", three: "pharmacy3@example.org", "in_people": "on"}
    answer = browser.post(address, typed)
    assert answer.status_code == 422
    assert "pharmacy6@example.org is" in answer.content.decode()
    found = dict(Invitation.objects.filter(survey=bounced).values_list("public_id", "participant__email"))
    assert (found[one], found[two]) == ("right@example.org", "pharmacy2@example.org")
    assert Person.objects.get(name="Pharmacy 1").email == "right@example.org"


@pytest.mark.parametrize("tick", [True, False])
def test_a_corrected_address_goes_back_to_the_people_on_a_tick(browser, survey, tick):
    address = url(survey, "participant", ids(survey, "Pharmacy 1")[0])
    assert 'name="in_people"' in browser.get(address).content.decode()
    browser.post(address, {"email": "right@example.org"} | ({"in_people": "on"} if tick else {}))
    assert Participant.objects.get(name="Pharmacy 1").email == "right@example.org"
    assert Person.objects.get(name="Pharmacy 1").email == ("right@example.org" if tick else "pharmacy1@example.org")


def test_where_nobody_is_among_the_people_nothing_is_offered(browser, survey):
    Person.objects.get(name="Pharmacy 1").delete()
    page = browser.get(url(survey, "participant", ids(survey, "Pharmacy 1")[0]))
    assert 'name="in_people"' not in page.content.decode()


# --- Asked twice -------------------------------------------------------------------------------------------


def test_people_who_are_asked_elsewhere_are_counted_before_the_launch(browser, survey, alice):
    group = survey.workspace.groups.get(name="Pharmacy")
    draft = draft_in(survey.workspace, group, by=alice, title="Another")
    said = tight(browser.get(reverse("surveys:step", args=[draft.public_id, "check"])))
    assert "6 people are asked in “How do we lead here?” at the same time, until Friday 4 December" in said


def test_adding_somebody_who_is_asked_elsewhere_takes_two_presses(browser, survey, alice):
    pharmacy = survey.workspace.groups.get(name="Pharmacy")
    draft = draft_in(survey.workspace, pharmacy, by=alice, title="Second")
    second = opened(launch_survey(survey=draft, by=alice, now=NOW))
    address = url(second, "new_participant")
    new = {"name": "Podiatry 1", "email": "podiatry1@example.org", "group": second.groups.get().public_id}
    refused = browser.post(address, new)
    assert refused.status_code == 422
    assert "1 person is asked in “How do we lead here?” at the same time" in refused.content.decode()
    assert refused.context["form"]["known"].value() == "podiatry1@example.org"
    assert browser.post(address, new | {"known": "podiatry1@example.org"}).status_code == 302
    assert second.participants.filter(mailbox="podiatry1@example.org").exists()
