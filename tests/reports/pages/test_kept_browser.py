"""What is kept and how long, a report deleted, a copy of one’s data, a workspace that goes: in a browser."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reports.demo import NAME, PASSWORD
from tests.browsing import PATIENCE, assert_accessible, assert_fits, sign_in_here

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PICTURES", "")


def look(tab: Page, name: str) -> None:
    """Nothing is cut off, wide or narrow, and nobody is kept out."""
    for width in (390, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        assert_accessible(tab)
        assert_fits(tab)
        if PICTURES:
            tab.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


def test_an_owner_looks_after_what_is_kept(page):
    tab = page(tolerate="422")
    tab.goto("/accounts/login/")
    sign_in_here(tab, "Amina Farouk")
    tab.wait_for_url("**/reports/**")
    tab.goto("/workspaces/")
    tab.get_by_role("link", name=NAME, exact=True).click()
    tab.get_by_role("heading", name="This workspace").wait_for()
    home = tab.url
    tab.get_by_role("link", name="What is kept, and how long").click()
    expect(tab.get_by_role("heading", name="What goes when")).to_be_visible()
    look(tab, "retention")
    tab.get_by_label("How long after their close").select_option("36")
    tab.get_by_role("button", name="Save the time").click()
    expect(tab.get_by_text("Saved. Everybody who is asked")).to_be_visible()
    tab.get_by_role("link", name="Delete its report now").first.click()
    expect(tab.get_by_role("heading", name="What this would destroy, for good")).to_be_visible()
    look(tab, "delete-report")
    tab.get_by_role("button", name="Delete the report for good").click()
    expect(tab.get_by_text("Choose a reason").first).to_be_visible()
    look(tab, "delete-report-error")

    tab.goto(f"{home}delete/")
    look(tab, "delete-workspace")
    tab.goto(f"{home}log/".replace("/workspaces/", "/reports/workspaces/"))
    tab.get_by_label("What was done").select_option("looks")
    tab.get_by_role("button", name="Show").click()
    tab.wait_for_url("**kind=looks**")
    look(tab, "log")

    tab.goto("/accounts/copy/")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="Make the copy")).to_be_visible()
    look(tab, "copy")
    tab.get_by_role("button", name="Make the copy").click()
    expect(tab.locator("main")).not_to_contain_text("is being made", timeout=PATIENCE)
    tab.goto("/accounts/copy/")
    fetch = tab.get_by_role("link", name="Download the copy")
    expect(fetch).to_be_visible()
    look(tab, "copy-made")
    with tab.expect_download() as started:
        fetch.click()
    assert started.value.suggested_filename.endswith(".zip")
