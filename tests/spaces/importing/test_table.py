"""From what was pasted or uploaded to rows: many hands, many programs, and files that are no list at all."""

import io
import time
import zipfile
from collections.abc import Iterable

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from spaces.importing.table.cells import harmless, text_of
from spaces.importing.table.reading import EVERY_SHEET, MOST_BYTES, Choice, read
from spaces.importing.table.rows import MOST_ROWS, Row, as_text, packed, renumbered, unpacked
from tests.spaces.lists import pasted
from tests.spaces.workbooks import archive, sheet, workbook

PEOPLE = [["Name", "E-mail", "Group"], ["Zoë Müller", "zoe@e.org", "North / Wards"], ["Sam Lee", "sam@e.org", ""]]
PATIENCE = 2.0  # seconds of one processor


def cells(content: bytes) -> list[list[str]]:
    rows = read(content).rows
    width = max(len(row.cells) for row in rows)
    return [[row.cell(column) for column in range(width)] for row in rows]


def text(rows, delimiter: str = ",", end: str = "\r\n") -> str:
    return "".join(delimiter.join(row) + end for row in rows)


def refusal(content: bytes) -> str:
    """The sentence with which a file is refused, in time."""
    began = time.process_time()
    with pytest.raises(ValidationError) as refused:
        read(content)
    assert time.process_time() - began < PATIENCE
    return refused.value.messages[0]


# --- Text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_read(delimiter, end):
    assert cells(text(PEOPLE, delimiter, end).encode()) == PEOPLE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_umlauts_survive_every_encoding(encoding):
    mark = "\ufeff" if encoding.endswith(("-le", "-be")) else ""
    assert cells((mark + text(PEOPLE, ";")).encode(encoding)) == PEOPLE


@pytest.mark.parametrize(
    ("recipients", "names"),
    [
        ("Ada <a@e.org>, b@e.org <b@e.org>, Max <c@e.org>", ["Ada", "", "Max"]),
        ("'a@e.org' <a@e.org>; Jo Ray <b@e.org>; 'c@e.org'", ["", "Jo Ray", ""]),
        ('"Lee, Sam @ HQ" <a@e.org>, Jo @ HQ <b@e.org>, c@e.org', ["Lee, Sam @ HQ", "Jo @ HQ", ""]),
        ('"Lee; Sam" <a@e.org>; Jo <b@e.org>; Max <c@e.org>', ["Lee; Sam", "Jo", "Max"]),
        ("To: Sam <a@e.org>; Jo <b@e.org>\nCc: Max <c@e.org>", ["Sam", "Jo", "Max"]),
        ("An: mailto:a@e.org, b@e.org, Max <mailto:c@e.org>", ["", "", "Max"]),
    ],
)
def test_recipients_are_read_however_a_mail_program_writes_them(recipients, names):
    assert cells(recipients.encode()) == [[name, f"{place}@e.org"] for name, place in zip(names, "abc", strict=True)]


