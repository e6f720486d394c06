"""A survey in the room on a real site: a facilitator's screen, phones that wait for the result, others without one."""

import re
from urllib.parse import urlsplit

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from diagnostics.sealing.tokens import visitor_token
from reports.demo import PASSWORD, address
from tests.browsing import assert_accessible, assert_fits
from tests.stage import Site
from tests.surveys_loop.posting import post

pytestmark = pytest.mark.browser

HOST = "Tomos Rees"  # a facilitator
STAGE = {"width": 1920, "height": 1080}
POLL = re.compile(r"\?seen=")
LOST = "ERR_FAILED|htmx:"  # what a request says that a test loses
COUNTED = 120_000  # ms: the count is at most a minute old
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def stage(page) -> Page:
    """The screen in front of the room, signed in."""
    return signed_in(page(**STAGE))


def signed_in(screen: Page) -> Page:
    screen.goto("/accounts/login/")
    screen.fill("input[name=login]", address(HOST))
    screen.fill("input[name=password]", PASSWORD)
    screen.click("main button[type=submit]")
    return screen


def start(screen: Page, title: str) -> str:
    """The path of the link, once it is on the screen."""
    screen.goto("/surveys/")
    screen.get_by_role("link", name="Short survey in a room").first.click()
    assert_accessible(screen)
    screen.get_by_label("Name of the survey").fill(title)
    screen.get_by_label("How many people will answer?").fill("24")
    screen.get_by_role("button", name="Start the survey").click()
    expect(screen.locator(".qr-code")).to_be_visible()
    return urlsplit(screen.locator(".room-link").inner_text()).path


def answer(phone: Page, link: str) -> str:
    """From the code to the thanks; gives the survey."""
    phone.goto(link)
    assert_accessible(phone)
    assert_fits(phone)
    *earlier, last = phone.locator("#rating input[type=radio][value='4']").all()
    for rating in earlier:
        rating.check(force=True)
    expect(phone.locator("#saved")).to_have_attribute("data-state", "saved")
    phone.reload()  # what was answered in this window is still there
    expect(phone.locator("#rating :checked")).to_have_count(4)
    phone.get_by_role("button", name="Submit my answers").click()
    expect(phone.get_by_role("alert")).to_contain_text("One statement has no answer yet")
    assert_accessible(phone)
    last.check(force=True)
    phone.get_by_role("button", name="Submit my answers").click()
    expect(phone.get_by_text("The result will appear here.")).to_be_visible()
    assert_accessible(phone)
    assert_fits(phone)
    return urlsplit(phone.url).path.split("/")[2]


def others_answer(site: Site, survey: str, link: str, statements: list[str], ratings: list[str]) -> None:
    """Without a window: one person for each rating."""
    shared, port = link.split("/")[2], urlsplit(site.url).port
    for rating in ratings:
        visit = visitor_token()
        secret = f"{shared}.{visit}"
        assert post(port, survey, secret, "save", dict.fromkeys(statements, rating)).startswith("200")
        assert post(port, survey, secret, "submit", {"to": "submit"}).endswith("/thanks/")


def statements_of(phone: Page, code: str) -> list[str]:
    """Read off the page of somebody who has typed the code."""
    phone.goto("/join/")
    assert_accessible(phone)
    phone.get_by_label("Code").fill(code.lower())
    phone.get_by_role("button", name="Go to the statements").click()
    expect(phone.locator("#rating")).to_be_visible()
    return [one.get_attribute("name") for one in phone.locator("#rating input[type=radio][value='1']").all()]


def test_everybody_in_the_room_sees_the_result_at_the_same_time(page, site, stage):
    link = start(stage, "How we work together")
    expect(stage.locator(".room-answered")).to_contain_text("under 5 of us have answered")
    assert_accessible(stage)
    assert_fits(stage)
    late = page(**PHONE, tolerate="409")
    statements = statements_of(late, stage.locator(".room-letters").inner_text())
    assert len(statements) == 5
    phones = [page(**PHONE, is_mobile=True, has_touch=True, tolerate="422") for _each in range(2)]
    survey, _same = [answer(phone, link) for phone in phones]
    others_answer(site, survey, link, statements, [*"11111", *"5555"])
    expect(stage.locator(".room-answered")).to_contain_text("10 or more of us have answered", timeout=COUNTED)
    expect(stage.locator(".room-dots .room-dot-filled")).to_have_count(10)

    stage.get_by_role("link", name="Close and show the results").click()
    expect(stage.get_by_text("nobody can answer any more")).to_be_visible()
    assert_accessible(stage)
    stage.get_by_role("button", name="Close and show the results").click()
    for screen in (stage, *phones):
        expect(screen.locator("table.room-rows")).to_be_visible()
        expect(screen.locator("table.room-rows")).to_contain_text("Partly")
        expect(screen.locator("table.room-rows")).not_to_contain_text("3.0")
        expect(screen.locator(".room-talk")).to_contain_text("A next step")
        assert_accessible(screen)
        assert_fits(screen)
    assert stage.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    late.reload()
    expect(late.locator("table.room-rows")).to_be_visible()
    stage.get_by_role("link", name="Open the report").click()
    expect(stage.locator("main")).to_contain_text("11 people")


def test_a_room_on_a_small_screen_that_closes_with_too_few(page, stage):
    link = start(stage, "A small room")
    phone = page(**PHONE, tolerate="422")
    answer(phone, link)
    stage.set_viewport_size(PHONE)
    assert_accessible(stage)
    assert_fits(stage)
    stage.get_by_role("link", name="Close and show the results").click()
    expect(stage.get_by_text("Fewer than ten of us may have answered.")).to_be_visible()
    stage.get_by_role("button", name="Close and show the results").click()
    expect(stage.get_by_role("heading", level=1)).to_contain_text("there is no result")
    expect(phone.get_by_text(re.compile("Too few people answered"))).to_be_visible()
    assert_accessible(stage)
    assert_accessible(phone)


def test_a_screen_that_waits_for_a_worker_asks_again_after_its_request_was_lost(page):
    stage = signed_in(page(**STAGE, tolerate=LOST))
    start(stage, "A weak network")
    path, lost = urlsplit(stage.url).path, []
    context = {"message": "One moment", "words": "", "job": None, "request": {"path": path}}
    work = render_to_string("reports/room_work.html", context)
    stage.route(POLL, lambda route: route.fulfill(body=work, content_type="text/html"))
    expect(stage.locator(".room-work")).to_be_attached()
    stage.unroute(POLL)
    stage.route(f"**{path}", lambda route: route.continue_() if lost else lost.append(route) or route.abort())
    stage.evaluate("document.body.dispatchEvent(new Event('job-done'))")
    expect(stage.locator(".room-answered")).to_be_visible()
    assert len(lost) == 1
