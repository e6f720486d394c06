"""A checklist of one's own on a real site: built, translated, asked in two languages, read, and taken elsewhere."""

import io
import re
from urllib.parse import urlsplit

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import assert_accessible, assert_fits, draw_figure
from tests.stage import Site
from tests.surveys_loop.posting import post
from tests.surveys_loop.walking import begin_survey, begin_workspace, links_in_letters, open_new_workspace, rate

pytestmark = pytest.mark.browser

DOMAIN = "eastmoor.example"
WORKSPACE, ELSEWHERE, NAME = "Eastmoor Trust", "Eastmoor South", "Ward leaders"
PHONE = {"width": 390, "height": 844}
PEOPLE = 12
OWN = "On our ward, people get the rest they need between shifts."
REWORDED = "Our ward has clear, agreed goals for the work we do now."
GERMAN = {
    "T4.team": "Unsere Station hat klare, vereinbarte Ziele für unsere jetzige Arbeit.",
    "Own1.title": "Erholung zwischen den Schichten",
    "Own1.topic": "Erholung zwischen den Schichten",
    "Own1.team": "Auf unserer Station bekommen alle die Erholung, die sie zwischen den Schichten brauchen.",
    "scale.5": "Stimme ganz zu",
}


def import_people(tab: Page) -> None:
    """Half of them are written to in German."""
    rows = (
        f"Person {number},p{number}@{DOMAIN},Eastmoor / Ward 7,{('English', 'German')[number % 2]}"
        for number in range(PEOPLE)
    )
    tab.get_by_role("link", name="Import people").click()
    file = "\n".join(("Name,E-mail,Group,Language", *rows)).encode()
    tab.locator("input[type=file]").set_input_files({"name": "ward.csv", "mimeType": "text/csv", "buffer": file})
    tab.get_by_role("button", name="Check the list").click()
    tab.get_by_role("button", name="Import the list").click()
    expect(tab.locator("body")).to_contain_text(f"{PEOPLE} people are added.")


def begin_checklist(tab: Page, workspace: str) -> str:
    """The address of the page on which one begins."""
    tab.goto("/workspaces/")
    tab.locator("main").get_by_role("link", name=workspace).first.click()
    tab.locator("main").get_by_role("link", name="Surveys").first.click()
    tab.get_by_role("link", name="Checklists").click()
    tab.get_by_role("link", name="New checklist").click()
    tab.get_by_label("What is it called?").fill(NAME)
    return tab.url


def build(tab: Page) -> None:
    begin_checklist(tab, WORKSPACE)
    tab.get_by_role("button", name="Begin the draft").click()
    draft = tab.url
    tab.goto(f"{draft}condition/task/")
    for key in ("T1", "T2", "T3"):
        for one in tab.locator(f"input[type=checkbox][value^='{key}.']").all():
            one.uncheck()
    tab.get_by_role("button", name="Save the choice").click()
    tab.goto(f"{draft}indicator/T4/")
    tab.get_by_label("Team", exact=True).fill(REWORDED)
    tab.locator("[name=asks_team]").select_option("model")
    tab.get_by_role("button", name="Save the words").click()
    tab.goto(f"{draft}condition/energy/")
    tab.get_by_label("An indicator of your own").fill("Rest between shifts")
    tab.get_by_role("button", name="Add it").click()
    tab.get_by_label("Topic").fill("rest between shifts")
    tab.get_by_label("Team", exact=True).fill(OWN)
    tab.get_by_role("button", name="Save the words").click()
    tab.goto(f"{draft}scale/")
    tab.locator("[name=label_5]").fill("Agree fully")
    tab.locator("[name=means]").select_option("model")
    tab.get_by_role("button", name="Save the scale").click()
    tab.goto(f"{draft}questions/")
    tab.locator("[name=new_energy]").fill("What would help you to rest?")
    tab.get_by_role("button", name="Save the questions").click()
    translate(tab, draft)
    tab.goto(f"{draft}publish/")
    assert_accessible(tab)
    tab.get_by_role("button", name="Publish version 1").click()
    expect(tab.get_by_text("is published as version 1")).to_be_visible()


def translate(tab: Page, draft: str) -> None:
    tab.goto(f"{draft}languages/de/")
    for key, text in GERMAN.items():
        tab.locator(f"textarea[name='text-{key}']").fill(text)
    tab.locator("textarea:placeholder-shown, textarea:empty").evaluate_all(
        "all => all.filter(one => !one.value).forEach(one => { one.value = 'Was hilft Ihnen, sich auszuruhen?' })"
    )
    tab.get_by_role("button", name="Save the translation").first.click()
    expect(tab.get_by_text("Complete.")).to_be_visible()


