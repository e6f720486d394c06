"""The rating pages in a real browser: keys, saving, lost connections, ended sessions, no script, weight."""

import gzip
import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import WORD, assert_accessible, assert_fits, sign_up

pytestmark = pytest.mark.browser

WEIGHT = 100_000  # bytes, compressed, of everything a first rating page loads
OFFLINE = "net::ERR"
SIGNED_OUT = "401"


def sign_in(page: Page, email: str) -> None:
    page.fill("[name=login]", email)
    page.fill("[name=password]", WORD)
    page.click("main button[type=submit]")


def start(page: Page, *, space: str = "team", preset: str = "focused") -> None:
    page.goto("/self-assessments/start/")
    page.check(f"[name=primary_space][value={space}]")
    page.check(f"[name=preset][value={preset}]")
    page.click("text=Start rating")
    page.wait_for_url("**/rate/task/")


def rate(page: Page, statement: str, value: int) -> None:
    page.check(f"[name='{statement}'][value='{value}']")


def rated(page: Page) -> dict[str, str]:
    return page.evaluate("Object.fromEntries(new FormData(document.getElementById('rating')))")


def saved(page: Page) -> None:
    """Wait until nothing waits to be sent, and the page says so."""
    expect(page.locator("#saved")).to_have_attribute("data-waiting", "0")
    expect(page.locator("#saved")).to_have_text(re.compile(r"Saved at \d\d:\d\d"))


def test_keys_rate_and_go_on_to_the_next_statement(page):
    visitor = page()
    sign_up(visitor)
    start(visitor)
    saves = []
    visitor.on("request", lambda request: saves.append(request) if request.url.endswith("/save/") else None)
    visitor.focus("[name='T1.team']")
    for key in ("4", "0", "5"):
        visitor.keyboard.press(key)
    visitor.keyboard.press("ArrowRight")
    visitor.keyboard.press("Tab")
    visitor.keyboard.press("Control+3")
    assert visitor.evaluate("document.activeElement.name") == "T5.self"
    expect(visitor.locator(".rating-count")).to_have_text("4 of 13 ratings on this page")
    assert (visitor.text_content("#saved").strip(), saves) == ("Saving…", [])  # they wait for company
    saved(visitor)
    assert len(saves) == 1
    visitor.reload()
    found = rated(visitor)
    assert {key: found.get(key) for key in ("T1.team", "T2.team", "T3.team", "T4.team", "T5.self")} == {
        "T1.team": "4",
        "T2.team": "0",
        "T3.team": "5",
        "T4.team": "2",
        "T5.self": None,
    }


def test_a_comment_is_saved_while_it_is_written_and_another_device_goes_on(page):
    laptop, phone = page(), page(width=390, height=800)
    email = sign_up(laptop)
    start(laptop)
    laptop.locator("#OQ_task_helps").press_sequentially("The Friday round-up")
    expect(laptop.locator("#saved")).to_have_attribute("data-waiting", "0")  # without leaving the field
    rate(laptop, "T1.team", 4)
    saved(laptop)
    phone.goto("/accounts/login/")
    sign_in(phone, email)
    phone.click("text=Continue")
    assert rated(phone)["T1.team"] == "4"
    assert rated(phone)["OQ_task_helps"].strip() == "The Friday round-up"
    rate(phone, "T2.team", 1)
    rate(laptop, "T3.team", 5)
    saved(phone)
    saved(laptop)
    laptop.reload()
    assert (rated(laptop)["T2.team"], rated(laptop)["T3.team"]) == ("1", "5")


def test_a_lost_connection_loses_nothing_while_the_page_stays_open(page):
    visitor = page(tolerate=OFFLINE)
    sign_up(visitor)
    start(visitor)
    visitor.context.set_offline(True)
    rate(visitor, "T1.team", 4)
    expect(visitor.locator("#saved")).to_have_text("Not saved: no connection. Keep this page open; we will try again.")
    rate(visitor, "T1.team", 5)
    visitor.fill("#OQ_task_helps", "Written on the train")
    with visitor.expect_event("requestfailed") as tried:
        visitor.click("text=Continue to Route")
    assert tried.value.url.endswith("/save/")
    assert "/rate/task/" in visitor.url
    visitor.context.set_offline(False)
    saved(visitor)
    visitor.reload()
    assert rated(visitor)["T1.team"] == "5"
    assert rated(visitor)["OQ_task_helps"].strip() == "Written on the train"


