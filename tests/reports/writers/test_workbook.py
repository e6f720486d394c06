"""The workbook: safe, the same each time, in the words of the page, and each derived figure worked out again from
what it shows by code that shares nothing with it."""

import io
import re
import zipfile
from math import floor

import openpyxl
import pytest
from scipy import stats

from reports.comparisons.actions import Chosen
from reports.editions.groups import slice_name
from reports.editions.models import PublishedSlice
from reports.readings.comparison.comparison import read_comparison
from reports.readings.survey.slice import model_heads, read_slice
from reports.writers.tables.workbook import comparison_workbook, slice_workbook
from tests.reports import recomputed
from tests.reports.published import (
    HIGH,
    HIGHEST,
    LOWEST,
    MANY_DONT_KNOW,
    SPLIT,
    compared,
    four_groups,
    published_survey,
    published_ward,
    slice_of,
)

pytestmark = pytest.mark.usefixtures("instrument")
LEVELS = ("Not yet", "Partly", "Mostly", "Firmly")
WORDS = {
    "higher": "higher",
    "lower": "lower",
    "no clear difference": "not_clear",
    "too few to compare": "too_few",
    "nobody else to compare with": "nobody_else",
}
NO_SHARES = {
    "Condition": None,
    "People who chose it (%)": None,
    "Note": "Shares are shown here where ten or more people of the same groups chose, and where they do not tell how a "
    "few of them chose. Where none is shown, what comes first is told without them.",
}


@pytest.fixture
def survey(alice):
    return published_survey(alice)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(book: openpyxl.Workbook, sheet: str) -> list[dict]:
    """The rows of a sheet by its heads."""
    head, *lines = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


@pytest.fixture
def comparison(survey):
    return opened(comparison_workbook(read_comparison(four_groups(survey))))


@pytest.fixture
def whole(survey):
    return opened(slice_workbook(read_slice(slice_of(survey, "Community services"))))


# --- What it holds ---


def test_it_has_a_sheet_for_each_view(whole, comparison):
    assert whole.sheetnames == ["Map", "Cells", "Statements", "What matters most", "Findings", "Method"]
    assert comparison.sheetnames == ["Maps", "Cells", "In short", "Differences", "Groups", "Parts", "Method"]


def test_readers_of_a_part_get_no_differences_and_no_other_groups(survey):
    book = opened(comparison_workbook(read_comparison(four_groups(survey, is_whole=False))))
    assert book.sheetnames == ["Maps", "Cells", "Groups", "Parts", "Method"]
    assert {row["Group"] for row in rows(book, "Parts")} == {SPLIT, MANY_DONT_KNOW}  # of the grouping
    said = " ".join(str(value) for sheet in book for line in sheet.iter_rows(values_only=True) for value in line)
    assert "Reablement" in said
    assert not any(name in said for name in ("Social work", "Stroke unit", "Everybody else", "ICC"))


def test_the_map_says_what_the_page_says(survey):
    for one in PublishedSlice.objects.for_reading():
        view = read_slice(one).view
        sheet = opened(slice_workbook(read_slice(one)))["Map"]
        assert sheet["A1"].value == slice_name(one)
        for y, row in enumerate(view.rows):
            for x, cell in enumerate(row.cells):
                word, score, lines = (sheet.cell(4 + 3 * y + line, 2 + x) for line in range(3))
                is_cut = cell.score_text and not cell.score_text[0].isdigit()
                assert word.value == ("● ●" if cell.camps else cell.word)
                assert score.value == (cell.score_text if is_cut else cell.score)
                if cell.state == "scored":
                    assert word.fill.fgColor.rgb == f"FF{cell.fill[1:]}"
                    assert word.font.color.rgb == f"FF{cell.ink[1:]}"
                    assert lines.value.splitlines()[0] == cell.range.text
                    assert lines.value.splitlines()[1:] == [note for note in [", ".join(cell.notes)] if note]
                    edges = {word.border.top.style, lines.border.bottom.style, score.border.left.style}
                    assert not cell.frame or edges == {"dashed"}