@pytest.mark.parametrize("wrapped", ["; ", ";\n"])
def test_what_stands_among_recipients_without_address_is_a_row_to_mend(wrapped):
    recipients = wrapped.join(["Sam <sam@e.org>", "The wards", "Jo <jo@e.org>"])
    assert cells(recipients.encode()) == [["Sam", "sam@e.org"], ["The wards", ""], ["Jo", "jo@e.org"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_addresses_with_names_stays_a_table(delimiter):
    rows = [["E-mail", "Manager"], ["Sam <sam@e.org>", "Ann <ann@e.org>"], ["Jo <jo@e.org>", "Ann <ann@e.org>"]]
    assert cells(text(rows, delimiter).encode()) == rows


def test_a_comma_inside_a_name_does_not_win_over_semicolons():
    rows = [["Lee, Sam", "sam@e.org", "Wards, North"], ["Byron, Ada", "ada@e.org", "Wards, South"]]
    assert cells(text(rows, ";").encode()) == rows


def test_quoted_cells_hold_delimiters_line_breaks_and_quotation_marks():
    content = b'Name,E-mail\n"Lee, ""Sam""\nJunior", sam@e.org\n'
    assert cells(content) == [["Name", "E-mail"], ['Lee, "Sam" Junior', "sam@e.org"]]


def test_rows_keep_their_numbers_and_empty_ones_are_skipped():
    rows = pasted("Name,E-mail\n\n,,\nSam,sam@e.org\n   \nAda,ada@e.org\n")
    assert [row.number for row in rows] == [1, 4, 6]


def test_cells_become_clean_text_on_one_line():
    assert text_of(" \u200bZoe\u0308\xa0\n Mu\u0308ller\x07\u202e ") == "Zoë Müller"


@pytest.mark.parametrize("formula", ["=1+1", "+cmd|'/C calc'!A1", "-2", "@SUM(A1)"])
def test_a_formula_stays_text_and_is_harmless_where_it_is_copied_out(formula):
    [row] = pasted(f"{formula}\tsam@e.org")
    assert row.cells[0] == formula
    assert harmless(formula) == f"'{formula}"
    assert text_of(harmless(formula)) == formula


def test_the_limits_of_a_list():
    line = "Sam,sam@e.org\n"
    assert len(pasted("Name,E-mail\n" + line * MOST_ROWS)) == MOST_ROWS + 1
    assert "more than 20,000 rows" in refusal((line * (MOST_ROWS + 2)).encode())
    assert "more than 50 columns" in refusal(b"a," * 50 + b"b")
    assert len(pasted("a,b" + "," * 60)[0].cells) == 50  # empty columns do not count
    assert "larger than 5 MB" in refusal(b"a" * (MOST_BYTES + 1))


def message_of(action) -> str:
    with pytest.raises(ValidationError) as refused:
        action()
    return refused.value.messages[0]


@pytest.mark.parametrize("content", [b"", b"\n\n \r\n", b";;;\n;;", b"\xef\xbb\xbf"])
def test_an_empty_list_is_told_so(content):
    assert "nothing in this list" in refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>",
        b"{\\rtf1\\ansi Sam}",
        b"<!DOCTYPE html><table><tr><td>sam@e.org</td></tr></table>",
        b"GIF89a\x01\0",
        bytes(range(256)),
        b"\xff\xfe\xd8",
    ],
)
def test_what_is_no_table_is_told_so(content):
    assert "not a table" in refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        b"," * 2_000_000,
        b"\n" * 2_000_000,
        b'"' + b"a\n" * 900_000,
        b"a@a," * 500_000,
        b"a;" + b" " * 90_000 + b"@" * 90_000 + b";" + b"<" * 90_000,
        b"<" * 900_000 + b"a@a",
        b"a@" * 900_000,
        b"a" * 900_000,
    ],
)
def test_text_made_to_take_long_does_not(content):
    began = time.process_time()
    read_or_refused(content)
    assert time.process_time() - began < PATIENCE


def test_an_endless_cell_names_the_likely_cause():
    assert "quotation mark" in refusal(b'Name,E-mail\n"Sam,sam@e.org\n' + b"Ada,ada@e.org\n" * 12_000)


# --- Workbooks


def test_a_workbook_is_read_with_empty_rows_and_cells():
    content = workbook([["Name", "E-mail"], [], ["", "a@e.org"], ["Zoë & Co", "b@e.org"]])
    reading = read(content)
    assert reading.rows == [
        Row(1, ("Name", "E-mail")),
        Row(3, ("", "a@e.org")),
        Row(4, ("Zoë & Co", "b@e.org")),
    ]
    assert reading.choice.sheet == "Sheet 1"


def test_a_workbook_of_another_program_is_read():
    book = openpyxl.Workbook()
    for row in PEOPLE:
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    assert cells(saved.getvalue()) == PEOPLE


def test_hidden_and_empty_sheets_are_passed_over():
    content = workbook([["hidden", "h@e.org"]], [], [["seen", "s@e.org"]], states={1: "hidden"})
    reading = read(content)
    assert (reading.rows, reading.choice.sheet) == ([Row(1, ("seen", "s@e.org"))], "Sheet 3")
    assert reading.sheets == {"Sheet 1": 1, "Sheet 3": 1}
    assert read(content, Choice(sheet="Sheet 1")).rows[0].cells == ("hidden", "h@e.org")


