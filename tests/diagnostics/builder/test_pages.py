"""A checklist of one's own, page by page, by whoever makes it and by whoever has no part in it."""

import re
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.audit.models import Entry
from diagnostics.checklists.actions import own
from diagnostics.checklists.compiling import compiled
from diagnostics.checklists.drafting import model_identity, model_scale
from diagnostics.checklists.files.in_yaml import as_yaml
from diagnostics.checklists.model_words import source_of_recipe
from diagnostics.checklists.models import ChecklistDraft, ChecklistVersion
from diagnostics.checklists.presets import Recipe
from diagnostics.checklists.schema import source_of
from diagnostics.checklists.source import ALL, SPACES, mark_of
from diagnostics.checklists.translating import missing_in
from tests.diagnostics.checklists.owning import FOCUSED, as_sent
from tests.diagnostics.launched import workspace_of
from tests.pages import filled_in, press, seen_on

IN_DEPTH = Recipe("in_depth", "team", SPACES)


@pytest.fixture
def workspace(instrument, alice, bob):
    return workspace_of(alice, consultant=bob)


@pytest.fixture
def draft(workspace, alice, now) -> ChecklistDraft:
    return own.begin(workspace=workspace, by=alice, source=source_of_recipe(FOCUSED), now=now)


@pytest.fixture
def browser(client_for, alice):
    return client_for(alice)


def fields_of(page) -> dict[str, str]:
    """What a page of a draft would post as it stands."""
    form = page.context["form"]
    values = {}
    for field in form:
        if (value := field.value()) not in (None, False):
            values[field.html_name] = "on" if value is True else value
            if field.field.show_hidden_initial:
                values[field.html_initial_name] = values[field.html_name]
    return values


def source(draft):
    return source_of(ChecklistDraft.objects.get(pk=draft.pk).form)


def test_a_checklist_is_begun_built_and_published(browser, workspace):
    begun = browser.post(
        reverse("checklists:start", args=[workspace.public_id]), {"name": "Ward leaders", "begin": "preset:focused"}
    )
    draft = ChecklistDraft.objects.get()
    assert begun["Location"] == reverse("checklists:draft", args=[draft.public_id])
    page = browser.get(begun["Location"])
    assert "65 statements, about 12 min" in page.content.decode()
    task = reverse("checklists:condition", args=[draft.public_id, "task"])
    page = browser.get(task)
    was = page.context["was"]
    asked = [key for key in was.split() if not key.startswith(("T1.", "T2."))]
    browser.post(task, {"was": was, "ask": asked})
    assert next(one.key for one, _space in source(draft).asked()) == "T3"
    published = press(browser, reverse("checklists:publish", args=[draft.public_id]))
    version = ChecklistVersion.objects.get(checklist__workspace=workspace)
    assert published["Location"] == reverse("checklists:version", args=[version.checklist.key, 1])
    assert not ChecklistDraft.objects.exists()
    assert len(version.statement_keys) == 63
    page = browser.get(published["Location"]).content.decode()
    assert "Version 1" in page
    assert "in no survey yet" in page.lower()


def test_a_page_saves_only_what_was_changed_on_it(browser, client_for, bob, draft, alice):
    """Two people have the same page open; the second to save takes nothing back of the first."""
    own.share(draft=draft, readers=[bob], by=alice)
    address = reverse("checklists:indicator", args=[draft.public_id, "T1"])
    hers, his = fields_of(browser.get(address)), fields_of(client_for(bob).get(address))
    browser.post(address, hers | {"title": "Talking it through"})
    reworded = {"text_team": "In our team, we set time aside to talk about our task.", "asks_team": "model"}
    client_for(bob).post(address, his | reworded)
    one = source(draft).indicator("T1")
    assert (one.title, one.wordings["team"].text) == (
        "Talking it through",
        "In our team, we set time aside to talk about our task.",
    )


def test_whom_a_colleague_shared_a_draft_with_stays(browser, client_for, bob, draft):
    address = reverse("checklists:share", args=[draft.public_id])
    sent = filled_in(browser.get(address))
    browser.post(address, sent | {"readers": [bob.pk]})
    browser.post(address, sent)
    assert list(draft.shared_with.all()) == [bob]