def test_maps_stand_side_by_side_in_the_order_of_the_survey(survey):
    reading = read_comparison(four_groups(survey))
    sheet = opened(comparison_workbook(reading))["Maps"]
    heads = [(cell.column, cell.row, cell.value) for line in sheet["A3:R60"] for cell in line if cell.font.sz == 13]
    named = [(column, value) for column, _row, value in heads if isinstance(value, str) and "4.5" not in value]
    names = [group.name for group in reading.groups]
    assert [value for _column, value in named if value in names] == names
    assert [column for column, value in named if value in names] == [1, 7, 13, 1]


def test_every_cell_asked_has_one_row(survey, comparison):
    reading = read_comparison(four_groups(survey))
    told = [(row["No."], row["Condition"], row["Space"]) for row in rows(comparison, "Cells")]
    assert len(told) == len(set(told)) == 20 * len(reading.groups)


def test_statements_say_what_may_be_said(survey):
    reading = read_slice(slice_of(survey, "Community services"))
    told = rows(opened(slice_workbook(reading)), "Statements")
    spoken = {
        statement.text: statement
        for row in reading.view.rows
        for cell in row.cells
        for statement in reading.cell(cell.condition, cell.space).statements
    }
    assert len(told) == len(spoken) > 40
    for row in told:
        statement = spoken[row["Statement"]]
        shares = {
            head.removesuffix(" (%)"): f"{value}%" if isinstance(value, int) else value
            for head, value in row.items()
            if head.endswith("(%)") and value is not None
        }
        assert shares == {part.name: part.share_text for part in statement.classes}
        assert row["Level"] == statement.word
        assert row["Mean (1–5)"] is None or f"{row['Mean (1–5)']:.1f}" == statement.score_text


def test_a_small_team_has_levels_of_statements_and_no_classes(survey):
    book = opened(slice_workbook(read_slice(slice_of(survey, "Social work"))))
    assert {row["Note"] for row in rows(book, "Statements")} <= {"Level only", "Some could not judge this"}
    assert not [head for head in rows(book, "Statements")[0] if "(%)" in head]
    assert rows(book, "What matters most") == [NO_SHARES]


def test_where_no_share_may_be_told_the_workbook_says_so(alice):
    """Everybody chose the same two."""
    reading = read_slice(published_ward(alice, lambda *_where: 4, picks=("task", "energy")))
    assert reading.content.picks.n == 14
    assert rows(opened(slice_workbook(reading)), "What matters most") == [NO_SHARES]


def test_findings_and_what_matters_are_those_of_the_page(survey, whole):
    reading = read_slice(slice_of(survey, "Community services"))
    found = [(row["Finding"], row["In words"]) for row in rows(whole, "Findings")]
    assert found == [
        *((one.cell.place, one.question) for one in (*reading.act_first, *reading.talk_first)),
        *((one.title, one.text) for one in reading.findings),
    ]
    shares = [f"{row['People who chose it (%)']}%" for row in rows(whole, "What matters most")]
    assert shares == [pick.text for pick in reading.picks]


# --- Each derived figure, worked out again ---


def half_up(value: float, decimals: int) -> float:
    scale = 10**decimals
    return floor(scale * value + 0.5 + 1e-9) / scale


def words_of(score: float, n: int, spread: float) -> set[str]:
    """Those that the ends of a 60 % band may give: a spread from a printed range is known to its rounding."""
    found, range_half = set(), stats.t.ppf(0.975, n + 3) * spread / n**0.5
    for off in (-0.1, -0.05, 0, 0.05, 0.1):
        half = max(0, range_half + off) * stats.t.ppf(0.8, n + 3) / stats.t.ppf(0.975, n + 3)
        ends = [half_up(min(5, max(1, end)), 1) for end in (score - half, score + half)]
        low, high = (LEVELS[sum(10 * end >= 10 * border for border in (2.5, 3.5, 4.3))].lower() for end in ends)
        found.add(low if low == high else f"{low} to {high}")
    return found


