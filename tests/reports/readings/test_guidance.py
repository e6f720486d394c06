"""The texts beside results: complete, frozen, and the bands are those of the level words."""

import doctest
from dataclasses import FrozenInstanceError

import pytest

from reports.readings import guidance
from reports.scoring.method import METHOD

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
SPACES = ("self", "team", "organisation", "system")


def test_twenty_cells_stand_in_model_order():
    assert list(guidance.cells()) == [(condition, space) for condition in CONDITIONS for space in SPACES]


def test_each_cell_has_three_texts_and_three_questions():
    for cell in guidance.cells().values():
        assert len({cell.low, cell.middle, cell.high}) == 3
        assert len(cell.questions) == 3
        assert all(question.endswith("?") for question in cell.questions)


def test_a_cell_is_found_by_condition_and_space():
    cell = guidance.cell("energy", "system")
    assert (cell.condition, cell.space) == ("energy", "system")
    with pytest.raises(KeyError):
        guidance.cell("energy", "planet")


@pytest.mark.parametrize(
    ("score", "band"), [(1.0, "low"), (3.4, "low"), (3.5, "middle"), (4.2, "middle"), (4.3, "high"), (5.0, "high")]
)
def test_band_of_a_score(score, band):
    assert guidance.band(score) == band


@pytest.mark.parametrize("score", [0.9, 5.1, float("nan")])
def test_no_band_outside_the_scale(score):
    with pytest.raises(ValueError, match="between 1 and 5"):
        guidance.band(score)


def test_bands_meet_at_the_upper_borders_of_the_levels():
    assert tuple(band.start for band in guidance.bands())[1:] == METHOD.bands[1:]
    assert [band.below for band in guidance.bands()] == [*METHOD.bands[1:], None]


def test_approach_and_notes_are_complete():
    assert len(guidance.approach()) == 7
    assert all(len(principle.implies) == 3 for principle in guidance.approach())
    assert guidance.approach()[0].title == "Start where people are"
    assert len(guidance.reading_notes()) == 6


def test_the_model_says_what_it_is():
    model = guidance.model()
    assert model.name == "TRACE leadership model"
    assert (len(model.purpose), len(model.how_to_read)) == (3, 6)


def test_what_is_given_out_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        guidance.cell("task", "self").low = "Something else."


def test_examples_in_docstrings_run():
    assert doctest.testmod(guidance).failed == 0
