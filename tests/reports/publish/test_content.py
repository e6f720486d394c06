"""What is published is written and read by one type, and nobody above it takes a cell as a dictionary."""

import ast
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from reports.publish import publish_edition
from reports.publish.cells import PublishedCell
from reports.publish.content import SliceContent
from tests.reports.worlds import CELLS, as_responses, random_answers, random_picks, random_world

ABOVE = ("self_assessments", "editions", "comparisons", "readings", "decks", "writers", "files", "pages")
STORED_BY = {"self_assessments/cells.py"}  # the type that reads and writes the cells of a self-assessment
NOT_CELLS = {  # arguments that are dictionaries of something else
    ("comparisons/page.py", "group"),  # what was chosen
    ("by_link/readers.py", "named"),  # parts of an address
    ("editions/closing.py", "ballots"),
    ("files/pack.py", "context"),
    ("group_steps/forms.py", "data"),
    ("intentions/views.py", "initial"),
    ("readings/guidance.py", "row"),
    ("readings/improvement.py", "row"),
    ("readings/improvement.py", "rows"),
    ("pdf/paper.py", "context"),
}
UNTYPED = re.compile(r"(dict|Mapping)\[str, (Any|object)\]")
TOLD_IN_FULL = {"condition": "task", "space": "team", "asked": 7, "state": "scored", "score": 4.1, "end": None} | {
    "level": "mostly",
    "levels": ["mostly", "firmly"],
    "low": 3.5,
    "high": 4.7,
    "agreement": "wide",
    "split": False,
    "could_not_judge": "fifth",
    "n": 17,
    "tens": [12, 1],
    "without": 1,
}


def test_what_is_stored_is_read_and_stored_again_as_it_was():
    assert json.dumps(PublishedCell.from_stored(TOLD_IN_FULL).stored()) == json.dumps(TOLD_IN_FULL)


def test_ten_stand_behind_a_cell_of_which_something_is_told_of_tens():
    assert PublishedCell.from_stored(TOLD_IN_FULL).is_of_tens
    assert not PublishedCell.from_stored(TOLD_IN_FULL | {"tens": [0, 0], "split": None}).is_of_tens


def test_a_slice_stored_by_method_1_is_still_read():
    """One team of 13, as code 3 published it: with paler cells, some spread, and findings that are no longer made."""
    stored = json.loads((Path(__file__).parent / "slice_of_method_1.json").read_text())
    read = SliceContent.from_stored(stored)
    figures = {key: cell.figures for key, cell in read.cells.items()}

    own, team, route = figures["task", "self"], figures["task", "team"], figures["route", "self"]
    assert (own.score, own.level, own.levels, own.agreement, own.could_not_judge) == (
        3.5, "mostly", ("mostly",), "some_spread", "fifth",
    )  # fmt: skip
    assert [(one.is_split, one.views_differ, one.is_of_tens) for one in (own, team, route)] == [
        (False, False, True), (None, True, False), (True, True, True),
    ]  # fmt: skip
    assert [(one.n, one.n_tens, one.not_of_tens) for one in (own, team, route)] == [(10, 10, 0), (9, 0, 0), (12, 12, 0)]
    assert read.cells["energy", "team"].word.level == "partly"
    assert [finding.kind for finding in read.findings] == [
        "strongest", "act_first", "talk_first", "views_differ", "views_differ", "could_not_judge", "could_not_judge",
    ]  # fmt: skip
    assert [finding.stored() for finding in read.findings] == stored["findings"]
    bars = [one.stored() for bars in read.statements.values() for one in bars]
    assert bars == [one for cell in stored["cells"] for one in cell["statements"]]


def test_a_hidden_cell_is_not_of_tens():
    assert not PublishedCell("task", "team", 7, None).is_of_tens


@pytest.mark.parametrize("seed", range(5))
def test_a_published_slice_comes_back_from_its_json(seed):
    rng = random.Random(seed)
    world = random_world(rng, largest=40)
    people = len(world.responses)
    answers, picks = random_answers(rng, people), random_picks(rng, people)
    responses = as_responses(world, answers, picks)
    publication = publish_edition(parents=world.parents, responses=responses, cells=CELLS, k=5)
    assert publication.slices
    for one in publication.slices:
        assert SliceContent.from_stored(json.loads(json.dumps(one.content.stored()))) == one.content


def above() -> Iterator[tuple[str, ast.AST]]:
    """(file, node) of everything written above `publish`."""
    for folder in ABOVE:
        for path in sorted((settings.BASE_DIR / "reports" / folder).rglob("*.py")):
            name = f"{path.parent.name}/{path.name}"
            if name not in STORED_BY:
                yield from ((name, node) for node in ast.walk(ast.parse(path.read_text())))


def test_no_argument_above_is_a_cell_as_a_dictionary():
    found = {
        (name, node.arg)
        for name, node in above()
        if isinstance(node, ast.arg) and node.annotation and UNTYPED.search(ast.unparse(node.annotation))
    }
    assert found <= NOT_CELLS


def test_nothing_above_takes_a_figure_of_a_cell_by_its_stored_name():
    stored = {"end", "pale", "levels", "agreement", "split", "tens", "without", "shares"}
    found = [
        (name, node.slice.value)
        for name, node in above()
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value in stored
    ]
    assert found == []
