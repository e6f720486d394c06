"""The texts beside results: complete, frozen, and those of the model that was asked with."""

import doctest
from dataclasses import FrozenInstanceError
from itertools import product

import pytest

from diagnostics.instrument.sources import VERSIONS, written
from reports.readings import guidance, improvement
from reports.scoring import LEVELS, METHOD, level

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
SPACES = ("self", "team", "organisation", "system")
TENTHS = [tenths / 10 for tenths in range(10, 51)]


@pytest.mark.parametrize("version", VERSIONS)
def test_twenty_cells_stand_in_model_order_with_three_questions_each(version):
    assert list(guidance.cells(version)) == list(product(CONDITIONS, SPACES))
    for cell in guidance.cells(version).values():
        assert len(cell.questions) == 3
        assert all(question.endswith("?") for question in cell.questions)


def test_cells_of_the_first_model_have_three_texts_and_those_of_the_second_say_what_they_ask():
    assert all(len({cell.low, cell.middle, cell.high}) == 3 for cell in guidance.cells("1.0").values())
    assert len({cell.about for cell in guidance.cells("2.0").values()}) == 20


def test_a_cell_is_found_by_condition_and_space():
    cell = guidance.cell("energy", "system")
    assert (cell.condition, cell.space) == ("energy", "system")
    with pytest.raises(KeyError):
        guidance.cell("energy", "planet")


def test_indicators_stand_in_model_order_with_all_that_may_be_said():
    assert list(guidance.indicators()) == [f"{letter}{number}" for letter in "TRACE" for number in range(1, 8)]
    for key, one in guidance.indicators().items():
        assert one == guidance.indicator(key)
        assert len({one.if_low, one.if_high, one.if_low_self, one.if_high_self, one.topic, one.first_step}) == 6
        assert len({*one.questions_self, *one.questions_group}) == 4
        assert set(one.interventions) <= set(improvement.actions())


def test_questions_of_an_indicator_speak_to_a_leader_or_to_a_group():
    one = guidance.indicator("T5")
    assert one.questions_self[0] == "How will you know that your present piece of work has succeeded?"
    assert one.questions_group[0] == "What would somebody outside see if our work had succeeded?"


@pytest.fixture(scope="module")
def first_bands():
    """As the first guidance says which of a cell's three texts to show."""
    return written("1.0", "guidance.yaml")["bands"]["points"]


@pytest.mark.parametrize("score", TENTHS)
def test_a_level_reads_the_text_that_the_first_guidance_gives_to_its_scores(first_bands, score):
    [band] = [
        one["key"] for one in first_bands if one["from"] <= score and (one["below"] is None or score < one["below"])
    ]
    said = guidance.level_texts("1.0", "route", "system")[level(score)]
    assert said == getattr(guidance.cells("1.0")["route", "system"], band)


@pytest.mark.parametrize("score", TENTHS)
def test_a_score_reads_the_sentence_of_its_band(score):
    [band] = [one for one in guidance.bands() if one.from_ <= score and (one.below is None or score < one.below)]
    assert band.key == level(score)
    assert guidance.level_text(band.key) == band.meaning == guidance.level_texts("2.0", "route", "system")[band.key]


def test_bands_are_the_levels_of_the_method():
    assert tuple(band.key for band in guidance.bands()) == LEVELS
    assert tuple(band.from_ for band in guidance.bands())[1:] == METHOD.bands
    assert [band.below for band in guidance.bands()] == [*METHOD.bands, None]
    assert len({band.meaning for band in guidance.bands()}) == 4


def test_approach_and_notes_are_complete():
    assert len(guidance.approach()) == 7
    assert all(len(principle.implies) == 3 for principle in guidance.approach())
    assert guidance.approach()[0].title == "Start where people are"
    assert len(guidance.reading_notes()) == 7


def test_the_model_says_what_it_is():
    model = guidance.model()
    assert (model.name, model.version) == ("TRACE leadership model", "2.0")
    assert (len(model.purpose), len(model.how_to_read)) == (3, 6)


@pytest.mark.parametrize("given", [guidance.cell("task", "self"), guidance.indicator("T1")])
def test_what_is_given_out_cannot_be_changed(given):
    with pytest.raises(FrozenInstanceError):
        given.condition = given.key = "Something else."


def test_examples_in_docstrings_run():
    assert doctest.testmod(guidance).failed == 0
