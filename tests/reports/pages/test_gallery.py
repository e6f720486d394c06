"""The gallery: public in debug, absent otherwise, and a chart page that keeps the site's rules."""

import json
import re
import runpy

import pytest
from django.urls import include, path, reverse
from playwright.sync_api import expect

from tests.browsing import assert_accessible, assert_fits
from tests.pages import tight
from trace_site import urls as site

urlpatterns = [*site.urlpatterns, path("ui/", include("reports.pages.gallery.urls"))]
with_gallery = pytest.mark.urls(__name__)


@pytest.fixture
def gallery(client) -> str:
    return client.get(reverse("gallery:gallery")).content.decode()


@pytest.mark.parametrize("debug", [True, False])
def test_there_is_a_gallery_in_debug_only(settings, debug):
    settings.DEBUG = debug
    patterns = runpy.run_path(site.__file__)["urlpatterns"]
    assert ("ui/" in [str(pattern.pattern) for pattern in patterns]) is debug


@with_gallery
def test_anybody_sees_it_without_a_database(client):
    assert client.get(reverse("gallery:gallery")).status_code == 200


@with_gallery
def test_it_shows_every_state(gallery):
    for words in ("Not yet", "Partly", "Mostly", "Firmly", "Don’t know", "Too few answers", "Too few", "Not asked"):
        assert f">{words}<" in gallery
    for classes in (
        *("level-1 is-brief", "level-4 is-brief", "level-2 views-differ", "too-few", "no-score"),
        *("note-error", "is-invalid", "is-loading", "is-error"),
    ):
        assert re.search(rf'class="[^"]*\b{classes}\b', gallery)
    for job in ("is waiting for its turn", "is being made", "is ready", "Try again"):
        assert job in gallery


@with_gallery
def test_a_form_with_errors_says_what_to_do(client):
    page = tight(client.get(reverse("gallery:errors")))
    assert "<title>Error:" in page
    assert "Enter how many people work in Pharmacy" in page


@with_gallery
@pytest.mark.parametrize("name", ["heatmap", "states"])
def test_figures_and_pictures_are_served(client, name):
    figure = client.get(reverse("gallery:figure", args=[name]))
    assert json.loads(figure.content)["data"][0]["type"] == "heatmap"
    picture = client.get(reverse("gallery:picture", args=[name]))
    assert picture.content.startswith(b"\x89PNG")


@with_gallery
def test_nothing_else_has_a_figure(client):
    assert client.get("/ui/other.json").status_code == 404


# --- what a chart page may do ---


@with_gallery
def test_a_chart_page_allows_style_attributes_and_no_more(client):
    policies = [
        client.get(address)["Content-Security-Policy"] for address in (reverse("gallery:gallery"), "/ui/errors/")
    ]
    chart, plain = (dict(part.strip().split(" ", 1) for part in policy.split(";")) for policy in policies)
    assert chart.pop("style-src-attr") == "'unsafe-inline'"
    assert "style-src-attr" not in plain
    for name in ("style-src", "script-src"):
        assert "unsafe" not in chart[name]
    assert {name: value for name, value in chart.items() if "nonce" not in value} == {
        name: value for name, value in plain.items() if name not in {"style-src", "script-src"}
    }


@with_gallery
def test_plotly_waits_to_be_asked_for_and_finds_a_style_element_with_the_nonce_of_the_page(client):
    response = client.get(reverse("gallery:gallery"))
    [name] = re.findall(r"<script[^>]*plotly[^>]*>", response.content.decode())
    assert (" src=" in name, 'data-plotly="/static/vendor/plotly' in name) == (True, True)
    assert not re.search(r"\ssrc=\S*plotly", name)
    nonce = re.search(r"style-src [^;]*'nonce-([^']+)'", response["Content-Security-Policy"])[1]
    assert f'<style id="plotly.js-style-global" nonce="{nonce}"></style>' in response.content.decode()


@with_gallery
def test_the_table_is_there_before_any_script(gallery):
    charts = re.findall(r'<div class="chart".*?</button>\s*</div>', gallery, re.DOTALL)
    with_figure = [chart for chart in charts if "data-figure" in chart]
    assert with_figure
    for chart in with_figure:
        assert "<table" in chart
        assert re.search(r'<div class="chart-plot" aria-hidden="true" hidden>', chart)
        assert re.search(r"<button [^>]*\bhidden>", chart)


def open_gallery(page, **options):
    """The gallery once every figure was asked for and stands: while they come, what is below them moves."""
    tab = page(tolerate="missing.json", **options)
    tab.goto("/ui/")
    for switch in tab.locator(".chart-switch").all():
        switch.click()
    tab.locator(".chart[data-drawn]").nth(1).wait_for()
    return tab


@pytest.mark.browser
@pytest.mark.parametrize(("width", "column"), [(1280, "Organisation"), (390, "Org.")])
def test_figures_replace_their_tables_and_give_them_back(page, width, column):
    tab = open_gallery(page, width=width)
    chart = tab.locator(".chart[data-drawn]").first
    assert chart.locator(".chart-plot").get_by_text(column, exact=True).is_visible()
    assert chart.locator(".chart-table.visually-hidden table").count() == 1
    assert chart.locator(".modebar").count() == 0
    switch = chart.get_by_role("button", name="Show as table")
    switch.click()
    switch = chart.get_by_role("button", name="Show as figure")
    assert chart.locator(".chart-table").bounding_box()["width"] > 200
    assert chart.locator(".chart-plot").is_hidden()
    switch.click()
    assert chart.locator(".chart-plot").is_visible()
    assert chart.get_by_role("button", name="Show as table").is_visible()


@pytest.mark.browser
def test_hover_says_the_sentence_of_the_cell(page):
    tab = open_gallery(page)
    chart = tab.locator(".chart[data-drawn]").first
    chart.locator(".annotation-text", has_text="Firmly 4.3").hover(force=True)
    chart.locator(".hoverlayer").get_by_text("Task, yourself: 4.3 out of 5, firmly").wait_for()


@pytest.mark.browser
def test_a_figure_that_cannot_be_fetched_leaves_its_table(page):
    tab = open_gallery(page)
    missing = tab.locator(".chart[data-figure*='missing']")
    assert missing.get_by_role("table").is_visible()
    assert missing.locator(".chart-plot").is_hidden()
    expect(missing.get_by_role("button", name="Show as figure")).to_be_visible()


@pytest.mark.browser
def test_a_figure_is_drawn_once_at_a_time(page):
    """It was asked for before it was made, and its making is said before that is answered."""
    tab, asked = page(tolerate="missing.json"), []
    tab.route("**/ui/heatmap.json", lambda route: route.continue_() if asked[1:] else asked.append(route))
    tab.goto("/ui/")
    with tab.expect_request("**/ui/heatmap.json"):
        tab.locator(".chart[data-figure*='heatmap'] .chart-switch").click()
    tab.evaluate("document.dispatchEvent(new Event('job-done'))")
    tab.evaluate("fetch('/ui/states.json').then((answer) => answer.text())")  # answered after whatever came before it
    assert len(asked) == 1
    asked.append(None)
    asked[0].fulfill(status=204)
    chart = tab.locator(".chart[data-figure*='heatmap']")
    expect(chart).to_have_attribute("data-drawn", "yes")
    expect(chart.locator(".chart-plot")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_it_is_accessible_and_fits(page, width):
    tab = open_gallery(page, width=width)
    assert_accessible(tab)
    assert_fits(tab)
