"""The result page in a real browser, with a real worker: figure, files, no script, small screens."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reports import demo
from spaces.models import Role
from tests.browsing import assert_accessible, assert_fits, assert_fits_every_language, draw_figure
from tests.reports.pages.test_surveys_browser import report
from tests.stage import comes_true

pytestmark = pytest.mark.browser


def sign_in(page: Page, role: Role) -> Page:
    page.goto("/accounts/login/")
    page.fill("[name=login]", demo.address(demo.CAST[role]))
    page.fill("[name=password]", demo.PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/self-assessments/**")
    return page


def open_result(page: Page) -> Page:
    """The newest result that the list offers."""
    page.locator("main table a[href^='/reports/self-assessments/']").first.click()
    page.wait_for_url("**/reports/self-assessments/**")
    return page


def drawn(page: Page) -> Page:
    draw_figure(page)
    return page


def downloaded(page: Page, link) -> tuple[str, bytes]:
    with page.expect_download() as file:
        link.click()
    return file.value.suggested_filename, Path(file.value.path()).read_bytes()


@pytest.mark.parametrize(("role", "scheme"), [(Role.LEADER, "dark"), (Role.FACILITATOR, "light")])
def test_the_figure_is_drawn_over_the_table_and_gives_it_back(page, role, scheme):
    reader = open_result(sign_in(page(color_scheme=scheme), role))
    assert reader.evaluate("typeof Plotly") == "undefined"
    draw_figure(reader)
    expect(reader.locator(".chart-plot")).to_contain_text("Firmly 4.3")
    expect(reader.locator("#figure-job")).to_have_text("")
    assert_accessible(reader)
    reader.click("text=Show as table")
    expect(reader.locator(".chart-plot")).to_be_hidden()
    expect(reader.locator(".heatmap td").first).to_be_visible()
    assert_accessible(reader)
    reader.get_by_role("button", name="Show as figure").click()
    expect(reader.locator(".chart-plot")).to_be_visible()
    expect(reader.get_by_role("button", name="Show as table")).to_be_focused()


def test_a_figure_follows_the_scheme_while_paper_and_forced_colours_have_the_table(page):
    """Of levels each keeps its colour, whatever the page has."""
    reader = drawn(open_result(sign_in(page(color_scheme="dark"), Role.LEADER)))
    name, level = reader.locator(".annotation-text", has_text="Capability"), reader.locator(".heatmap .level-4").first
    expect(name).to_have_css("fill", "rgb(230, 236, 235)")
    reader.emulate_media(color_scheme="light")
    expect(name).to_have_css("fill", "rgb(20, 39, 45)")
    for media in ({"media": "print", "color_scheme": "dark"}, {"media": "screen", "forced_colors": "active"}):
        reader.emulate_media(**media)
        expect(reader.locator(".chart-plot")).to_be_hidden()
        expect(level).to_be_in_viewport()
        expect(level).to_have_css("background-color", "rgb(10, 65, 80)")
        if media["media"] == "print":
            expect(reader.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")


OVERLAP = """() => {
  const bottom = (css) => document.querySelector(css).getBoundingClientRect().bottom;
  return Math.round(bottom(".chart-figure .main-svg") - bottom(".chart-figure"));
}"""


@pytest.mark.parametrize("opened", [report, lambda page: drawn(open_result(sign_in(page(), Role.LEADER)))])
def test_the_figure_keeps_its_place_when_the_window_turns_narrow_and_wide(page, opened):
    reader = opened(page)
    heights = []
    for width in (1000, 700, 390, 1280):
        reader.set_viewport_size({"width": width, "height": 900})
        reader.wait_for_timeout(500)  # Plotly measures a moment after the window has changed
        assert reader.evaluate(OVERLAP) == 0
        heights.append(reader.locator(".chart-figure").bounding_box()["height"])
    wide, *narrow, wide_again = heights
    assert wide == wide_again > narrow[0] == narrow[1] > 300


def test_a_pdf_is_made_with_progress_and_fetched(page):
    leader = open_result(sign_in(page(), Role.LEADER))
    leader.locator("#keep-it").get_by_text("Download PDF").click()
    name, content = downloaded(leader, leader.locator("#keep-it #files a"))
    assert name.endswith("Ruth Adeyemi.pdf")
    assert content.startswith(b"%PDF-")
    assert_accessible(leader)


def test_a_picture_is_made_without_script(page):
    leader = open_result(sign_in(page(java_script_enabled=False), Role.LEADER))
    expect(leader.locator(".heatmap td").first).to_be_visible()
    leader.click("text=Picture (PNG)")
    leader.wait_for_url("**/jobs/**")
    ready = leader.locator("main a[href$='/files/png/']")
    assert comes_true(lambda: leader.reload() and ready.count(), seconds=60)
    name, content = downloaded(leader, ready)
    assert name.endswith("Ruth Adeyemi.png")
    assert content.startswith(b"\x89PNG")


def test_a_coach_reads_by_a_link_and_replies_until_it_ends(page):
    leader = open_result(sign_in(page(), Role.LEADER))
    result = leader.url
    leader.get_by_role("link", name="Change who sees it").click()
    leader.get_by_role("link", name="Make a link").click()
    leader.fill("[name=meant_for]", "My coach")
    leader.check("[name=with_answers]")
    assert_accessible(leader)
    leader.get_by_role("button", name="Make the link").click()
    link = leader.get_by_label("The link to your result").input_value()
    assert_accessible(leader)

    coach = page(width=390, tolerate="410|422")
    coach.goto(link)
    expect(coach.get_by_role("heading", name="Ruth Adeyemi shares a result with you")).to_be_visible()
    assert_accessible(coach)
    coach.get_by_role("button", name="Open the result").click()
    expect(coach.get_by_role("heading", name="Each of Ruth’s answers")).to_be_visible()
    assert link.rstrip("/").rpartition("/")[2] not in coach.url
    coach.get_by_role("button", name="Send the reply").click()
    expect(coach.locator(".error-summary")).to_be_focused()
    coach.get_by_label("Your name").fill("Ola")
    coach.get_by_label("Your reply").fill("Who would notice first?")
    coach.get_by_role("button", name="Send the reply").click()
    expect(coach.get_by_text("is with Ruth")).to_be_visible()
    assert_accessible(coach)
    assert_fits_every_language(coach)

    leader.goto(result)
    expect(leader.locator("#replies")).to_contain_text("Who would notice first?")
    leader.get_by_role("link", name="Delete the reply").click()
    leader.get_by_role("button", name="Delete the reply").click()
    leader.get_by_role("button", name="End it").first.click()
    expect(leader.get_by_text("The link has ended.")).to_be_visible()
    coach.reload()
    expect(coach.get_by_role("heading", name="This link opens nothing")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
def test_the_page_fits(page, width):
    leader = open_result(sign_in(page(width=width), Role.LEADER))
    assert_fits(leader)
    leader.locator(".heatmap td a").first.press("Enter")
    expect(leader.locator("#cell h2")).to_have_text("Task, yourself")
    assert_fits(leader)
    assert_accessible(leader)


def test_a_leader_goes_from_a_place_to_an_intention_by_keyboard(page):
    leader = open_result(sign_in(page(width=390, reduced_motion="reduce"), Role.LEADER))
    leader.locator(".heatmap td a").last.press("Enter")
    expect(leader.locator("#cell h2")).to_be_focused()
    leader.keyboard.press("Tab")
    expect(leader.get_by_role("link", name="What could help here")).to_be_focused()
    leader.keyboard.press("Tab")
    leader.keyboard.press("Enter")
    expect(leader.locator(".heatmap td a").first).to_be_in_viewport()
    leader.get_by_role("link", name="What could help here").press("Enter")
    assert_accessible(leader)
    leader.get_by_role("group", name="Could the people doing the work say").get_by_label("Yes").press("Space")
    leader.get_by_role("group", name="Do they have the time").get_by_label("No", exact=True).press("Space")
    leader.get_by_role("button", name="See what fits").press("Enter")
    expect(leader.locator("#fits")).to_contain_text("Environment comes first")
    assert_fits(leader)
    assert_accessible(leader)
    leader.get_by_role("link", name="I mean to do this").first.press("Enter")
    assert_accessible(leader)
    leader.get_by_label("What you mean to do").fill("Ask two people what stands in their way.")
    leader.get_by_role("button", name="Keep this intention").press("Enter")
    expect(leader.locator("main")).to_contain_text("Ask two people what stands in their way.")
    leader.get_by_role("link", name="How did it go?").first.press("Enter")
    assert_accessible(leader)
    assert_fits(leader)
