"""The instrument and its guidance in other languages: whole, in the same shape, nothing left in English."""

import re
from dataclasses import replace

import pytest
from django.utils import translation

from diagnostics.checklists.compiling import compiled, source_from
from diagnostics.checklists.content import content_of
from diagnostics.checklists.drafting import reworded, with_scale
from diagnostics.checklists.model_words import source_of_recipe
from diagnostics.checklists.presets import Recipe
from diagnostics.checklists.source import SPACES
from diagnostics.checklists.translating import (
    missing_in,
    said_in,
    side_by_side,
    texts_in,
    with_translations,
)
from diagnostics.instrument.sources import CURRENT, written
from diagnostics.instrument.translations import languages, said, translations
from diagnostics.questionnaire.questionnaire import read
from diagnostics.questionnaire.rails import Given, page_html
from reports.readings import guidance
from tests.diagnostics.checklists.owning import FOCUSED, PULSE

LANGUAGES = ["cy", "de"]
SAME_ANYWHERE = {"Team", "System", "Organisation", "Task", "Coach"}  # words that are the same in a language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_model_is_there_in_other_words(language):
    assert list(languages()) == LANGUAGES
    found = translations(language)
    statements = [
        key for key in found if re.fullmatch(r"[TRACE]\d\.(self|team|organisation|system|observer|leader)", key)
    ]
    assert len(statements) == 210
    assert len({found[key][1] for key in statements}) == 210
    alike = {original for original, other in found.values() if original == other}
    assert alike <= SAME_ANYWHERE
    for original, other in found.values():
        assert re.findall(r"\{\w+\}", original) == re.findall(r"\{\w+\}", other)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("preset", ["focused", "in_depth", "brief", "pulse"])
def test_every_preset_is_complete_in_every_language(instrument, language, preset):
    content = content_of(Recipe(preset, "team", SPACES), "en-GB")
    assert sorted(content["translations"]) == LANGUAGES
    assert missing_in(content, language) == ()
    there = texts_in(said_in(content, language))
    assert there.keys() == texts_in(content).keys()
    assert not [text for key, text in there.items() if text == texts_in(content)[key] and text not in SAME_ANYWHERE]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_frames_quote_the_label_that_is_on_the_button(language):
    label = translations(language)["scale.not_scored"][1].partition(" / ")[0]
    for space in ("organisation", "system"):
        assert label in translations(language)[f"space.{space}.frame"][1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_guidance_says_the_same_things_in_the_same_places(language):
    def shape(node):
        if isinstance(node, dict):
            return {key: shape(value) for key, value in node.items()}
        return [shape(one) for one in node] if isinstance(node, list) else bool(node)

    original, other = written(CURRENT, "guidance.yaml"), written(CURRENT, f"translations/guidance/{language}.yaml")
    for key, row in other["indicators"].items():
        assert shape(row) == shape({name: original["indicators"][key][name] for name in row})
    assert [(one["condition"], one["space"]) for one in other["cells"]] == [
        (one["condition"], one["space"]) for one in original["cells"]
    ]
    assert len(other["reading_notes"]) == len(original["reading_notes"])


def test_readings_speak_the_language_of_the_moment():
    with translation.override("de"):
        assert said("condition.task.name", "Task") == "Aufgabe"
        assert said("condition.task.name", "Our task") == "Our task"
        german = guidance.indicator("T1")
        assert german.topic == translations("de")["T1.topic"][1]
        assert guidance.level_text("partly").startswith("Zusammengenommen")
    assert guidance.indicator("T1").if_low != german.if_low
    assert guidance.cell("task", "team").questions != ()


# --- Translations of a checklist of one's own ---

TEXT = "Our ward has clear, agreed goals for the work we do now."
GERMAN = "Unsere Station hat klare, vereinbarte Ziele."


@pytest.fixture
def reworded_source(instrument):
    return reworded(source_of_recipe(FOCUSED), "T4", "team", TEXT)


def in_german(source, **texts):
    originals = texts_in(compiled(source))
    return replace(source, translations=with_translations(source, "de", texts or {"T4.team": GERMAN}, originals))


def test_words_of_ones_own_are_missing_until_they_are_translated(reworded_source):
    assert missing_in(compiled(reworded_source), "de") == ("T4.team",)
    content = compiled(in_german(reworded_source))
    assert missing_in(content, "de") == ()
    assert read(content).said_in("de").statements["T4.team"].text == GERMAN
    assert read(content).said_in("cy").statements["T4.team"].text == TEXT


def test_a_translation_of_words_that_have_changed_since_is_left_out(reworded_source):
    later = reworded(in_german(reworded_source), "T4", "team", f"{TEXT[:-1]} today.")
    assert missing_in(compiled(later), "de") == ("T4.team",)
    first = side_by_side(compiled(later), later.translations["de"], "de")[0]
    assert (first.key, first.text, first.state) == ("T4.team", GERMAN, "out_of_date")


def test_what_a_version_carries_comes_back_to_the_next_draft(reworded_source):
    content = compiled(in_german(reworded_source))
    assert source_from(content).translations == {"de": in_german(reworded_source).translations["de"]}
    assert compiled(source_from(content)) == content


def test_own_words_come_before_the_models(instrument):
    source = in_german(source_of_recipe(PULSE), **{"T7.team": "Wir sagen es alle gleich."})
    assert read(compiled(source)).said_in("de").statements["T7.team"].text == "Wir sagen es alle gleich."


def test_an_emptied_translation_is_the_models_again(instrument):
    source = in_german(source_of_recipe(PULSE), **{"T7.team": "Wir sagen es alle gleich."})
    back = with_translations(source, "de", {"T7.team": ""}, texts_in(compiled(source)))
    assert back == {}


def test_a_language_that_nobody_speaks_is_the_original(instrument):
    content = compiled(source_of_recipe(PULSE))
    assert said_in(content, "fr") == content
    assert read(content).said_in("fr") is not None
    assert len(missing_in(content, "fr")) == len(texts_in(content))


def test_what_is_read_in_the_original_says_so_to_screen_readers(reworded_source):
    source = with_scale(reworded_source, replace(reworded_source.scale, prompt="How true is this here?"))
    source = replace(source, matters_most="Which two first?")
    with translation.override("de"):
        questionnaire = read(compiled(source)).said_in("de")
        page = page_html(questionnaire, "task", Given({}, {}))
    assert re.search(rf'<legend[^>]*>\s*(Team: )?<span lang="en-GB">{TEXT}</span>', page)
    assert '<span lang="en-GB">How true is this here?</span>' in page
    assert page.count('lang="en-GB"') == 3
    assert questionnaire.what_matters_most == '<span lang="en-GB">Which two first?</span>'
