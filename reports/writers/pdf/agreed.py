"""What was agreed, on a page to take away."""

from core.names import short
from core.words import language_tag
from reports.agreements.reading import AgreedReading
from reports.editions.groups import name_within
from reports.writers.pdf.agenda import LONGEST_NAME, LONGEST_TITLE
from reports.writers.pdf.paper import as_pdf


def agreed_pdf(reading: AgreedReading) -> bytes:
    context = {
        "reading": reading,
        "running": (
            short(reading.survey.title, LONGEST_TITLE),
            name_within(reading.title, reading.edition, LONGEST_NAME),
        ),
        "language": language_tag(),
    }
    return as_pdf("documents/pdf/agreed.html", context, style="agenda")
