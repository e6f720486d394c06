"""The PDF: its pages, its tags, its fonts, and what it may fetch."""

import io
from contextlib import closing
from dataclasses import replace
from unittest import mock

import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from reports.readings import guidance
from reports.readings.self_assessment.result import read_result
from reports.self_assessments.models import SelfAssessmentResult
from reports.writers.pdf.paper import STATIC, OwnFiles
from reports.writers.pdf.self_assessment import self_assessment_pdf
from tests.reports.pdftext import tags_of, text_of
from tests.reports.stories import ALL_SPACES, submitted

FOCUSED = {"preset": "focused", "primary_space": "self", "spaces": ALL_SPACES}


def pdf_of(self_assessment) -> bytes:
    result = SelfAssessmentResult.objects.for_reading().get(self_assessment=self_assessment)
    return self_assessment_pdf(read_result(result))


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


@pytest.fixture
def pdf(instrument, ruth, now) -> bytes:
    return pdf_of(submitted(ruth, now=now, matters_most=["task", "energy"], **FOCUSED))


def test_pdf_is_two_tagged_pages_with_language_and_title(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 2
        assert opened.Root.Lang == "en-GB"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert opened.docinfo["/Title"] == "TRACE self-assessment of Ruth Adeyemi, 25 November 2026"
        assert b"pdfuaid:part" in opened.Root.Metadata.read_bytes()


def test_pdf_has_headings_a_table_with_heads_and_pictures_in_words(pdf):
    tags = tags_of(pdf)
    names = [name for name, _alt in tags]
    assert names.count("H1") == 1
    assert names.count("H2") == 5
    assert names.count("Table") == 1
    assert (names.count("TH"), names.count("TD")) == (10, 20)
    pictures = [alt for name, alt in tags if name == "Figure"]
    assert pictures[0] == "TRACE"
    assert pictures[1].startswith(
        "Your own average for each condition in each space. Task, yourself: 4.0 out of 5, mostly"
    )
    assert pictures[1].count("4.0 out of 5") == 20


def test_pdf_says_the_method_in_plain_words(pdf):
    text = text_of(pdf)
    for sentence in (
        "It is your view, not a measurement of you.",
        "Not yet in place: below 2.5; Partly in place: 2.5 to 3.4; Mostly in place: 3.5 to 4.2",
        "A score needs answers to at least half of its statements (4 of 7, 1 of 2)",
        "A change is called clear from 1.1 points on seven statements, from 1.9 on two.",
        "three at most, lower ones first",
        "Version 2.0, used on 25 November 2026. Checklist: TRACE focused, version 1.",
        "What matters most right now: Task and Energy",
    ):
        assert sentence in text


def test_pdf_carries_its_fonts(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = [font for page in opened.pages for font in page.obj.Resources.Font.values()]
        names = {str(font.BaseFont).split("+")[-1].strip(",") for font in fonts}
        described = [set(font.DescendantFonts[0].FontDescriptor.keys()) for font in fonts]
    assert {"Print-Sans", "Print-Serif-Semi-Bold"} <= names
    assert all(name.startswith("Print-") for name in names)  # none is the machine’s
    assert all({"/FontFile2", "/FontFile3"} & keys for keys in described)


def test_pdf_keeps_letters_beyond_latin_apart(instrument, ruth, now):
    """Under one family name the glyphs of one font file would be drawn with the outlines of another."""
    ruth.name = "Żaneta Šimková"
    ruth.save()
    written = submitted(ruth, now=now)
    question = written.version.pages[0]["open_questions"][0]["key"]
    written.comments = {question: "Příliš žluťoučký kůň. Добрый день."}
    written.save()
    pdf = pdf_of(written)
    text = text_of(pdf).replace(" ", "")
    assert "Přílišžluťoučkýkůň" in text
    assert "Добрыйдень" in text
    assert "Howyouseeit,Żaneta" in text
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = {str(font.BaseFont).split("+")[1] for page in opened.pages for font in page.obj.Resources.Font.values()}
    assert {"Print-Serif-Latin-Ext", "Print-Sans-Cyrillic"} <= {name.removesuffix(",") for name in names}


@pytest.mark.parametrize("name", ["Ruth Adeyemi", "W" * 150], ids=["usual name", "longest name"])
def test_pdf_stays_on_three_pages_with_the_longest_words_of_the_guidance(instrument, ruth, now, name):
    """Two cells and a space named, the cells with low and high statements; two pages where nothing is."""
    ruth.name = name
    ruth.save()
    flat = submitted(ruth, now=now, matters_most=["task", "capability"], **FOCUSED)
    low = {f"{condition}{at}.self": 1 for condition in "TE" for at in range(1, 6)}
    low |= {key: 2 for key in flat.answers if key.endswith(".system")}
    uneven = submitted(ruth, now=now, answers=flat.answers | low, matters_most=["route"], **FOCUSED)
    assert pages(pdf_of(flat)) == 2
    with mock.patch("reports.readings.guidance.indicators", return_value=_longest()):
        pdf = pdf_of(uneven)
    assert text_of(pdf).count("And two more that were rated 1 or 2.") == 2
    assert pages(pdf) == 3


def _longest() -> dict[str, guidance.IndicatorGuidance]:
    """Every text as long as the longest, and none like another."""
    known = guidance.indicators().values()
    text = max((text for one in known for text in (one.if_low_self, one.if_high_self)), key=len)
    question = max((question for one in known for question in one.questions_self), key=len)
    return {
        one.key: replace(
            one,
            if_low_self=f"{one.key} {text}",
            if_high_self=f"{one.key}. {text}",
            questions_self=(f"{one.key} {question}",),
        )
        for one in known
    }


def test_pdf_runs_on_only_for_long_comments(instrument, ruth, now):
    written = submitted(ruth, now=now, **FOCUSED)
    questions = [question["key"] for page in written.version.pages for question in page["open_questions"]]
    written.comments = {questions[0]: "Short."}
    written.save()
    assert pages(pdf_of(written)) == 2
    written.comments = dict.fromkeys(questions, "A long thought about our work. " * 60 + "The end.")
    written.save()
    long = pdf_of(written)
    assert pages(long) > 3
    assert text_of(long).count("The end.") == len(questions)


def test_pdf_of_an_empty_result_says_so(instrument, ruth, now):
    unsure = submitted(ruth, now=now, answers={"T5.self": 0})
    text = text_of(pdf_of(unsure))
    assert "There is no score to speak about" in text
    assert "Questions to reflect on" not in text


def test_pdf_escapes_what_people_wrote(instrument, ruth, now):
    ruth.name = "Ruth <img src=http://example.org/x>"
    ruth.save()
    written = submitted(ruth, now=now)
    question = written.version.pages[0]["open_questions"][0]["key"]
    written.comments = {question: "<script src='file:///etc/passwd'></script><b>bold</b>"}
    written.save()
    assert "<script src='file:///etc/passwd'></script><b>bold</b>" in text_of(pdf_of(written))


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/x.css",
        "file:///etc/passwd",
        f"{STATIC.as_uri()}/../manage.py",
        "data:text/html,x",
        "ftp://x/y",
    ],
)
def test_pdf_fetches_nothing_from_elsewhere(address):
    with pytest.raises(FatalURLFetchingError):
        OwnFiles().fetch(address)


def test_pdf_fetches_its_own_styles():
    with closing(OwnFiles().fetch(f"{STATIC.as_uri()}/css/tokens.css")) as response:
        assert b"--level-1" in response.read()


def test_what_was_written_is_drawn_in_the_direction_of_its_script(instrument, ruth, now):
    """The stop of a sentence from right to left stands at its left."""
    written = submitted(ruth, now=now)
    question = written.version.pages[0]["open_questions"][0]["key"]
    written.comments = {question: "שלום."}
    written.save()
    assert ".םולש" in text_of(pdf_of(written)).replace(" ", "")


def test_a_name_without_an_end_leaves_the_heading_readable(instrument, ruth, now):
    """A line that is cut by the sheet gives its ellipsis the rest of the name for a text."""
    ruth.name = "N" * 120
    ruth.save()
    text = text_of(pdf_of(submitted(ruth, now=now)))
    assert "How you see it, NNNN" in text
    assert "N" * 30 not in text