HEADING, TITLE = ("Name", "E-mail"), ("Our people",)
SAM, ADA, NOBODY, NONE = ("Sam", "sam@e.org"), ("Ada", "ada@e.org"), ("Bo", ""), ("Cy", "none")


@pytest.mark.parametrize("name", ["", EVERY_SHEET])
@pytest.mark.parametrize(
    "sheets",
    [
        [[HEADING, SAM], [HEADING, NOBODY, ADA], [HEADING, NONE, NOBODY]],
        [[HEADING, NOBODY, SAM], [HEADING, NONE, NOBODY, ADA]],
        [[TITLE, HEADING, NONE, SAM], [("Others",), HEADING, NOBODY, ADA]],
        [[HEADING, NONE], [HEADING, SAM], [HEADING, ADA]],
        [[SAM, NOBODY], [ADA]],
    ],
)
def test_nobody_in_several_sheets_is_lost_for_want_of_an_address(sheets, name):
    people = [row.cells for row in read(workbook(*sheets), Choice(sheet=name)).rows if row.cells[0] != "Sheet"]
    there = [(f"Sheet {number}", *row) for number, rows in enumerate(sheets, 1) for row in rows]
    expected = [cells for cells in there if cells[1:] not in (HEADING, TITLE, ("Others",))]
    assert sorted(map(trimmed, people)) == sorted(map(trimmed, expected))


def test_all_sheets_are_all_of_them_where_somebody_says_so():
    sheets = [[("A note",)], [HEADING, SAM], [("Person", "Mail"), NOBODY, ADA], [("Person", "Mail"), NONE]]
    rows = read(workbook(*sheets), Choice(sheet=EVERY_SHEET)).rows
    assert [row.cells[:2] for row in rows] == [
        ("Sheet", "Name"),
        ("Sheet 2", "Sam"),
        ("Sheet 3", "Bo"),
        ("Sheet 3", "Ada"),
        ("Sheet 1", "A note"),
        ("Sheet 4", "Cy"),
    ]
    assert [row.cells for row in read(workbook(*sheets)).rows] == [HEADING, SAM]


def test_a_formula_in_a_workbook_is_read_by_its_result():
    body = '<row r="1"><c r="A1" t="str"><f>LOWER(C1)</f><v>sam lee</v></c><c r="B1"><f>1+1</f></c></row>'
    assert cells(workbook([], sheet1=sheet(body))) == [["sam lee"]]


def test_inline_and_formatted_texts_and_cells_without_reference_are_read():
    inline = "<c t='inlineStr'><is><r><t>Sam </t></r><r><t>Lee</t></r></is></c>"
    body = f"<row>{inline}<c t='s'><v>0</v></c><c><v>3</v></c></row>"
    texts = "<sst><si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><t>_x000A_office</t></si></sst>"
    assert cells(workbook([], sheet1=sheet(body), sharedStrings=texts)) == [["Sam Lee", "東京 office", "3"]]


def test_cells_far_to_the_right_are_too_many_columns():
    body = '<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>1</v></c></row>'
    assert "more than 50 columns" in refusal(workbook([], sheet1=sheet(body)))


def test_an_old_or_locked_workbook_is_told_what_to_do():
    assert "save it anew as .xlsx, without a password" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)


ENTITIES = '<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
EXTERNAL = '<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>'


@pytest.mark.parametrize("part", ["sharedStrings", "sheet1", "workbook"])
@pytest.mark.parametrize("xml", [ENTITIES, EXTERNAL, ENTITIES.encode("utf-16")])
def test_no_part_of_a_workbook_may_declare_entities(part, xml):
    assert "cannot be opened" in refusal(workbook(PEOPLE, **{part: xml}))


def test_a_bomb_is_refused_by_its_declared_size():
    bomb = workbook(PEOPLE, sharedStrings="<sst>" + "<si><t>a</t></si>" * 2_000_000)
    assert len(bomb) < 200_000
    assert "far more than is read" in refusal(bomb)