def test_so_does_the_page_of_a_condition(browser, draft):
    address = reverse("checklists:condition", args=[draft.public_id, "task"])
    was = browser.get(address).context["was"]
    browser.post(address, {"was": was, "ask": [key for key in was.split() if key != "T1.team"]})
    browser.post(address, {"was": was, "ask": [*was.split(), "T1.self"]})
    assert source(draft).indicator("T1").asked_in() == ("self",)


@pytest.mark.parametrize("name", ["draft", "scale", "questions", "publish", "share", "delete", "bring"])
def test_nobody_but_those_it_is_shared_with_finds_a_draft(client_for, alice, bob, charlie, draft, name):  # noqa: PLR0917 — a cast
    address = reverse(f"checklists:{name}", args=[draft.public_id])
    assert client_for(charlie).get(address).status_code == 404
    assert client_for(bob).get(address).status_code == 404
    own.share(draft=draft, readers=[bob], by=alice)
    assert client_for(bob).get(address).status_code == 200


def test_an_indicator_of_ones_own_has_statements_and_is_asked(browser, draft):
    task = reverse("checklists:condition", args=[draft.public_id, "task"])
    added = browser.post(task, {"was": "", "ask": [], "add": "1", "new_title": "Saying what is out of scope"})
    assert added["Location"] == reverse("checklists:indicator", args=[draft.public_id, "Own1"])
    values = fields_of(browser.get(added["Location"]))
    text = "In our team, we say early what will have to wait."
    assert browser.post(added["Location"], values | {"text_team": text, "topic": "what has to wait"}).status_code == 302
    one = source(draft).indicator("Own1")
    assert (one.asked_in(), one.wordings["team"].text, one.topic) == (("team",), text, "what has to wait")
    browser.post(task, {"was": "", "ask": [], "remove": "Own1"})
    assert "Own1" not in {one.key for one in source(draft).indicators}


def test_the_models_own_indicators_cannot_be_removed(browser, draft):
    task = reverse("checklists:condition", args=[draft.public_id, "task"])
    browser.post(task, {"was": "", "ask": [], "remove": "T1"})
    assert source(draft).indicator("T1")


def test_moving_keeps_what_is_ticked_and_comes_back_to_the_same_place(browser, draft):
    task = reverse("checklists:condition", args=[draft.public_id, "task"])
    was = browser.get(task).context["was"]
    moved = browser.post(task, {"was": was, "ask": was.split(), "down": "T1"})
    assert moved["Location"] == f"{task}#T1"
    assert [one.key for one in source(draft).of_condition("task")][:2] == ["T2", "T1"]


TEAM = "In our team, we set time aside to talk about our task."


def words_of(browser, draft, key, **changed):
    """The page of an indicator's words posted with these changed."""
    address = reverse("checklists:indicator", args=[draft.public_id, key])
    return browser.post(address, fields_of(browser.get(address)) | changed)


def asks(draft, key="T1", wording="team") -> str:
    return source(draft).indicator(key).wordings[wording].asks


def test_whoever_words_a_statement_anew_says_what_it_asks(browser, draft):
    refused = words_of(browser, draft, "T1", text_team=TEAM)
    assert refused.status_code == 422
    assert "say whether they still ask the same" in refused.content.decode()
    assert TEAM in refused.content.decode()  # nothing that was written is lost
    words_of(browser, draft, "T1", text_team=TEAM, asks_team="model")
    assert asks(draft) == model_identity("T1", "team")
    shown = browser.get(reverse("checklists:indicator", args=[draft.public_id, "T1"])).content.decode()
    assert "As now: what the model asks<" in shown
    words_of(browser, draft, "T1", asks_team="anew")  # changed without other words
    assert asks(draft) == mark_of(TEAM)
    words_of(browser, draft, "T1", text_team=f"{TEAM[:-1]} well.", asks_team="before")
    assert asks(draft) == mark_of(TEAM)
    words_of(browser, draft, "T1", text_team=source_of_recipe(FOCUSED).indicator("T1").wordings["team"].text)
    assert asks(draft) == ""


