"""Files that are the heatmap alone. All take words, numbers and fills from the view of the reading."""

from reports.documents.png import heatmap_png
from reports.documents.svg import heatmap_svg
from reports.figures import heatmap_figure
from reports.readings.self_assessment.result import Reading
from reports.readings.survey.slice import SliceReading
from reports.survey_pages import slice_name


def figure(reading: Reading | SliceReading) -> bytes:
    return heatmap_figure(reading.view).to_json().encode()


def svg(reading: Reading) -> bytes:
    return heatmap_svg(reading.view).encode()


def png(reading: Reading) -> bytes:
    return heatmap_png(reading.view)


def slice_svg(reading: SliceReading) -> bytes:
    return heatmap_svg(reading.view, name=slice_name(reading.slice)).encode()


def slice_png(reading: SliceReading) -> bytes:
    return heatmap_png(reading.view, name=slice_name(reading.slice))
