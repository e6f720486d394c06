"""The texts beside results: complete, frozen, and the bands are those of the level words."""

import doctest
from dataclasses import FrozenInstanceError

import pytest
import yaml

from reports.readings import guidance
from reports.readings.words import GUIDANCE_BANDS
from reports.scoring import METHOD, level

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


@pytest.fixture(scope="module")
def bands():
    """As the guidance says which of a cell's three texts to show."""
    written = yaml.safe_load((guidance.FOLDER / "guidance.yaml").read_text(encoding="utf-8"))
    return written["bands"]["points"]


@pytest.mark.parametrize("tenths", range(10, 51))
def test_a_level_reads_the_text_that_the_guidance_gives_to_its_scores(bands, tenths):
    score = tenths / 10
    [band] = [one["key"] for one in bands if one["from"] <= score and (one["below"] is None or score < one["below"])]
    assert GUIDANCE_BANDS[level(score)] == band


def test_bands_meet_at_the_upper_borders_of_the_levels(bands):
    assert tuple(band["from"] for band in bands)[1:] == METHOD.bands[1:]
    assert [band["below"] for band in bands] == [*METHOD.bands[1:], None]


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
