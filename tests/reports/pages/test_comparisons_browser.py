"""Groups of the demo's closed survey side by side in a browser: chosen by keyboard and by hand, read at every width."""

import pytest
from playwright.sync_api import expect

from tests.browsing import assert_accessible, assert_fits, open_demo_report

pytestmark = pytest.mark.browser
FACILITATOR = "Tomos Rees"


def choosing(page, width: int = 1280, **context):
    """The choice of groups of the demo's closed survey, all of which is released to the facilitator."""
    tab = page(width=width, **context)
    open_demo_report(tab, FACILITATOR)
    tab.get_by_role("link", name="Compare groups").click()
    return tab


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light"), (320, "light")])
def test_choosing_and_reading_is_accessible_and_fits(page, width, scheme):
    tab = choosing(page, width, color_scheme=scheme)
    tab.get_by_role("link", name="Tick every team").click()
    tab.get_by_role("button", name="Count some of them together").click()
    expect(tab.get_by_label("How Therapies is counted")).to_be_visible()
    assert_accessible(tab)
    assert_fits(tab)
    tab.get_by_role("button", name="Compare these groups").click()
    tab.get_by_role("heading", name="Every cell against everybody else").wait_for()
    assert_accessible(tab)
    assert_fits(tab)


def test_groups_are_counted_together_by_keyboard(page):
    tab = choosing(page)
    for group in ("Therapies", "Reablement", "Social work"):
        tab.get_by_role("checkbox", name=group).press("Space")
    tab.get_by_role("button", name="Count some of them together").press("Enter")
    tab.get_by_label("Name of grouping A").fill("At home")
    for group in ("Reablement", "Social work"):
        tab.get_by_role("checkbox", name=group).press("Tab")
        tab.keyboard.press("i")  # in grouping A
    tab.get_by_label("Name of grouping A").press("Enter")
    tab.get_by_role("heading", name="Comparison of 2 groups").wait_for()
    expect(tab.get_by_role("heading", name="At home")).to_be_visible()
    expect(tab.get_by_text("Your own grouping: Reablement and Social work.")).to_be_visible()


def test_another_space_is_shown_in_place_and_has_an_address(page):
    tab = choosing(page)
    tab.get_by_role("link", name="Tick every team").click()
    tab.get_by_role("button", name="Compare these groups").click()
    tab.get_by_role("region", name="Difference from everybody else: Team").wait_for()
    tab.wait_for_load_state()
    tab.get_by_label("Space").select_option("system")
    shown = tab.get_by_role("region", name="Difference from everybody else: System")
    shown.wait_for()
    part = shown.inner_html()
    assert "space=system" in tab.url
    tab.reload()
    assert shown.inner_html() == part


def test_without_script_all_of_it_works(page):
    tab = choosing(page, java_script_enabled=False)
    for group in ("Reablement", "Therapies"):
        tab.get_by_role("checkbox", name=group).check()
    tab.get_by_role("button", name="Compare these groups").click()
    tab.get_by_label("Space").select_option("organisation")
    tab.get_by_role("button", name="Show").click()
    expect(tab.get_by_role("region", name="Difference from everybody else: Organisation")).to_be_visible()
