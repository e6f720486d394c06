"""In which language a respondent reads, and that switching costs no answer and leaves no trace."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from diagnostics.answering.cookies import cookie_name
from diagnostics.answering.drafts import saved_by
from diagnostics.checklists.actions import own
from diagnostics.checklists.source import mark_of
from diagnostics.instrument.translations import translations
from diagnostics.surveys.letters.sending import letter_to
from diagnostics.surveys.letters.wording import INVITATION
from diagnostics.surveys.models import Invitation, Survey
from tests.diagnostics.respondents import Browser, open_survey, respondent

T7 = "T7.team"
TASK = {"de": "Aufgabe", "cy": "Tasg", "en-gb": "Task"}


@pytest.fixture
def opened(alice, instrument):
    of = mark_of("In January the teams will look at the results together and agree what to change.")
    words = {"de": {"purpose": {"text": "Im Januar reden wir darüber.", "of": of}}}
    return open_survey(alice, languages="en-gb de cy", words=words)


@pytest.fixture
def token(opened) -> str:
    return opened.tokens[0]


def address(opened, name: str, *args: str) -> str:
    return reverse(f"answering:{name}", args=[opened.survey.public_id, *args])


def entered(token: str, query: str = "", **headers: str) -> Browser:
    browser = Browser(**headers)
    browser.get(reverse("answering:enter", args=[token]) + query, follow=True)
    return browser


def text(response) -> str:
    return response.content.decode()


def heading(browser, opened) -> str:
    page = text(browser.get(address(opened, "page", "task")))
    return next(name for name in TASK.values() if f"<h1>{name}</h1>" in page)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("de-AT,de;q=0.9,en;q=0.8", "de"), ("cy", "cy"), ("fr,es;q=0.9", "en-gb"), ("", "en-gb"), ("en-US", "en-gb")],
)
def test_the_first_page_is_in_the_browsers_language_where_the_survey_speaks_it(opened, token, accepted, language):
    browser = entered(token, HTTP_ACCEPT_LANGUAGE=accepted)
    page = text(browser.get(address(opened, "welcome")))
    tag = "en-GB" if language == "en-gb" else language
    assert f'<html lang="{tag}"' in page
    assert ("Im Januar reden wir darüber." in page) == (language == "de")


def test_a_survey_in_one_language_offers_none_and_follows_no_browser(alice, instrument):
    opened = open_survey(alice)
    browser = entered(opened.tokens[0], HTTP_ACCEPT_LANGUAGE="de")
    page = text(browser.get(address(opened, "welcome")))
    assert '<html lang="en-GB"' in page
    assert "Deutsch" not in page


def test_a_link_that_was_sent_in_a_language_opens_in_it(opened, token):
    assert heading(entered(token, "?in=cy", HTTP_ACCEPT_LANGUAGE="de"), opened) == "Tasg"


def test_switching_on_a_page_saves_what_stands_on_it(opened, token):
    browser = entered(token)
    browser.post(address(opened, "start"))
    page = address(opened, "page", "task")
    answered = browser.post(page, {T7: "4", "to": "language.de"}, follow=True)
    assert answered.redirect_chain == [(page, 302)]
    shown = text(answered)
    assert "<h1>Aufgabe</h1>" in shown
    assert translations("de")[T7][1] in shown
    assert saved_by(respondent(token)).answers == {T7: 4}
    assert heading(browser, opened) == "Aufgabe"


def test_a_problem_is_said_in_the_language_that_was_just_chosen(opened, token):
    browser = entered(token)
    browser.post(address(opened, "start"))
    answered = browser.post(address(opened, "page", "task"), {T7: "9", "to": "language.de"})
    assert answered.status_code == 422
    assert "<h1>Aufgabe</h1>" in text(answered)


def test_the_link_remembers_on_another_device(opened, token):
    phone = entered(token)
    phone.post(address(opened, "start"))
    phone.post(address(opened, "page", "task"), {T7: "4", "to": "language.cy"})
    desk = entered(token, HTTP_ACCEPT_LANGUAGE="de")
    assert heading(desk, opened) == "Tasg"
    phone.post(address(opened, "page", "task"), {"to": "language.en-gb"})  # nothing else is new on it
    assert heading(entered(token, HTTP_ACCEPT_LANGUAGE="de"), opened) == "Task"


def test_what_is_chosen_on_the_device_wins(opened, token):
    phone = entered(token)
    phone.post(address(opened, "start"))
    phone.post(address(opened, "page", "task"), {T7: "4", "to": "language.cy"})
    desk = entered(token, "?in=de")
    desk.post(address(opened, "language"), {"to": "language.en-gb", "back": address(opened, "welcome")})
    assert heading(desk, opened) == "Task"


@pytest.mark.parametrize("asked", ["language.fr", "language.", "language.de-AT", "de"])
def test_a_language_that_is_not_offered_changes_nothing(opened, token, asked):
    browser = entered(token)
    browser.post(address(opened, "language"), {"to": asked, "back": address(opened, "welcome")})
    assert heading(browser, opened) == "Task"


def test_the_switch_leads_nowhere_else(opened, token):
    browser = entered(token)
    away = browser.post(address(opened, "language"), {"to": "language.de", "back": "https://elsewhere.example/"})
    assert away["Location"] == address(opened, "welcome")


def test_no_row_and_no_ballot_tells_the_language(opened, token):
    browser = entered(token)
    browser.post(address(opened, "start"))
    before = Survey.objects.values().get(), list(Invitation.objects.values())
    browser.post(address(opened, "page", "task"), {T7: "4", "to": "language.cy"})
    assert (Survey.objects.values().get(), list(Invitation.objects.values())) == before
    browser.post(address(opened, "submit"), {"to": "submit"})
    [ballot] = opened.ballots()
    assert "'cy'" not in str(ballot)
    assert "language" not in ballot


def test_letters_come_in_the_persons_language_with_a_link_that_opens_in_it(opened):
    invitation = Invitation.objects.select_related("survey", "participant").first()
    with translation.override("de"):
        letter = letter_to(invitation, INVITATION, opened.link_key)
    assert "Ihr persönlicher Link" in letter.text
    assert "?in=de" in letter.text
    assert letter.text.count("You are invited") == 0


def test_readers_are_told_of_a_machines_translation_until_somebody_ticks_it_off(opened, token, alice):
    browser = entered(token, "?in=de")
    welcome = text(browser.get(address(opened, "welcome")))
    with translation.override("de"):
        note = translation.gettext("Translated by machine and edited; not yet reviewed by practitioners.")
    assert note in welcome
    workspace = opened.survey.workspace
    own.tick_off(workspace=workspace, language="de", is_reviewed=True, by=alice, now=timezone.now())
    assert note not in text(browser.get(address(opened, "welcome")))


def test_pages_beside_the_survey_follow(opened, token):
    browser = entered(token)
    browser.post(address(opened, "language"), {"to": "language.de", "back": address(opened, "welcome")})
    assert '<html lang="de"' in text(browser.get(reverse("guide:protection")))
    assert '<html lang="en-GB"' in text(Client().get(reverse("guide:protection")))


def test_nobody_meets_the_language_of_whoever_sat_there_before(opened):
    first, second = opened.tokens[:2]
    browser = entered(first)
    browser.post(address(opened, "language"), {"to": "language.cy", "back": address(opened, "welcome")})
    assert '<html lang="cy"' in text(browser.get(address(opened, "welcome")))
    del browser.cookies[cookie_name(opened.survey.public_id)]  # two idle hours later
    browser.get(f"/s/{second}/?in=de")
    assert '<html lang="de"' in text(browser.get(address(opened, "welcome") + "?in=de"))