def test_a_statement_of_ones_own_is_compared_from_its_second_version_on(browser, workspace, draft, alice, now):
    task = reverse("checklists:condition", args=[draft.public_id, "task"])
    browser.post(task, {"was": "", "ask": [], "add": "1", "new_title": "Saying what waits"})
    words_of(browser, draft, "Own1", text_team="We say what waits.", topic="what waits")
    assert words_of(browser, draft, "Own1", text_team="We say early what waits.").status_code == 302
    version = own.publish(draft=draft, by=alice, now=now)
    begun = browser.post(reverse("checklists:begin", args=[version.checklist.key, 1]))
    following = ChecklistDraft.objects.get()
    assert begun["Location"] == reverse("checklists:draft", args=[following.public_id])
    assert words_of(browser, following, "Own1", text_team="We say at once what waits.").status_code == 422
    words_of(browser, following, "Own1", text_team="We say at once what waits.", asks_team="before")
    assert asks(following, "Own1") == mark_of("We say early what waits.")


def test_a_scale_in_other_words_is_the_same_only_if_its_author_says_so(browser, draft):
    address = reverse("checklists:scale", args=[draft.public_id])

    def post(**changed):
        return browser.post(address, fields_of(browser.get(address)) | changed)

    assert post(label_5="Agree fully").status_code == 422
    post(label_5="Agree fully", means="model")
    assert source(draft).scale.asks == "agreement"
    post()
    assert source(draft).scale.asks == "agreement"
    post(means="anew")
    mark = source(draft).scale.asks
    assert re.fullmatch("[0-9a-f]{10}", mark)
    post(not_scored="Cannot say")
    assert source(draft).scale.asks == mark
    post(label_5="Agree wholly", means="before")
    assert source(draft).scale.asks == mark
    post(label_5="Strongly agree")
    assert (source(draft).scale.asks, source(draft).scale.not_scored_label) == ("", "Cannot say")


def test_the_same_words_changed_by_two_are_lost_by_neither(browser, client_for, bob, draft, alice):
    own.share(draft=draft, readers=[bob], by=alice)
    address = reverse("checklists:indicator", args=[draft.public_id, "T1"])
    his = fields_of(client_for(bob).get(address))
    words_of(browser, draft, "T1", title="Hers")
    warned = client_for(bob).post(address, his | {"title": "His"})
    assert warned.status_code == 422
    assert "It was changed meanwhile, to “Hers”." in warned.content.decode()
    assert source(draft).indicator("T1").title == "Hers"
    again = fields_of(warned) | {
        "initial-title": re.search(r'name="initial-title" value="(\w+)"', warned.content.decode())[1]
    }
    assert (again["title"], again["initial-title"]) == ("His", "Hers")
    client_for(bob).post(address, again)
    assert source(draft).indicator("T1").title == "His"


def test_so_is_a_translation(browser, client_for, bob, draft, alice):
    own.share(draft=draft, readers=[bob], by=alice)
    address = reverse("checklists:languages", args=[draft.public_id, "de"])
    sent = as_sent(browser.get(address))
    browser.post(address, sent | {"text-T1.team": "Ihre Worte."})
    warned = client_for(bob).post(address, sent | {"text-T1.team": "Seine Worte."})
    assert warned.status_code == 422
    page = warned.content.decode()
    assert "It was changed meanwhile, to “Ihre Worte.”." in page
    assert 'name="stood-T1.team" value="Ihre Worte."' in page
    client_for(bob).post(address, as_sent(warned))
    assert source(draft).translations["de"]["T1.team"]["text"] == "Seine Worte."


def test_a_translation_stays_out_of_date_until_somebody_says_that_it_fits(browser, draft):
    address = reverse("checklists:languages", args=[draft.public_id, "de"])
    browser.post(address, as_sent(browser.get(address)) | {"text-T1.team": "So sagen wir es."})
    words_of(browser, draft, "T1", text_team="We say it like this here.", asks_team="anew")
    page = browser.get(address)
    assert "out of date" in page.content.decode()
    browser.post(address, as_sent(page) | {"text-T2.team": "Etwas anderes."})  # the old words are sent along untouched
    assert missing_in(compiled(source(draft)), "de") == ("T1.team",)
    browser.post(address, as_sent(browser.get(address)) | {"fits-T1.team": "on"})
    assert missing_in(compiled(source(draft)), "de") == ()
    assert source(draft).translations["de"]["T1.team"]["text"] == "So sagen wir es."


