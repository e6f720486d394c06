"""What every PDF is made with: our own styles and fonts, nothing from elsewhere. Tagged (PDF/UA-1), fonts inside.

Loads WeasyPrint, which needs Pango: only a worker that writes a PDF imports this module (see `kinds.py`).
"""

import logging
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher

logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of every rule that is for screens only
STATIC = settings.BASE_DIR / "static"


class OwnFiles(URLFetcher):
    """Fetches our own styles and fonts, and images that stand in the page itself; anything else ends the writing."""

    def fetch(self, url: str, headers: dict | None = None):
        if not url.startswith((f"{STATIC.as_uri()}/", "data:image/svg+xml;base64,")) or "/../" in url:
            raise FatalURLFetchingError(f"A document may not fetch {url[:60]}")
        return super().fetch(url, headers)


def as_pdf(template: str, context: dict[str, Any]) -> bytes:
    html = render_to_string(template, context)
    document = HTML(string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=OwnFiles())
    return document.write_pdf(pdf_variant="pdf/ua-1")
