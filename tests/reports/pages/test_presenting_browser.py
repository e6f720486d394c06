"""The slides of the demo's closed survey in a browser: keys, the list of them, the blank screen, the window of notes,
what is agreed, the way out, a phone, no script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import assert_accessible, assert_fits, open_demo_report

pytestmark = pytest.mark.browser
CONSULTANT = "Helen Marsh"
SCREEN = {"width": 1280, "height": 720}


def slides(page, **context):
    """The first group's report, presented."""
    tab = page(**context)
    open_demo_report(tab, CONSULTANT)
    tab.locator(".group-tree a").first.click()
    tab.get_by_role("link", name="Present", exact=True).click()
    tab.wait_for_url("**/present/**")
    return tab


def number(tab) -> int:
    """Of the slide in sight: there is one."""
    [place] = tab.locator(".slide-foot .slide-place >> visible=true").all_inner_texts()
    return int(place.split()[0])


def test_keys_move_through_the_slides_one_at_a_time(page):
    tab = slides(page, **SCREEN)
    last = tab.locator(".slide").count()
    for key, there in (
        ("ArrowRight", 2),
        ("Space", 3),
        ("PageDown", 4),
        ("ArrowLeft", 3),
        ("PageUp", 2),
        ("End", last),
        ("ArrowRight", last),
        ("Home", 1),
        ("ArrowLeft", 1),
    ):
        tab.keyboard.press(key)
        assert number(tab) == there, key
    tab.keyboard.type("5")
    tab.keyboard.press("Enter")
    assert number(tab) == 5


def test_a_reload_keeps_the_slide(page):
    tab = slides(page, **SCREEN)
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowRight")
    expect(tab).to_have_url(re.compile("#slide-3$"))
    tab.reload()
    assert number(tab) == 3


def test_a_screen_reader_is_told_what_the_slide_says(page):
    tab = slides(page, **SCREEN)
    tab.keyboard.press("ArrowRight")
    message = tab.locator("#message-2").inner_text()
    expect(tab.get_by_role("status")).to_have_text(re.compile(rf"^2 of \d+: {re.escape(message)}$"))


def test_b_blanks_the_screen_and_any_key_brings_the_slide_back(page):
    tab = slides(page, **SCREEN)
    tab.keyboard.press("b")
    blank = tab.locator(".deck-blank")
    assert blank.bounding_box() == {"x": 0, "y": 0, **SCREEN}
    assert_accessible(tab)
    tab.keyboard.press("Escape")
    expect(blank).to_be_hidden()
    assert number(tab) == 1


def test_esc_leaves_to_the_report(page):
    tab = slides(page, **SCREEN)
    report = tab.url.partition("present/")[0]
    tab.keyboard.press("Escape")
    tab.wait_for_url(report)


def test_two_windows_move_together_and_take_down_what_is_agreed(page):
    room = slides(page, tolerate="ERR_INTERNET_DISCONNECTED", **SCREEN)
    deck = room.url.partition("#")[0]
    assert room.locator(".deck").get_by_text("Better left unsaid").count() == 0
    room.keyboard.press("ArrowRight")
    with room.expect_popup() as opened:
        room.keyboard.press("n")
    notes = opened.value
    state = notes.locator("#state")
    expect(state).to_contain_text("Both windows move together")
    expect(notes.locator("#speaker-2")).to_be_visible()
    expect(notes.locator("[data-picture='3'] .slide")).to_be_visible()
    assert_accessible(notes)
    notes.keyboard.press("PageDown")
    expect(room).to_have_url(f"{deck}#slide-3")
    room.keyboard.press("End")
    last = room.locator(".slide").count()
    expect(notes).to_have_url(re.compile(f"/notes/#slide-{last}$"))
    notes.reload()
    expect(notes.locator(f"#speaker-{last}")).to_be_visible()
    room.goto(deck)  # without its slide, which the other window still knows
    expect(room).to_have_url(f"{deck}#slide-{last}")
    elsewhere = room.context.new_page()
    elsewhere.goto(deck.replace("/present/", "/present/notes/").replace(*other_group(room, deck)))
    expect(elsewhere.locator("#state")).to_contain_text("not open in another window")
    elsewhere.close()
    notes.keyboard.press("b")
    expect(room.locator(".deck-blank")).to_be_visible()
    expect(state).to_contain_text("blank")
    room.keyboard.press("x")
    expect(state).to_contain_text("Both windows move together")
    notes.evaluate("sessionStorage.setItem(Object.keys(sessionStorage)[0], Date.now() - 65e3)")
    expect(notes.locator("#since")).to_have_text(re.compile("^1:"))
    notes.get_by_role("button", name="Back to zero").click()
    expect(notes.locator("#since")).to_have_text(re.compile("^0:"))
    agree(room, notes, last)


def other_group(room, deck: str) -> tuple[str, str]:
    """(this group in the address, another one in its place)."""
    room.context.new_page().goto(deck.replace("/present/", "/"))
    tab = room.context.pages[-1]
    tab.locator(".crumb a").last.click()
    other = tab.locator(".group-tree a").nth(1).get_attribute("href")
    tab.close()
    return deck.partition("/slices/")[2].partition("/")[0], other.partition("/slices/")[2].partition("/")[0]


