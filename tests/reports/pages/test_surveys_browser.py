"""The report of the demo's closed survey in a browser: drawn, clicked, accessible at every width."""

import pytest
from playwright.sync_api import expect

from tests.browsing import (
    LEAVING_THEIR_CELL,
    assert_accessible,
    assert_fits,
    draw_figure,
    open_demo_report,
    sign_in_here,
)

pytestmark = pytest.mark.browser
CONSULTANT = "Helen Marsh"


def report(page, width: int = 1280, **options):
    """The first group's report of the demo's closed survey."""
    tab = page(width=width, **options)
    open_demo_report(tab, CONSULTANT)
    tab.locator(".group-tree a").first.click()
    draw_figure(tab)
    return tab


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_a_report_is_accessible_and_fits(page, width, scheme):
    tab = report(page, width, color_scheme=scheme)
    assert_accessible(tab)
    assert_fits(tab)
    place = tab.locator(".place-steps").first
    expect(place.locator(".place-causes")).to_be_hidden()
    tab.locator(".report-first").get_by_role("link", name="What could help").first.click()
    expect(place.locator(".place-causes")).to_be_visible()
    place.get_by_text("If not: Capability").click()
    expect(place.get_by_text("Ask someone to show you in calm conditions.")).to_be_visible()
    assert_accessible(tab)
    assert_fits(tab)
    tab.get_by_role("link", name="Choose what goes onto slides and into files").click()
    tab.get_by_role("button", name="Save this choice").wait_for()
    assert_accessible(tab)
    assert_fits(tab)


def test_no_page_of_a_report_scrolls_sideways_at_four_times_its_size(page):
    """A screen of 1280 × 900 at 400 %."""
    tab = page(width=320, height=225)
    open_demo_report(tab, CONSULTANT)
    links = [f"main a[href$='{end}/']" for end in ("/compare", "/release", "/evidence", "/comments")]
    addresses = [tab.locator(link).first.get_attribute("href") for link in links]
    group = tab.locator(".group-tree a").first.get_attribute("href")
    for address in [tab.url, "/reports/", *addresses, group, f"{group}present/", f"{group}task/self/"]:
        tab.goto(address)
        expect(tab.locator("h1").first).to_be_visible()
        assert_fits(tab)


def test_the_words_of_a_map_stay_in_their_cells_in_every_language(page, site):
    tab = page(width=390)
    open_demo_report(tab, CONSULTANT)
    groups = [link.get_attribute("href") for link in tab.locator(".group-tree a").all()[:4]]
    for language in ("en", "de", "cy"):
        tab.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
        for group in groups:
            tab.goto(group)
            for width in (1280, 390, 320):
                tab.set_viewport_size({"width": width, "height": 800})
                assert tab.evaluate(LEAVING_THEIR_CELL) == [], (language, group, width)


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


@pytest.mark.parametrize(("width", "file"), [(1280, "Workbook (Excel)"), (320, "Table (CSV)")])
def test_without_a_connection_a_file_says_so_keeps_the_focus_and_is_asked_for_again(page, width, file):
    tab = report(page, width, tolerate="DISCONNECTED|htmx:")
    line = tab.locator(".file-list > li", has_text=file.partition(" ")[0])
    button = line.get_by_role("button", name=f"Make it {file}")
    tab.context.set_offline(True)
    button.press("Enter")
    expect(line.get_by_role("alert")).to_contain_text("No connection.")
    expect(button).to_be_focused()
    assert_accessible(tab)
    assert_fits(tab)
    line.get_by_role("button", name="Try again").press("Enter")
    expect(line.get_by_role("alert")).to_have_count(1)
    expect(button).to_be_focused()
    tab.context.set_offline(False)
    line.get_by_role("button", name="Try again").press("Enter")
    expect(line.get_by_role("link", name=f"Download {file}")).to_be_visible()
    expect(line.get_by_role("alert")).to_have_count(0)


def test_whoever_was_signed_out_is_told_at_the_cell_and_led_back(page):
    tab = report(page, tolerate="401")
    address = tab.url
    tab.context.clear_cookies(name="sessionid")
    tab.locator(".chart-plot .nsewdrag").click(position={"x": 60, "y": 40})
    said = tab.locator("#cell").get_by_role("alert")
    expect(said).to_contain_text("you have been signed out")
    expect(said).to_be_in_viewport()
    assert_accessible(tab)
    said.get_by_role("link", name="Sign in again").click()
    sign_in_here(tab, CONSULTANT)
    tab.wait_for_url(address)


def test_a_server_that_fails_is_told_from_a_connection(page):
    tab = report(page, tolerate="503")
    tab.route("**/task/self/", lambda route: route.fulfill(status=503))
    tab.locator(".chart-plot .nsewdrag").click(position={"x": 60, "y": 40})
    expect(tab.locator("#cell").get_by_role("alert")).to_contain_text("it is our fault")
    tab.unroute("**/task/self/")
    tab.locator("#cell").get_by_role("button", name="Try again").click()
    tab.locator("#cell").get_by_role("heading", name="Task in people’s own leadership").wait_for()
    expect(tab.get_by_role("alert")).to_have_count(0)
