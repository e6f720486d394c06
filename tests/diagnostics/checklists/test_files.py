"""A checklist as a file: what is written is read as the same, and what is wrong is named by its place."""

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.checklists.compiling import compiled, source_from
from diagnostics.checklists.content import content_hash
from diagnostics.checklists.drafting import reworded, settled, with_new_indicator
from diagnostics.checklists.files.bringing import source_in
from diagnostics.checklists.files.faults import Unreadable
from diagnostics.checklists.files.in_workbook import as_workbook
from diagnostics.checklists.files.in_yaml import as_yaml
from diagnostics.checklists.model_words import completed, model_source, source_of_recipe
from diagnostics.checklists.presets import Recipe
from diagnostics.checklists.schema import plain, source_of
from diagnostics.instrument.sources import FOLDER
from tests.diagnostics.checklists.sources import own_sources

PULSE = Recipe("pulse", "team", ("team",))


def hash_of(source):
    return content_hash(compiled(settled(source)))


@pytest.fixture
def pulse(instrument):
    return source_of_recipe(PULSE)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_every_way_out_and_in_gives_the_same_content(data):
    """Through a draft's row, both kinds of file, and a published version and back."""
    made = settled(data.draw(own_sources()))
    assert source_of(plain(made)) == made
    assert source_in(as_yaml(made).encode()) == made
    assert source_in(as_workbook(made)) == made
    content = compiled(made)
    assert compiled(source_from(content)) == compiled(completed(source_from(content))) == content
    assert hash_of(source_in(as_yaml(source_from(content)).encode())) == content_hash(content)
    assert hash_of(source_in(as_workbook(source_from(content)))) == content_hash(content)


def test_the_models_own_file_can_be_brought():
    source = source_in((FOLDER / "2.0" / "trace_model.yaml").read_bytes())
    assert [one.key for one in source.indicators] == [one.key for one in model_source().indicators]
    assert len(list(source.asked())) == 140
    assert not any(worded.asks for one in source.indicators for worded in one.wordings.values())


def test_other_words_without_a_decision_ask_something_else(pulse):
    """Whoever edits a text in Excel and says nothing more does not make it comparable by that."""
    text = as_yaml(pulse).replace(pulse.indicator("T7").wordings["team"].text, "In our team, we mean the same.")
    worded = source_in(text.encode()).indicator("T7").wordings["team"]
    assert worded.asks not in ("", "T7.team 1.0")
    said = text.replace("  - key: T7\n", "  - key: T7\n    asks: {team: same}\n")
    assert source_in(said.encode()).indicator("T7").wordings["team"].asks == "T7.team 1.0"
    same = reworded(pulse, "T7", "team", "In our team, we mean the same.", like="T7.team 1.0")
    assert source_in(as_yaml(same).encode()).indicator("T7").wordings["team"].asks == "T7.team 1.0"


def faults(content):
    with pytest.raises(Unreadable) as caught:
        source_in(content)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("condition: task", "condition: tusk", "“tusk” cannot be here. Choose one of: task, route,"),
        ("    title: Talking", "    titel: Talking", "“titel” is no field here."),
        ("    order: 2\n", "    order: two\n", "Write the place in its condition as a number"),
        ("    order: 2\n", f"    order: {'9' * 5000}\n", "Write the place in its condition as a number"),
        ("language: en-GB", "language: Klingon", "“Klingon” cannot be here. Choose one of: en-GB."),
        (
            "    condition: task\n    order: 2\n",
            "    condition: energy\n    order: 2\n",
            "T2 is the model’s and belongs to “task”.",
        ),
        ("  model: '2.0'", "  model: '1.0'", "“1.0” cannot be here. Choose one of: 2.0."),
        ("name: Task\n", "name: Mission\n", "Reports call it “Task”: leave the name as it is."),
        ("name: Team\n", "name: Ward\n", "Reports call it “Team”: leave the name as it is."),
        ("key: T1\n", "key: t1!\n", "A key is a capital letter"),
        ("key: T2\n", "key: T1\n", "“t1” stands here twice."),
        ("- value: 1\n", "- value: 9\n", "The five points have the values 1 to 5"),
        ("  primary_space: team", "  primary_space: moon", "“moon” cannot be here."),
        ("observer: '{leader}", "observer: 'Sam", "Write {leader} where"),
    ],
)
def test_what_is_wrong_in_yaml_is_named_by_line_and_column(pulse, before, after, said):
    text = as_yaml(pulse)
    assert before in text
    broken = text.replace(before, after, 1)
    line = next(n for n, (a, b) in enumerate(zip(text.split("\n"), broken.split("\n"), strict=True), 1) if a != b)
    found = faults(broken.encode())
    assert any(said in one and one.startswith(f"Line {line}, column") for one in found), found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: [", "Line 2, column 1: The file cannot be read from here"),
        (b"a: 1\na: 2\n", "Line 2, column 1: “a” stands here twice."),
        (b"a: &x [*x]", "The file refers to itself."),
        (b"\xff\xfe\x00", "neither a workbook nor text in UTF-8"),
        (b"PK\x03\x04rubbish", "This workbook cannot be opened"),
        (b"", "The file is empty."),
        (b"\n# nothing\n", "The file is empty."),
        (b"\xd0\xcf\x11\xe0old", "old format or a password"),
        (b"- 1", "Here belong fields with names"),
        (b" " * 3_000_000, "larger than 2 MB"),
        (b"[" * 100_000, "far more than a checklist"),
        (b"? [a, b]\n: 1\n", "Line 1, column 3: A field has a name of one word"),
        (
            b"a: &a [1]\n"
            + b"".join(
                b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % ((c + 1, c + 1) + (c,) * 8) for c in range(97, 110)
            ),
            "far more than a checklist",
        ),
    ],
)
def test_what_is_no_checklist_at_all_is_refused_in_a_sentence(content, said):
    assert any(said in one for one in faults(content))


