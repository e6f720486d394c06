"""The log as owner and consultant see it, on a desk and on a phone."""

import pytest

from tests.browsing import assert_accessible, assert_fits, sign_in_here

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_the_log_is_read_filtered_and_turned(page, width):
    tab = page(width=width)
    tab.goto("/accounts/login/")
    sign_in_here(tab, "Helen Marsh")
    tab.goto("/workspaces/")
    tab.get_by_role("link", name="Northmoor Health and Care", exact=True).click()
    tab.get_by_role("link", name="What was done here").click()
    assert_accessible(tab)
    assert_fits(tab)
    tab.get_by_role("link", name="Older").click()
    assert tab.get_by_role("link", name="Newer").is_visible()
    tab.get_by_label("What was done", exact=True).select_option("reports")
    tab.get_by_role("button", name="Show").click()
    assert tab.get_by_text("to the leaders of its groups.").is_visible()
    tab.get_by_label("What was done", exact=True).select_option("links")
    tab.get_by_role("button", name="Show").click()
    assert tab.get_by_text("Nothing of this kind was done.").is_visible()
    assert_accessible(tab)
    assert_fits(tab)