LEAVING = {
    "another page": lambda tab: tab.goto("/protection/"),
    "the page before": lambda tab: tab.go_back(),
    "the same again": lambda tab: tab.reload(),
    "closed": lambda tab: tab.close(run_before_unload=True),
}


def test_what_waits_for_company_leaves_with_the_page(page):
    visitor = page()
    sign_up(visitor)
    start(visitor)
    other, address = visitor.context.new_page(), visitor.url
    for number, leave in enumerate(LEAVING.values(), 1):
        visitor.goto(address)
        rate(visitor, "T1.team", 5)
        rate(visitor, "T1.team", number)
        visitor.fill("#OQ_task_helps", f"The round-up of day {number}")
        leave(visitor)
        other.wait_for_timeout(500)  # far less than an answer waits
        other.goto(address)
        found = rated(other)
        assert (found["T1.team"], found["OQ_task_helps"].strip()) == (str(number), f"The round-up of day {number}")


def test_the_last_of_two_changes_wins_though_the_first_arrives_late(page):
    """A slow save is on its way when the page is hidden: what changed meanwhile goes past it."""
    visitor = page()
    sign_up(visitor)
    start(visitor)
    held = []
    visitor.route("**/save/", lambda route: route.continue_() if held else held.append(route))
    rate(visitor, "T1.team", 2)
    with visitor.expect_request("**/save/"):
        rate(visitor, "T2.team", 4)
    rate(visitor, "T1.team", 5)
    with visitor.expect_response("**/save/"):
        visitor.evaluate("window.dispatchEvent(new Event('pagehide'))")
    with visitor.expect_response("**/save/"):
        held[0].continue_()
    saved(visitor)
    visitor.reload()
    assert (rated(visitor)["T1.team"], rated(visitor)["T2.team"]) == ("5", "4")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_in_trouble_is_told_and_tried_again(page, status):
    visitor = page(tolerate=str(status))
    sign_up(visitor)
    start(visitor)
    visitor.route("**/save/", lambda route: route.fulfill(status=status))
    rate(visitor, "T1.team", 2)
    expect(visitor.locator("#saved")).to_contain_text("Not saved: the site has a problem.")
    visitor.click("text=Continue to Route")
    assert "/rate/task/" in visitor.url
    visitor.unroute("**/save/")
    saved(visitor)
    visitor.reload()
    assert rated(visitor)["T1.team"] == "2"


def test_leaving_with_something_unsaved_asks_first(page):
    visitor = page(tolerate=OFFLINE)
    sign_up(visitor)
    start(visitor)
    visitor.context.set_offline(True)
    visitor.click("[name='T1.team'][value='4']")
    expect(visitor.locator("#saved")).to_contain_text("Not saved")
    with visitor.expect_event("dialog") as asked:
        visitor.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    visitor.context.set_offline(False)
    saved(visitor)


def test_a_session_that_ends_in_mid_page_goes_on_after_signing_in_in_another_tab(page):
    visitor = page(tolerate=SIGNED_OUT)
    email = sign_up(visitor)
    start(visitor)
    visitor.context.clear_cookies(name="sessionid")
    rate(visitor, "T1.team", 4)
    expect(visitor.locator("#saved")).to_contain_text("you have been signed out")
    with visitor.context.expect_page() as opened:
        visitor.click("text=Sign in in a new tab")
    sign_in(opened.value, email)
    expect(opened.value.locator("h1")).to_have_text("You are signed in again")
    opened.value.close()
    visitor.bring_to_front()
    saved(visitor)
    rate(visitor, "T2.team", 2)
    visitor.click("text=Continue to Route")
    visitor.wait_for_url("**/rate/route/")
    visitor.go_back()
    assert (rated(visitor)["T1.team"], rated(visitor)["T2.team"]) == ("4", "2")


def test_a_page_posted_after_the_session_ended_is_there_after_signing_in(page):
    visitor = page(tolerate=SIGNED_OUT)
    email = sign_up(visitor)
    start(visitor)
    visitor.context.clear_cookies(name="sessionid")
    rate(visitor, "T1.team", 4)
    expect(visitor.locator("#saved")).to_contain_text("you have been signed out")
    visitor.click("text=Continue to Route")
    sign_in(visitor, email)
    visitor.wait_for_url("**/rate/task/")
    assert rated(visitor)["T1.team"] == "4"
    expect(visitor.locator(".messages")).to_contain_text("has been kept")


