"""The CSV: one row per group and cell, safe in a spreadsheet, read by pandas as it is."""

import csv
import io

import pandas as pd
import pytest

from reports.comparisons.actions import Chosen
from reports.readings.comparison.comparison import read_comparison
from reports.readings.survey.slice import read_slice
from reports.writers.tables.tidy import comparison_csv, safe, slice_csv
from tests.reports.published import (
    HIGH,
    MANY_DONT_KNOW,
    SPLIT,
    compared,
    four_groups,
    published_survey,
    slice_of,
)

pytestmark = pytest.mark.usefixtures("instrument")
HEADS = (
    "survey,closed_on,edition,group_number,group,people_in_group,condition,space,word,level,score,end,score_0_100,"
    "range_low,range_high,agreement,two_camps,views_differ,could_not_judge,people,groups_left_out,statements_asked,"
    "spread_used,spread,people_left_out,no_score_because"
)
DIFFERENCE_HEADS = (
    "others_score,others_end,others_people,others_groups_left,difference,difference_at_least,difference_low,"
    "difference_high,spread_inside,spread_df,p,p_limit,difference_word"
)


@pytest.fixture
def survey(alice):
    return published_survey(alice)


def read(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_heads_never_change(survey):
    one = slice_csv(read_slice(slice_of(survey, HIGH)))
    many = comparison_csv(read_comparison(four_groups(survey)))
    of_a_part = comparison_csv(read_comparison(four_groups(survey, is_whole=False)))
    heads = [content.decode("utf-8-sig").splitlines()[0] for content in (one, many, of_a_part)]
    assert heads == [HEADS, f"{HEADS},{DIFFERENCE_HEADS}", HEADS]


def test_every_group_and_cell_has_one_row(survey):
    comparison = read_comparison(four_groups(survey))
    told = [(row["group_number"], row["condition"], row["space"]) for row in read(comparison_csv(comparison))]
    assert len(told) == len(set(told)) == 20 * len(comparison.groups)
    assert list(dict.fromkeys(row["group"] for row in read(comparison_csv(comparison)))) == [
        group.name for group in comparison.groups
    ]


def test_numbers_are_those_of_the_page(survey):
    reading = read_comparison(four_groups(survey))
    told = iter(read(comparison_csv(reading)))
    for group in reading.groups:
        for place, found in group.differences.items():
            row, cell = next(told), group.view.cell(*place)
            assert row["word"] == cell.word
            assert row["score"] == ("" if cell.score is None else f"{cell.score}")
            assert row["difference_word"] == found.text
            assert row["difference"] == ("" if found.difference is None else f"{found.difference}")
            assert row["people"] == ("" if cell.people is None else str(cell.people))


def test_what_is_hidden_has_no_number(survey):
    hidden = [row for row in read(slice_csv(read_slice(slice_of(survey, MANY_DONT_KNOW)))) if row["word"] == "Too few"]
    assert hidden
    for row in hidden:
        assert {name for name, value in row.items() if value} == {
            "survey", "closed_on", "edition", "group_number", "group", "people_in_group", "condition", "space", "word",
            "statements_asked",
        }  # fmt: skip


def test_excel_sees_that_it_is_unicode_and_pandas_reads_it_as_it_is(survey):
    content = slice_csv(read_slice(slice_of(survey, "Carers’ support")))
    assert content.startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(io.BytesIO(content))
    assert ",".join(frame.columns) == HEADS
    assert set(frame["group"]) == {"Carers’ support"}
    assert frame["score"].between(1, 5).all()
    assert (frame["closed_on"] == "2026-12-04").all()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_a_text_like_a_formula_stands_behind_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Ward 3", "−0.4", "’", "", None, -0.4, 3])
def test_nothing_else_is_touched(value):
    assert safe(value) == value


def test_names_like_formulas_are_disarmed_in_the_file(survey):
    grouped = Chosen((slice_of(survey, SPLIT), slice_of(survey, MANY_DONT_KNOW)), '=HYPERLINK("http://x.example")')
    comparison = compared(survey, Chosen((slice_of(survey, HIGH),)), grouped)
    told = read(comparison_csv(read_comparison(comparison)))
    assert {row["group"] for row in told} == {HIGH, '\'=HYPERLINK("http://x.example")'}
    assert any(row["difference"].startswith("-") for row in told)  # numbers stay numbers
