"""A checklist of one's own in a real browser: pages at two widths, the live preview, by keyboard, without script."""

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import assert_accessible, assert_fits, assert_fits_every_language, sign_in_here

pytestmark = pytest.mark.browser

CONSULTANT = "Helen Marsh"
PAGES = (
    *("", "condition/task/", "indicator/T1/", "scale/", "questions/", "languages/de/", "publish/", "share/"),
    *("file/", "delete/", "preview/task/"),
)


def begin(tab: Page) -> str:
    """A draft from TRACE focused; its address."""
    tab.goto("/accounts/login/")
    sign_in_here(tab, CONSULTANT)
    tab.goto("/surveys/")
    tab.get_by_role("link", name="Checklists").click()
    tab.get_by_role("link", name="New checklist").click()
    tab.get_by_label("What is it called?").fill(f"Ward leaders {secrets.token_hex(3)}")
    tab.get_by_role("button", name="Begin the draft").click()
    expect(tab.get_by_text("65 statements, about 12 min")).to_be_visible()
    return tab.url


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_a_draft_is_accessible_and_fits_in_every_language(page, width):
    tab = page(width=width)
    draft = begin(tab)
    library = tab.get_by_role("link", name="Checklists").first.get_attribute("href")
    for place in (library, f"{library}new/", *(draft + name for name in PAGES)):
        tab.goto(place)
        assert_accessible(tab)
        assert_fits(tab)
        assert_fits_every_language(tab)


def test_the_preview_follows_what_is_ticked_and_saves_nothing(page):
    tab = page()
    task = f"{begin(tab)}condition/task/"
    tab.goto(task)
    shown = tab.frame_locator(".builder-preview iframe").locator("legend", has_text="regularly make time to talk")
    expect(shown).to_have_count(1)
    tab.locator("input[value='T1.team']").uncheck()
    expect(shown).to_have_count(0)
    tab.get_by_role("button", name="Desktop").click()
    expect(tab.locator(".builder-preview iframe")).to_have_css("width", "1000px")
    tab.reload()
    expect(tab.locator("input[value='T1.team']")).to_be_checked()


def test_whoever_leaves_words_that_are_not_saved_is_asked_first(page):
    tab, asked = page(), []
    tab.goto(f"{begin(tab)}indicator/T1/")
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.get_by_label("Title").fill("Talking it through")
    tab.get_by_role("link", name="Back to Task").click()
    expect(tab.get_by_label("Title")).to_have_value("Talking it through")
    assert asked == ["beforeunload"]
    tab.get_by_role("button", name="Save the words").click()
    expect(tab.get_by_text("Saved.")).to_be_visible()
    tab.get_by_role("link", name="Back to Task").click()
    expect(tab.get_by_role("heading", name="Task")).to_be_visible()
    assert asked == ["beforeunload"]


def test_it_is_done_by_keyboard(page):
    tab = page()
    tab.goto(f"{begin(tab)}condition/task/")
    tab.locator("input[value='T1.team']").focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Saved.")).to_be_visible()
    expect(tab.locator("input[value='T1.team']")).not_to_be_checked()


def test_all_but_the_live_preview_works_without_script(page):
    tab = page(java_script_enabled=False)
    draft = begin(tab)
    tab.goto(f"{draft}condition/energy/")
    expect(tab.locator(".builder-preview")).to_be_hidden()
    tab.locator("input[value='E1.team']").uncheck()
    tab.get_by_role("button", name=re.compile("Down.*Noticing all five energies")).click()
    assert tab.locator(".builder-row").nth(1).get_attribute("id") == "E1"
    expect(tab.locator("input[value='E1.team']")).not_to_be_checked()
    tab.get_by_label("An indicator of your own").fill("Rest between shifts")
    tab.get_by_role("button", name="Add it").click()
    tab.get_by_label("Topic").fill("rest between shifts")
    tab.get_by_label("Team", exact=True).fill("On our ward, people get the rest they need between shifts.")
    tab.get_by_role("button", name="Save the words").click()
    tab.goto(f"{draft}preview/energy/")
    expect(tab.locator("legend", has_text="On our ward, people get the rest they need")).to_have_count(1)
    tab.goto(f"{draft}publish/")
    tab.get_by_role("button", name="Publish version 1").click()
    expect(tab.get_by_text(re.compile("is published as version 1"))).to_be_visible()
