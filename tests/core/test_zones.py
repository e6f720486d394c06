"""Time zones as people name them in their language."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from core.zones import Zone, moment, zone_choices

JULY = datetime.datetime(2026, 7, 1, 15, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("language", "zone", "shown"),
    [
        ("de", "Europe/Berlin", "17:00 MESZ"),
        ("en-gb", "Europe/Berlin", "17:00 CEST"),
        ("en-gb", "Europe/London", "16:00 BST"),
        ("de", "Asia/Kolkata", "20:30 IST"),
        ("de", "America/Sao_Paulo", "12:00 GMT-03:00"),
    ],
)
def test_a_moment_says_its_zone_in_the_language_of_the_moment(language, zone, shown):
    page = Template('{% load tz %}{{ moment|timezone:zone|date:"H:i T" }}')
    with translation.override(language):
        assert page.render(Context({"moment": JULY, "zone": Zone(zone)})) == shown


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("en-gb", "London, United Kingdom"),
        ("de", "London, Vereinigtes Königreich"),
        ("cy", "Llundain, Y Deyrnas Unedig"),
    ],
)
def test_places_are_named_in_the_language_of_the_moment(language, place):
    with translation.override(language):
        choices = dict(zone_choices())
        assert choices["Europe/London"] == Zone("Europe/London").place == place
        assert choices["UTC"] == "UTC"
        assert list(choices.values()) == sorted(choices.values())


def test_a_moment_in_a_zone_is_that_moment():
    assert moment(datetime.date(2026, 7, 1), datetime.time(17), "Europe/Berlin") == JULY
