"""What each preset asks, by hand and over all recipes."""

from itertools import chain, combinations

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.checklists.content import content_of
from diagnostics.checklists.duration import estimated_minutes, minutes_of
from diagnostics.checklists.effects import effects_of
from diagnostics.checklists.model_words import source_of_recipe
from diagnostics.checklists.presets import (
    CONDITIONS,
    PRESETS,
    SPACES,
    PrimarySpaceMissing,
    Recipe,
    UnknownPreset,
    UnknownSpace,
)
from diagnostics.checklists.translating import said_in
from diagnostics.models import Condition, Indicator
from spaces.models import Space

FOR_SELF_ASSESSMENTS = [key for key, preset in PRESETS.items() if not preset.is_about_named_leader]


@st.composite
def recipes(draw):
    spaces = draw(st.lists(st.sampled_from(SPACES), min_size=1, unique=True))
    return Recipe(draw(st.sampled_from(FOR_SELF_ASSESSMENTS)), draw(st.sampled_from(spaces)), tuple(spaces))


@pytest.mark.parametrize(
    ("preset", "spaces", "count"),
    [
        ("focused", ("team",), 35),
        ("focused", ("self", "team"), 45),
        ("focused", ("team", "organisation", "system"), 55),
        ("focused", SPACES, 65),
        ("in_depth", ("team",), 35),
        ("in_depth", SPACES, 140),
        ("brief", ("team",), 10),
        ("brief", SPACES, 40),
        ("pulse", SPACES, 5),
    ],
)
def test_preset_length(instrument, preset, spaces, count):
    recipe = Recipe(preset, "team", spaces)
    assert len(recipe.statement_keys()) == recipe.statement_count == count


def test_a_pulse_asks_the_outcome_of_each_condition_in_the_primary_space(instrument):
    recipe = Recipe("pulse", "system", SPACES)
    assert recipe.spaces == ("system",)
    assert recipe.statement_keys() == ("T7.system", "R7.system", "A3.system", "C2.system", "E2.system")


def test_a_360_asks_the_observer_statements(instrument):
    keys = Recipe("three_sixty", "self", ("self",)).statement_keys()
    assert keys == tuple(f"{indicator}.observer" for indicator in Indicator.objects.values_list("key", flat=True))


def test_an_indicator_in_several_spaces_keeps_them_together_in_order(instrument):
    keys = Recipe("focused", "organisation", ("system", "organisation", "self")).statement_keys()
    assert keys[:4] == ("T1.organisation", "T2.organisation", "T3.organisation", "T4.organisation")
    assert keys[4:8] == ("T5.self", "T5.organisation", "T5.system", "T6.organisation")


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (("everything", "self", ("self",)), UnknownPreset, "Choose one of the checklists offered."),
        (("focused", "self", ("self", "planet")), UnknownSpace, "There is no space called planet."),
        (("focused", "self", ("team",)), PrimarySpaceMissing, "must be among the spaces you choose"),
        (("focused", "self", ()), PrimarySpaceMissing, "must be among the spaces you choose"),
        (("three_sixty", "team", SPACES), PrimarySpaceMissing, "its space is Self"),
    ],
)
def test_unfit_recipes_say_why(arguments, error, sentence):
    with pytest.raises(error, match=sentence) as raised:
        Recipe(*arguments)
    assert isinstance(raised.value, ValueError)


@pytest.mark.parametrize(
    ("language", "minutes"),
    [("en-gb", (12, 24, 8, 2, 7)), ("de", (12, 24, 8, 2, 7)), ("cy", (13, 26, 9, 3, 8))],
)
def test_time_follows_from_the_words_of_the_language(language, minutes):
    """200 words a minute and five seconds a rating: 1,250 words and 65 ratings are 11.7 minutes in English."""
    with override(language):
        found = [
            Recipe(key, "self", ("self",) if key in ("pulse", "three_sixty") else SPACES).minutes for key in PRESETS
        ]
    assert tuple(found) == minutes


def test_time_is_the_same_before_and_after_a_version_is_made(instrument):
    for language in ("en-gb", "de", "cy"):
        for key in FOR_SELF_ASSESSMENTS:
            recipe = Recipe(key, "team", SPACES)
            with override(language):
                made = said_in(content_of(recipe, "en-GB"), language)
                assert recipe.minutes == minutes_of(made)
                assert language != "en-gb" or effects_of(source_of_recipe(recipe)).minutes == recipe.minutes


def test_a_character_of_a_script_without_spaces_counts_as_a_word():
    assert estimated_minutes(["我们的团队知道成功是什么样子"] * 100, 0) == estimated_minutes(["one two"] * 700, 0) == 7


def test_keys_of_recipes_are_unique_and_fit_their_column():
    every = [
        Recipe(preset, primary, spaces)
        for preset in FOR_SELF_ASSESSMENTS
        for spaces in chain.from_iterable(combinations(SPACES, size) for size in range(1, 5))
        for primary in spaces
    ]
    assert len({recipe.key for recipe in every}) == len(set(every))
    assert max(len(recipe.key) for recipe in every) <= 60


def test_presets_know_the_spaces_and_conditions_of_the_instrument(instrument):
    assert tuple(Space.objects.values_list("key", flat=True)) == SPACES
    assert Condition.objects.count() == CONDITIONS


def for_any_recipe(test):
    return settings(deadline=None)(given(recipe=recipes())(test))


@pytest.mark.usefixtures("instrument")
class TestAnyRecipe:
    """Rules that hold for every preset, primary space and set of spaces."""

    @for_any_recipe
    def test_counts_match_and_nothing_is_asked_twice(self, recipe):
        keys = recipe.statement_keys()
        assert len(keys) == len(set(keys)) == recipe.statement_count
        assert recipe.minutes >= 1

    @for_any_recipe
    def test_every_cell_is_asked_to_its_depth(self, recipe):
        cells = [(key[0], key.split(".")[1]) for key in recipe.statement_keys()]
        for letter in "TRACE":
            for space in recipe.spaces:
                assert cells.count((letter, space)) == recipe.depth(space) >= 1

    @for_any_recipe
    def test_the_order_of_choosing_does_not_matter(self, recipe):
        backwards = Recipe(recipe.preset, recipe.primary_space, recipe.spaces[::-1])
        assert backwards == recipe
        assert backwards.statement_keys() == recipe.statement_keys()

    @for_any_recipe
    def test_statements_stand_in_model_order(self, recipe):
        places = [
            ("TRACE".index(key[0]), int(key[1]), SPACES.index(key.split(".")[1])) for key in recipe.statement_keys()
        ]
        assert places == sorted(places)
