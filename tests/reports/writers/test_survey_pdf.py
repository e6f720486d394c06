"""A survey's report as a PDF: its structure, its words, what it keeps back, how it fills its pages."""

import io
import re
from itertools import pairwise

import pikepdf
import pytest

from diagnostics.surveys.models import Survey
from reports.comparisons.actions import Chosen
from reports.editions.models import Edition
from reports.readings.comparison.comparison import read_comparison
from reports.readings.survey.slice import SliceReading, read_slice
from reports.readings.topics import topics_of_slice
from reports.writers.pdf.survey import comparison_pdf, slice_pdf
from tests.reports.pdftext import depths_of, pages_of, scopes_of, strays_of, tags_of, text_of
from tests.reports.published import (
    HIGH,
    LOW,
    MANY_DONT_KNOW,
    SPLIT,
    TEAMS,
    compared,
    four_groups,
    others_of,
    published_survey,
    published_ward,
)
from tests.reports.published import slice_of as found

pytestmark = pytest.mark.usefixtures("instrument")
WHOLE = "Community services"
LONGEST = "A group " * 14 + "with MM"  # 119 characters; a group may have 120
MARKUP, SCRIPT = "<b>Ward</b> <img src=http://example.org/x>", "<script src='file:///etc/passwd'></script>"
FEW = {SPLIT: 12, LOW: 11, HIGH: 14, "Pharmacy": 6, "Podiatry": 5}
HALF = 0.5  # of a page, but the last: less would be one left half empty
FEWEST = 30  # words on a page beside its head and foot: fewer would be a page left nearly empty


@pytest.fixture
def survey(alice) -> Survey:
    return published_survey(alice)


def reading_of(survey: Survey, name: str) -> SliceReading:
    return read_slice(found(survey, name))


# --- What is sure of every report ---------------------------------------------------------------------


def check_structure(pdf: bytes, title: str) -> list[str]:
    """Its tags, once it is sure that a screen reader finds its way."""
    tags = tags_of(pdf)
    names = [name for name, _alt in tags]
    heads = [int(name[1]) for name in names if re.fullmatch(r"H[1-6]", name)]
    assert heads[0] == 1
    assert heads.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(heads)), heads
    assert all(alt for name, alt in tags if name == "Figure")
    assert set(scopes_of(pdf)) == {"/Column", "/Row"}
    assert not strays_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.Lang == "en-GB"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid:part" in opened.Root.Metadata.read_bytes()
        assert opened.docinfo["/Title"] == title
        assert "/Author" not in opened.docinfo
    return names


def check_pages(pdf: bytes, most: int) -> None:
    pages = pages_of(pdf)
    words = [len(page.split()) for page in pages]
    assert len(pages) <= most
    assert min(words) > FEWEST, words
    assert min(depths_of(pdf)[1:-1], default=1) > HALF, depths_of(pdf)


