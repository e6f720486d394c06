"""A campaign of two hundred teams on a real site, from somebody else's untidy list to the letters of the release."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import assert_accessible, assert_fits
from tests.surveys_loop import campaign
from tests.surveys_loop.walking import open_new_workspace

pytestmark = pytest.mark.browser

WORKSPACE = "Northshire Care"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
TAKEN, TO_MEND = 1995, 6


def looks_right(tab: Page) -> None:
    assert_accessible(tab)
    tab.set_viewport_size(PHONE)
    assert_fits(tab)
    tab.set_viewport_size(DESK)


def bring(tab: Page, name: str, content: bytes) -> None:
    """As far as the page on which the list is checked."""
    tab.get_by_role("link", name="Import people").click()
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    tab.locator("input[type=file]").set_input_files({"name": name, "mimeType": mime, "buffer": content})
    tab.get_by_role("button", name="Check the list").click()


def bring_everybody(tab: Page) -> None:
    bring(tab, "staff.xlsx", campaign.workbook())
    expect(tab.get_by_role("heading", name=f"{TO_MEND} rows to mend")).to_be_visible()
    for said in (
        "2 rows above the heading",
        "Private e-mail",
        "“N/A” or “-”",
        "Care closer to home, locality team 200",
    ):
        expect(tab.locator("main")).to_contain_text(said)
    looks_right(tab)
    tab.get_by_role("button", name="Import the list").click()
    expect(tab.locator("main")).to_contain_text(f"{TAKEN} people are added. {TO_MEND} rows are left")


def update_and_take_back(tab: Page) -> None:
    """Two weeks later, with everybody who is gone; then as if it had not been."""
    bring(tab, "staff in December.xlsx", campaign.updated())
    main = tab.locator("main")
    expect(main).to_contain_text("5 people of these groups are not in the list")
    for said in ("person.105@", "Forename2004 Surname2004", "Directorate 4 › Care closer to home, locality team 31"):
        expect(main).to_contain_text(said)
    tab.get_by_label("Remove them").check()
    tab.get_by_role("button", name="Import the list").click()
    expect(main).to_contain_text("10 people are added")
    tab.get_by_role("link", name="Take it back").click()
    expect(main).to_contain_text("People who come back")
    looks_right(tab)
    tab.get_by_role("button", name="Take the import back").click()
    expect(tab.locator("body")).to_contain_text("The import is taken back.")
    tab.get_by_role("link", name="Import people").click()


def test_a_campaign_of_two_hundred_teams(page):
    tab = page(tolerate="422")
    open_new_workspace(tab, WORKSPACE)
    bring_everybody(tab)
    tab.get_by_role("link", name=WORKSPACE).first.click()
    update_and_take_back(tab)
    tab.get_by_role("link", name=WORKSPACE).first.click()
    tab.screenshot(path="/tmp/w/eyes/camp1.png", full_page=True)
