"""What a group's report says of profiles that are easy to check by heart: on its page, in its PDF and on its slides."""

import html
import re

import pytest
from django.urls import reverse

from reports.decks.of_slice import slice_deck
from reports.readings.survey.slice import read_slice
from reports.writers.pdf.survey import slice_pdf
from tests.reports.pdftext import text_of
from tests.reports.published import published_ward

pytestmark = pytest.mark.usefixtures("instrument")

CLAIMS = re.compile(r"stands? out:|Strongest|highest|lowest|firmly in place\.|came out low|two camps on", re.IGNORECASE)


def said_on_page(client, owner, one):
    client.force_login(owner)
    page = html.unescape(client.get(reverse("reports:slice", args=[one.public_id])).text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def everywhere(client, owner, one):
    """The page, the PDF and the slides with their notes, each as one text."""
    reading = read_slice(one)
    slides = " ".join(text for slide in slice_deck(reading) for text in (slide.message, *slide.notes))
    return said_on_page(client, owner, one), re.sub(r"\s+", " ", text_of(slice_pdf(reading))), slides


def test_a_flat_group_is_told_of_nothing(client, alice):
    one = published_ward(alice, lambda person, *_place: 4)
    reading = read_slice(one)
    assert reading.summary == ("Nothing stands out: all 15 places, Self apart, lie at 4.0, mostly in place.",)
    assert (list(reading.act_first), list(reading.talk_first), reading.findings) == ([], [], ())
    for text in everywhere(client, alice, one)[:2]:
        assert reading.summary[0] in text
    assert not any(CLAIMS.search(slide.message) for slide in slice_deck(reading))


def test_a_flat_group_of_people_who_differ_as_people_do_is_told_of_nothing(alice):
    one = published_ward(alice, lambda person, *_place: 3 + person % 3)
    reading = read_slice(one)
    assert not reading.findings
    assert reading.summary == ("Nothing stands out: all 15 places, Self apart, lie at 3.9, mostly in place.",)


def test_two_camps_in_one_row(client, alice):
    one = published_ward(alice, lambda person, condition, *_place: 1 + 4 * (person % 2) if condition == "energy" else 4)
    reading = read_slice(one)
    assert reading.summary[0] == "There are two camps on Energy in all four spaces."
    assert [first.cell.place for first in reading.talk_first] == [
        "Energy in people’s own leadership",
        "Energy in the team",
    ]
    assert reading.talk_first.and_more == "and 2 more places"
    assert not reading.act_first
    cell = reading.asked_cell("energy", "team")
    assert (cell.text, cell.said.sentences) == ("", ())  # the average speaks for nobody
    for text in everywhere(client, alice, one)[:2]:
        assert reading.summary[0] in text


def test_a_ward_at_the_ceiling_claims_nothing_above_anything(client, alice):
    one = published_ward(alice, lambda person, *_place: 5, people=6)
    reading = read_slice(one)
    assert reading.summary == (
        "Every condition in the team, in the organisation and in the system are firmly in place.",
    ) or reading.summary[0].endswith("firmly in place.")
    assert [finding.kind for finding in reading.findings] == ["stands_out"]
    assert reading.findings[0].title.startswith("Firmly in place: ")
    page = said_on_page(client, alice, one)
    assert "≥ 4.5" in page
    assert "Stands out" not in page


def test_a_group_in_which_all_chose_dont_know(client, alice):
    one = published_ward(alice, lambda person, condition, *_place: 4 if condition == "task" else 0)
    reading = read_slice(one)
    assert reading.summary == ("Nothing stands out: all 3 places, Self apart, lie at 4.0, mostly in place.",)
    assert not reading.findings
    assert "Too few" in said_on_page(client, alice, one)
    hidden = reading.asked_cell("route", "team")
    assert (hidden.said.sentences, hidden.said.topics, hidden.could_not_judge) == ((), "", "")


def test_low_in_the_system_thins_out(alice):
    steps = {"self": 4, "team": 5, "organisation": 4, "system": 1}
    one = published_ward(alice, lambda person, condition, space, place: steps[space], people=40, preset="in_depth")
    reading = read_slice(one)
    assert reading.summary[0].startswith("Every condition in the system came out low (1.0)")
    assert any("are less in place" in sentence for sentence in reading.summary)


def test_few_who_say_what_matters_most_do_not_hide_what_is_low(alice):
    low = lambda person, condition, *_place: 2 if condition == "route" else 4  # noqa: E731
    assert [first.cell.condition for first in read_slice(published_ward(alice, low)).act_first] == ["route"] * 3
