"""Steps through the pages that several walks in a browser take."""

import datetime
import email
import re
from collections.abc import Iterator
from email import policy
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.browsing import sign_in_here
from tests.stage import Site, comes_true

OWNER = "Amina Farouk"
PATIENCE = 60  # seconds
LETTERS_EVERY = 0.5  # seconds: whoever looks at thousands takes from those that send them
BETWEEN_LETTERS = b"\n" + b"-" * 79 + b"\n"  # in one file, where two left in the same moment


def open_new_workspace(tab: Page, name: str) -> None:
    """As its owner, and in it."""
    tab.goto("/accounts/login/")
    sign_in_here(tab, OWNER)
    begin_workspace(tab, name)


def begin_workspace(tab: Page, name: str) -> None:
    tab.goto("/workspaces/new/")
    tab.get_by_label("Name").fill(name)
    tab.click("main button[type=submit]")
    tab.locator("main").get_by_role("link", name=name).click()


def begin_survey(tab: Page, *, workspace: str, title: str) -> None:
    """Its first step, and on to the second."""
    tab.locator("main").get_by_role("link", name=workspace).first.click()
    tab.locator("main").get_by_role("link", name="Surveys").first.click()
    tab.get_by_role("link", name="New survey").first.click()
    day = datetime.date.today() + datetime.timedelta(days=20)
    tab.get_by_label("Name of the survey").fill(title)
    tab.get_by_label("Who asks").fill("Ruth Adeyemi, Director")
    tab.get_by_label("Why you are asking").fill("To agree what to change.")
    tab.get_by_label("Whom respondents can ask").fill(OWNER)
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        tab.locator(f"[name=closes_on_{part}]").fill(str(number))
    tab.get_by_role("button", name="Continue to questions and people").click()


def links_in_letters(
    site: Site, domain: str, *, count: int, to: str = "/s/", seconds: int = PATIENCE
) -> dict[str, str]:
    """Address → the last link that begins with `to`, once so many people have letters."""
    assert comes_true(lambda: len(_links(site, domain, to)) == count, seconds=seconds, every=LETTERS_EVERY)
    return _links(site, domain, to)


def _links(site: Site, domain: str, to: str) -> dict[str, str]:
    found = ((one["To"], re.search(rf"https?://[^/\s]+({to}\S+)", text)) for one, text in letters(site))
    return {address: link[1] for address, link in found if link and address.endswith(domain)}


def letters(site: Site) -> Iterator[tuple[dict[str, str], str]]:
    """In the order in which they left: the heads of each, and its text."""
    for file in sorted((site.var / "outbox").glob("*.log"), key=lambda file: file.stat().st_mtime):
        yield from _letters_in(file, file.stat().st_size)


@cache
def _letters_in(file: Path, _size: int) -> list[tuple[dict[str, str], str]]:
    """Read once for each size, with all heads: thousands of letters are looked at again and again until all are there,
    and a message takes its heads apart whenever it is asked for one."""
    found = (email.message_from_bytes(one, policy=policy.default) for one in file.read_bytes().split(BETWEEN_LETTERS))
    return [(dict(letter.items()), body.get_content()) for letter in found if (body := letter.get_body(("plain",)))]


def rate(tab: Page, value: int) -> None:
    """All statements of the page in hand, then on to the next; in turns one lower, since one answer throughout given as
    fast as this is set aside."""
    names = {radio.get_attribute("name") for radio in tab.locator(f"#rating input[type=radio][value='{value}']").all()}
    for at, name in enumerate(sorted(names)):
        tab.locator(f"input[name='{name}'][value='{value - at % 2}']").check(force=True)
    with tab.expect_navigation():
        tab.locator(".rating-buttons button.btn-primary").click()
