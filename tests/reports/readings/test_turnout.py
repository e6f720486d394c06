"""How many of those who were asked have answered: the same on the page and in every file, where it may be told."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from diagnostics.surveys.models import Participant
from reports.decks.of_slice import slice_deck
from reports.editions.closing import people_asked
from reports.editions.models import PublishedSlice
from reports.readings.survey.slice import asked_of, people_of, read_slice
from reports.writers.pdf.survey import slice_pdf
from reports.writers.tables.workbook import slice_workbook
from tests.diagnostics.launched import launched_survey
from tests.reports.pdftext import text_of
from tests.reports.published import published_survey, slice_of
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


def test_groups_in_no_figure_are_left_out_on_both_sides(closed):
    told = {one.group.name: people_of(one) for one in PublishedSlice.objects.for_reading()}
    assert told == {
        "Community services": "11 of 14 people",
        NURSES: "6 of 8 people",
        PHARMACY: "5 of 6 people",
    }


def test_page_and_files_tell_the_same(closed, alice, client_for):
    browser, one = client_for(alice), slice_of(closed, "Community services")
    report = text(browser.get(reverse("reports:survey", args=[closed.public_id])))
    assert "11 of 14 people answered" in report
    assert "6 of 8 people" in report
    assert "11 of 14 people answered" in text(browser.get(reverse("reports:slice", args=[one.public_id])))
    reading = read_slice(one)
    assert "Answers 11 of 14 people" in text_of(slice_pdf(reading))
    assert dict(slice_deck(reading)[0].facts)["Whose views"] == "11 of 14 people"
    method = openpyxl.load_workbook(io.BytesIO(slice_workbook(reading)))["Method"]
    assert ("People asked", 14) in {row[1:3] for row in method.iter_rows(values_only=True)}


def test_taking_somebody_out_tells_nothing_of_an_answer(alice):
    survey = launched_survey(alice)
    before = people_asked(survey)
    Participant.objects.filter(pk=survey.participants.first().pk).update(is_removed=True)
    assert people_asked(survey) == before


def test_by_shared_link_nobody_knows_how_many_were_asked(alice):
    assert people_asked(launched_survey(alice, entry="shared", k=10)) is None


def test_an_edition_that_does_not_tell_has_the_answers_alone(alice):
    one = slice_of(published_survey(alice), NURSES)
    assert asked_of(one) is None
    assert people_of(one) == f"{one.n} people"
