"""Several people at one device and one person at several, with script, on a link that many use."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from reports.demo.people import NAME
from tests.browsing import PATIENCE, assert_accessible, assert_fits, sign_in_here
from tests.reports.pages.test_room_browser import PHONE, signed_in, start
from tests.surveys_loop.walking import begin_survey

pytestmark = pytest.mark.browser

OTHER_LINK = "412"
SCRIPT = "**/js/rating*.js"
CONSULTANT = "Helen Marsh"
ASKED = "Emergency department"


@pytest.fixture(scope="module")
def link(browser, site) -> str:
    """Of one survey for all tests, since no visit touches another: five pages of a statement each, seventeen places."""
    context = browser.new_context(base_url=site.url)
    context.set_default_timeout(PATIENCE)
    link = launch(context.new_page())
    context.close()
    return link


def launch(tab: Page) -> str:
    """The path of the link, once it is open."""
    tab.goto("/accounts/login/")
    sign_in_here(tab, CONSULTANT)
    tab.goto("/workspaces/")
    begin_survey(tab, workspace=NAME, title="At one device")
    tab.locator("[name=preset][value=pulse]").check()
    tab.locator("[name=primary_space][value=team]").check()
    tab.get_by_role("checkbox", name=ASKED).check()
    tab.locator("[name=entry][value=shared]").check()
    tab.get_by_label("Who made the list").fill(CONSULTANT)
    tab.get_by_role("button", name="Continue to messages").click()
    tab.get_by_role("link", name="Continue to check and launch").click()
    tab.locator("button[name=launch]").click()
    return urlsplit(tab.locator("#link-address").inner_text()).path


def begin(tab: Page, link: str) -> None:
    tab.goto(link)
    tab.get_by_role("button", name="Start the survey").click()
    expect(tab.locator("#rating")).to_be_visible()


def rate(tab: Page, value: int) -> None:
    tab.locator(f"#rating input[type=radio][value='{value}']").check(force=True)
    expect(tab.locator("#saved")).to_have_attribute("data-waiting", "0")


@contextmanager
def script_held_back(tab: Page) -> Iterator[None]:
    """That of the rating, until the block ends."""
    held = []

    def hold(route: Route) -> None:
        held.append(route)

    tab.route(SCRIPT, hold)
    with tab.expect_request(SCRIPT):
        yield
    held[0].continue_()
    tab.unroute(SCRIPT)


def test_what_is_rated_before_the_script_has_come_is_saved_as_well(page, link):
    tab = page(**PHONE)
    with script_held_back(tab):
        begin(tab, link)
        tab.locator("#rating input[type=radio][value='2']").check(force=True)
    expect(tab.locator("#saved")).to_have_attribute("data-waiting", "0")
    tab.reload()
    assert rated(tab) == "2"


def rated(tab: Page) -> str:
    return tab.locator("#rating input[type=radio]:checked").get_attribute("value")


def own_link(tab: Page) -> str:
    """Read off the page behind 'Copy my own link'; goes back to the rating."""
    here = tab.url
    tab.get_by_text("Copy my own link").click()
    path = urlsplit(tab.locator("#own-link").input_value()).path
    tab.goto(here)
    return path


def assert_begins(tab: Page) -> None:
    expect(tab.get_by_role("button", name="Start the survey")).to_be_visible()
    expect(tab.get_by_role("link", name="Go on with what was begun here")).to_be_visible()


def test_a_rating_that_was_saved_is_not_posted_again_over_a_newer_one(page, link):
    """The case two_devices_rating: the first device presses Continue without touching anything since."""
    phone, desk = page(**PHONE), page()
    begin(phone, link)
    rate(phone, 2)
    own = own_link(phone)
    task = phone.url
    rate(phone, 3)
    desk.goto(own)
    desk.goto(task)
    assert rated(desk) == "3"
    rate(desk, 5)
    with phone.expect_navigation():
        phone.locator(".rating-buttons button.btn-primary").click()
    desk.reload()
    assert rated(desk) == "5"
    expect(phone.get_by_role("heading", level=1)).to_have_text("Route")


def test_a_page_of_another_link_keeps_what_was_entered_until_it_can_be_saved(page, link):
    anna = page(tolerate=OTHER_LINK)
    begin(anna, link)
    rate(anna, 3)
    of_anna, task = own_link(anna), anna.url
    elsewhere = page()
    begin(elsewhere, link)
    rate(elsewhere, 1)
    of_bert = own_link(elsewhere)

    second = anna.context.new_page()
    second.goto(of_bert)
    expect(second.get_by_role("heading", level=1)).to_have_text("Which link shall this browser use?")
    assert_accessible(second)
    second.get_by_role("button", name="Use the link I have just opened").click()
    expect(second.get_by_role("button", name="Continue")).to_be_visible()
    anna.locator("#rating input[type=radio][value='4']").check(force=True)
    expect(anna.locator("#saved")).to_contain_text("another link was opened in this browser")
    second.goto(of_anna)
    second.get_by_role("button", name="Use the link I have just opened").click()
    expect(second.get_by_role("button", name="Continue")).to_be_visible()
    expect(anna.locator("#saved")).to_have_attribute("data-waiting", "0")
    second.goto(task)
    assert rated(second) == "4"


def test_continue_on_a_page_of_another_link_shows_what_to_do(page, link):
    anna = page(tolerate=OTHER_LINK)
    begin(anna, link)
    of_anna = own_link(anna)
    second = anna.context.new_page()
    second.goto(link)
    second.get_by_role("button", name="Start the survey").click()
    expect(second.locator("#rating")).to_be_visible()
    anna.locator("#rating input[type=radio][value='4']").check(force=True)
    expect(anna.locator("#saved")).to_contain_text("another link was opened in this browser")
    anna.locator(".rating-buttons button.btn-primary").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text("Another link was opened in this browser")
    assert_accessible(anna)
    anna.get_by_label("Paste your link here").fill(f"http://any{of_anna}")
    anna.get_by_role("button", name="Send it again").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text("Route")


def test_a_page_that_nobody_touches_is_saved_and_gives_way(page, link):
    phone = page(**PHONE)
    phone.clock.install()
    begin(phone, link)
    phone.locator("#rating input[type=radio][value='4']").check(force=True)
    phone.clock.fast_forward("04:30")
    expect(phone.locator("#rating")).to_be_visible()
    phone.clock.fast_forward("01:00")
    assert_begins(phone)
    assert_accessible(phone)
    assert_fits(phone)
    phone.get_by_role("link", name="Go on with what was begun here").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Were these your answers?")
    assert_accessible(phone)
    assert_fits(phone)
    phone.get_by_role("button", name="Yes, go on with them").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Route")
    phone.get_by_role("button", name=re.compile("Back to Task")).click()
    assert rated(phone) == "4"


def test_what_cannot_be_saved_keeps_the_page(page, link):
    phone = page(**PHONE, tolerate="ERR_INTERNET_DISCONNECTED")
    phone.clock.install()
    begin(phone, link)
    phone.context.set_offline(True)
    phone.locator("#rating input[type=radio][value='4']").check(force=True)
    expect(phone.locator("#saved")).to_contain_text("no connection")
    phone.clock.fast_forward("06:00")
    phone.clock.run_for(16_000)
    expect(phone.locator("#rating")).to_be_visible()
    assert rated(phone) == "4"
    phone.context.set_offline(False)
    phone.clock.run_for(60_000)
    assert_begins(phone)


def test_another_tab_than_the_one_that_began_meets_nobody(page, link):
    phone = page(**PHONE)
    begin(phone, link)
    rate(phone, 4)
    task = phone.url
    phone.reload()
    assert rated(phone) == "4"
    another = phone.context.new_page()
    another.goto(task)
    assert_begins(another)
    expect(another.locator("input:checked")).to_have_count(0)


def test_ones_own_link_leads_on_in_any_tab(page, link):
    phone = page(**PHONE)
    begin(phone, link)
    rate(phone, 4)
    own = own_link(phone)
    desk = page()
    desk.goto(own)
    expect(desk.get_by_role("button", name="Continue")).to_be_visible()
    assert "#" not in desk.url
    desk.get_by_role("button", name="Continue").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Route")


# --- In a room, where the first page carries the statements -----------------------------------------------------


def rating(tab: Page, row: int, value: int) -> Locator:
    return tab.locator(f"#rating .rating-row >> nth={row} >> input[value='{value}']")


def give(tab: Page, row: int, value: int) -> None:
    rating(tab, row, value).check(force=True)
    expect(tab.locator("#saved")).to_have_attribute("data-waiting", "0")


def assert_meets_nobody(tab: Page) -> None:
    expect(tab.get_by_role("link", name="Go on with what was begun here")).to_be_visible()
    expect(tab.locator("#rating .rating-row")).to_have_count(5)
    expect(tab.locator("#rating :checked")).to_have_count(0)


def test_the_one_page_of_a_room_loses_nothing_and_meets_nobody(page):
    link = start(signed_in(page()), "Around one table")
    phone = page(**PHONE, tolerate=f"{OTHER_LINK}|422")
    phone.clock.install()
    with script_held_back(phone):
        phone.goto(link, wait_until="commit")
        rating(phone, 0, 2).check(force=True)
    expect(phone.locator("#saved")).to_have_attribute("data-waiting", "0")
    another = phone.context.new_page()
    another.goto(phone.url)
    assert_meets_nobody(another)
    give(phone, 1, 4)
    phone.clock.fast_forward("05:30")
    assert_meets_nobody(phone)
    phone.get_by_role("link", name="Go on with what was begun here").click()
    phone.get_by_role("button", name="Yes, go on with them").click()
    expect(rating(phone, 0, 2)).to_be_checked()
    expect(rating(phone, 1, 4)).to_be_checked()

    own = own_link(phone)
    another.goto(link)
    assert_meets_nobody(another)
    give(another, 0, 5)
    rating(phone, 2, 3).check(force=True)
    expect(phone.locator("#saved")).to_contain_text("another link was opened in this browser")
    phone.get_by_role("button", name="Submit my answers").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Another link was opened in this browser")
    phone.get_by_label("Paste your link here").fill(f"http://any{own}")
    phone.get_by_role("button", name="Send it again").click()
    expect(phone.get_by_role("alert")).to_contain_text("2 statements have no answer yet")
    expect(phone.locator("#rating :checked")).to_have_count(3)
    expect(rating(phone, 2, 3)).to_be_checked()
