"""A checklist of one's own from the first tick to the report and the file, in two languages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.post import registry
from core.post.models import Message
from diagnostics.checklists.actions import own
from diagnostics.checklists.models import ChecklistDraft, ChecklistVersion
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.job_names import OPEN_SURVEY
from diagnostics.surveys.models import Survey
from reports.editions.models import PublishedSlice
from reports.files.models import Document
from reports.readings.survey.slice import read_slice
from reports.writers.tables.method_sheet import slice_method
from spaces.actions.groups import add_person, create_group
from tests.diagnostics.checklists.owning import as_sent
from tests.diagnostics.launched import workspace_of
from tests.diagnostics.respondents import Browser
from tests.pages import press
from tests.reports.surveys import close, run_job

OWN = {
    "en": "On our ward, people get the rest they need between shifts.",
    "de": "Auf unserer Station können sich alle erholen.",
}
REWORDED = {"en": "Our ward has clear, agreed goals for the work we do now.", "de": "Unsere Station hat klare Ziele."}
LANGUAGES = ("de", "en-gb")


@pytest.fixture
def workspace(instrument, alice):
    return workspace_of(alice)


def built(browser: Client, workspace) -> ChecklistVersion:
    """From focused: three indicators out, one reworded, one added, a word of the scale, an open question; in German."""
    start = browser.post(
        reverse("checklists:start", args=[workspace.public_id]), {"name": "Ward leaders", "begin": "preset:focused"}
    )
    draft = ChecklistDraft.objects.get().public_id
    assert start.status_code == 302
    page = browser.get(reverse("checklists:condition", args=[draft, "task"]))
    was = page.context["was"].split()
    kept = [key for key in was if key[:2] not in ("T1", "T2", "T3")]
    browser.post(reverse("checklists:condition", args=[draft, "task"]), {"was": " ".join(was), "ask": kept})
    _change(browser, reverse("checklists:indicator", args=[draft, "T4"]), text_team=REWORDED["en"], asks_team="model")
    energy = reverse("checklists:condition", args=[draft, "energy"])
    stood = browser.get(energy).context["was"]
    browser.post(energy, {"was": stood, "ask": stood.split(), "add": "1", "new_title": "Rest between shifts"})
    own = reverse("checklists:indicator", args=[draft, "Own1"])
    _change(browser, own, text_team=OWN["en"], topic="rest between shifts")
    _change(browser, reverse("checklists:scale", args=[draft]), label_5="Agree fully", means="model")
    _change(browser, reverse("checklists:questions", args=[draft]), new_energy="What would help you to rest?")
    german = reverse("checklists:languages", args=[draft, "de"])
    page = browser.get(german)
    missing = [one.row.key for one in page.context["parts"][0] if one.is_open]
    words = {"T4.team": REWORDED["de"], "Own1.team": OWN["de"]}
    texts = {f"text-{key}": words.get(key, f"Auf Deutsch: {key}") for key in missing}
    browser.post(german, as_sent(page) | texts)
    assert browser.get(german).context["open"] == 0
    press(browser, reverse("checklists:publish", args=[draft]))
    return ChecklistVersion.objects.get(checklist__workspace=workspace)


def _change(browser: Client, address: str, **changed: str) -> None:
    form = browser.get(address).context["form"]
    stands = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    initial = {form[name].html_initial_name: value for name, value in stands.items()}
    answer = browser.post(address, {**stands, **initial, **changed})
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.fixture
def version(client_for, alice, workspace):
    return built(client_for(alice), workspace)


@pytest.fixture
def survey(client_for, alice, workspace, version) -> Survey:
    """Launched from the pages, to twelve people: one half is written to in German."""
    browser = client_for(alice)
    team = create_group(workspace=workspace, name="Ward 7", kind="team", by=alice)
    for number in range(12):
        person = add_person(workspace=workspace, name=f"P{number}", email=f"p{number}@w.org", group=team, by=alice)
        type(person).objects.filter(pk=person.pk).update(language=LANGUAGES[number % 2])
    browser.post(
        reverse("surveys:new", args=[workspace.public_id]),
        {
            "title": "Ward 7",
            "purpose": "To agree what to change.",
            "asked_by": "Ruth Adeyemi",
            "contact": "ruth@w.org",
            "closes_on_day": "4",
            "closes_on_month": "12",
            "closes_on_year": "2027",
            "starts": "now",
            "closes_time": "17:00",
            "time_zone": "Europe/London",
        },
    )
    draft = Survey.objects.get()
    people = reverse("surveys:step", args=[draft.public_id, "people"])
    offered = " ".join(browser.get(people).content.decode().split())
    assert "Ward leaders, version 1" in offered
    assert f"{len(version.statement_keys)} statements,<br>" in offered
    given = {
        "preset": f"own:{version.pk}",
        "languages": ["de"],
        "audience": [team.public_id],
        "entry": "personal",
        "list_made_by": "Helen",
    }
    assert browser.post(people, given).status_code == 302
    check = reverse("surveys:step", args=[draft.public_id, "check"])
    facts = browser.get(check).content.decode()
    assert "Ward leaders, version 1" in facts
    preview = reverse("answering:preview", args=[draft.public_id])
    assert "Gefragt werden Sie von Ruth Adeyemi" in browser.get(preview, {"in": "de"}).content.decode()
    rules = {"k": "5", "comments_at": "groups", "releases_to_respondents": "yes", "launch": "1"}
    launched = press(browser, check, **rules)
    assert launched.status_code == 302, launched.context["form"].errors
    return run_job(OPEN_SURVEY, draft)


def letters(survey: Survey) -> list[tuple[str, str]]:
    """(language, text) of each invitation, in the order of the list."""
    found = Message.objects.filter(about=survey.public_id).order_by("pk")
    return [(one.language, _rendered(one)) for one in found]


def _rendered(message: Message) -> str:
    with translation.override(message.language):
        return registry.get(message.kind)(message.reference, message.language).text


def test_the_whole_way(client_for, alice, workspace, version, survey):
    sent = letters(survey)
    assert [language for language, _text in sent] == [LANGUAGES[number % 2] for number in range(12)]
    for language, text in sent:
        assert (OWN["de"] in _answered(text)) == (language == "de")
    edition = close(survey).editions.get()
    part = PublishedSlice.objects.for_reading().get(edition=edition)
    browser = client_for(alice)
    browser.cookies["django_language"] = "de"
    report = browser.get(reverse("reports:slice", args=[part.public_id])).content.decode()
    assert "Energie" in report
    read = " ".join(client_for(alice).get(reverse("reports:survey", args=[survey.public_id])).content.decode().split())
    assert "asked with Ward leaders, version 1" in read
    sheet = [line[1:3] for line in slice_method(read_slice(part), "Ward 7")]
    assert ("Checklist", "Ward leaders, version 1") in sheet
    statements = browser.get(reverse("reports:statements", args=[part.public_id, "energy", "team"])).content.decode()
    assert OWN["de"] in statements
    browser.post(reverse("reports:slice_document", args=[part.public_id, "slice_workbook"]))
    assert not Document.objects.exists()


def _answered(letter: str) -> str:
    """By whoever gets the letter; the page on which they rate Energy."""
    browser = Browser()
    link = next(line for line in letter.splitlines() if "/s/" in line)
    browser.get(link.partition("testserver")[2] or link[link.index("/s/") :], follow=True)
    survey = Survey.objects.get().public_id
    browser.post(reverse("answering:start", args=[survey]))
    energy = reverse("answering:page", args=[survey, "energy"])
    page = browser.get(energy).content.decode()
    cells = Survey.objects.get().asked_version.cells
    for condition in ("task", "route", "alignment", "capability", "energy"):
        asked = [key for (of, _space), keys in cells.items() if of == condition for key in keys]
        rated = {key: str(3 + number % 3) for number, key in enumerate(asked)}
        browser.post(reverse("answering:page", args=[survey, condition]), rated)
    browser.post(reverse("answering:submit", args=[survey]), {"to": "submit"})
    return page


def test_a_draft_whose_checklist_is_retired_meanwhile_cannot_be_launched(client_for, alice, workspace, version):
    survey = lifecycle.create_draft(workspace=workspace, by=alice)
    asks = {"preset": "own", "own_version": version, "primary_space_id": "team", "spaces_asked": ["team"]}
    lifecycle.save_step(survey=survey, step="people", by=alice, **asks)
    own.retire(version=version, by=alice, now=timezone.now())
    page = client_for(alice).get(reverse("surveys:step", args=[survey.public_id, "check"])).content.decode()
    assert "This checklist is offered no longer. Choose another one." in page
    people = client_for(alice).get(reverse("surveys:step", args=[survey.public_id, "people"]))
    assert "Ward leaders, version 1" not in people.content.decode()


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_a_file_of_it_gives_the_same_version_in_another_installation(client_for, alice, charlie, version, form):
    file = client_for(alice).get(reverse("checklists:version_file", args=[version.checklist.key, version.number, form]))
    elsewhere = workspace_of(charlie, name="Elsewhere")
    upload = SimpleUploadedFile(f"ours.{form}", file.content)
    browser = client_for(charlie)
    browser.post(
        reverse("checklists:start", args=[elsewhere.public_id]),
        {"name": "Ward leaders", "begin": "file", "file": upload},
    )
    press(browser, reverse("checklists:publish", args=[ChecklistDraft.objects.get().public_id]))
    there = ChecklistVersion.objects.get(checklist__workspace=elsewhere)
    assert there.content_hash == version.content_hash
