"""The figure of many people's views: fills, ranges, notes and marks, each from the view."""

import json

import pytest

from reports.pages.gallery.samples import of_people
from reports.writers.pictures.figure import figure_json

VIEW = of_people()


@pytest.fixture(scope="module")
def figure() -> dict:
    return json.loads(figure_json(VIEW))


def texts(figure: dict) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"]]


def test_fills_tell_the_level(figure):
    assert figure["data"][0]["z"] == [
        [3, 2, 1, 3], [2, 2, 2, 2], [1, 4, None, 2], [1, 2, 3, 4], [None] * 4,
    ]  # fmt: skip


def test_every_scored_cell_has_its_notes_beneath(figure):
    below = [text for text in texts(figure) if text in {"<br>".join(c.notes) for r in VIEW.rows for c in r.cells}]
    assert "views differ<br>12 people" in below
    assert "two camps" in below
    assert {"9, without 2 groups", "64 of 72 people"} <= set(below)
    assert {"9, without 1 group", "40 of 52 people"} <= set(below)  # of cells with a word alone
    assert len([text for text in below if text]) == 10


def test_two_dots_stand_for_the_word_of_two_camps(figure):
    assert [text for text in texts(figure) if "●" in text] == [
        '<span style="font-size:13px">●&nbsp;●</span> <span style="font-size:22px">2.8</span>'
    ]


def test_a_range_is_a_track_three_borders_and_a_thick_part(figure):
    lines = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert len(lines) == 11 * 5
    thick = [shape for shape in lines if shape["line"]["width"] == 5]
    first = VIEW.rows[0].cells[0].range  # 3.5 to 4.3
    assert (first.start, first.end) == ("62.0", "81.2")
    assert (thick[0]["x0"], thick[0]["x1"]) == (10.08, 26.21)
    assert all(-42 <= shape["x0"] <= shape["x1"] <= 42 for shape in lines)


def test_on_a_phone_only_words_scores_and_marks_remain(figure):
    narrow = figure["layout"]["meta"]["narrow"]
    assert not [shape for shape in narrow["shapes"] if shape["type"] == "line"]
    assert "some spread" not in {note["text"] for note in narrow["annotations"]}
    assert len([shape for shape in narrow["shapes"] if shape["line"].get("dash")]) == 2


def test_on_a_phone_two_words_stand_on_two_lines(figure):
    """In a cell of 44 px, on the narrowest, with 14 px to a letter's height."""
    narrow = figure["layout"]["meta"]["narrow"]["annotations"]
    shown = [note["text"] for note in narrow if "–" in note["text"]]
    assert len(shown) == sum(bool(cell.between) for row in VIEW.rows for cell in row.cells) > 0
    assert all(text.startswith('<span style="font-size:14px">') and "–<br>" in text for text in shown)
    assert not any(" to " in text for text in shown)


def test_hidden_cells_have_no_number_anywhere(figure):
    assert figure["data"][0]["hovertext"][2][2] is None
    assert "Too few" in texts(figure)


def test_a_word_without_a_score_stands_in_the_middle_of_its_fill(figure):
    words = [note for note in figure["layout"]["annotations"] if note["y"] == 3 and "yshift" not in note]
    assert [note["text"] for note in words if "xref" not in note] == ["Not yet", "Partly", "Mostly", "Firmly"]
    assert {note["font"]["weight"] for note in words if "xref" not in note} == {600}
    assert "partly in place, a word" in figure["data"][0]["hovertext"][3][1].replace("<br>", " ")


def test_the_same_view_gives_the_same_figure():
    assert figure_json(of_people()) == figure_json(VIEW)