def agree(room, notes, last: int) -> None:
    """One line written beside the notes, taken away and put back in the room; then the connection is gone."""
    what = "What line 1"
    notes.get_by_label(what, exact=True).fill("One board, every Monday: b g n 1")
    notes.get_by_label("By when line 1", exact=True).fill("2026-12-14")
    expect(notes.locator(".agreed-state")).to_contain_text("Saved")
    expect(room.get_by_label(what, exact=True)).to_have_value("One board, every Monday: b g n 1")
    assert number(room) == last
    assert_accessible(room)
    room.get_by_role("button", name="Take this line away line 1", exact=True).click()
    expect(notes.get_by_label(what, exact=True)).to_have_value("")
    room.get_by_role("button", name="Put it back").click()
    expect(notes.get_by_label("By when line 1", exact=True)).to_have_value("2026-12-14")
    notes.get_by_label("Who begins line 2", exact=True).fill("b" * 121)  # waits for what is to be done
    notes.get_by_label("What line 2", exact=True).fill("Too many")
    expect(notes.locator(".agreed-problem").nth(1)).to_contain_text("Who begins: Shorten")
    notes.get_by_label("What line 3", exact=True).fill("A third")
    expect(room.get_by_label("What line 2", exact=True)).to_have_value("A third")
    expect(notes.locator(".agreed-state")).to_have_text("")  # neither saved nor being saved: one line is refused
    for number_of_line in (2, 3):
        notes.get_by_role("button", name=f"Take this line away line {number_of_line}", exact=True).click()
    expect(notes.locator(".agreed-state")).to_contain_text("Saved")
    room.context.set_offline(True)
    room.get_by_label(what, exact=True).fill("Two boards")
    expect(room.locator(".agreed-state")).to_contain_text("Not saved yet")
    room.context.set_offline(False)
    expect(room.locator(".agreed-state")).to_contain_text("Saved")
    room.reload()
    expect(room.get_by_label(what, exact=True)).to_have_value("Two boards")
    room.get_by_role("button", name="Take this line away line 1", exact=True).click()
    expect(room.locator(".agreed-state")).to_contain_text("Saved")


def test_all_slides_stand_in_a_list_that_leads_to_each(page):
    tab = slides(page, **SCREEN)
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("g")
    titles = tab.get_by_role("dialog").get_by_role("listitem")
    expect(titles).to_have_count(tab.locator(".slide").count())
    expect(tab.locator(".deck-jump [aria-current]")).to_be_focused()
    assert_accessible(tab)
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert number(tab) == 3
    tab.get_by_role("button", name="all slides").click()
    tab.get_by_role("dialog").get_by_role("link").first.click()
    assert number(tab) == 1
    tab.keyboard.press("g")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("dialog")).to_have_count(0)
    assert number(tab) == 1
    tab.keyboard.press("g")
    with tab.context.expect_page() as opened:  # beside the slides, which stay where they are
        tab.get_by_role("link", name="Start a survey in the room").press("Enter")
    expect(opened.value).to_have_url(re.compile("/room/$"))
    assert number(tab) == 1


def test_the_buttons_do_what_the_keys_do(page):
    tab = slides(page, **SCREEN)
    tab.get_by_role("button", name="Next slide").click()
    assert number(tab) == 2
    tab.keyboard.press("Space")  # after a click it still moves on
    assert number(tab) == 3
    tab.get_by_role("button", name="Previous slide").focus()
    tab.keyboard.press("Enter")
    assert number(tab) == 2
    tab.get_by_role("button", name="blank").click()
    expect(tab.locator(".deck-blank")).to_be_visible()


def test_fingers_turn_the_slides(page):
    tab = slides(page, **SCREEN, has_touch=True)
    tab.touchscreen.tap(1200, 300)
    assert number(tab) == 2
    tab.touchscreen.tap(640, 300)
    assert number(tab) == 2
    tab.touchscreen.tap(80, 300)
    assert number(tab) == 1


def test_every_slide_is_accessible_and_fits_the_screen(page):
    tab = slides(page, width=1024, height=768)
    for there in range(1, tab.locator(".slide").count() + 1):
        body = tab.locator(f"#slide-{there} .slide-body")
        assert body.evaluate("body => body.scrollHeight <= body.clientHeight"), there
        assert smallest_text(tab, there) >= 24 * 1024 / 1920 - 0.01, there
        assert_accessible(tab)
        assert_fits(tab)
        tab.keyboard.press("ArrowRight")


def smallest_text(tab, there: int) -> float:
    """In px, of what is written on a slide."""
    return tab.locator(f"#slide-{there}").evaluate(
        """slide => Math.min(...[...slide.querySelectorAll(".slide-body *, .slide-foot span")]
          .filter((element) => !element.closest("svg, .vh") && element.checkVisibility())
          .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
          .map((element) => parseFloat(getComputedStyle(element).fontSize)))"""
    )


def test_on_a_phone_the_slides_are_one_page_to_read(page):
    tab = slides(page, width=390, height=844)
    expect(tab.locator(".slide >> visible=true")).to_have_count(tab.locator(".slide").count())
    assert_accessible(tab)
    assert_fits(tab)
    tab.goto(tab.get_by_role("link", name="notes").get_attribute("href"))
    expect(tab.locator("#slide-1 .speaker-notes li").first).to_be_visible()
    assert_accessible(tab)
    assert_fits(tab)


def test_without_script_all_slides_stand_one_under_another(page):
    tab = slides(page, **SCREEN, java_script_enabled=False)
    count = tab.locator(".slide").count()
    expect(tab.locator(".slide >> visible=true")).to_have_count(count)
    assert tab.locator(".slide").last.bounding_box()["height"] >= SCREEN["height"] - 1
    expect(tab.locator(".deck-controls button >> visible=true")).to_have_count(0)
    tab.get_by_role("link", name="leave").click()
    tab.get_by_role("link", name="Present", exact=True).wait_for()
