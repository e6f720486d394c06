"""How many of those who were asked have answered: the same on the page and in every file, where it may be told."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from diagnostics.surveys.answered import asked_by_group
from diagnostics.surveys.models import Participant
from reports.decks.of_slice import slice_deck
from reports.editions.models import PublishedSlice
from reports.publish.turnout import turnout_share
from reports.readings.survey.slice import people_of, read_slice, turnout_of
from reports.writers.pdf.survey import slice_pdf
from reports.writers.tables.workbook import slice_workbook
from tests.diagnostics.launched import launched_survey
from tests.reports.pdftext import text_of
from tests.reports.published import TEAMS, published_survey, slice_of
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers

pytestmark = pytest.mark.usefixtures("instrument")
NURSES, PHARMACY, PODIATRY = "District nursing", "Pharmacy", "Podiatry"


@pytest.fixture
def closed(alice):
    """Six of eight nurses, five of six pharmacists and two of three podiatrists have answered."""
    survey = open_for_answers(alice)
    for group, number in ((NURSES, 6), (PHARMACY, 5), (PODIATRY, 2)):
        answer(invitations_of(survey, group)[:number], everything(4))
    return close(survey)


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_of_fewer_than_fifty_asked_only_the_answers_are_told(closed, alice, client_for):
    assert closed.editions.get().ledger["turnout"] == []
    told = {one.group.name: people_of(one) for one in PublishedSlice.objects.for_reading()}
    assert told == {"Community services": "11 people", NURSES: "6 people", PHARMACY: "5 people"}
    assert "11 people answered" in text(client_for(alice).get(reverse("reports:survey", args=[closed.public_id])))


def test_page_and_files_tell_the_same_share(alice, client_for):
    """139 answers of 155 people asked, 34 of 35 of them in one team and 6 of 60 in another."""
    invited = TEAMS | {"Community nursing": 35, "Acute medicine": 60}
    survey = published_survey(alice, invited=invited)
    one, browser = slice_of(survey, "Community services"), client_for(alice)
    told = people_of(one)
    assert told == f"{one.n} people (about {turnout_of(one)}% of those asked)"
    assert abs(turnout_of(one) - 100 * sum(TEAMS.values()) / sum(invited.values())) <= 5
    assert people_of(slice_of(survey, "Community nursing")) == "34 people"
    assert people_of(slice_of(survey, "Acute medicine")) == "6 people (about 10% of those asked)"
    for address in (reverse("reports:survey", args=[survey.public_id]), reverse("reports:slice", args=[one.public_id])):
        page = text(browser.get(address))
        assert f"{told} answered" in page
        assert str(sum(invited.values())) not in page
    reading = read_slice(one)
    assert f"Answers {told}" in text_of(slice_pdf(reading))
    assert dict(slice_deck(reading)[0].facts)["Whose views"] == told
    method = openpyxl.load_workbook(io.BytesIO(slice_workbook(reading)))["Method"]
    assert ("Share of those asked", f"about {turnout_of(one)}%") in {
        row[1:3] for row in method.iter_rows(values_only=True)
    }


@pytest.mark.parametrize(
    ("part", "told"), [(0.55, "(about 55%"), (0.9, "(about 90%"), (0.96, "(95% or more"), (1, "(95% or more")]
)
def test_an_old_edition_that_knows_how_many_were_asked_tells_no_more(alice, part, told):
    survey = published_survey(alice, facts={"asked": []})
    one = slice_of(survey, "Community services")
    one.edition.ledger["asked"] = [[one.kind, one.group.public_id, round(one.n / part)]]
    assert told in people_of(one)
    one.edition.ledger["asked"] = [[one.kind, one.group.public_id, 49]]
    assert people_of(one) == f"{one.n} people"


@pytest.mark.parametrize(
    ("answered", "asked", "share"),
    [(25, 50, 50), (46, 50, 90), (47, 50, 90), (48, 50, 95), (50, 50, 95), (49, 49, None), (1, 60, None), (61, 60, 95)],
)
def test_a_share_is_rounded_and_never_tells_that_everybody_answered(answered, asked, share):
    assert turnout_share(answered, asked) == share


def test_taking_somebody_out_tells_nothing_of_an_answer(alice):
    survey = launched_survey(alice)
    before = asked_by_group(survey)
    Participant.objects.filter(pk=survey.participants.first().pk).update(is_removed=True)
    assert asked_by_group(survey) == before


def test_an_edition_that_does_not_tell_has_the_answers_alone(alice):
    one = slice_of(published_survey(alice), NURSES)
    assert turnout_of(one) is None
    assert people_of(one) == f"{one.n} people"