def check_fonts(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = [font for page in opened.pages for font in page.obj.Resources.Font.values()]
        described = [set(font.DescendantFonts[0].FontDescriptor.keys()) for font in fonts]
        families = {str(font.BaseFont).split("+")[-1] for font in fonts}
    assert all(family.startswith("Print") for family in families)
    assert all({"/FontFile2", "/FontFile3"} & keys for keys in described)


def check_method(text: str, edition: Edition) -> None:
    for words in (
        "No group of fewer than five people has a result of its own anywhere in this report.",
        "It is their view, not a measurement of anybody.",
        "Not yet in place: below 2.5; Partly in place: 2.5 to 3.4; Mostly in place: 3.5 to 4.2",
        "Close: people see it much alike.",
        "As usual in groups: about as differently as in most groups.",
        "The likely range does not cover people who did not answer.",
        f"version {edition.method_version}, edition 1",
        edition.content_hash,
    ):
        assert words in text


def figures_of(pdf: bytes) -> list[str]:
    return [alt for name, alt in tags_of(pdf) if name == "Figure"]


# --- One group ----------------------------------------------------------------------------------------


def test_a_report_says_all_that_the_reading_says(survey):
    reading = reading_of(survey, WHOLE)
    pdf = slice_pdf(reading)
    text, drawn = text_of(pdf), figures_of(pdf)

    check_pages(pdf, most=18)
    check_fonts(pdf)
    check_method(text, reading.edition)
    names = check_structure(pdf, f"{survey.title}: Report for {WHOLE}")
    assert names.count("TH") >= 9 + 2 * (names.count("Table") - 1)  # the map’s, and two heads at least of any other
    assert f"{survey.title} Report for {WHOLE} Survey 16 November to" in text
    assert f"Answers {reading.people}" in pages_of(pdf)[0]
    assert reading.findings
    assert reading.picks
    said = [words for one in (*reading.act_first, *reading.talk_first) for words in (one.cell.place, one.question)]
    said += [words for one in reading.findings for words in (one.title, one.text)]
    said += [f"{pick.name} {pick.text}" for pick in reading.picks]
    said += [*reading.summary, reading.act_first.and_more, reading.talk_first.and_more]
    said += [question for topic in topics_of_slice(reading) for question in topic.questions]
    for place in reading.content.cells:
        behind = reading.cell(*place)
        if not behind.cell.camps:
            said += [f"{behind.cell.place} {behind.cell.level_label} · likely range {behind.cell.range.text}"]
        said += [behind.in_words, behind.rests_on, *behind.questions]
        for statement in behind.statements:
            assert text.count(statement.text) == 1  # and nothing is drawn twice where a page ends
            assert not statement.label or statement.label in drawn
        said.append(behind.why_not_shown)
    for words in said:
        assert " ".join(words.split()) in text


def test_what_is_hidden_is_named_and_no_more(survey):
    reading = reading_of(survey, MANY_DONT_KNOW)
    hidden = [cell for row in reading.view.rows for cell in row.cells if cell.state == "too_few_people"]
    pdf = slice_pdf(reading)
    text = text_of(pdf)
    assert hidden
    assert text.count("gave a cell a score, we hide it to protect them") == 1
    for cell in hidden:
        assert text.count(cell.place) == 1
    asked = {one.text for one in reading.questionnaire.statements.values() if one.space == "system"}
    assert not [statement for statement in asked if statement in text]
    check_pages(pdf, most=12)
    check_structure(pdf, f"{survey.title}: Report for {MANY_DONT_KNOW}")


def test_of_few_people_statements_have_levels_and_no_numbers(survey):
    pdf = slice_pdf(read_slice(others_of(survey)))
    assert "so they are counted together: Pharmacy, Podiatry." in text_of(pdf)
    assert "Answers, in per cent" not in text_of(pdf)
    assert not [alt for alt in figures_of(pdf) if "agree" in alt]
    check_pages(pdf, most=12)


def test_a_short_checklist_makes_a_short_report(alice):
    survey = published_survey(alice, teams=FEW, preset="pulse", spaces_asked=["team"])
    pdf = slice_pdf(reading_of(survey, SPLIT))
    check_structure(pdf, f"{survey.title}: Report for {SPLIT}")
    check_pages(pdf, most=8)


def test_what_could_help_does_not_begin_with_a_head_alone_at_the_foot_of_a_page(alice):
    """In two camps in the team, firmly in place everywhere else: the table of questions reaches over the page."""
    one = published_ward(alice, lambda person, _condition, space, _at: 1 if space == "team" and person % 2 else 5)
    pdf = slice_pdf(read_slice(one))
    (begins,) = [page for page in pages_of(pdf) if "What could help" in page]
    assert "If not, it may be Could the people doing the work say what is wanted" in begins
    check_pages(pdf, most=15)


# --- Groups side by side ------------------------------------------------------------------------------


def test_a_comparison_says_all_that_the_reading_says(survey):
    reading = read_comparison(four_groups(survey))
    pdf = comparison_pdf(reading)
    text, drawn = text_of(pdf), figures_of(pdf)

    check_pages(pdf, most=10)
    check_fonts(pdf)
    check_method(text, reading.edition)
    check_structure(pdf, f"{survey.title}: Comparison of 4 groups")
    for sentence in (
        reading.summary.headline,
        *reading.summary.sentences,
        reading.summary.rest,
        reading.summary.chance,
    ):
        assert text.count(sentence) == 1
    assert len(reading.clear) > 20
    for group, one in reading.clear:
        shown = f"{one.cell.word} {one.cell.score_text}"
        others = f"{one.others_score} {one.without}".strip()
        assert f"{group.name} {one.cell.place} {shown} {others} {one.figure} {one.text} {one.interval}" in text
    for group in reading.groups:
        assert text.count(f"{group.name} {group.people} people") == 1
        assert group.note in text
        for one in group.differences.values():
            assert not one.figure or drawn.count(one.accessible_text) == 1


def test_readers_of_a_part_are_told_nothing_of_everybody_else(survey):
    comparison = four_groups(survey, is_whole=False)
    text = text_of(comparison_pdf(read_comparison(comparison)))
    assert "only for those who may see every group of the survey" in text
    assert "Space by space" not in text
    assert "Clear differences" not in text
    assert "everybody else" not in text.replace("A group is set against everybody else only for", "").lower().replace(
        "difference from everybody else", ""
    )


@pytest.mark.parametrize("number", [2, 11])
def test_comparisons_of_few_and_of_many_fill_their_pages(survey, number):
    names = [name for name, people in TEAMS.items() if people >= survey.k][:number]
    reading = read_comparison(compared(survey, *(Chosen((found(survey, name),)) for name in names)))
    pdf = comparison_pdf(reading)
    check_structure(pdf, f"{survey.title}: Comparison of {number} groups")
    check_pages(pdf, most=19)  # eighty clear differences, in a list of three pages
    for group in reading.groups:
        assert text_of(pdf).count(f"{group.name} {group.people} people") == 1


def test_no_page_ends_inside_the_key_of_the_maps(survey, monkeypatch):
    """However long the list before it is."""
    reading = read_comparison(four_groups(survey))
    every = reading.clear
    for rows in (21, 35):
        monkeypatch.setattr(type(reading), "clear", every[:rows])
        pdf = comparison_pdf(reading)
        (page,) = [page for page in pages_of(pdf) if "Each group as its own people see it" in page]
        assert "below 2.5" in page
        assert "Corner cut off" in page
        check_pages(pdf, most=10)


def test_forty_groups_leave_no_page_half_empty(alice):
    """Their tables of differences are longer than a page, and go on overleaf under the same heads."""
    survey = published_survey(alice, teams={f"Ward {number:02} by day": 5 + number % 9 for number in range(1, 41)})
    reading = read_comparison(compared(survey, *(Chosen((one,)) for one in survey.editions.get().slices.all()[1:])))
    pdf = comparison_pdf(reading)
    check_structure(pdf, f"{survey.title}: Comparison of 40 groups")
    check_pages(pdf, most=24)


# --- Names --------------------------------------------------------------------------------------------


def test_names_are_words_and_the_longest_have_their_place(alice):
    named = {LONGEST: 12, MARKUP: 11} | FEW
    survey = published_survey(alice, teams=named, title="How we lead together " * 5 + "in the north")
    pdf = slice_pdf(reading_of(survey, LONGEST))
    assert LONGEST in pages_of(pdf)[0]
    assert "How we lead together" in pages_of(pdf)[0]
    check_pages(pdf, most=18)

    chosen = Chosen((found(survey, LONGEST),)), Chosen((found(survey, MARKUP), found(survey, SPLIT)), SCRIPT)
    pdf = comparison_pdf(read_comparison(compared(survey, *chosen)))
    check_pages(pdf, most=9)
    text = text_of(pdf).replace(" ", "")  # long words are broken where a line ends
    for name in (LONGEST, MARKUP, SCRIPT):
        assert name.replace(" ", "") in text
