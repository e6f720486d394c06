"""Setting up a survey in a real browser: with script and without, at both sizes."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import assert_accessible, assert_fits

pytestmark = pytest.mark.browser
CONSULTANT, PASSWORD = "helen.marsh@northmoor.example", "trace-demo-word"
REFUSED = "422"  # Chromium notes a page that shows what is wrong


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", CONSULTANT)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def begin(page: Page, title: str) -> None:
    """Steps 1: the four steps are reached from the top bar."""
    page.goto("/surveys/")
    page.get_by_role("link", name="New survey").first.click()
    day = datetime.date.today() + datetime.timedelta(days=20)
    page.get_by_label("Name of the survey").fill(title)
    page.get_by_label("Who asks").fill("Ruth Adeyemi, Director")
    page.get_by_label("Why you are asking").fill("To agree what to change.")
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name=closes_on_{part}]").fill(str(number))
    page.get_by_role("button", name="Continue to questions and people").click()


def choose(page: Page) -> None:
    page.locator("[name=primary_space][value=team]").check()
    page.locator("[name=spaces][value=system]").check()
    page.locator("[name=audience]").first.check()
    page.get_by_label("Who made the list").fill("Helen Marsh")


def looks_right(page: Page) -> None:
    assert_accessible(page)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_figures_follow_the_choices_and_every_step_looks_right(page):
    visitor = page()
    sign_in(visitor)
    begin(visitor, "With script")
    looks_right(visitor)
    expect(visitor.locator("aside")).to_contain_text("none yet")
    choose(visitor)
    expect(visitor.locator("aside")).to_contain_text("Team, System")
    expect(visitor.locator("[name=spaces][value=team]")).to_be_hidden()
    visitor.locator("[name=entry][value=shared]").check()
    looks_right(visitor)
    visitor.locator("[name=entry][value=personal]").check()
    visitor.get_by_role("button", name="Continue to messages").click()
    looks_right(visitor)
    visitor.get_by_role("button", name="Continue to check and launch").click()
    expect(visitor.get_by_role("heading", name="Each group at three turnouts")).to_be_visible()
    looks_right(visitor)
    visitor.get_by_text("From ten", exact=True).click()
    expect(visitor.locator("#forecast")).to_contain_text("A group that reaches 10 has its own result.")


def test_everything_can_be_set_up_without_script(page):
    visitor = page(java_script_enabled=False)
    sign_in(visitor)
    begin(visitor, "Without script")
    choose(visitor)
    visitor.get_by_role("button", name="Continue to messages").click()
    visitor.get_by_role("button", name="Continue to check and launch").click()
    visitor.get_by_role("link", name="See each group at 60%").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("What you will be able to report")
    visitor.get_by_role("link", name="Check and launch").last.click()
    visitor.get_by_role("link", name="Preview as a respondent").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Without script")
    expect(visitor.get_by_role("button", name="Start the survey")).to_be_disabled()


def test_a_mistake_takes_the_focus_and_leads_to_its_field(page):
    visitor = page(tolerate=REFUSED)
    sign_in(visitor)
    begin(visitor, "With a mistake")
    visitor.get_by_role("button", name="Continue to messages").click()
    summary = visitor.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Three things need your attention")
    assert visitor.title().startswith("Error: ")
    summary.get_by_role("link", name="Choose the primary space").click()
    expect(visitor.locator("#id_primary_space")).to_be_in_viewport()
    looks_right(visitor)
