"""The deck of a group or of a comparison as PPTX: 16:9, native tables and charts, one message a slide."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports.decks import of_comparison, of_slice
from reports.decks.slides import Slide
from reports.editions.groups import slice_name
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.survey.slice import SliceReading
from reports.writers.powerpoint import add_page, blank, written


def slice_slides(reading: SliceReading) -> bytes:
    return _written(of_slice.slice_deck(reading), of_slice.foot(reading), slice_name(reading.slice), reading)


def comparison_slides(reading: ComparisonReading) -> bytes:
    return _written(of_comparison.comparison_deck(reading), of_comparison.foot(reading), reading.title, reading)


def _written(deck: Sequence[Slide], foot: str, whose: str, reading: SliceReading | ComparisonReading) -> bytes:
    presentation = blank()
    for slide in deck:
        add_page(presentation, slide, foot)
    title = _("%(survey)s: %(whose)s") % {"survey": reading.survey.title, "whose": whose}
    return written(presentation, title=title, at=reading.edition.published_at)
