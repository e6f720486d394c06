"""What every PDF is made with: our own styles and fonts, nothing from elsewhere. Tagged (PDF/UA-1), fonts inside.

Loads WeasyPrint, which needs Pango: only a worker that writes a PDF imports this module (see `kinds.py`).
"""

import logging
import re
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from pydyf import PDF, Dictionary
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from core.words import direction

logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns of every rule that is for screens only
STATIC = settings.BASE_DIR / "static"
BASE = f"{STATIC.as_uri()}/"
FONTS = f"{(settings.BASE_DIR / 'reports/writers/fonts').as_uri()}/"
OURS = (BASE, FONTS, "data:image/svg+xml;base64,")
# ≤ and ≥, which the fonts of the pages lack. Not in a sheet: what a sheet names must lie among the static files.
SIGNS = f'@font-face {{ font-family: "Print Sans Signs"; src: url({FONTS}SourceSans3-SemiBold.ttf) }}'
SANS = "Print Sans, Print Sans Latin Ext, Print Sans Cyrillic"  # as pdf.css names them


class OwnFiles(URLFetcher):
    """Fetches our own styles and fonts, and images that stand in the page itself; anything else ends the writing."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(OURS) or "/../" in url:
            raise FatalURLFetchingError(f"A document may not fetch {url[:60]}")
        return super().fetch(url, headers)


def as_pdf(template: str, context: dict[str, object], *, style: str) -> bytes:
    """`style`: the sheet of this sort of document, over those of all."""
    html = HTML(string=render_to_string(template, context), base_url=BASE, url_fetcher=OwnFiles())
    _settle_directions(html)
    fonts, sheets = _style(style)
    return html.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", finisher=_say_scopes)


def _settle_directions(html: HTML) -> None:
    """Of what people wrote, each in its own script: WeasyPrint does not know `auto`."""
    for element in html.etree_element.iter():
        if element.get("dir") == "auto":
            element.set("dir", direction("".join(element.itertext())))


def _say_scopes(_document: Document, pdf: PDF) -> None:
    """Of which cells each head of a table is: WeasyPrint names the heads of each cell, and so none of a corner."""
    by_reference = {one.reference: one for one in pdf.objects if isinstance(one, Dictionary)}
    for head in [one for one in by_reference.values() if one.get("S") == "/TH" and "A" in one]:
        part = by_reference[by_reference[head["P"]]["P"]]
        head["A"]["Scope"] = "/Column" if part["S"] == "/THead" else "/Row"


@lru_cache
def _style(name: str) -> tuple[FontConfiguration, list[CSS]]:
    """Read once per process: unpacking the fonts takes longer than writing a page."""
    fonts = FontConfiguration()
    tokens = re.sub(r"@font-face \{.*?\}", "", (STATIC / "css/tokens.css").read_text(), flags=re.DOTALL)
    own = (STATIC / f"css/documents/{sheet}.css" for sheet in ("pdf", name))
    files = [CSS(filename=sheet, font_config=fonts, url_fetcher=OwnFiles()) for sheet in own]
    return fonts, [CSS(string=tokens + SIGNS, font_config=fonts, url_fetcher=OwnFiles()), *files]