def launch(tab: Page) -> str:
    """The public id of the survey, once it is open."""
    tab.goto("/workspaces/")
    begin_survey(tab, workspace=WORKSPACE, title="How we lead on Ward 7")
    tab.locator("label", has_text=NAME).locator("input").check()
    tab.locator("[name=languages][value=de]").check()
    tab.locator("[name=audience]").first.check()
    tab.get_by_label("Who made the list").fill("Amina Farouk, from the staff list")
    tab.get_by_role("button", name="Continue to messages").click()
    tab.get_by_role("button", name="Continue to check and launch").click()
    tab.get_by_role("button", name=f"write to {PEOPLE} people").click()
    expect(tab.locator(".badge", has_text="Open").first).to_be_visible()
    return urlsplit(tab.url).path.strip("/").split("/")[1]


def asked(tab: Page, statement: str) -> Locator:
    return tab.locator("#rating span", has_text=statement)


def answer_on_a_phone(tab: Page, link: str) -> dict[str, str]:
    """In German, and Welsh is not offered; on the last page of statements in English. What was asked, by name."""
    tab.goto(link)
    expect(tab.locator("html")).to_have_attribute("lang", "de")
    expect(tab.get_by_role("button", name="Cymraeg")).to_have_count(0)
    with tab.expect_navigation():
        tab.locator("form[action$='/start/'] button").first.click()
    expect(asked(tab, GERMAN["T4.team"])).to_be_visible()
    expect(tab.get_by_text(GERMAN["scale.5"]).first).to_be_attached()
    names: list[str] = []
    for page in range(5):
        if page == 4:
            expect(asked(tab, GERMAN["Own1.team"])).to_be_visible()
            tab.get_by_role("button", name="English").click()
            expect(asked(tab, OWN)).to_be_visible()
        assert_accessible(tab)
        assert_fits(tab)
        names += [one.get_attribute("name") for one in tab.locator("#rating input[type=radio][value='1']").all()]
        rate(tab, 4)
    tab.get_by_role("button", name="Submit my answers").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Thank you")
    return {name: str(2 + at % 3) for at, name in enumerate(names)}


def test_from_the_first_tick_to_the_report_and_the_file(page, site: Site):
    tab = page()
    open_new_workspace(tab, WORKSPACE)
    import_people(tab)
    build(tab)
    version, mark = tab.url, mark_on(tab)
    survey = launch(tab)
    sent = links_in_letters(site, DOMAIN, count=PEOPLE)
    given = answer_on_a_phone(page(**PHONE), sent.pop(f"p1@{DOMAIN}"))
    assert "Own1.team" in given
    assert not {"T1.team", "T2.team", "T3.team"} & given.keys()
    for link in list(sent.values())[:8]:
        token, port = urlsplit(link).path.split("/")[2], urlsplit(site.url).port
        assert post(port, survey, token, "save", given).startswith("200")
        assert post(port, survey, token, "submit", {"to": "submit"}).endswith("/thanks/")
    read(tab, survey)
    take_elsewhere(tab, version, mark)


def read(tab: Page, survey: str) -> None:
    """The own statement is in the report, in the language of whoever reads it, and in the workbook."""
    tab.goto(f"/surveys/{survey}/")
    tab.get_by_role("link", name="Close now").click()
    tab.get_by_role("button", name="Close the survey").click()
    tab.get_by_role("link", name="Open the report").click()
    tab.locator("main").get_by_role("link", name="Ward 7").first.click()
    draw_figure(tab)
    book = downloaded(tab)
    assert any(OWN in text for text in book)
    assert any(REWORDED in text for text in book)
    assert {f"{NAME}, version 1", "Statements: 63; of its own: 1; of the model in other words: 1."} <= book
    tab.goto(f"{tab.url}energy/team/")
    expect(tab.get_by_text(OWN)).to_be_visible()
    tab.get_by_role("button", name="Deutsch").click()
    expect(tab.get_by_text(GERMAN["Own1.team"])).to_be_visible()
    tab.get_by_role("button", name="English").click()
    expect(tab.get_by_text(OWN)).to_be_visible()


def downloaded(tab: Page) -> set[str]:
    """All texts in the workbook of the report."""
    line = tab.locator(".file-list > li").filter(has=tab.get_by_text("Workbook", exact=True))
    line.get_by_role("button").click()
    with tab.expect_download() as fetched:
        line.get_by_role("link", name="Download").click()
    book = openpyxl.load_workbook(io.BytesIO(fetched.value.path().read_bytes()))
    return {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}


def mark_on(tab: Page) -> str:
    return re.search(r"Mark of its content: (\w{12})", tab.locator("main").inner_text())[1]


def take_elsewhere(tab: Page, version: str, mark: str) -> None:
    """Into another workspace by its file: published there it has the same content."""
    tab.goto(version)
    with tab.expect_download() as download:
        tab.get_by_role("link", name="YAML").click()
    begin_workspace(tab, ELSEWHERE)
    begin_checklist(tab, ELSEWHERE)
    tab.locator("[name=begin][value=file]").check()
    tab.locator("input[type=file]").set_input_files(download.value.path())
    tab.get_by_role("button", name="Begin the draft").click()
    tab.goto(f"{tab.url}publish/")
    tab.get_by_role("button", name="Publish version 1").click()
    assert mark_on(tab) == mark
