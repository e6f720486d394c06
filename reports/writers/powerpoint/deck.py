"""The deck of a group or of a comparison as PPTX: 16:9, native tables and charts, one message a slide."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.names import short
from reports.decks import of_comparison, of_slice
from reports.decks.slides import Slide
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.survey.comments import Commented
from reports.readings.survey.slice import SliceReading
from reports.writers.powerpoint import slides_of_bars, slides_of_maps, slides_of_words  # noqa: F401 (how each is drawn)
from reports.writers.powerpoint.page import add_page
from reports.writers.powerpoint.template import LONGEST_TITLE, new_presentation, saved
from reports.writers.powerpoint.text import clean


def slice_slides(reading: SliceReading) -> bytes:
    return _saved(of_slice.slice_deck(reading), of_slice.foot(reading), reading.name, reading)


def commented_slides(commented: Commented) -> bytes:
    reading = commented.reading
    deck = of_slice.slice_deck(reading, commented.answered)
    return _saved(deck, of_slice.foot(reading), reading.name, reading)


def comparison_slides(reading: ComparisonReading) -> bytes:
    return _saved(of_comparison.comparison_deck(reading), of_comparison.foot(reading), reading.title, reading)


def _saved(deck: Sequence[Slide], foot: str, whose: str, reading: SliceReading | ComparisonReading) -> bytes:
    presentation = new_presentation()
    for slide in deck:
        add_page(presentation, slide, foot)
    title = _("%(survey)s: %(whose)s") % {"survey": reading.survey.title, "whose": whose}
    return saved(presentation, title=short(clean(title), LONGEST_TITLE), at=reading.edition.published_at)
