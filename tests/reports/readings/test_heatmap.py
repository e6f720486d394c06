"""What a reader sees of published cells."""

import re

import pytest
from django.conf import settings

from reports.publish.cells import CellFigures, PublishedCell
from reports.readings import palette
from reports.readings.heatmap import heatmap_view, legend, place_name
from reports.scoring import level
from reports.self_assessments.cells import ResultCell

COLUMNS = [("self", "Self"), ("team", "Team"), ("organisation", "Organisation"), ("system", "System")]
ROWS = [("task", "Task", "Architect"), ("route", "Route", "Architect")]


def cell(condition, space, score, **more):
    given = {"score": score, "level": level(score) if score else None, "answered": 7 if score else 0, "asked": 7}
    stored = {"condition": condition, "space": space, "reason": None if score else "too_few_items", **given, **more}
    return ResultCell.from_stored(stored)


def only(score, **more):
    """The view of one cell, Task in the team."""
    return heatmap_view([cell("task", "team", score, **more)], columns=COLUMNS, rows=ROWS).cell("task", "team")


# --- a cell ---


@pytest.mark.parametrize(
    ("score", "band", "word", "label"),
    [
        (2.4, 1, "Not yet", "Not yet in place"),
        (2.5, 2, "Partly", "Partly in place"),
        (3.5, 3, "Mostly", "Mostly in place"),
        (4.3, 4, "Firmly", "Firmly in place"),
    ],
)
def test_a_scored_cell_says_word_and_number_and_wears_the_level(score, band, word, label):
    seen = only(score)
    assert (seen.state, seen.band, seen.word, seen.level_label) == ("scored", band, word, label)
    assert (seen.score_text, seen.css) == (str(score), f"level-{band}")
    assert (seen.fill, seen.ink) == (palette.LEVEL_FILLS[band - 1], palette.LEVEL_INKS[band - 1])
    assert seen.accessible_text == f"Task in the team: {score} out of 5, {label.lower()}"


def test_a_whole_number_keeps_its_decimal():
    assert only(4.0).score_text == "4.0"


def test_the_stored_level_is_shown_even_if_borders_move_later():
    assert only(3.0, level="firmly").word == "Firmly"


def of_people(asked=7, **more):
    usual = {"n": 14, "without": 0, "score": 3.2, "end": None, "level": "partly", "levels": ("partly",)}
    usual |= {"low": 2.8, "high": 3.6, "agreement": "usual", "is_split": False, "could_not_judge": None}
    return PublishedCell("task", "team", asked, CellFigures(**usual | more))


def seen_of(*cells):
    return heatmap_view(cells, columns=COLUMNS, rows=ROWS, people=14)


def test_two_words_stand_where_the_level_lies_between_them():
    seen = seen_of(of_people(levels=("partly", "mostly"))).cell("task", "team")
    assert (seen.word, seen.level_label, seen.is_between) == ("Partly to mostly", "Partly to mostly in place", True)
    assert (seen.css, seen.fill) == ("level-2", palette.LEVEL_FILLS[1])  # the fill is that of the score
    assert "3.2 out of 5, partly to mostly in place" in seen.accessible_text


def test_what_is_usual_in_groups_is_said_and_not_drawn():
    seen = seen_of(of_people()).cell("task", "team")
    assert (seen.notes, seen.agreement) == ((), "as usual in groups")
    assert seen.accessible_text.endswith("as usual in groups")
    assert seen_of(of_people(agreement="close")).cell("task", "team").notes == ("close",)


@pytest.mark.parametrize(("asked", "note"), [(1, "1 statement"), (2, "2 statements"), (3, ""), (7, "")])
def test_a_cell_of_one_or_two_statements_is_marked(asked, note):
    view = seen_of(of_people(asked=asked, agreement="wide"))
    seen, head = view.cell("task", "team"), next(column for column in view.columns if column.key == "team")
    assert (seen.is_brief, "is-brief" in seen.css, head.note) == (bool(note), bool(note), note)
    assert ("rests on" in seen.accessible_text) == bool(note)
    assert seen.css.endswith("views-differ")


@pytest.mark.parametrize(
    ("more", "state", "word"),
    [
        ({"dont_know": 7}, "dont_know", "Don’t know"),
        ({"dont_know": 0}, "too_few_answers", "Too few answers"),
        ({"answered": 3, "dont_know": 1}, "dont_know", "Don’t know"),
        ({}, "dont_know", "Don’t know"),  # not counted apart
        ({"asked": 0}, "not_asked", "Not asked"),
        ({"reason": "too_few_people"}, "too_few_people", "Too few"),
    ],
)
def test_a_cell_without_a_score_says_why(more, state, word):
    seen = only(None, **more)
    assert (seen.state, seen.word) == (state, word)
    assert (seen.level, seen.band, seen.score_text, seen.level_label) == (None,) * 4
    assert seen.accessible_text.startswith("Task in the team: ")
    assert not re.search(r"\d", seen.accessible_text)


