"""Somebody is placed in another group while the survey is open."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from diagnostics.surveys.actions.moving import move_participant
from diagnostics.surveys.actions.participants import remove_participant
from diagnostics.surveys.answered import answered_by_group, asked_by_group
from diagnostics.surveys.keys import link_key, private_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, Participant, Survey
from tests.diagnostics.launched import open_survey_now
from tests.diagnostics.respondents import Opened, submitted
from tests.diagnostics.surveys.test_letters import run
from tests.pages import press

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return open_survey_now(alice, teams={"District nursing": 6, "Pharmacy": 6})


def person(survey: Survey, name: str = "Pharmacy 1") -> Participant:
    return survey.participants.select_related("invitation", "group").get(name=name)


def token(survey: Survey, name: str = "Pharmacy 1") -> str:
    return token_of(person(survey, name).invitation, link_key(survey))


def moved(survey: Survey, by, name: str = "Pharmacy 1", to: str = "District nursing") -> None:
    move_participant(participant=person(survey, name), group=survey.groups.get(name=to), by=by)
    invitation = Invitation.objects.get(participant__name=name)
    run("correct_address", invitation.public_id, version=str(invitation.version))


def counted(survey: Survey) -> dict[str, int]:
    names = dict(survey.groups.values_list("public_id", "name"))
    return {names[key]: number for key, number in answered_by_group(survey, link_key(survey)).items()}


@pytest.mark.parametrize("has_answered", [True, False])
def test_whoever_is_moved_answers_elsewhere_and_what_was_handed_in_stays(survey, alice, has_answered):
    """Of two ballots only the first counts, where it was handed in; no count moves when somebody is moved."""
    before, asked = token(survey), asked_by_group(survey)
    if has_answered:
        submitted(before)
    counts = counted(survey)
    moved(survey, alice)
    assert (counted(survey), asked_by_group(survey)) == (counts, asked)
    submitted(token(survey))
    assert counted(survey) == counts
    names = dict(survey.groups.values_list("public_id", "name"))
    sealed = Opened(survey, private_key(survey), link_key(survey)).ballots()
    said = [(names[one["group"]], one["counts"]) for one in sealed]
    here, there = ("Pharmacy", True), ("District nursing", False)
    assert sorted(said) == sorted([here, there] if has_answered else [there])


def test_moved_back_they_still_do_not_count(survey, alice):
    moved(survey, alice)
    moved(survey, alice, to="Pharmacy")
    submitted(token(survey))
    assert (person(survey).counts, counted(survey)) == (False, {})


def test_a_group_with_too_few_left_has_no_count_any_more(survey, alice):
    pharmacy = survey.groups.get(name="Pharmacy").public_id
    moved(survey, alice)
    assert asked_by_group(survey)[pharmacy] == 6
    remove_participant(participant=person(survey, "Pharmacy 2"), by=alice)
    assert pharmacy not in asked_by_group(survey)


def test_nobody_is_moved_to_where_they_are_or_to_an_inner_group(survey, alice):
    for name, sentence in (("Pharmacy", "already"), ("Community services", "no groups inside")):
        with pytest.raises(ValidationError, match=sentence):
            move_participant(participant=person(survey), group=survey.groups.get(name=name), by=alice)


def test_the_page_says_what_it_does_and_refuses_what_has_changed(client_for, alice, survey):
    browser = client_for(alice)
    address = reverse("surveys:move_participant", args=[survey.public_id, person(survey).invitation.public_id])
    assert "it is not one of the 5" in " ".join(browser.get(address).content.decode().split())
    group = survey.groups.get(name="District nursing").public_id
    assert press(browser, address, group="").status_code == 422
    assert browser.post(address, {"group": group, "seen": "other"}).status_code == 422
    assert press(browser, address, group=group).status_code == 302
    assert person(survey).group.name == "District nursing"
