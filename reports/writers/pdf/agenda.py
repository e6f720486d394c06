"""The agenda of a conversation about a comparison or one group, to print and write on."""

from django.utils.translation import gettext as _

from core.names import short
from core.words import language_tag
from reports.decks.agenda import Agenda, agenda_for
from reports.decks.shared import closing_slide
from reports.editions.groups import name_within
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.survey.slice import SliceReading
from reports.readings.topics import topics_of_comparison, topics_of_slice
from reports.writers.pdf.paper import as_pdf

LONGEST_TITLE = 60  # characters of it above each page
LONGEST_NAME = 45  # of whose agenda it is


def comparison_agenda(reading: ComparisonReading, minutes: int) -> bytes:
    agenda = agenda_for(topics_of_comparison(reading), minutes, reading.people)
    return _agenda_pdf(reading, agenda, reading.title)


def slice_agenda(reading: SliceReading, minutes: int) -> bytes:
    agenda = agenda_for(topics_of_slice(reading), minutes, reading.slice.n, of_one=True)
    return _agenda_pdf(reading, agenda, reading.name)


def _agenda_pdf(reading: ComparisonReading | SliceReading, agenda: Agenda, whose: str) -> bytes:
    survey = reading.survey
    title = _("Agenda for %(minutes)s minutes: %(survey)s, %(whose)s")
    context = {
        "survey": survey,
        "running": (short(survey.title, LONGEST_TITLE), name_within(whose, reading.edition, LONGEST_NAME)),
        "edition": reading.edition,
        "language": language_tag(),
        "title": title % {"survey": survey.title, "whose": whose, "minutes": agenda.minutes},
        "whose": whose,
        "agenda": agenda,
        "agreement": closing_slide("").fields,
    }
    return as_pdf("documents/pdf/agenda.html", context, style="agenda")