def test_what_is_wrong_in_a_workbook_is_named_by_its_cell(pulse):
    long = reworded(pulse, "T7", "team", "word " * 80)
    [found] = faults(as_workbook(long))
    assert found.startswith("Sheet Statements, cell D")
    assert "Shorten this to 300 characters" in found


def test_two_downloads_of_the_same_are_the_same_bytes(pulse):
    assert as_workbook(pulse) == as_workbook(pulse)


def named(pulse, value: str) -> bytes:
    return as_yaml(pulse).replace("name: TRACE pulse", f"name: {value}", 1).encode()


@pytest.mark.parametrize("value", ["!!bool x", "!!timestamp x", "1:1:1:1.5", "0x1F", ".inf", "No", "1_000"])
def test_a_value_that_yaml_would_take_for_something_else_is_text(pulse, value):
    assert source_in(named(pulse, value)).name == value.rpartition(" ")[2]


@pytest.mark.parametrize("value", ["0x" + "f" * 6000, "1" + ":1" * 100_000], ids=["hexadecimal", "base 60"])
def test_and_so_is_one_that_it_could_not_work_out(pulse, value):
    with pytest.raises(Unreadable, match="Shorten this to"):
        source_in(named(pulse, value))


def test_a_remark_beside_the_scale_is_no_point_of_it(pulse):
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(pulse)))
    book["Scale"].append(["", "To be talked about with Ruth"])
    book["Scale"].append(["12", "So is this"])
    content = io.BytesIO()
    book.save(content)
    assert source_in(content.getvalue()) == source_in(as_workbook(pulse))


def test_a_help_line_goes_along_without_its_statement(pulse):
    one = replace(pulse.indicator("T7"), help={"observer": "Think of the last three months."})
    observed = {wording: worded for wording, worded in one.wordings.items() if wording != "observer"}
    source = pulse.with_indicator(replace(one, wordings=observed))
    assert source_in(as_workbook(source)).indicator("T7").help == one.help


def test_a_condition_has_room_for_the_models_indicators_beside_ones_own(pulse):
    for number in range(14):
        pulse = with_new_indicator(pulse, "task", title=f"Rest {number}")
    alone = replace(pulse, indicators=tuple(one for one in pulse.indicators if one.key.startswith("Own")))
    assert "“task” has 21 indicators with those of the model; at most 20 fit." in faults(as_yaml(alone).encode())[0]
    fewer = replace(alone, indicators=alone.indicators[:-1])
    assert source_of(plain(completed(source_in(as_yaml(fewer).encode())))).of_condition("task")


@pytest.mark.parametrize(
    ("written", "read"), [("no", None), ("False", None), ("Yes", ""), ("Which two?", "Which two?")]
)
def test_whether_what_matters_most_is_asked_is_said_as_people_say_it(pulse, written, read):
    text = as_yaml(pulse).replace("checklist:\n", f"checklist:\n  matters_most: {written}\n")
    assert source_in(text.encode()).matters_most == read


def test_english_is_no_translation(pulse):
    text = as_yaml(pulse) + "translations:\n  en-gb:\n    T7.team: {text: Something else., of: abc}\n"
    assert any("Write the code of another language" in one for one in faults(text.encode()))


def test_a_field_that_stands_twice_in_a_workbook_is_told(pulse):
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(pulse)))
    book["Checklist"].append(["name", "Another"])
    book["Scale"].append(["prompt", "Another"])
    saved = io.BytesIO()
    book.save(saved)
    assert [one.partition(":")[2] for one in faults(saved.getvalue())] == [
        " “name” stands here twice. Keep one of them.",
        " “prompt” stands here twice. Keep one of them.",
    ]