def test_what_was_translated_of_words_that_are_gone_is_shown_once_more(browser, client_for, bob, draft, alice):
    own.share(draft=draft, readers=[bob], by=alice)
    address = reverse("checklists:languages", args=[draft.public_id, "de"])
    his = as_sent(browser.get(address)) | {"text-T1.team": "Von vorher.", "text-T2.team": "Auch von vorher."}
    words_of(browser, draft, "T1", text_team="We say it like this here.", asks_team="anew")
    task = reverse("checklists:condition", args=[draft.public_id, "task"])
    was = browser.get(task).context["was"]
    browser.post(task, {"was": was, "ask": was.split(), "out": "T2"})
    answer = client_for(bob).post(address, his)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The original was changed meanwhile." in page
    assert "Von vorher." in page
    assert "Auch von vorher.</span>: Its original is asked no longer" in page
    assert not source(draft).translations


def test_a_checklist_of_any_length_is_translated_on_one_page(browser, workspace, alice):
    """More fields than Django takes of one form by itself."""
    made = replace(source_of_recipe(IN_DEPTH), name="Long")
    for one in made.indicators:
        made = made.with_indicator(replace(one, help=dict.fromkeys((ALL, *SPACES), "A line.")))
    draft = own.begin(workspace=workspace, by=alice, source=made, now=timezone.now())
    address = reverse("checklists:languages", args=[draft.public_id, "de"])
    sent = as_sent(browser.get(address)) | {"text-T1.team": "Ein Satz."}
    assert len(sent) > 1000
    assert browser.post(address, sent).status_code == 302
    assert source(draft).translations["de"]["T1.team"]["text"] == "Ein Satz."


def test_a_translation_that_is_too_long_stays_on_the_page_and_the_others_are_saved(browser, draft):
    address = reverse("checklists:languages", args=[draft.public_id, "cy"])
    sent = as_sent(browser.get(address))
    page = browser.post(address, sent | {"text-T1.team": "hir " * 200, "text-T2.team": "Byr."})
    assert page.status_code == 422
    assert "Shorten this to 450 characters; it has 799 now." in page.content.decode()
    assert "hir hir hir" in page.content.decode()
    assert list(source(draft).translations["cy"]) == ["T2.team"]


def test_of_what_matters_most_nobody_loses_their_words_unseen(browser, client_for, bob, draft, alice):
    own.share(draft=draft, readers=[bob], by=alice)
    address = reverse("checklists:questions", args=[draft.public_id])
    his = fields_of(client_for(bob).get(address))
    browser.post(address, fields_of(browser.get(address)) | {"matters_most": "Which two first?"})
    unticked = {name: value for name, value in his.items() if name != "asks_what_matters"}
    assert client_for(bob).post(address, unticked).status_code == 422
    assert source(draft).matters_most == "Which two first?"
    off = {name: value for name, value in fields_of(browser.get(address)).items() if name != "asks_what_matters"}
    browser.post(address, off)
    assert source(draft).matters_most is None
    assert client_for(bob).post(address, his | {"matters_most": "His?"}).status_code == 422
    assert source(draft).matters_most is None


def test_a_question_that_has_no_place_any_more_is_given_back(browser, client_for, bob, draft, alice):
    own.share(draft=draft, readers=[bob], by=alice)
    address = reverse("checklists:questions", args=[draft.public_id])
    his = fields_of(client_for(bob).get(address))
    name = next(name for name in his if name.startswith("question_"))
    browser.post(address, fields_of(browser.get(address)) | {name: ""})
    answer = client_for(bob).post(address, his | {name: "What would help here?"})
    assert answer.status_code == 422
    assert "has no place now: “What would help here?”" in answer.content.decode()


