"""What can be done to a draft, and what a choice does to results."""

from dataclasses import replace

import pytest

from diagnostics.checklists import drafting
from diagnostics.checklists.compiling import compiled, source_from
from diagnostics.checklists.effects import effects_of, likeness
from diagnostics.checklists.model_words import asking, completed, model_source, source_of_recipe
from diagnostics.checklists.presets import Recipe
from diagnostics.checklists.readiness import reasons_against
from diagnostics.checklists.remarks import all_remarks
from diagnostics.checklists.source import SPACES, SpaceWords
from diagnostics.checklists.translating import texts_in, with_translations
from diagnostics.checklists.what_changed import what_changed
from diagnostics.checklists.wording import remarks_on_question, remarks_on_statement
from tests.diagnostics.checklists.owning import FOCUSED, PULSE
from tests.diagnostics.checklists.sources import identity

TEXT = "Our ward has clear, agreed goals for the work we do now."
pytestmark = pytest.mark.usefixtures("instrument")


@pytest.fixture
def focused():
    return source_of_recipe(FOCUSED)


# --- Which statements ---


@pytest.mark.parametrize("preset", ["focused", "in_depth", "brief", "pulse"])
def test_a_preset_as_a_draft_asks_what_the_preset_asks(preset):
    recipe = Recipe(preset, "team", SPACES)
    assert [f"{one.key}.{space}" for one, space in source_of_recipe(recipe).asked()] == list(recipe.statement_keys())


def test_depths_set_a_space_anew_and_leave_the_others(focused):
    assert {space: drafting.depth_of(focused, space) for space in SPACES} == {
        "self": "brief", "team": "all", "organisation": "brief", "system": "brief",
    }  # fmt: skip
    deeper = drafting.with_depths(focused, {"self": "all", "system": "none", "team": "own"})
    assert [drafting.depth_of(deeper, space) for space in SPACES] == ["all", "all", "brief", "none"]


def test_one_indicator_out_is_a_choice_of_ones_own(focused):
    fewer = drafting.with_asked(focused, "task", {"T7": ["team", "self"]})
    assert drafting.depth_of(fewer, "team") == "own"
    assert sum(1 for one, _space in fewer.asked() if one.condition == "task") == 2


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [
        ("T2", -1, "T2 T1 T3"),
        ("T1", 1, "T2 T1 T3"),
        ("T1", -1, "T1 T2 T3"),
        ("T7", 1, "T1 T2 T3"),
        ("T3", -2, "T3 T1 T2"),
    ],
)
def test_indicators_move_within_their_condition(focused, key, by, order):
    moved = drafting.moved(focused, key, by)
    assert [one.key for one in moved.of_condition("task")][:3] == order.split()
    assert [one.key for one in moved.of_condition("route")] == [one.key for one in focused.of_condition("route")]


def test_what_can_still_be_chosen_comes_back_unasked():
    pulse = source_of_recipe(PULSE)
    little = replace(
        pulse,
        indicators=(pulse.indicator("T7"), *drafting.with_new_indicator(pulse, "task", title="Ours").indicators[7:8]),
    )
    whole = completed(little)
    assert {one.key for one in whole.indicators} == {one.key for one in model_source().indicators} | {"Own1"}
    assert [(one.key, space) for one, space in whole.asked()] == [("T7", "team")]


# --- Words and what they ask ---


def test_other_words_ask_something_else_unless_their_author_says_they_do_not(focused):
    other = drafting.reworded(focused, "T4", "team", TEXT)
    same = drafting.reworded(focused, "T4", "team", TEXT, like=identity(focused, "T4", "team"))
    assert identity(other, "T4", "team") != identity(focused, "T4", "team")
    assert identity(same, "T4", "team") == "T4.team 1.0"
    assert likeness("", other, focused).shared == 64
    assert likeness("", same, focused).shared == 65


def test_the_models_own_words_ask_what_the_model_asks_whatever_was_said(focused):
    there = drafting.reworded(focused, "T4", "team", TEXT)
    back = drafting.reworded(there, "T4", "team", model_source().indicator("T4").wordings["team"].text)
    assert back == focused


def test_an_emptied_statement_of_the_model_is_the_models_again_and_not_asked(focused):
    emptied = drafting.reworded(drafting.reworded(focused, "T4", "team", TEXT), "T4", "team", "")
    assert emptied.indicator("T4").wordings["team"] == model_source().indicator("T4").wordings["team"]
    assert "team" not in emptied.indicator("T4").asked_in()


def test_an_emptied_statement_of_ones_own_is_gone(focused):
    with_own = drafting.reworded(drafting.with_new_indicator(focused, "task", title="Ours"), "Own1", "team", TEXT)
    assert "team" not in drafting.reworded(with_own, "Own1", "team", "").indicator("Own1").wordings


def test_the_same_words_of_ones_own_ask_the_same_in_two_checklists(focused):
    made = [
        drafting.reworded(drafting.with_new_indicator(one, "task", title="Ours"), "Own1", "team", TEXT)
        for one in (focused, source_of_recipe(PULSE))
    ]
    assert identity(made[0], "Own1", "team") == identity(made[1], "Own1", "team")