def check_cell(row: dict) -> None:
    """Level, 0–100, range and spread of a row from its score, people, statements asked and agreement."""
    score, n = row["Score (1–5)"], row["People in the cell"]
    if score is None:
        assert row["Level, or why there is none"] == "Too few"
        assert {row[head] for head in ("Level (1–4)", "Likely range from", "People in the cell")} == {None}
        return
    level = 1 + sum(10 * score >= 10 * border for border in (2.5, 3.5, 4.3))
    assert row["Level (1–4)"] == level
    assert row["Score on 0–100"] == half_up(25 * (score - 1), 0)
    end = row["Score is at an end"]
    low, high, t = row["Likely range from"], row["Likely range to"], stats.t.ppf(0.975, n + 3)
    if row["Spread: own or typical"] == "its own":
        below, above = score - low, high - score
        spread = {"or less": above, "or more": below}.get(end, max(below, above)) * n**0.5 / t
    else:
        deep, typical = row["Statements asked"] >= 6, {1: 1.05, 2: 0.85, 7: 0.70}[row["Statements asked"]]
        spread = (1.05 if deep else 1.20) if row["Views differ"] == "yes" else typical
        ends = max(1, score - t * spread / n**0.5), min(5, score + t * spread / n**0.5)
        told = tuple(half_up(one, 1) for one in ends)
        assert (low, high) == (1 if end == "or less" else told[0], 5 if end == "or more" else told[1])
    assert low == 1 or end != "or less"
    assert high == 5 or end != "or more"
    assert row["Spread of the range"] == half_up(spread, 2)
    assert row["Level, or why there is none"].lower() in words_of(score, n, spread)
    assert (row["Agreement"] in {"views differ", "two camps"}) <= (row["Views differ"] == "yes")


def test_each_figure_of_a_cell_follows_from_those_beside_it(survey, comparison):
    every = [rows(opened(slice_workbook(read_slice(one))), "Cells") for one in PublishedSlice.objects.for_reading()]
    told = [row for one in (*every, rows(comparison, "Cells"), rows(comparison, "Parts")) for row in one]
    for row in told:
        check_cell(row)
    assert {row["Spread: own or typical"] for row in told} == {"its own", "typical", None}
    assert {"two camps", "views differ", "close"} <= {row["Agreement"] for row in told}
    assert {row["Score is at an end"] for row in told} == {"or less", "or more", None}


def test_a_spread_of_the_first_method_is_that_of_its_own_sheet(survey):
    """Where views differed it took 1.00 for every cell; 2.0 takes 1.05 and 1.20."""
    of_edition = []
    for version in ("1.0", "2.0"):
        spreads = set()
        for one in PublishedSlice.objects.for_reading().filter(edition__survey=survey):
            one.edition.method_version = version
            told = rows(opened(slice_workbook(read_slice(one))), "Cells")
            differing = (row for row in told if row["Views differ"] == "yes")
            spreads |= {row["Spread of the range"] for row in differing if row["Spread: own or typical"] == "typical"}
        of_edition.append(spreads)
    assert of_edition == [{1.0}, {1.05, 1.2}]


def as_published(row: dict) -> dict:
    """A row as a cell, for `recomputed`."""
    if row["Score (1–5)"] is None:
        return {"state": "too_few_people", "asked": row["Statements asked"]}
    return {
        "state": "scored",
        "score": row["Score (1–5)"],
        "low": row["Likely range from"],
        "high": row["Likely range to"],
        "n": row["People in the cell"],
        "asked": row["Statements asked"],
        "split": None if row["Spread: own or typical"] == "typical" else row["Two camps"] == "yes",
        "agreement": "wide" if row["Agreement"] == "views differ" else None,
        "views_differ": row["Views differ"] == "yes",
    }