def test_a_title_that_is_typed_is_never_lost(browser, draft):
    task = reverse("checklists:condition", args=[draft.public_id, "task"])

    def press(**buttons):
        was = browser.get(task).context["was"]
        return browser.post(task, {"was": was, "ask": was.split(), **buttons})

    assert press(new_title="Rest", words="T2")["Location"].endswith("/T2/")
    assert source(draft).of_condition("task")[-1].title == "Rest"
    long = press(new_title="x" * 81, add="1")
    assert long.status_code == 422
    assert "x" * 81 in long.content.decode()
    for number in range(12):
        press(new_title=f"Rest {number}", add="1")
    full = press(new_title="One more", add="1")
    assert full.status_code == 422
    assert "at most 20 indicators" in full.content.decode()
    assert 'value="One more"' in full.content.decode()


def test_another_scale_in_words_of_ones_own_keeps_the_words(browser, draft):
    address = reverse("checklists:scale", args=[draft.public_id])
    sent = fields_of(browser.get(address)) | {"key": "frequency", "label_5": "Every time"}
    assert browser.post(address, sent).status_code == 422  # what do they mean?
    assert browser.post(address, sent | {"means": "before"}).status_code == 422
    assert browser.post(address, sent | {"means": "anew"}).status_code == 302
    scale = source(draft).scale
    assert (scale.key, scale.labels[4], scale.labels[0]) == (
        "frequency",
        "Every time",
        model_scale("frequency").labels[0],
    )


def test_nobody_says_what_words_ask_that_they_have_not_seen(browser, client_for, bob, draft, alice):
    own.share(draft=draft, readers=[bob], by=alice)
    address = reverse("checklists:indicator", args=[draft.public_id, "T1"])
    his = fields_of(client_for(bob).get(address))
    words_of(browser, draft, "T1", text_team="Something else altogether.", asks_team="anew")
    assert client_for(bob).post(address, his | {"asks_team": "model"}).status_code == 422
    assert source(draft).indicator("T1").wordings["team"].asks == mark_of("Something else altogether.")
    scale = reverse("checklists:scale", args=[draft.public_id])
    his = fields_of(client_for(bob).get(scale))
    browser.post(scale, fields_of(browser.get(scale)) | {"label_5": "Of another kind", "means": "anew"})
    assert client_for(bob).post(scale, his | {"means": "model"}).status_code == 422


def test_a_file_is_taken_over_only_as_it_was_compared(browser, client_for, bob, draft, alice):
    own.share(draft=draft, readers=[bob], by=alice)
    address = reverse("checklists:bring", args=[draft.public_id])
    file = SimpleUploadedFile("new.yaml", as_yaml(replace(source(draft), name="From a file")).encode())
    page = browser.post(address, {"file": file})
    words_of(client_for(bob), draft, "T1", title="His title")
    again = browser.post(address, {"take": "1", "brought": page.context["brought"]})
    assert again.status_code == 409
    assert "The draft was changed meanwhile." in again.content.decode()
    assert "its title, topic or meaning is worded anew" in again.content.decode()
    assert source(draft).name != "From a file"
    assert browser.post(address, {"take": "1", "brought": again.context["brought"]}).status_code == 302
    assert source(draft).name == "From a file"


def test_leaving_an_indicator_out_is_one_button_and_its_words_another_that_keeps_the_ticks(browser, draft):
    task = reverse("checklists:condition", args=[draft.public_id, "task"])
    was = browser.get(task).context["was"]
    browser.post(task, {"was": was, "ask": was.split(), "out": "T1"})
    assert source(draft).indicator("T1").asked_in() == ()
    was = browser.get(task).context["was"]
    to = browser.post(task, {"was": was, "ask": [*was.split(), "T1.team"], "words": "T2"})
    assert to["Location"] == reverse("checklists:indicator", args=[draft.public_id, "T2"])
    assert source(draft).indicator("T1").asked_in() == ("team",)


@pytest.mark.parametrize("name", ["draft", "publish", "share", "scale"])
def test_a_draft_that_is_published_leads_to_its_version(browser, client_for, charlie, draft, alice, now, name):  # noqa: PLR0917 — a cast
    version = own.publish(draft=draft, by=alice, now=now)
    address = reverse(f"checklists:{name}", args=[draft.public_id])
    page = browser.get(address, follow=True)
    assert page.redirect_chain[-1][0] == reverse("checklists:version", args=[version.checklist.key, 1])
    assert "has been published, as version 1" in page.content.decode()
    assert client_for(charlie).get(address).status_code == 404


