"""The agenda of a conversation about a comparison, to print and write on."""

from django.utils.translation import gettext as _

from core.names import short
from core.words import language_tag
from reports.decks.agenda import agenda_for
from reports.decks.shared import closing_slide
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.topics import topics_of_comparison
from reports.writers.pdf.paper import as_pdf

LONGEST_TITLE = 60  # characters of it above each page


def agenda_pdf(reading: ComparisonReading, minutes: int) -> bytes:
    context = {
        "reading": reading,
        "survey": reading.survey,
        "running": short(reading.survey.title, LONGEST_TITLE),
        "edition": reading.edition,
        "language": language_tag(),
        "title": _("Agenda for %(minutes)s minutes: %(survey)s") % {"survey": reading.survey.title, "minutes": minutes},
        "agenda": agenda_for(topics_of_comparison(reading), minutes),
        "agreement": closing_slide("").fields,
    }
    return as_pdf("documents/pdf/agenda.html", context, style="agenda")