def by_number(told: list[dict], head: str) -> dict[int, dict]:
    """Number of the group or part → place → cell."""
    found: dict[int, dict] = {}
    for row in told:
        found.setdefault(row[head], {})[row["Condition"], row["Space"]] = as_published(row)
    return found


def numbers(listed: str | None) -> list[int]:
    return [int(one.split(" ")[0]) for one in listed.split("; ")] if listed else []


def test_groups_counted_together_follow_from_their_parts(comparison):
    cells, parts = by_number(rows(comparison, "Cells"), "No."), by_number(rows(comparison, "Parts"), "Part")
    grouped = [row for row in rows(comparison, "Groups") if row["Counted together from the parts"]]
    assert [row["Group"] for row in grouped] == ["Nurses, day and night"]
    for row in grouped:
        members = [parts[number] for number in numbers(row["Counted together from the parts"])]
        for place, cell in cells[row["No."]].items():
            shown = [member[place] for member in members if member[place]["state"] == "scored"]
            n = sum(one["n"] for one in shown)
            assert (cell["score"], cell["n"]) == (half_up(sum(one["score"] * one["n"] for one in shown) / n, 1), n)
            assert cell["views_differ"] == any(one["views_differ"] for one in shown)


def all_groups(survey) -> list[tuple[str, dict]]:
    """Name and cells of every atom of the edition, by the names of condition and space."""
    words = {key: name for key, name, *_role in (*model_heads()[0], *model_heads()[1])}
    return [
        (slice_name(one), {(words[cell["condition"]], words[cell["space"]]): cell for cell in one.content["cells"]})
        for one in PublishedSlice.objects.for_reading().filter(edition__survey=survey).exclude(kind="group")
    ]


def test_every_difference_follows_from_the_cells_of_all_groups(survey, comparison):
    """Given beside these: the spread inside groups."""
    told, names = rows(comparison, "Differences"), [name for name, _cells in all_groups(survey)]
    cells, inside = by_number(rows(comparison, "Cells"), "No."), []
    for row in rows(comparison, "Groups"):
        listed = row["Counted together from the parts"]
        members = [one.split(" ", 1)[1] for one in listed.split("; ")] if listed else [row["Group"]]
        inside.append({names.index(name) for name in members})
    spreads = {
        (row["Condition"], row["Space"]): (row["Spread inside groups"], row["Its degrees of freedom"])
        for row in told
        if row["Spread inside groups"]
    }
    expected = recomputed.difference_said(
        [cells[number] for number in sorted(cells)], inside, [of for _name, of in all_groups(survey)], spreads
    )
    heads = (
        "Difference", "Interval from", "Interval to", "Everybody else: score", "Everybody else: people",
        "Everybody else: groups left out that differ most",
    )  # fmt: skip
    for row in told:
        word, *figures = expected[row["No."] - 1][row["Condition"], row["Space"]]
        assert WORDS[row["Difference in words"]] == word
        assert [row[head] for head in heads] == (figures or [None] * 6)
    assert {"higher", "lower", "not_clear"} <= {WORDS[row["Difference in words"]] for row in told}