def test_a_comment_that_is_too_long_says_so_where_it_stands(page):
    visitor = page()
    sign_up(visitor)
    start(visitor)
    visitor.fill("#OQ_task_helps", "x" * 4001)
    visitor.locator("#OQ_task_helps").blur()
    expect(visitor.locator("#OQ_task_helps-problem")).to_contain_text("it has 4,001 characters")
    expect(visitor.locator("#saved")).to_have_text("Not saved yet: a note on this page says why.")
    visitor.fill("#OQ_task_helps", "Short")
    visitor.locator("#OQ_task_helps").blur()
    saved(visitor)
    expect(visitor.locator("#OQ_task_helps-problem")).to_be_empty()


def test_a_comment_that_no_page_can_take_says_so_too(page):
    visitor = page(tolerate="413")
    sign_up(visitor)
    start(visitor, preset="pulse")
    long = (
        "field => { field.value = 'Long. '.repeat(450_000); field.dispatchEvent(new Event('change', {bubbles: true})) }"
    )
    visitor.eval_on_selector("#OQ_task_helps", long)
    expect(visitor.locator("#OQ_task_helps-problem")).to_contain_text("longer than a page can take")
    expect(visitor.locator("#saved")).to_have_text("Not saved yet: a note on this page says why.")
    visitor.fill("#OQ_task_helps", "Short")
    visitor.locator("#OQ_task_helps").blur()
    saved(visitor)
    expect(visitor.locator("#OQ_task_helps-problem")).to_be_empty()


def test_without_script_every_page_can_be_rated_and_submitted(page):
    visitor = page(java_script_enabled=False, width=390, height=800)
    sign_up(visitor)
    visitor.goto("/self-assessments/start/")
    expect(visitor.locator("#lengths")).to_be_visible()
    start(visitor, preset="pulse")
    for condition in ("route", "alignment", "capability", "energy"):
        visitor.locator(".rating-rail input[value='4']").first.check()
        visitor.locator(".rating-buttons button").last.click()
        visitor.wait_for_url(f"**/rate/{condition}/")
    visitor.locator(".rating-dont-know input").first.check()
    visitor.click("text=Back to Capability")
    expect(visitor.locator(".rating-rail input:checked")).to_have_value("4")
    visitor.click("text=Continue to Energy")
    expect(visitor.locator(".rating-dont-know input:checked")).to_have_value("0")
    visitor.locator(".rating-buttons button").last.click()
    expect(visitor.locator(".lead")).to_contain_text("You have given 5 of 5 ratings.")
    visitor.check("[name=matters_most][value=energy]")
    visitor.click("text=Submit my answers")
    visitor.wait_for_url("**/reports/**")


def test_help_costs_no_height_until_a_key_asks_for_it(page):
    """Without script too; on a phone, where it stands beneath numbers and beside the names of spaces."""
    visitor = page(java_script_enabled=False, width=390, height=800)
    sign_up(visitor)
    start(visitor, preset="focused")
    visitor.goto(visitor.url.replace("/task/", "/alignment/"))
    help_ = visitor.locator(".rating-help")
    buttons = help_.locator("summary")
    assert buttons.count() == 5
    assert {(box["width"], box["height"]) for box in (one.bounding_box() for one in buttons.all())} == {(24, 24)}
    as_it_comes = height(visitor)
    line = visitor.get_by_text("Your own time counts too.")
    expect(line).to_be_hidden()
    buttons.last.focus()
    visitor.keyboard.press("Enter")
    expect(line).to_be_visible()
    assert height(visitor) > as_it_comes
    help_.evaluate_all("all => all.forEach(one => one.remove())")
    assert height(visitor) == as_it_comes


