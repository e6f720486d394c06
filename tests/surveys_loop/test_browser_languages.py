"""One respondent on a phone, who goes from language to language while answering."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import assert_accessible, assert_fits, follow

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def rate(tab: Page, row: int, value: int) -> None:
    tab.locator(f"#rating .rating-row >> nth={row} >> input[value='{value}']").check(force=True)
    expect(tab.locator("#saved")).to_have_attribute("data-waiting", "0")


def rated(tab: Page) -> list[str]:
    return [one.get_attribute("value") for one in tab.locator("#rating input[type=radio]:checked").all()]


def switch(tab: Page, name: str) -> None:
    follow(tab, tab.get_by_role("button", name=name))
    assert_accessible(tab)
    assert_fits(tab)


def test_languages_change_at_any_moment_and_no_answer_is_lost(page, site):
    link = re.findall(r"/s/[\w-]+/", site.said())[0]
    tab = page(**PHONE, locale="de-AT")
    tab.goto(link)
    expect(tab.locator("html")).to_have_attribute("lang", "de")
    expect(tab.get_by_role("heading", name="Führen durch den Winter")).to_be_visible()
    tab.locator("form[action$='/start/'] button").first.click()
    rate(tab, 0, 4)
    expect(tab.get_by_text("Stimme voll und ganz zu")).not_to_have_count(0)
    switch(tab, "Cymraeg")
    expect(tab.locator("html")).to_have_attribute("lang", "cy")
    assert rated(tab) == ["4"]
    rate(tab, 1, 2)
    switch(tab, "English")
    expect(tab.locator("html")).to_have_attribute("lang", "en-GB")
    assert rated(tab) == ["4", "2"]
    another = page(**PHONE, locale="de-AT")
    another.goto(link)
    expect(another.locator("html")).to_have_attribute("lang", "en-GB")
    another.locator("form[action$='/start/'] button, a[href*='/rate/']").first.click()
    assert rated(another) == ["4", "2"]