def test_a_bomb_that_lies_about_its_size_is_not_unpacked():
    content = bytearray(workbook(PEOPLE, sharedStrings="<sst>" + " " * 60_000_000 + "</sst>"))
    true, lie = (60_000_011).to_bytes(4, "little"), (5_000).to_bytes(4, "little")
    assert content.count(true) == 2  # in the part's own head, and in the directory
    assert "cannot be opened" in refusal(bytes(content.replace(true, lie)))


@pytest.mark.parametrize(
    "body",
    [
        "<row/>" * 800_000,
        "<a>" * 400_000 + "</a>" * 400_000,
        "<!--" + "a" * 15_000_000,
        '<row r="999999999999"><c><v>1</v></c></row>',
        '<row r="-1"><c><v>1</v></c></row>',
        '<row><c r="AAAA1"><v>1</v></c></row>',
        '<row><c t="s"><v>99</v></c></row>',
        '<row><c t="s"><v>x</v></c></row>',
    ],
)
def test_a_sheet_made_to_take_long_or_to_break_is_refused(body):
    assert refusal(workbook(PEOPLE, sheet1=sheet(body)))


def test_one_row_repeated_endlessly_is_refused():
    row = "<table-row number-rows-repeated='20000'><table-cell><p>a@e.org</p></table-cell></table-row>"
    body = f"<document-content><table>{row * 100}</table></document-content>"
    assert "far more than is read" in refusal(archive({"content.xml": body}))


def test_merged_cells_made_to_take_long_do_not():
    body = "".join(f"<row r='{number}'><c t='str'><v>{number}@e.org</v></c></row>" for number in range(1, 1001))
    written = sheet(body).replace("</worksheet>", "{}</worksheet>")
    again = workbook([], sheet1=written.format("<mergeCell ref='A1:A1000'/>" * 4000))
    began = time.process_time()
    assert {row.cells for row in read(again).rows} == {("1@e.org",)}
    assert time.process_time() - began < PATIENCE
    nested = "".join(f"<mergeCell ref='A{number}:A1000'/>" for number in range(1, 1000))
    assert "far more than is read" in refusal(workbook([], sheet1=written.format(nested)))


def test_an_archive_that_is_no_workbook_is_told_so():
    assert "not a table" in refusal(archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}))
    assert "cannot be opened" in refusal(b"PK\x03\x04 not an archive")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as lzma:
        lzma.writestr("_rels/.rels", "<Relationships/>")
    assert "cannot be opened" in refusal(packed.getvalue())


# --- Whatever comes


def read_or_refused(content: bytes) -> list[Row]:
    try:
        rows = read(content).rows
    except ValidationError:
        return []
    return rows


SOME_WORKBOOK = workbook(PEOPLE)


@settings(deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda some: some.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(content):
    for row in read_or_refused(content):
        assert all(cell == text_of(cell) for cell in row.cells)


@settings(deadline=None)
@given(st.text(alphabet="ab@.;,|\t\n\r\"'= <>", max_size=200))
def test_any_near_list_reads_back_from_its_own_text(content):
    rows = renumbered(read_or_refused(content.encode()))
    assert unpacked(packed(rows)) == rows
    if rows:
        again = read_or_refused(as_text([Row(0, ("Name", "E-mail", "")), *rows]).encode())[1:]
        assert [trimmed(row.cells) for row in again] == [trimmed(row.cells) for row in rows]


def trimmed(cells: Iterable[str]) -> list[str]:
    cells = list(cells)
    while cells and not cells[-1]:
        cells.pop()
    return cells


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_damage_to_a_workbook_is_read_or_refused(data):
    content = bytearray(SOME_WORKBOOK)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content))


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet='<>/"=&;!-? rcvtssi0123A[]', max_size=120),
    st.sampled_from(["sheet1", "sharedStrings", "workbook"]),
)
def test_any_markup_in_a_workbook_is_read_or_refused(xml, part):
    read_or_refused(workbook(PEOPLE, **{part: xml}))
    read_or_refused(workbook(PEOPLE, sheet1=sheet(xml)))
