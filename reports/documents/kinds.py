"""The files that can be made from a self-assessment or a slice of a survey, and who writes each.

Writers are named, not imported: the PDF's loads WeasyPrint, which costs a second and needs system libraries. Only the
worker that writes a PDF pays for it, and where they are missing all else still works.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.jobs.running import GiveUp
from reports.models import Document

if TYPE_CHECKING:
    from reports.results import Reading
    from reports.survey_results import SliceReading

_WRITERS = "reports.documents.writers"


@dataclass(frozen=True)
class FileKind:
    label: Promise
    suffix: str
    content_type: str
    version: str  # of the writer: raise it and the file is made again
    writer: str  # where the function Reading (or SliceReading) → bytes stands
    speaks_to_leader: bool = True

    def load_writer(self) -> "Callable[[Reading | SliceReading], bytes]":
        try:
            return import_string(self.writer)
        except OSError as missing:  # a system library, which a Python package cannot bring along
            raise GiveUp(
                _(
                    "The PDF cannot be made on this server, because the text library Pango is not installed. "
                    "Nothing is lost: the page shows everything. Please tell whoever runs this site."
                )
            ) from missing


_HEATMAP = gettext_lazy("The interactive heatmap")
FILE_KINDS = {
    Document.Kind.FIGURE: FileKind(_HEATMAP, "json", "application/json", "1", f"{_WRITERS}.figure"),
    Document.Kind.READERS_FIGURE: FileKind(
        _HEATMAP, "json", "application/json", "1", f"{_WRITERS}.figure", speaks_to_leader=False
    ),
    Document.Kind.SVG: FileKind(gettext_lazy("The picture (SVG)"), "svg", "image/svg+xml", "1", f"{_WRITERS}.svg"),
    Document.Kind.PNG: FileKind(gettext_lazy("The picture (PNG)"), "png", "image/png", "1", f"{_WRITERS}.png"),
    Document.Kind.PDF: FileKind(
        gettext_lazy("The PDF"), "pdf", "application/pdf", "1", "reports.documents.pdf.self_assessment_pdf"
    ),
    Document.Kind.SLICE_FIGURE: FileKind(_HEATMAP, "json", "application/json", "1", f"{_WRITERS}.figure"),
}
DOWNLOADS = (Document.Kind.PDF, Document.Kind.PNG, Document.Kind.SVG)


def job_kind(kind: str) -> str:
    """The kind of background work that makes this kind of file."""
    return kind if kind == Document.Kind.SLICE_FIGURE else f"self_assessment_{kind}"
