"""Native bar charts, which may be edited in the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.point import Point
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Pt

from core.words import language_tag
from reports.readings import palette
from reports.writers.powerpoint.shapes import Box, describe
from reports.writers.powerpoint.text import clean, rgb

ROOM = 1.28  # above the longest bar, for its label


@dataclass(frozen=True)
class Bar:
    name: str
    label: str  # what may be said of it
    size: float  # per cent, as drawn
    fill: str


def bar_chart(
    slide: Slide, box: Box, bars: Sequence[Bar], *, title: str, description: str, horizontal: bool = False
) -> Chart:
    """Every bar wears its own words: those of which no number may be said are drawn as on the page."""
    data = CategoryChartData(number_format="0")
    data.categories = [clean(bar.name) for bar in bars]
    data.add_series(title, [round(bar.size, 1) for bar in bars])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if horizontal else XL_CHART_TYPE.COLUMN_CLUSTERED
    shapes: Any = slide.shapes  # what is typed of add_chart takes other data and gives another shape
    shape: GraphicFrame = shapes.add_chart(kind, *box.emu, data)
    describe(shape, description)
    chart = shape.chart
    _number_axes(chart)
    chart.has_title = chart.has_legend = False
    chart.font.size = Pt(14)
    chart.font.color.rgb = rgb(palette.INK)
    _axes(chart, max(bar.size for bar in bars), horizontal=horizontal)
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = (60 if horizontal else 28), False
    for point, bar in zip(_points(plot, len(bars)), bars, strict=True):
        _dress(point, bar, horizontal=horizontal)
    return chart


def _number_axes(chart: Chart) -> None:
    """The library's own numbers are below zero, which the format does not allow."""
    for reference in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        reference.set("val", reference.get("val").lstrip("-"))


def _axes(chart: Chart, longest: float, *, horizontal: bool) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.visible = values.has_major_gridlines = False
    values.minimum_scale, values.maximum_scale = 0, longest * (1.6 if horizontal else ROOM)
    names.format.line.color.rgb = rgb(palette.INK)
    names.format.line.width = Pt(1.5)
    names.major_tick_mark = names.minor_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(18 if horizontal else 14)
    names.reverse_order = horizontal  # the first at the top


def _points(plot: Any, number: int) -> list[Point]:
    series = plot.series[0]
    return [series.points[place] for place in range(number)]


def _dress(point: Point, bar: Bar, *, horizontal: bool) -> None:
    point.format.fill.solid()
    point.format.fill.fore_color.rgb = rgb(bar.fill)
    point.format.line.color.rgb = rgb(palette.LINE_STRONG)
    point.format.line.width = Pt(1)
    has_number = bar.label[:1].isdigit() and bar.label.endswith("%")
    label = point.data_label
    label.text_frame.word_wrap = not horizontal
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    run = label.text_frame.paragraphs[0].add_run()
    run.text = clean(bar.label)
    run.font.size = Pt(24 if has_number else 14)
    run.font.bold = has_number
    run.font.color.rgb = rgb(palette.INK if has_number else palette.INK_2)
    run._r.get_or_add_rPr().set("lang", language_tag())
