"""The report of the demo's closed survey in a browser: drawn, clicked, accessible at every width."""

import pytest

from tests.browsing import assert_accessible, assert_fits, open_demo_report

pytestmark = pytest.mark.browser
CONSULTANT = "Helen Marsh"


def report(page, width: int = 1280):
    """The first group's report of the demo's closed survey."""
    tab = page(width=width)
    open_demo_report(tab, CONSULTANT)
    tab.locator(".tree a").first.click()
    tab.locator(".chart[data-drawn]").wait_for()
    return tab


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_report_is_accessible_and_fits(page, width):
    tab = report(page, width)
    assert_accessible(tab)
    assert_fits(tab)


def test_a_click_on_the_figure_opens_what_is_behind_the_cell(page):
    tab = report(page)
    link = tab.locator(".chart-table a").first
    assert link.get_attribute("tabindex") == "-1"
    plot = tab.locator(".chart-plot .nsewdrag")
    plot.hover(position={"x": 60, "y": 40})
    tab.locator(".hoverlayer").get_by_text("Task in people’s own leadership").wait_for()
    plot.click(position={"x": 60, "y": 40})
    tab.locator("#cell").get_by_role("heading", name="Task in people’s own leadership").wait_for()
    assert_accessible(tab)


def test_without_the_figure_the_table_is_worked_by_keyboard(page):
    tab = report(page)
    tab.get_by_role("button", name="Show as table").click()
    link = tab.locator(".chart-table a").first
    link.focus()
    link.press("Enter")
    tab.locator("#cell").get_by_role("heading", name="Task in people’s own leadership").wait_for()
