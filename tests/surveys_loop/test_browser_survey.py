"""The whole way of a survey on a real site: people from a file, four steps, answers from phones and without script,
counts that move in steps, the close, the report."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import assert_accessible, assert_fits, draw_figure
from tests.stage import Site
from tests.surveys_loop.posting import post
from tests.surveys_loop.walking import begin_survey, links_in_letters, open_new_workspace, rate

pytestmark = pytest.mark.browser

DOMAIN = "westmoor.example"
WORKSPACE = "Westmoor Trust"
NURSES, PHARMACY, PODIATRY = "District nursing", "Pharmacy", "Podiatry"
TEAMS = {NURSES: 16, PHARMACY: 12, PODIATRY: 4}
TURNOUT = {NURSES: 14, PHARMACY: 8, PODIATRY: 3}
PHONE = {"width": 390, "height": 844}
CONDITIONS = ("task", "route", "alignment", "capability", "energy")


# --- The list ---------------------------------------------------------------------------------------------


def people_file() -> bytes:
    """As a spreadsheet saves it: a mark at the start, semicolons, umlauts; and six rows that cannot be taken."""
    good = [
        (f"{name} {number} Müller", mail_of(name, number), f"Westmoor / {name}")
        for name, size in TEAMS.items()
        for number in range(1, size + 1)
    ]
    faulty = [
        ("No Address", "", f"Westmoor / {NURSES}"),
        ("Bad Address", "someone at example", f"Westmoor / {NURSES}"),
        ("Same Address", mail_of(NURSES, 1), f"Westmoor / {PHARMACY}"),
        ("Same Mailbox", mail_of(NURSES, 2).replace("@", "+work@").upper(), f"Westmoor / {PHARMACY}"),
        ("Long " * 60, f"long@{DOMAIN}", f"Westmoor / {NURSES}"),
        ("Deep Down", f"deep@{DOMAIN}", " / ".join(["Westmoor", *map(str, range(30))])),
    ]
    rows = [("Name", "E-Mail", "Group"), *good[:20], ("", "", ""), *faulty, *good[20:]]
    return "\ufeff".encode() + "\r\n".join(";".join(row) for row in rows).encode()


def mail_of(group: str, number: int) -> str:
    return f"{group.lower().replace(' ', '-')}.{number}@{DOMAIN}"


# --- The consultant -----------------------------------------------------------------------------------------


@pytest.fixture
def consultant(page) -> Page:
    """The owner of a new workspace, in it."""
    tab = page(tolerate="422")
    open_new_workspace(tab, WORKSPACE)
    return tab


def import_people(tab: Page) -> None:
    tab.get_by_role("link", name="Import people").click()
    file = {"name": "staff.csv", "mimeType": "text/csv", "buffer": people_file()}
    tab.locator("input[type=file]").set_input_files(file)
    tab.get_by_role("button", name="Check the list").click()
    expect(tab.get_by_role("heading", name="6 rows to mend")).to_be_visible()
    assert_accessible(tab)
    tab.get_by_role("button", name="Import the list").click()
    expect(tab.locator("body")).to_contain_text(f"{sum(TEAMS.values())} people are added. 6 rows are left")


def launch(tab: Page) -> str:
    """The public id of the survey, once it is open."""
    begin_survey(tab, workspace=WORKSPACE, title="How we lead at Westmoor")
    tab.locator("[name=preset][value=brief]").check()
    tab.locator("[name=primary_space][value=team]").check()
    tab.locator("[name=spaces][value=system]").check()
    tab.locator("[name=audience]").first.check()
    tab.get_by_label("Who made the list").fill("Amina Farouk, from the staff list")
    tab.get_by_role("button", name="Continue to messages").click()
    tab.get_by_role("button", name="Continue to check and launch").click()
    tab.get_by_role("button", name=f"write to {sum(TEAMS.values())} people").click()
    expect(tab.locator(".badge", has_text="Open").first).to_be_visible()
    assert_accessible(tab)
    return urlsplit(tab.url).path.strip("/").split("/")[1]


def counts(tab: Page, survey: str) -> Locator:
    tab.goto(f"/surveys/{survey}/")
    expect(tab.locator(".dashboard-total")).to_contain_text("Opened")
    return tab.locator(".dashboard-total")


# --- Those who are asked ---------------------------------------------------------------------------------------


def hand_in(tab: Page) -> None:
    tab.locator("[name=matters_most][value=alignment]").check()
    tab.locator("[name=matters_most][value=energy]").check()
    tab.get_by_role("button", name="Submit my answers").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Thank you")


def answer(tab: Page, link: str, *, looks: bool) -> None:
    """From the letter to the thanks; `looks`: every page is looked at."""
    tab.goto(link)
    _look(tab, looks)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Start the survey").click()
    for _ in CONDITIONS:
        _look(tab, looks)
        rate(tab, 4)
    _look(tab, looks)
    hand_in(tab)
    _look(tab, looks)


def _look(tab: Page, looks: bool) -> None:
    if looks:
        assert_accessible(tab)
        assert_fits(tab)


def answer_on_two_devices(page, link: str) -> None:
    phone, desk = page(**PHONE), page()
    phone.goto(link)
    with phone.expect_navigation():
        phone.get_by_role("button", name="Start the survey").click()
    rate(phone, 2)
    phone.locator("button[value=leave]:visible").first.click()
    expect(phone.locator("input[value*='/s/']")).to_be_visible()
    desk.goto(link)
    with desk.expect_navigation():
        desk.get_by_role("button", name="Continue").click()
    for _ in CONDITIONS[1:]:
        rate(desk, 3)
    hand_in(desk)


def answer_twice(page, link: str) -> None:
    """Back in the browser, the button once more, the link once more: always the page of thanks."""
    tab = page()
    answer(tab, link, looks=False)
    tab.go_back()
    if tab.get_by_role("button", name="Submit my answers").is_visible():
        tab.get_by_role("button", name="Submit my answers").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Thank you")
    tab.goto(link)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Thank you")


def answer_all(site: Site, survey: str, links: dict[str, str], statements: list[str]) -> None:
    """The rest, without a window."""
    for place, link in enumerate(links.values()):
        token, port = link.split("/")[2], urlsplit(site.url).port
        given = {key: str(1 + (place + at) % 5) for at, key in enumerate(statements)}
        assert post(port, survey, token, "save", given).startswith("200")
        assert post(port, survey, token, "submit", {"matters_most": "route", "to": "submit"}).endswith("/thanks/")


def statements_of(tab: Page, survey: str) -> list[str]:
    """As the preview of the questions would list them: read off the pages of somebody who answers."""
    names = []
    for condition in CONDITIONS:
        tab.goto(f"/answer/{survey}/rate/{condition}/")
        radios = tab.locator("#rating input[type=radio][value='1']").all()
        names += [radio.get_attribute("name") for radio in radios]
    return names


def test_from_a_file_of_people_to_the_report(page, site, consultant):
    import_people(consultant)
    survey = launch(consultant)
    sent = links_in_letters(site, DOMAIN, count=sum(TEAMS.values()))
    expect(counts(consultant, survey)).to_contain_text("The first count comes on")

    waiting = [mail_of(name, number) for name, size in TURNOUT.items() for number in range(1, size + 1)]
    asked = {to: sent[to] for to in waiting}
    reader = page(**PHONE, tolerate="410")
    reader.goto(asked[waiting[0]])
    reader.get_by_role("button", name="Start the survey").click()
    statements = statements_of(reader, survey)
    assert len(statements) == 20
    answer(page(**PHONE), asked.pop(waiting[1]), looks=True)
    answer(page(java_script_enabled=False), asked.pop(waiting[2]), looks=False)
    answer_on_two_devices(page, asked.pop(waiting[3]))
    answer_twice(page, asked.pop(waiting[4]))
    before = counts(consultant, survey).inner_text()
    answer_all(site, survey, asked, statements)
    assert counts(consultant, survey).inner_text() == before
    assert_accessible(consultant)
    read_report(consultant, survey)
    reader.goto(sent[waiting[0]])
    expect(reader.locator("body")).to_contain_text("This survey is closed")


def read_report(tab: Page, survey: str) -> None:
    """Closed by hand; then the groups that have a result, and the first of them."""
    tab.get_by_role("link", name="Close now").click()
    tab.get_by_role("button", name="Close the survey").click()
    tab.get_by_role("link", name="Open the report").click()
    groups = tab.locator("main")
    for name in (NURSES, PHARMACY):
        expect(groups.get_by_role("link", name=name)).to_be_visible()
    expect(groups.get_by_role("link", name=PODIATRY)).to_have_count(0)
    assert_accessible(tab)
    groups.get_by_role("link", name=NURSES).click()
    draw_figure(tab)
    expect(groups).to_contain_text("14 people")
    assert_accessible(tab)
    tab.set_viewport_size(PHONE)
    assert_fits(tab)