def test_only_hidden_people_are_hatched():
    assert only(None, reason="too_few_people").css == "too-few"
    assert {only(None, dont_know=count).css for count in (0, 7)} == {"no-score"}


# --- the heatmap ---


def test_rows_and_columns_keep_the_model_order_whatever_the_cells_do():
    view = heatmap_view([cell("route", "system", 4.0), cell("task", "self", 2.0)], columns=COLUMNS, rows=ROWS)
    assert [row.key for row in view.rows] == ["task", "route"]
    assert [[seen.space for seen in row.cells] for row in view.rows] == [[key for key, _ in COLUMNS]] * 2
    assert [seen.state for seen in view.rows[0].cells] == ["scored", "not_asked", "not_asked", "not_asked"]


def test_only_organisation_is_shortened():
    view = heatmap_view([], columns=COLUMNS, rows=ROWS)
    assert [column.short for column in view.columns] == ["Self", "Team", "Org.", "System"]


def test_the_description_says_every_cell():
    view = heatmap_view([cell("task", "self", 4.3)], columns=COLUMNS, rows=ROWS)
    assert view.description.startswith("Task, yourself: 4.3 out of 5, firmly in place. Task in the team: not asked.")
    assert view.description.count(".") == 8 + 1  # eight sentences and the decimal point


def test_one_person_has_no_range_and_says_so():
    assert heatmap_view([], columns=COLUMNS, rows=ROWS).note == (
        "No range and no agreement mark: this is one person’s view."
    )


def test_somebody_else_reads_the_leaders_name_instead_of_you():
    view = heatmap_view([cell("task", "self", 4.3)], columns=COLUMNS, rows=ROWS, leader="Ruth Adeyemi")
    assert view.cell("task", "self").accessible_text.startswith("Task, Ruth Adeyemi: 4.3")
    assert view.caption == "How Ruth Adeyemi sees each condition in each space"
    assert "you" not in f"{view.caption} {view.description}".lower()


@pytest.mark.parametrize(
    ("space", "words"),
    [
        ("self", "Task, yourself"),
        ("team", "Task in the team"),
        ("organisation", "Task in the organisation"),
        ("system", "Task in the system"),
    ],
)
def test_a_place_reads_as_words(space, words):
    assert place_name("Task", space) == words


def test_the_legend_says_the_borders_of_the_method():
    assert [(entry.label, entry.borders) for entry in legend()] == [
        ("Not yet in place", "below 2.5"),
        ("Partly in place", "2.5 to 3.4"),
        ("Mostly in place", "3.5 to 4.2"),
        ("Firmly in place", "4.3 to 5.0"),
    ]
    assert [entry.borders for entry in legend((2.0, 3.0, 4.0))] == [
        "below 2.0",
        "2.0 to 2.9",
        "3.0 to 3.9",
        "4.0 to 5.0",
    ]


def test_the_palette_is_that_of_the_style_sheet():
    css = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))
    for band in range(1, 5):
        assert palette.LEVEL_FILLS[band - 1].lower() == tokens[f"level-{band}"]
        assert palette.LEVEL_INKS[band - 1].lower() == tokens[f"level-{band}-on"]
    for number in range(1, 6):
        assert palette.ANSWER_FILLS[f"answer-{number}"].lower() == tokens[f"answer-{number}"]
        assert palette.ANSWER_INKS[f"answer-{number}"].lower() == tokens[f"answer-{number}-on"]
    assert (palette.HIGHER.lower(), palette.LOWER.lower()) == (tokens["d2"], tokens["d-2"])
    names = ("INK", "INK_2", "LINE_STRONG", "LINE", "MIST", "PAPER", "PETROL_700", "PETROL_600", "OCHRE_500")
    for name in names:
        assert getattr(palette, name).lower() == tokens[f"t-{name.lower().replace('_', '-')}"]


def test_no_colour_stands_outside_the_palette():
    files = (settings.BASE_DIR / "reports").rglob("*.py")
    coloured = {file.name for file in files if re.search(r"#[0-9A-Fa-f]{6}\b", file.read_text())}
    assert coloured == {"palette.py"}