def test_two_checklists_of_a_workspace_have_two_names(browser, workspace, draft, alice, now):
    own.publish(draft=draft, by=alice, now=now)
    other = own.begin(workspace=workspace, by=alice, source=source_of_recipe(FOCUSED), now=now)
    refused = press(browser, reverse("checklists:publish", args=[other.public_id]))
    assert "Another checklist here is called “TRACE focused”." in refused.content.decode()
    assert ChecklistDraft.objects.get() == other


def test_the_owner_finds_what_somebody_left_behind(client_for, alice, bob, workspace, now):
    left = own.begin(workspace=workspace, by=bob, source=source_of_recipe(FOCUSED), now=now)
    address = reverse("checklists:draft", args=[left.public_id])
    assert client_for(alice).get(address).status_code == 404
    workspace.memberships.get(user=bob).delete()
    assert client_for(alice).get(address).status_code == 200
    assert client_for(bob).get(address).status_code == 404


def test_what_is_published_says_what_is_not_translated(browser, draft, alice, now):
    publish = reverse("checklists:publish", args=[draft.public_id])
    assert browser.get(publish).content.decode().count("complete") == 2
    words_of(browser, draft, "T1", text_team=TEAM, asks_team="model")
    assert "1 text is not translated and read in English" in browser.get(publish).content.decode()
    version = own.publish(draft=draft, by=alice, now=now)
    page = browser.get(reverse("checklists:version", args=[version.checklist.key, 1])).content.decode()
    assert "1 text is not translated and read in English" in page
    assert "Strongly disagree · Disagree" in page


def test_the_preview_speaks_the_languages_of_the_checklist(browser, draft):
    preview = reverse("checklists:preview", args=[draft.public_id, "task"])
    assert "Trifft voll und ganz zu" not in browser.get(preview).content.decode()
    page = browser.get(preview, {"in": "de"}).content.decode()
    assert "In unserem Team" in page


def test_the_preview_shows_what_is_ticked_without_saving(browser, draft):
    preview = reverse("checklists:preview", args=[draft.public_id, "task"])
    text = source(draft).indicator("T1").wordings["system"].text
    assert text not in browser.get(preview).content.decode()
    shown = browser.post(preview, {"was": "T1.team", "ask": ["T1.team", "T1.system"]})
    assert text in shown.content.decode()
    assert "system" not in source(draft).indicator("T1").asked_in()


def test_what_nobody_can_see_is_no_title(browser, draft):
    task = reverse("checklists:condition", args=[draft.public_id, "task"])
    was = browser.get(task).context["was"]
    browser.post(task, {"was": was, "ask": was.split(), "add": "1", "new_title": "\u200b\u2060"})
    assert len(source(draft).of_condition("task")) == 7
    assert browser.get(task).status_code == 200


def test_a_draft_that_could_not_be_read_again_stays_as_it_was(draft, alice, now):
    before = source(draft)
    too_long = replace(before, name="n" * 500)
    with pytest.raises(ValidationError, match="Shorten this"):
        own.change(draft=draft, by=alice, to=lambda _source: too_long, now=now)
    assert source(draft) == before


def test_whoever_it_is_shared_with_cannot_shut_themself_out(client_for, alice, bob, draft):
    own.share(draft=draft, readers=[bob], by=alice)
    client_for(bob).post(reverse("checklists:share", args=[draft.public_id]), {"readers": []})
    assert draft.shared_with.get() == bob
    own.share(draft=draft, readers=[], by=alice)
    assert not draft.shared_with.exists()


def test_a_retired_version_is_offered_to_nobody_and_retired_once(browser, draft, alice, now):
    version = own.publish(draft=draft, by=alice, now=now)
    stand = reverse("checklists:stand", args=[version.checklist.key, version.number])
    page = reverse("checklists:version", args=[version.checklist.key, version.number])
    for _again in range(2):
        browser.post(stand, {"retire": "1", "seen": seen_on(browser.get(page))})
    assert "Offer it again first" in browser.post(stand, {"leaders": "yes"}, follow=True).content.decode()
    assert Entry.objects.filter(verb="retire_checklist").count() == 1
    assert not Entry.objects.filter(verb="offer_checklist").exists()
    assert browser.post(stand, {}).status_code == 302