def test_each_difference_follows_from_the_figures_beside_it(survey, comparison):
    """Two of the groups stand at an end."""
    at_ends = compared(survey, *(Chosen((slice_of(survey, name),)) for name in (LOWEST, HIGHEST)))
    books = comparison, opened(comparison_workbook(read_comparison(at_ends)))
    found = [row for book in books for row in rows(book, "Differences") if row["Difference"] is not None]
    for row in found:
        sides = [min(4.5, max(1.5, row[head])) for head in ("Score (1–5)", "Everybody else: score")]
        difference, df = round(sides[0] - sides[1], 1), row["Its degrees of freedom"]
        error = row["Spread inside groups"] * (1 / row["People in the cell"] + 1 / row["Everybody else: people"]) ** 0.5
        t = stats.t(df) if df else stats.norm()
        assert row["Difference"] == difference
        ends = [recomputed.printed(difference + side * t.ppf(0.975) * error) for side in (-1, 1)]
        assert [row["Interval from"], row["Interval to"]] == ends
        if abs(difference) < 0.3:
            assert (row["p"], row["Difference in words"]) == (None, "no clear difference")
            continue
        p = 2 * t.sf(abs(difference) / error)
        assert row["p"] == pytest.approx(p, rel=0.006) or (
            row["p"] > p and row["Everybody else: groups left out that differ most"]
        )
        is_clear = row["p"] <= row["Largest p with a word"]
        assert row["Difference in words"] == (
            ("higher" if difference > 0 else "lower") if is_clear else "no clear difference"
        )
    assert {row["This much or more"] for row in found} == {"yes", "no"}


def test_it_says_in_short_what_the_page_says(survey, comparison):
    reading = read_comparison(four_groups(survey))
    told = rows(comparison, "In short")
    summary = reading.summary
    sentences = [f"{summary.headline}.", *summary.sentences]
    assert [row["In short"] for row in told[: len(sentences)]] == sentences
    assert [row["In short"] for row in told[-2:]] == [summary.rest, summary.chance]
    listed = [(row["In short"], row["Place"], row["Clear difference"]) for row in told if row["Place"]]
    assert listed == [(group.name, one.cell.place, one.said) for group, one in reading.clear]


def test_parts_name_no_group_that_was_not_chosen(survey, comparison):
    """Nor does any other sheet: those who are only among everybody else are not named."""
    chosen = {row["Group"] for row in rows(comparison, "Groups")} | {SPLIT, MANY_DONT_KNOW}
    assert {row["Group"] for row in rows(comparison, "Parts")} == {SPLIT, MANY_DONT_KNOW}
    others = {slice_name(one) for one in PublishedSlice.objects.for_reading()} - chosen
    said = " ".join(str(value) for sheet in comparison for line in sheet.values for value in line if value)
    assert len(others) > 5
    named = " ".join(chosen)  # "Other groups in Community services" names those too
    assert [name for name in others if name in said and name not in named] == []


def test_control_a_name_that_is_in_the_file_is_found(comparison):
    said = " ".join(str(value) for sheet in comparison for line in sheet.values for value in line if value)
    assert SPLIT in said


def test_without_a_grouping_there_are_no_parts(survey):
    chosen = [Chosen((slice_of(survey, name),)) for name in (HIGH, SPLIT)]
    book = opened(comparison_workbook(read_comparison(compared(survey, *chosen))))
    assert book.sheetnames == ["Maps", "Cells", "In short", "Differences", "Groups", "Method"]


def test_the_sheet_of_differences_repeats_the_figures_of_its_cells(comparison):
    heads = ("No.", "Group", "People in the group", "Condition", "Space", "Score (1–5)", "People in the cell")
    cells, told = rows(comparison, "Cells"), rows(comparison, "Differences")
    assert [[row[head] for head in heads] for row in told] == [[row[head] for head in heads] for row in cells]


def test_the_method_names_every_parameter_and_what_was_published(survey, whole):
    edition = survey.editions.get()
    told = {row["What"]: row["Value or formula"] for row in rows(whole, "Method")}
    for name, value in edition.parameters.items():
        assert told[name] == ("; ".join(map(str, value)) if isinstance(value, list) else value)
    assert told["Check sum"] == edition.content_hash
    assert (told["Smallest group"], told["Method"], told["Edition"]) == (5, "2.0", 1)
    assert told["Closed"] == "4 December 2026, 17:00 GMT"
    assert all(row["In words"] for row in rows(whole, "Method") if row["Part"] == "Parameters")


