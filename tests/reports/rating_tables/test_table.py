"""Files as they come: what is read, and that whatever is wrong is named by its line."""

import doctest
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rating_tables import CellMap, Malformed, cells_of, ratings_of, read_table, table
from reports.rating_tables.table import Problem

NAN = float("nan")
TRACE = CellMap()


def rated(text: str | bytes, cells: CellMap = TRACE) -> list[list[float]]:
    data = text if isinstance(text, bytes) else text.encode()
    return ratings_of(read_table(data), cells).given.to_numpy().tolist()


def problems(text: str | bytes, cells: CellMap = TRACE) -> list[str]:
    with pytest.raises(Malformed) as raised:
        rated(text, cells)
    return str(raised.value).splitlines()


@pytest.mark.parametrize("module", ["table", "cells", "ratings", "figures", "printing"])
def test_the_examples_in_the_docstrings_hold(module):
    outcome = doctest.testmod(import_module(f"reports.rating_tables.{module}"))
    assert outcome.attempted
    assert not outcome.failed


# --- what is read ---


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_write_is_read(mark, delimiter, end):
    lines = ["Person,Group, T1.team ,T2.team,", "p1,“Süd”, 4 ,,", "p2,north,2.0,dk,", ",,,,", ""]
    text = end.join(line.replace(",", delimiter) for line in lines)
    found = ratings_of(read_table(mark + text.encode()), CellMap())

    assert found.groups == ("“Süd”", "north")
    assert str(found.given.to_numpy().tolist()) == str([[4.0, NAN], [2.0, 0.0]])


def test_a_value_in_quotation_marks_may_hold_anything():
    found = ratings_of(read_table(b'group,T1.team\n"a, ""b""\nc",4\nd,5\n'), CellMap())
    assert found.groups == ('a, "b"\nc', "d")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *[(str(rating), rating) for rating in range(6)],
        ("4.0", 4),
        ("DK", 0),
        ("Don't know", 0),
        ("don’t know", 0),
        ("n/a", 0),
        ("NA", None),
        ("", None),
    ],
)
def test_ways_to_write_a_rating(written, value):
    ((found, _other),) = rated(f"T1.team,T2.team\n{written},3\n")
    assert (found if found == found else None) == value  # noqa: PLR0124


def test_wide_and_long_say_the_same():
    wide = "person,group,rater,T1.team,R1.team,T2.self\np1,a,x,4,DK,2\np2,b,x,,1,3\n"
    long = (
        "rating,statement,person,rater,group\n"
        "2,T2.self,p1,x,a\n1,R1.team,p2,x,b\n0,R1.team,p1,x,a\n3,T2.self,p2,x,b\n4,T1.team,p1,x,a\n"
    )
    one, other = (ratings_of(read_table(text.encode()), CellMap()) for text in (wide, long))
    assert (one.groups, one.raters, one.cells) == (other.groups, other.raters, other.cells)
    assert one.given.equals(other.given)
    assert list(one.cells) == [("task", "self"), ("task", "team"), ("route", "team")]


def test_another_instrument_by_a_table_of_its_cells():
    cells = cells_of(read_table(b"space,statement,condition\nunit,q2,trust\nunit,q1,trust\nunit,q9,pace\n"))
    found = ratings_of(read_table(b"q9,q1,q2\n5,4,3\n"), cells)
    assert found.cells == {("trust", "unit"): ("q2", "q1"), ("pace", "unit"): ("q9",)}
    assert found.given.to_numpy().tolist() == [[3, 4, 5]]


def test_one_person_may_rate_in_two_groups_and_roles():
    assert len(rated("person,group,rater,T1.team\np1,a,peer,4\np1,b,peer,4\np1,a,manager,4\n")) == 3


# --- what is refused ---


def test_every_malformed_line_is_named_at_once_in_the_order_of_the_file():
    assert problems("person,group,T1.team,T2.team\np1,a,4,5\np1,a,4,7\n,b,x,3\np4,,4\np5,,4,4.5\n") == [
        "Line 3: “p1” (a) stands in line 2 already. Keep one of both lines.",
        "Line 3: “7” for T2.team is no rating. Write 1 to 5, DK for “don’t know”, or nothing.",
        "Line 4: The person is missing. Fill it in, or take the line out.",
        "Line 4: “x” for T1.team is no rating. Write 1 to 5, DK for “don’t know”, or nothing.",
        "Line 5: 3 values under a heading of 4 columns. Write one for each, or leave it empty between two commas.",
        "Line 6: The group is missing. Fill it in, or take the line out.",
        "Line 6: “4.5” for T2.team is no rating. Write 1 to 5, DK for “don’t know”, or nothing.",
    ]


