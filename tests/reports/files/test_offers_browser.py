"""A file is asked for where the report is read, by keyboard: it is made where its button stood, and fetched there."""

import pytest
from playwright.sync_api import expect

from tests.browsing import assert_accessible, assert_fits
from tests.reports.pages.test_surveys_browser import report

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "file"), [(1280, "Drawing (SVG)"), (390, "Picture (PNG)")])
def test_a_file_is_made_where_its_button_stood_and_whoever_asked_stands_at_it(page, width, file):
    tab = report(page, width)
    line = tab.locator(".file-list > li", has_text=file.partition(" ")[0])
    line.get_by_role("button", name=f"Make it {file}").press("Enter")
    expect(line.locator("[id^=job-]")).to_be_focused()
    link = line.get_by_role("link", name=f"Download {file}")
    expect(link).to_be_visible()
    expect(line.locator("[id^=job-]")).to_be_focused()
    assert_accessible(tab)
    assert_fits(tab)
    with tab.expect_download() as fetched:
        link.press("Enter")
    assert fetched.value.suggested_filename.endswith(file[-4:-1].lower())
