"""A self-assessment as a PDF: two A4 pages, and more only for long comments. Tagged (PDF/UA-1), fonts inside.

Loads WeasyPrint, which needs Pango: only a worker that writes a PDF imports this module (see `kinds.py`).
"""

import logging
from base64 import b64encode

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from reports.comparison import smallest_clear_change
from reports.documents.svg import heatmap_svg
from reports.results import Reading

logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of every rule that is for screens only
STATIC = settings.BASE_DIR / "static"


class OwnFiles(URLFetcher):
    """Fetches our own styles and fonts, and images that stand in the page itself; anything else ends the writing."""

    def fetch(self, url: str, headers: dict | None = None):
        if not url.startswith((f"{STATIC.as_uri()}/", "data:image/svg+xml;base64,")) or "/../" in url:
            raise FatalURLFetchingError(f"A document may not fetch {url[:60]}")
        return super().fetch(url, headers)


def self_assessment_pdf(reading: Reading) -> bytes:
    html = render_to_string("documents/pdf/self_assessment.html", _context(reading))
    document = HTML(string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=OwnFiles())
    return document.write_pdf(pdf_variant="pdf/ua-1")


def _context(reading: Reading) -> dict:
    return {
        "reading": reading,
        "own": reading.self_assessment,
        "picture": f"data:image/svg+xml;base64,{b64encode(heatmap_svg(reading.view).encode()).decode()}",
        "counts": _counts(reading),
        "smallest_change": f"{smallest_clear_change():.1f}",
    }


def _counts(reading: Reading) -> list[dict]:
    """Every cell with what it rests on, row by row; a cell that was not asked rests on nothing."""
    stored = {(cell["condition"], cell["space"]): cell for cell in reading.result.cells}
    return [
        {"name": row.name, "cells": [(cell, stored.get((cell.condition, cell.space))) for cell in row.cells]}
        for row in reading.view.rows
    ]
