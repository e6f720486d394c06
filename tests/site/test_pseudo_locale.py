"""Pages as they would look in a language that takes a third more room and runs from right to left."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.browsing import assert_fits_every_language, follow, open_demo_report


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_respondents_pages_hold_longer_text_from_right_to_left(page, site, width):
    tab = page(width=width)
    tab.goto(re.findall(r"/s/[\w-]+/", site.said())[-1])
    assert_fits_every_language(tab)
    follow(tab, tab.locator("form[action$='/start/'] button").first)
    assert_fits_every_language(tab)
    for place in ("/", "/model/", "/protection/", "/accounts/login/"):
        tab.goto(place)
        assert_fits_every_language(tab)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_results_and_surveys_hold_longer_text_from_right_to_left(page, width):
    tab = page(width=width)
    open_demo_report(tab, "Helen Marsh")
    assert_fits_every_language(tab)
    follow(tab, tab.locator("main li a[href*='/reports/']").first)
    assert_fits_every_language(tab)
    tab.goto("/surveys/")
    links = "nav a[href], main a[href*='/new/'], main a[href$='/checklists/']"
    for place in {link.get_attribute("href") for link in tab.locator(links).all()} | {"/self-assessments/start/"}:
        tab.goto(place)
        assert_fits_every_language(tab)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "runs"), [("ar", ' dir="rtl"'), ("de", "")])
def test_the_page_says_which_way_it_runs(rf, settings, language, runs):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "Arabic")]
    with translation.override(language):
        assert f'<html lang="{language}"{runs}>' in re.sub(
            r"\s+>", ">", render_to_string("404.html", request=rf.get("/"))
        )
