"""Two groups whose long names differ at their end, in every file that shows them side by side or apart."""

import io
import re

import pytest
from pptx import Presentation

from diagnostics.surveys.models import SurveyGroup
from reports.comparisons.actions import Chosen
from reports.editions.groups import name_within
from reports.files.subjects import SLICE
from reports.readings.comparison.comparison import read_comparison
from reports.readings.survey.slice import read_slice
from reports.writers.pictures.heatmap_files import slice_svg
from reports.writers.powerpoint.deck import comparison_slides, slice_slides
from tests.reports.published import HIGH, LOW, compared, published_survey, slice_of

pytestmark = pytest.mark.usefixtures("instrument")

WARD = "Community mental health services for older adults and their families in the districts of the "
NAMES = (f"{WARD}north", f"{WARD}south")


@pytest.fixture
def slices(alice):
    survey = published_survey(alice)
    for plain, long in zip((LOW, HIGH), NAMES, strict=True):
        SurveyGroup.objects.filter(survey=survey, name=plain).update(name=long)
    return [slice_of(survey, name) for name in NAMES]


def texts(content: bytes) -> list[list[str]]:
    """Slide by slide."""
    slides = Presentation(io.BytesIO(content)).slides
    return [
        [" ".join(text.split()) for shape in slide.shapes for text in _texts_of(shape) if text.strip()]
        for slide in slides
    ]


def _texts_of(shape):
    if shape.has_text_frame:
        yield shape.text_frame.text
    if shape.has_table:
        yield from (cell.text_frame.text for row in shape.table.rows for cell in row.cells)


def test_slides_of_both_show_which_is_which(slices):
    comparison = compared(slices[0].edition.survey, *(Chosen((one,)) for one in slices))
    shown = texts(comparison_slides(read_comparison(comparison)))
    cut = [[text for text in slide if "…" in text and re.search(r"(nor|sou)th$", text)] for slide in shown]
    both = [slide for slide in cut if len(slide) >= 2]
    assert both, "else nothing was too long for its place"
    assert all(len(set(slide)) == len(slide) for slide in both)
    heads = [text for slide in shown for text in slide if "comes up in Comm" in text]
    assert heads
    assert all("nor" in text and "sou" in text for text in heads)


def test_files_pictures_heads_and_feet_of_each_differ(slices):
    one, other = slices
    assert SLICE.file_name(one, None, "pdf") != SLICE.file_name(other, None, "pdf")
    readings = [read_slice(one) for one in slices]
    drawn = [re.findall(r'font-size="19"[^>]*>([^<]*)<', slice_svg(reading).decode()) for reading in readings]
    assert drawn[0] != drawn[1]
    assert [" ".join(lines) for lines in drawn] == list(NAMES)
    feet = [texts(slice_slides(reading))[1][-2:] for reading in readings]
    assert feet[0] != feet[1]
    running = [name_within(name, one.edition, 45) for name in NAMES]
    assert len(set(running)) == 2
    assert max(map(len, running)) <= 45