def test_a_long_table_is_checked_alike():
    head = "person,group,statement,rating\n"
    assert problems(head + "p1,a,T1.team,4\np1,a,T1.team,5\np1,a,T1.teem,9\n,a,T2.team,3\np2,a,T2.team\n") == [
        "Line 3: “p1” (a) rates T1.team in line 2 already. Keep one of both lines.",
        "Line 4: “T1.teem” is no statement of TRACE, which look like “T1.team”. Mend the name, give its cell with "
        "--cells, or take it out.",
        "Line 4: “9” for T1.teem is no rating. Write 1 to 5, DK for “don’t know”, or nothing.",
        "Line 5: The person is missing. Fill it in, or take the line out.",
        "Line 6: 3 values under a heading of 4 columns. Write one for each, or leave it empty between two commas.",
    ]


def test_a_long_list_of_problems_is_cut_and_counted():
    found = problems("T1.team\n" + "9\n" * 1_234)
    assert len(found) == table.NAMED_AT_MOST + 1
    assert found[-1] == "… and 1,214 more."


def test_the_line_is_that_of_the_file_though_values_hold_line_breaks_and_lines_are_empty():
    assert problems('\ngroup,T1.team\n"a\nb",4\n\n"c\nd",6\n')[0].startswith("Line 6: “6” for T1.team")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "The file is empty."),
        ("person,T1.team\n", "There is no row below the heading."),
        ("person,,T1.team\np1,,4\n", "Line 1: Column 2 has no name."),
        ("T1.team,T1.team\n4,4\n", "Line 1: 2 columns are named “t1.team”."),
        ("Group,group,T1.team\na,b,4\n", "Line 1: 2 columns are named “group”."),
        ("person,group\np1,a\n", "Line 1: No column holds ratings."),
        ("person,rating\np1,4\n", "Line 1: A table with one rating a line has the column “statement”."),
        ("statement,rating\nT1.team,4\n", "Line 1: A table with one rating a line has the column “person”."),
        ("person,statement,rating,when\np1,T1.team,4,now\n", "Line 1: “when” is none of person,"),
        ("T1.team,T8.moon\n4,4\n", "Line 1: “T8.moon” is no statement of TRACE"),
        ('T1.team\n4\n"5\n', "Line 3: A quotation mark is missing"),
        ('"T1.team\n4\n5\n', "Line 1: A quotation mark is missing"),
        ("T1.team\n4\n5\n" + "9" * 300, f"Line 4: “{'9' * 40}…” for T1.team is no rating."),
        ("group,T1.team\nm\xfcnchen,4\n".encode("latin-1"), "Line 2: This is not UTF-8."),
        ("T1.team\n4\n".encode("utf-16"), "Line 1: This is not UTF-8."),
        (b"T1.team\n4\n\0\n", "Line 3: This holds a character of no text."),
        (",".join(f"T{n}.team" for n in range(1_001)) + "\n4\n", "Line 1: 1,001 columns;"),
        ("group,T1.team\n" + "".join(f"{n},4\n" for n in range(1_001)), "1,001 groups and rater categories are named;"),
    ],
)
def test_what_is_no_table_of_ratings_is_refused(text, named):
    assert problems(text)[0].startswith(named)


def test_what_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(table, "MAX_BYTES", 1_000_000)
    assert problems(b"T1.team\n" + b"4\n" * 500_000) == [
        "The file has more than 1 MB. Split it, for instance by rater."
    ]
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    assert problems("T1.team\n4\n4\n4\n4\n") == ["The file has more than 3 rows. Split it, for instance by rater."]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("statement,condition\nq1,trust\n", "Line 1: A table of cells has the columns"),
        ("statement,condition,space,note\nq1,trust,unit,x\n", "Line 1: A table of cells has the columns"),
        ("statement,condition,space\nq1,trust,unit\nq1,pace,unit\n", "Line 3: “q1” has its cell already."),
        ("statement,condition,space\nq1,,unit\nq2,trust\n", "Line 2: Statement, condition and space are all needed."),
    ],
)
def test_a_table_of_cells_is_checked_too(text, named):
    with pytest.raises(Malformed) as raised:
        cells_of(read_table(text.encode()))
    assert str(raised.value).startswith(named)


def test_with_a_table_of_cells_only_its_statements_are_known():
    cells = CellMap({"q1": ("trust", "unit")})
    assert problems("q1,T1.team\n4,4\n", cells)[0].startswith("Line 1: “T1.team” has no cell.")


def outcome(data: bytes) -> tuple[int, tuple[Problem, ...]]:
    """How many rows were read, or what is wrong."""
    try:
        return len(ratings_of(read_table(data), TRACE).groups), ()
    except Malformed as refused:
        return 0, refused.problems


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_named(data):
    rows, wrong = outcome(data)
    assert bool(rows) != bool(wrong)


@given(st.text(alphabet='pT1.team,;"\n\r45x\t', max_size=80))
def test_any_table_is_read_or_named(text):
    rows, wrong = outcome(b"person,group,T1.team\n" + text.encode())
    assert bool(rows) != bool(wrong)
    assert all(0 <= one.line <= 2 + text.count("\n") + text.count("\r") for one in wrong)