# --- What a file must not do ---


def test_no_text_becomes_a_formula_or_a_link(survey):
    for name in ("=1+1", "+44 Ward", "-5", "@Ward", "\tWard", '=HYPERLINK("http://example.org")', " =1"):
        group = slice_of(survey, HIGH).group
        group.name = name
        group.save()
        content = slice_workbook(read_slice(slice_of(survey, name)))
        sheet = opened(content)["Map"]
        assert (sheet["A1"].value, sheet["A1"].data_type) == (name, "s")
        assert is_text_alone(content)
        grouped = Chosen((slice_of(survey, SPLIT), slice_of(survey, MANY_DONT_KNOW)), name)
        both = compared(survey, Chosen((slice_of(survey, name),)), grouped)
        assert is_text_alone(comparison_workbook(read_comparison(both)))
        group.name = HIGH
        group.save()


def is_text_alone(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [parts.read(part).decode() for part in parts.namelist() if "worksheets/" in part]
    assert len(sheets) >= 5
    return not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_it_hides_nothing_and_names_nobody(survey, whole, comparison, alice):
    for book in (whole, comparison):
        properties = book.properties
        assert (properties.creator, properties.lastModifiedBy) == (None, None)
        assert properties.title.startswith("How do we lead here?: ")
        assert not book.defined_names
        for sheet in book:
            assert sheet.sheet_state == "visible"
            assert not [
                one for one in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()) if one.hidden
            ]
    content = slice_workbook(read_slice(slice_of(survey, HIGH)))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        said = b"".join(parts.read(name) for name in parts.namelist())
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not re.search(rb"<dc:creator>[^<]|<cp:lastModifiedBy>[^<]|<Company>[^<]|<Manager>[^<]", said)
    assert alice.name.encode() not in said
    assert alice.email.encode() not in said


def test_numbers_are_numbers_with_a_form(whole):
    head = [cell.value for cell in whole["Cells"][1]]
    for line in whole["Cells"].iter_rows(min_row=2):
        for name, cell in zip(head, line, strict=True):
            if cell.value is not None and name in {"Score (1–5)", "Likely range from", "Likely range to"}:
                assert (cell.data_type, cell.number_format) == ("n", "0.0")


def test_heads_are_frozen_and_bold_and_pages_landscape(whole, comparison):
    for book in (whole, comparison):
        for sheet in book:
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToWidth in {None, 1}  # one is what is left out
            assert len(sheet.title) <= 31
        for sheet in book.worksheets[1:]:
            assert sheet.freeze_panes[-1] == "2"
            assert all(cell.font.b for cell in sheet[1])


def test_the_same_reading_always_gives_the_same_bytes(survey):
    one = slice_of(survey, "Community services")
    assert slice_workbook(read_slice(one)) == slice_workbook(read_slice(one))
    comparison = four_groups(survey)
    assert comparison_workbook(read_comparison(comparison)) == comparison_workbook(read_comparison(comparison))


def test_a_long_title_fits_where_it_stands(alice):
    title = ("How we lead & work across the whole of the county " * 3)[:120]
    survey = published_survey(alice, title=title)
    sheet = opened(slice_workbook(read_slice(slice_of(survey, HIGH))))["Map"]
    foot = sheet.oddFooter.left.text.replace("&&", "&")
    assert title.startswith(foot.partition("…")[0])
    assert foot.endswith(f": {HIGH}"), "what tells two books apart stands at the end"
    assert 100 < len(foot) <= 150


def test_ampersands_in_a_title_leave_the_foot_whole(alice):
    survey = published_survey(alice, title="&" * 120)
    foot = opened(slice_workbook(read_slice(slice_of(survey, HIGH))))["Map"].oddFooter
    assert set(foot.left.text.partition("…")[0]) == {"&"}
    assert foot.left.text.count("&") % 2 == 0
    assert foot.right.text == "Page &P of &N"