def test_a_scale_in_other_words_is_another_unless_its_author_says_not(focused):
    labels = (*focused.scale.labels[:4], "Agree fully")
    other = drafting.with_scale(focused, replace(focused.scale, labels=labels))
    same = drafting.with_scale(focused, replace(focused.scale, labels=labels), like="agreement")
    assert likeness("", other, focused).shared == 0
    assert likeness("", same, focused).shared == 65
    assert drafting.with_scale(other, focused.scale) == focused


# --- What it does to results ---


def test_effects_count_what_rests_on_how_many(focused):
    few = asking(focused, {"T1.team", "T2.team", "T3.team", "T4.team", "R6.self", "R7.self", "E2.system"})
    effects = effects_of(few)
    assert (effects.statements, effects.minutes) == (7, 2)
    assert (effects.deep, effects.scattered, effects.words_only) == (1, 1, 1)
    assert [(one.name, one.shared) for one in effects.presets][:2] == [("TRACE focused", 7), ("TRACE in depth", 7)]


def test_nothing_asked_does_nothing(focused):
    effects = effects_of(asking(focused, ()))
    assert (effects.statements, effects.deep, effects.presets) == (0, 0, ())


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Give the checklist a name."),
        ({"primary_space": ""}, "Choose the primary space."),
        ({"indicators": ()}, "Choose at least one statement."),
    ],
)
def test_why_a_draft_cannot_be_published(focused, changed, sentence):
    assert reasons_against(focused) == []
    assert [one.sentence for one in reasons_against(replace(focused, **changed))] == [sentence]


def test_a_primary_space_that_is_not_asked_stands_in_the_way(focused):
    [reason] = reasons_against(drafting.with_depths(focused, {"team": "none"}))
    assert reason.sentence == "Ask at least one statement in the primary space, or choose another one."


def test_an_indicator_of_ones_own_needs_a_topic(focused):
    own = drafting.reworded(drafting.with_new_indicator(focused, "task", title="Ours"), "Own1", "team", TEXT)
    [reason] = reasons_against(own)
    assert (reason.sentence, reason.place) == ("Say what “Ours” is about, in a few words: reports need it.", "Own1")


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("In our team, WE REGULARLY make time to talk about what our task really is!", ""),
        ("In our team we regularly  make time to talk about what our task really is", ""),
        ("In our team, we sit down and talk about our task.", "T1.team"),
    ],
)
def test_nothing_is_asked_twice_in_a_space(focused, text, like):
    """Of one statement asked again and again, a cell would give away what a few people answered."""
    identity = like and drafting.model_identity("T1", "team")
    twice = drafting.reworded(focused, "T2", "team", text, like=identity)
    [reason] = reasons_against(twice)
    assert reason.sentence == (
        "In Team, “Talking the task through” and “Knowing the kind of task” ask the same: word one anew, or leave it "
        "out."
    )
    assert reason.place == "T2"
    assert reasons_against(drafting.with_asked(twice, "task", {"T1": ["team"], "T2": ["self"]})) == []


# --- What changed, in words ---


def test_what_changed_reads_like_a_list_that_one_would_write(focused):
    after = drafting.with_asked(focused, "task", {"T7": ["team"], "T5": ["team", "self", "organisation", "system"]})
    after = drafting.reworded(after, "T7", "team", "We all tell the same story.", like="T7.team 1.0")
    after = drafting.moved(after, "R7", -1)
    after = drafting.with_space_words(after, SpaceWords("team", "Team", "Think of your ward."))
    after = replace(after, matters_most=None, name="Wards")
    assert what_changed(focused, after) == (
        "Its name is now “Wards”, before “TRACE focused”.",
        "“Talking the task through” is asked no longer.",
        "“Knowing the kind of task” is asked no longer.",
        "“Knowing the why” is asked no longer.",
        "“A shared picture of the end” is asked no longer.",
        "“Scope and boundaries” is asked no longer.",
        "“Telling the same story” is asked no longer in Self, Organisation and System.",
        "“Telling the same story”, Team, reads “We all tell the same story.”: it still asks the same.",
        "Route: in another order.",
        "What people are told about Team is worded anew.",
        "What matters most is not asked.",
    )


def test_nothing_changed_says_nothing(focused):
    assert what_changed(focused, focused) == ()


def test_what_is_said_in_another_language_alone_is_a_change(focused):
    texts = {"T1.team": {"text": "Wir reden.", "of": "a"}, "T2.team": {"text": "Wir tun es.", "of": "b"}}
    after = replace(focused, translations={"de": texts, "cy": {"T1.team": {"text": "Siarad.", "of": "a"}}})
    fewer = replace(focused, translations={"de": {"T1.team": texts["T1.team"]}})
    assert what_changed(focused, after) == (
        "Welsh: 1 text is translated anew.",
        "German: 2 texts are translated anew.",
    )
    assert what_changed(after, fewer) == ("Welsh: 1 text is translated anew.", "German: 1 text is translated anew.")


def test_another_definition_of_a_condition_is_a_change(focused):
    other = replace(focused.conditions[0], definition="What we are here for.")
    after = replace(focused, conditions=(other, *focused.conditions[1:]))
    assert what_changed(focused, after) == ("What people are told about Task is worded anew.",)


