"""Files that are the heatmap alone. All take words, numbers and fills from the view of the reading."""

from reports.readings.self_assessment.result import Reading
from reports.readings.survey.slice import SliceReading
from reports.writers.pictures.figure import heatmap_figure
from reports.writers.pictures.png import heatmap_png
from reports.writers.pictures.svg import heatmap_svg


def figure(reading: Reading | SliceReading) -> bytes:
    return heatmap_figure(reading.view).to_json().encode()


def svg(reading: Reading) -> bytes:
    return heatmap_svg(reading.view).encode()


def png(reading: Reading) -> bytes:
    return heatmap_png(reading.view)


def slice_svg(reading: SliceReading) -> bytes:
    return heatmap_svg(reading.view, name=reading.name).encode()


def slice_png(reading: SliceReading) -> bytes:
    return heatmap_png(reading.view, name=reading.name)
