"""A team that was asked shortly before has words alone, on every page and in every file, and it is said once why."""

import pytest
from django.urls import reverse

from reports.comparisons.actions import Chosen
from reports.readings.comparison.comparison import read_comparison
from reports.readings.survey.slice import read_slice
from reports.writers.pdf.survey import slice_pdf
from reports.writers.tables.tidy import slice_csv
from tests.pages import tight
from tests.reports.pdftext import text_of
from tests.reports.published import HIGH, SPLIT, compared, published_survey, slice_of

pytestmark = pytest.mark.usefixtures("instrument")
WHY = "Nearly the same people were asked not long ago"


@pytest.fixture
def survey(alice):
    return published_survey(alice, again={HIGH})


def test_the_page_of_the_team_says_words_and_once_why(survey, alice, client_for):
    page = tight(client_for(alice).get(reverse("reports:slice", args=[slice_of(survey, HIGH).public_id])))
    assert "in place, a word without a score" in page
    assert "out of 5" not in page
    assert page.count(WHY) == 1
    assert "it takes scores to tell" in page


def test_the_whole_keeps_its_scores_and_says_whom_it_leaves_out(survey):
    cell = read_slice(slice_of(survey, "Community services")).view.cell("task", "team")
    assert cell.score_text
    assert "without 14 people" in cell.accessible_text


def test_a_comparison_does_not_set_words_against_scores(survey):
    reading = read_comparison(compared(survey, *(Chosen((slice_of(survey, name),)) for name in (HIGH, SPLIT))))
    groups = {group.name: group for group in reading.groups}
    why = "not compared: nearly the same people were asked shortly before"
    assert {one.text for one in groups[HIGH].differences.values()} == {why}
    assert "Not compared: 20 cells where nearly the same people were asked shortly before" in reading.summary.rest
    assert any(one.figure for one in groups[SPLIT].differences.values())
    assert len(reading.remarks) == 1


def test_files_have_no_score_either(survey):
    reading = read_slice(slice_of(survey, HIGH))
    rows = slice_csv(reading).decode("utf-8-sig").splitlines()[1:]
    assert all("nearly the same people were asked shortly before" in row for row in rows)
    assert WHY in " ".join(text_of(slice_pdf(reading)).split())
