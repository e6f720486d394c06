"""A campaign of two hundred teams on a real site, from somebody else's untidy list to the letters of the release."""

import datetime
import http.client
import json
import zoneinfo
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import BOUNCE_SECRET, assert_accessible, assert_fits, sign_up
from tests.stage import Site, comes_true
from tests.surveys_loop import campaign
from tests.surveys_loop.posting import post
from tests.surveys_loop.test_browser_survey import statements_of
from tests.surveys_loop.walking import LETTERS_EVERY, begin_survey, letters, links_in_letters, open_new_workspace

pytestmark = pytest.mark.browser

WORKSPACE = "Northshire Care"
COLLEAGUE = "bronwen.pugh@consulting.example"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
TAKEN, TO_MEND = 1995, 6
MINUTES = 60
WHO_ANSWERS = (300, 320)  # all of two teams, by their numbers
BACK_LATER = 40  # number of somebody whose letter comes back after it was taken


def looks_right(tab: Page) -> None:
    assert_accessible(tab)
    tab.set_viewport_size(PHONE)
    assert_fits(tab)
    tab.set_viewport_size(DESK)


def bring(tab: Page, name: str, content: bytes) -> None:
    """As far as the page on which the list is checked."""
    tab.get_by_role("link", name="Import people").click()
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    tab.locator("input[type=file]").set_input_files({"name": name, "mimeType": mime, "buffer": content})
    tab.get_by_role("button", name="Check the list").click()


def bring_everybody(tab: Page) -> None:
    bring(tab, "staff.xlsx", campaign.workbook())
    expect(tab.get_by_role("heading", name=f"{TO_MEND} rows to mend")).to_be_visible()
    for said in (
        "2 rows above the heading",
        "Private e-mail",
        "“N/A” or “-”",
        "Care closer to home, locality team 150",
    ):
        expect(tab.locator("main")).to_contain_text(said)
    looks_right(tab)
    tab.get_by_role("button", name="Import the list").click()
    expect(tab.locator("main")).to_contain_text(f"{TAKEN} people are added. {TO_MEND} rows are left")


def update_and_take_back(tab: Page) -> None:
    """Two weeks later, with everybody who is gone; then as if it had not been."""
    bring(tab, "staff in December.xlsx", campaign.updated())
    main = tab.locator("main")
    expect(main).to_contain_text("4 people of these groups are not in the list")
    for said in ("person.105@", "Forename2004 Surname2004", "Directorate 4 › Care closer to home, locality team 31"):
        expect(main).to_contain_text(said)
    tab.get_by_label("Remove them").check()
    tab.get_by_role("button", name="Import the list").click()
    expect(main).to_contain_text("10 people are added")
    tab.get_by_role("link", name="Take it back").click()
    expect(main).to_contain_text("People who come back")
    looks_right(tab)
    tab.get_by_role("button", name="Take the import back").click()
    expect(tab.locator("body")).to_contain_text("The import is taken back.")


# --- Two consultants -------------------------------------------------------------------------------


def join(site: Site, amina: Page, colleague: Page) -> None:
    """Somebody new, invited as a consultant by a letter: whoever is in the demo keeps their one workspace."""
    amina.get_by_role("link", name="Invite a colleague").click()
    amina.locator("[name=email]").fill(COLLEAGUE)
    amina.locator("[name=role][value=consultant]").check()
    amina.locator("main button[type=submit]").click()
    sign_up(colleague, name="Bronwen Pugh", email=COLLEAGUE)
    colleague.goto(link_to(site, "/accounts/confirm-email/"))
    colleague.get_by_role("button", name="Confirm the address").click()
    colleague.goto(link_to(site, "/workspaces/invitations/"))
    colleague.get_by_role("button", name="Join the workspace").click()


def link_to(site: Site, path: str) -> str:
    """In a letter to the colleague."""
    return links_in_letters(site, COLLEAGUE, count=1, to=path)[COLLEAGUE]


def by_day() -> str:
    """A time zone in which letters may leave just now."""
    now = datetime.datetime.now(datetime.UTC)
    zones = (
        "Europe/London",
        "America/New_York",
        "America/Los_Angeles",
        "Pacific/Auckland",
        "Asia/Tokyo",
        "Asia/Kolkata",
    )
    return next(zone for zone in zones if 8 <= now.astimezone(zoneinfo.ZoneInfo(zone)).hour <= 18)


def plan(amina: Page, colleague: Page) -> None:
    """Amina plans the start while her colleague has the same step open and gives it another name."""
    begin_survey(amina, workspace=WORKSPACE, title="How we lead in Northshire")
    colleague.goto(amina.url.replace("/people/", "/purpose/"))
    amina.get_by_role("button", name="Purpose and dates").first.click()
    amina.get_by_label("Name of the survey").fill("Leading in Northshire")
    amina.get_by_label("On a day and at an hour").check()
    zone = by_day()
    amina.locator("[name=time_zone]").select_option(zone)
    day = datetime.datetime.now(zoneinfo.ZoneInfo(zone)) + datetime.timedelta(days=1)
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        amina.locator(f"[name=opens_on_{part}]").fill(str(number))
    amina.locator("[name=opens_time]").fill("10:00")
    amina.locator("[name=working_days_only]").uncheck()
    amina.get_by_role("button", name="Continue to questions and people").click()
    colleague.get_by_label("Name of the survey").fill("Our leadership")
    colleague.get_by_role("button", name="Continue to questions and people").click()
    expect(colleague.locator("main")).to_contain_text("It was changed meanwhile, to “Leading in Northshire”")