# --- What is left out, and what comes back ---


def test_what_was_taken_out_of_the_words_stays_out(focused):
    """Of the next version of a checklist: what was asked in it says what its author left, and no more."""
    one = focused.indicator("T7")
    bare = replace(focused, indicators=(replace(one, meaning="", help={}),))
    again = completed(source_from(compiled(bare)))
    assert (again.indicator("T7").meaning, again.indicator("T7").help) == ("", {})
    assert len(again.indicators) == 35
    assert again.indicator("T7").wordings.keys() == one.wordings.keys()


# --- Remarks on the words ---


@pytest.mark.parametrize(
    ("text", "wording", "kinds"),
    [
        ("In our team, we know what our task is.", "team", []),
        ("In our team, we never know what our task is.", "team", ["negated", "absolute"]),
        ("In our team, we plan the work; we check it later too.", "team", ["two_ideas"]),
        ("In our team, leaders listen and people speak up in meetings.", "team", ["two_ideas"]),
        ("In our team, we leverage synergies with all stakeholders.", "team", ["jargon"]),
        ("In our team, Dave Smith listens to what people say.", "team", ["name"]),
        ("Our excellent leaders listen to what people say here.", "team", ["leading"]),
        ("My team gives its best to the work we do.", "self", ["about_others"]),
        ("I give my best to the work that I do.", "self", []),
        ("Do people in our team know what the task is?", "team", ["no_statement"]),
        ("We talk.", "team", ["too_short"]),
        ("In our team, we make the time it takes to sit down and talk through what our task is.", "team", ["too_long"]),
        ("My manager knows of my health problems at work.", "self", ["special", "about_others"]),
        ("I would put my job title and name here.", "self", ["identifies"]),
        ("{leader} listens to what people have to say.", "observer", []),
    ],
)  # fmt: skip
def test_what_stands_out_in_a_statement(text, wording, kinds):
    assert [one.kind for one in remarks_on_statement(text, wording)] == kinds


def test_a_question_that_may_tell_who_answers_is_marked():
    assert [one.kind for one in remarks_on_question("What is your job title?")] == ["identifies"]
    assert remarks_on_question("What one thing would help you most?") == ()


def test_the_models_own_words_are_left_alone_and_strong_remarks_come_first(focused):
    assert all_remarks(focused) == ()
    marked = drafting.reworded(focused, "T4", "team", "We never talk about it here at all.")
    marked = drafting.reworded(marked, "E2", "team", "In our team, people can talk about their health.")
    assert [one.remark.kind for one in all_remarks(marked)] == ["special", "negated", "absolute"]


def test_what_asks_nearly_the_same_as_another_is_marked(focused):
    alike = drafting.reworded(focused, "T2", "team", "In our team, we often make time to talk about what our task is.")
    [found] = all_remarks(alike)
    assert (found.key, found.wording, found.remark.kind, found.remark.is_strong) == ("T2", "team", "alike", True)
    assert "“Talking the task through” asks nearly the same." in found.remark.sentence
    assert all_remarks(drafting.with_asked(alike, "task", {"T1": ["self"], "T2": ["team"]})) == ()


def test_few_of_the_models_statements_are_marked():
    """They were judged by people; a rule that marked many of them would cry wolf."""
    marked = [
        (one.key, wording)
        for one in model_source().indicators
        for wording, worded in one.wordings.items()
        if remarks_on_statement(worded.text, wording)
    ]
    assert len(marked) <= 22
    assert {key for key, _wording in marked} == {"T6", "R6", "E3", "E7"}


def test_the_same_translation_of_two_statements_cannot_be_published(focused):
    """Seven statements that read alike in German would be one for whoever answers in German."""
    texts = {f"T{number}.team": "Wir wissen, worum es geht" + "." * (number % 2) for number in range(1, 8)}
    translations = with_translations(focused, "de", texts, texts_in(compiled(focused)))
    reasons = [one.sentence for one in reasons_against(replace(focused, translations=translations))]
    assert len(reasons) == 6
    assert all(one.startswith("German: in Team, “") for one in reasons)
    assert not reasons_against(focused)


def test_depths_leave_indicators_of_ones_own_where_they_are(focused):
    made = drafting.with_new_indicator(focused, "task", title="Rest")
    made = drafting.reworded(made, "Own1", "team", TEXT)
    assert drafting.depth_of(made, "team") == "all"
    brief = drafting.with_depths(made, {"team": "brief"})
    assert drafting.depth_of(brief, "team") == "brief"
    assert brief.indicator("Own1").asked_in() == ("team",)
    assert drafting.with_depths(made, {"team": "none"}).indicator("Own1").asked_in() == ()


def test_what_changed_tells_of_the_same_words_that_ask_something_else(focused):
    anew = drafting.reworded(focused, "T4", "team", TEXT)
    same = drafting.reworded(focused, "T4", "team", TEXT, like=drafting.model_identity("T4", "team"))
    [said] = what_changed(anew, same)
    assert said.endswith(", Team: the words stay, yet it asks something else now.")