def height(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollHeight")


def test_a_gap_leads_to_its_statement_and_the_choice_beside_it_is_kept(page):
    visitor = page()
    sign_up(visitor)
    start(visitor, preset="pulse")
    rate(visitor, visitor.locator(".rating-rail input").first.get_attribute("name"), 4)
    saved(visitor)
    visitor.goto(visitor.url.replace("rate/task/", "review/"))
    visitor.check("[name=matters_most][value=route]")
    visitor.locator(".review-gap button").nth(1).click()
    visitor.wait_for_url("**/rate/alignment/#A*")
    expect(visitor.locator(f"{visitor.url[visitor.url.index('#') :]} input:focus")).to_be_visible()
    visitor.goto(re.sub("rate/.*", "review/", visitor.url))
    expect(visitor.locator("[name=matters_most][value=route]")).to_be_checked()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_pages_fit_and_break_no_rule(page, width):
    visitor = page(width=width, height=800, tolerate="422")
    sign_up(visitor)
    for look in (lambda: visitor.goto("/self-assessments/"), lambda: visitor.goto("/self-assessments/start/")):
        look()
        assert_accessible(visitor)
        assert_fits(visitor)
    visitor.click("text=Start rating")
    expect(visitor.locator(".error-summary")).to_be_focused()
    assert_accessible(visitor)
    start(visitor)
    assert_accessible(visitor)
    assert_fits(visitor)
    visitor.fill("#OQ_task_helps", "x" * 5000)
    visitor.locator("#OQ_task_helps").blur()  # the note that comes moves the button: not while it is being pressed
    expect(visitor.locator("#saved")).to_contain_text("Not saved yet")
    visitor.click("text=Continue to Route")
    expect(visitor.locator(".error-summary")).to_be_focused()
    assert_accessible(visitor)
    visitor.goto(re.sub("rate/.*", "review/", visitor.url))
    visitor.click("text=Submit my answers")
    expect(visitor.locator(".error-summary")).to_contain_text("Rate at least one statement")
    assert_accessible(visitor)
    assert_fits(visitor)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_first_rating_page_weighs_at_most_100_kb(page, width):
    visitor = page(width=width, height=800)
    sign_up(visitor)
    start(visitor, preset="in_depth")
    fresh = visitor.context.browser.new_context(
        base_url=visitor.url, viewport={"width": width, "height": 800}, storage_state=visitor.context.storage_state()
    )
    loaded = {}
    first = fresh.new_page()
    first.on("response", lambda response: loaded.update({response.url: response}))
    first.goto(visitor.url, wait_until="networkidle")
    first.evaluate("document.fonts.ready")
    weights = {address: len(gzip.compress(response.body())) for address, response in loaded.items()}
    fresh.close()
    assert any(address.endswith("rating.js") for address in weights)
    assert any("source-serif-4-respondent" in address for address in weights)
    assert not any("source-serif-4-latin" in address for address in weights)
    assert sum(weights.values()) <= WEIGHT, weights


def test_a_newcomer_goes_from_the_sample_to_a_result_that_they_keep(page):
    """Without an account until the result is there; on a phone, with the scale and the count always in sight."""
    phone = page(width=390, height=800)
    phone.goto("/")
    phone.click("text=See a sample result")
    expect(phone.get_by_text("This leader is invented")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("link", name="Start a self-assessment").first.click()
    phone.check("[name=primary_space][value=team]")
    phone.check("[name=preset][value=pulse]")
    phone.click("text=Start rating")
    phone.wait_for_url("**/rate/task/")
    phone.locator("textarea").last.scroll_into_view_if_needed()
    for words in ("1Strongly disagree", "3Neither agree nor disagree", "5Strongly agree", "0 of 1"):
        expect(phone.locator(".rating-top").get_by_text(words, exact=True)).to_be_in_viewport()
    for statement in ("T7", "R7", "A3", "C2", "E2"):
        rate(phone, f"{statement}.team", 4)
        expect(phone.locator(".rating-top").get_by_text("1 of 1", exact=True)).to_be_in_viewport()
        phone.click(".rating-buttons .btn-primary")
    phone.wait_for_url("**/review/")
    expect(phone.get_by_text("Kept in this browser until tomorrow")).to_be_visible()
    phone.click("text=Submit my answers")
    phone.wait_for_url("**/begun/")
    assert_accessible(phone)
    assert_fits(phone)
    phone.get_by_role("button", name="Keep it: make an account").first.click()
    phone.fill("[name=name]", "Ruth Adeyemi")
    phone.fill("[name=email]", f"{secrets.token_hex(4)}@example.org")
    phone.fill("[name=password1]", WORD)
    phone.click("main button[type=submit]")
    expect(phone.get_by_text("What you rated is kept with your account now.")).to_be_visible()
    expect(phone.get_by_role("heading", name="How you see it today")).to_be_visible()