def launch(tab: Page) -> str:
    """Its public id; then it waits for its start, which is moved to now."""
    tab.locator("[name=preset][value=brief]").check()
    tab.locator("[name=primary_space][value=team]").check()
    for number in range(campaign.DIRECTORATES):
        tab.get_by_label(f"Directorate {number + 1}", exact=True).check()
    tab.get_by_label("Who made the list").fill("Amina Farouk, from the staff list")
    looks_right(tab)
    tab.get_by_role("button", name="Continue to messages").click()
    tab.get_by_role("button", name="Continue to check and launch").click()
    looks_right(tab)
    tab.get_by_role("button", name=f"write to {TAKEN} people then").click()
    expect(tab.locator("main")).to_contain_text("Until then nobody is, and no link works.")
    looks_right(tab)
    tab.get_by_role("link", name="Start now").click()
    tab.get_by_role("button", name="Start now").click()
    expect(tab.locator(".badge", has_text="Open").first).to_be_visible()
    return urlsplit(tab.url).path.strip("/").split("/")[1]


# --- While it is open ------------------------------------------------------------------------------


def come_back(site: Site, tab: Page, survey: str) -> None:
    """A relay tells an hour later that a mailbox is not there; then the address is corrected."""
    gone = campaign.address(BACK_LATER)
    heads = next(heads for heads, _text in letters(site) if heads["To"] == gone)
    told = json.dumps({"letter": heads["Message-ID"], "status": "5.1.1"}).encode()
    asked_with = {"Authorization": f"Bearer {BOUNCE_SECRET}", "Content-Type": "application/json"}
    relay = http.client.HTTPConnection("127.0.0.1", urlsplit(site.url).port)
    relay.request("POST", "/post/bounces/", told, asked_with)
    assert relay.getresponse().status == 204
    relay.close()
    tab.goto(f"/surveys/{survey}/")
    expect(tab.locator("main")).to_contain_text("mailbox unknown")
    tab.goto(f"/surveys/{survey}/people/failed/")
    looks_right(tab)
    tab.get_by_role("button", name="Send 1 invitation again").click()
    expect(tab.locator("body")).to_contain_text("1 new invitation is on its way.")


def answer(site: Site, survey: str, links: dict[str, str], statements: list[str]) -> None:
    port = urlsplit(site.url).port
    for number in range(*WHO_ANSWERS):
        token = links[campaign.address(number)].split("/")[2]
        given = {key: str(1 + (number + at) % 5) for at, key in enumerate(statements)}
        assert post(port, survey, token, "save", given).startswith("200")
        assert post(port, survey, token, "submit", {"matters_most": "route", "to": "submit"}).endswith("/thanks/")


def remind(site: Site, tab: Page, survey: str) -> None:
    """Whoever has answered gets none; to how many one went is told nobody."""
    tab.goto(f"/surveys/{survey}/")
    tab.get_by_role("link", name="Remind now").click()
    looks_right(tab)
    tab.get_by_role("button", name="Remind now").click()
    done = {campaign.address(number) for number in range(*WHO_ANSWERS)}
    waiting = TAKEN - len(done)
    assert comes_true(lambda: len(reminded(site)) == waiting, seconds=5 * MINUTES, every=LETTERS_EVERY)
    assert not done & reminded(site)


def reminded(site: Site) -> set[str]:
    return {heads["To"] for heads, _text in letters(site) if heads.get("List-Unsubscribe")}


# --- Afterwards ------------------------------------------------------------------------------------


def close_and_release(site: Site, tab: Page, survey: str, reader: Page) -> None:
    """A leader reads the report by the link of a letter, without an account."""
    tab.goto(f"/surveys/{survey}/")
    tab.get_by_role("link", name="Close now").click()
    tab.get_by_role("button", name="Close the survey").click()
    tab.get_by_role("link", name="Open the report").click()
    expect(tab.locator("main")).to_contain_text("locality team 31")
    looks_right(tab)
    tab.get_by_role("link", name="Release this report").click()
    tab.locator("[name=reader][value=leaders]").check()
    tab.locator("[name=with_comments][value=no]").check()
    tab.get_by_role("button", name="Release").click()
    looks_right(tab)
    tab.get_by_role("button", name="Send the letters").click()
    led = links_in_letters(site, campaign.DOMAIN, count=2, to="/reports/by-link/")
    reader.goto(led[campaign.address(WHO_ANSWERS[0])])
    expect(reader.locator("main")).to_contain_text("Care closer to home, locality team 31")
    assert_accessible(reader)
    assert_fits(reader)


def test_a_campaign_of_two_hundred_teams(page, site):
    amina, colleague = page(tolerate="422"), page(tolerate="422")
    open_new_workspace(amina, WORKSPACE)
    bring_everybody(amina)
    amina.get_by_role("link", name=WORKSPACE).first.click()
    update_and_take_back(amina)
    join(site, amina, colleague)
    amina.goto("/workspaces/")
    plan(amina, colleague)
    survey = launch(amina)
    links = links_in_letters(site, campaign.DOMAIN, count=TAKEN, seconds=5 * MINUTES)
    come_back(site, amina, survey)
    first = page(**PHONE)
    first.goto(links[campaign.address(WHO_ANSWERS[0])])
    first.get_by_role("button", name="Start the survey").click()
    answer(site, survey, links, statements_of(first, survey))
    remind(site, amina, survey)
    close_and_release(site, amina, survey, page(**PHONE))
