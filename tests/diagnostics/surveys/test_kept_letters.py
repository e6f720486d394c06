"""Letters that a workspace keeps: taken in step 3, kept from there, changed and deleted on a page of their own."""

import pytest
from django.urls import reverse
from django.utils import translation

from core.audit.models import Entry
from diagnostics.surveys.actions.kept_letters import keep_letters, texts_of
from diagnostics.surveys.actions.lifecycle import launch_survey
from diagnostics.surveys.letters.wording import INVITATION, letter
from diagnostics.surveys.models import KeptLetters, Survey
from diagnostics.surveys.usual import FORMER, usual_texts
from tests.diagnostics.launched import NOW, draft_in, launched_survey, teams_in, workspace_of
from tests.pages import press

OURS = {
    "invitation_subject": "Please help us",
    "invitation_text": "Hello {name}, come in: {link}",
    "reminder_subject": "Still open",
    "reminder_text": "Hello {name}, still open: {link}",
}


@pytest.fixture
def workspace(alice, bob, instrument):
    return workspace_of(alice, consultant=bob)


@pytest.fixture
def draft(workspace, alice) -> Survey:
    return draft_in(workspace, by=alice)


@pytest.fixture
def browser(client_for, alice):
    return client_for(alice)


def at(draft: Survey) -> str:
    return reverse("surveys:step", args=[draft.public_id, "messages"])


def kept(workspace, alice, **changes) -> KeptLetters:
    return keep_letters(
        **({"workspace": workspace, "name": "Ours", "language": "en-gb", "texts": OURS, "by": alice} | changes)
    )


def test_letters_are_kept_from_the_step_and_saved_there(browser, draft, workspace):
    answer = browser.post(at(draft), OURS | {"sender": "nobody", "keep": "1", "keep_as": "Ours"})
    assert answer.url == at(draft)
    assert texts_of(workspace.kept_letters.get()) == OURS
    draft.refresh_from_db()
    assert (draft.invitation_text, draft.is_from_nobody) == (OURS["invitation_text"], True)


def test_messages_need_a_name_of_their_own(browser, draft, workspace, alice):
    kept(workspace, alice)
    for name, sentence in {"": "Enter a name under which", "OURS": "Messages called “OURS” are kept already."}.items():
        answer = browser.post(at(draft), OURS | {"reminder_text": "Typed: {link}", "keep": "1", "keep_as": name})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "Typed: {link}" in answer.content.decode()
    assert workspace.kept_letters.count() == 1


def test_taken_letters_stand_in_the_step_and_nothing_is_saved_yet(browser, draft, workspace, alice):
    ours = kept(workspace, alice)
    typed = {"invitation_subject": "S", "reminder_1_day": "3", "kept": ours.public_id, "take": "1"}
    page = browser.post(at(draft), typed)
    form = page.context["form"]
    assert {field: form[field].value() for field in OURS} == OURS
    assert form["reminder_1"].subwidgets[0].data["subwidgets"][0]["value"] == "3"
    draft.refresh_from_db()
    assert draft.invitation_text == usual_texts()["invitation_text"]


def test_a_draft_with_the_usual_texts_of_earlier_goes_on_with_those_of_today(browser, draft):
    Survey.objects.update(**FORMER)
    form = browser.get(at(draft)).context["form"]
    assert {field: form[field].value() for field in FORMER} == usual_texts()


def test_a_new_survey_begins_with_the_defaults_of_each_language(workspace, alice):
    german = {field: f"Hallo: {text}" for field, text in OURS.items()}
    kept(workspace, alice, is_default=True)
    kept(workspace, alice, name="Unsere", language="de", texts=german, is_default=True)
    draft = draft_in(workspace, by=alice, languages="en-gb de")
    assert draft.invitation_text == OURS["invitation_text"]
    with translation.override("de"):
        read = letter(draft, INVITATION, name="Sam", link="https://x.example/s/1/")
    assert read.text.startswith("Hallo: Hello Sam, come in: https://x.example/s/1/")


def test_one_default_at_most(browser, workspace, alice):
    first, second = kept(workspace, alice, is_default=True), kept(workspace, alice, name="Others")
    there = reverse("surveys:change_kept_letters", args=[workspace.public_id, second.public_id])
    page = browser.get(there)
    assert browser.post(there, OURS | {"name": "Others, warmer", "is_default": "on"}).status_code == 302
    assert page.status_code == 200
    assert list(workspace.kept_letters.filter(is_default=True).values_list("name", flat=True)) == ["Others, warmer"]
    first.refresh_from_db()
    assert not first.is_default


def test_letters_without_a_link_are_not_kept(browser, workspace):
    there = reverse("surveys:new_kept_letters", args=[workspace.public_id])
    posted = OURS | {"name": "Ours", "language": "de", "invitation_text": "Hallo {Name}"}
    answer = browser.post(there, posted)
    assert answer.status_code == 422
    assert "Hallo {Name}" in answer.content.decode()
    assert browser.post(there, posted | {"invitation_text": "Hallo {name}: {link}"}).status_code == 302
    assert workspace.kept_letters.get().language == "de"


def test_deleting_is_done_with_what_was_seen(browser, workspace, alice):
    ours = kept(workspace, alice)
    there = reverse("surveys:delete_kept_letters", args=[workspace.public_id, ours.public_id])
    assert browser.post(there).status_code == 422
    assert press(browser, there).status_code == 302
    assert not workspace.kept_letters.exists()
    assert Entry.objects.filter(verb="delete_letters").count() == 1


def test_whoever_launches_is_the_writer_unless_another_is_named(workspace, alice, bob, instrument):
    assert launched_survey(alice, workspace=workspace_of(alice, name="Other")).writer == alice
    whole = teams_in(workspace, by=alice)
    draft = draft_in(workspace, whole, by=alice, writer=bob)
    assert launch_survey(survey=draft, by=alice, now=NOW).writer == bob


def test_a_member_is_chosen_and_an_outsider_cannot_be(browser, draft, bob, charlie, workspace):
    member = workspace.memberships.get(user=bob)
    elsewhere = workspace_of(charlie, name="Elsewhere").memberships.get()
    assert browser.post(at(draft), OURS | {"sender": member.public_id}).status_code == 302
    draft.refresh_from_db()
    assert draft.writer == bob
    assert browser.post(at(draft), OURS | {"sender": elsewhere.public_id}).status_code == 422
    assert "From Bob via TRACE" in browser.get(at(draft)).content.decode()
