"""The files that can be made from a self-assessment, a slice of a survey or a comparison, and who writes each.

Writers are named, not imported: the PDF's loads WeasyPrint, which costs a second and needs system libraries. Only the
worker that writes a PDF pays for it, and where they are missing all else still works.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.jobs.runs import GiveUp
from reports.files.models import Document

_FILES = "reports.writers"
_WRITERS = f"{_FILES}.pictures.heatmap_files"
AGENDA_LENGTHS = (60, 90, 120)  # minutes
Subject = Literal["self_assessment", "slice", "comparison"]


@dataclass(frozen=True)
class FileKind:
    label: Promise
    suffix: str
    content_type: str
    version: str  # of the writer: raise it and the file is made again
    writer: str  # where the function from a reading of the subject (and, for a pack, the run) to bytes stands
    of: Subject = "self_assessment"
    speaks_to_leader: bool = True
    lengths: tuple[int, ...] = ()  # minutes of a conversation: a file of its own for each
    is_pack: bool = False  # its writer makes other files too: it is given the run, to say how far it is

    @property
    def versions(self) -> dict[int | None, str]:
        """The version of each file of this kind that there may be, by length."""
        return {minutes: f"{self.version}-{minutes}" for minutes in self.lengths} or {None: self.version}

    def length(self, version: str) -> int | None:
        """The length of the file of this version; None where files have none, and for an earlier writer's."""
        return next((minutes for minutes, known in self.versions.items() if known == version), None)

    def load_writer(self) -> Callable[..., bytes]:
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
_PDF, _SLIDES, _WORKBOOK, _TABLE = (
    gettext_lazy("The PDF"),
    gettext_lazy("The slide deck"),
    gettext_lazy("The workbook"),
    gettext_lazy("The table (CSV)"),
)
_PACK = gettext_lazy("The pack")
_SVG, _PNG = gettext_lazy("The picture (SVG)"), gettext_lazy("The picture (PNG)")
_AS_PDF, _AS_SVG, _AS_PNG = ("pdf", "application/pdf"), ("svg", "image/svg+xml"), ("png", "image/png")
_AS_SLIDES = ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")
_AS_WORKBOOK = ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_AS_TABLE = ("csv", "text/csv; charset=utf-8")
_AS_ZIP = ("zip", "application/zip")
FILE_KINDS = {
    Document.Kind.FIGURE: FileKind(_HEATMAP, "json", "application/json", "2", f"{_WRITERS}.figure"),
    Document.Kind.READERS_FIGURE: FileKind(
        _HEATMAP, "json", "application/json", "2", f"{_WRITERS}.figure", speaks_to_leader=False
    ),
    Document.Kind.SVG: FileKind(_SVG, *_AS_SVG, "1", f"{_WRITERS}.svg"),
    Document.Kind.PNG: FileKind(_PNG, *_AS_PNG, "1", f"{_WRITERS}.png"),
    Document.Kind.PDF: FileKind(_PDF, *_AS_PDF, "1", f"{_FILES}.pdf.self_assessment.self_assessment_pdf"),
    Document.Kind.SLICE_FIGURE: FileKind(_HEATMAP, "json", "application/json", "2", f"{_WRITERS}.figure", "slice"),
    Document.Kind.SLICE_PDF: FileKind(_PDF, *_AS_PDF, "2", f"{_FILES}.pdf.survey.slice_pdf", "slice"),
    Document.Kind.SLICE_SLIDES: FileKind(_SLIDES, *_AS_SLIDES, "2", f"{_FILES}.powerpoint.deck.slice_slides", "slice"),
    Document.Kind.SLICE_WORKBOOK: FileKind(
        _WORKBOOK, *_AS_WORKBOOK, "2", f"{_FILES}.tables.workbook.slice_workbook", "slice"
    ),
    Document.Kind.SLICE_CSV: FileKind(_TABLE, *_AS_TABLE, "1", f"{_FILES}.tables.tidy.slice_csv", "slice"),
    Document.Kind.SLICE_PNG: FileKind(_PNG, *_AS_PNG, "1", f"{_WRITERS}.slice_png", "slice"),
    Document.Kind.SLICE_SVG: FileKind(_SVG, *_AS_SVG, "1", f"{_WRITERS}.slice_svg", "slice"),
    Document.Kind.COMPARISON_PDF: FileKind(_PDF, *_AS_PDF, "2", f"{_FILES}.pdf.survey.comparison_pdf", "comparison"),
    Document.Kind.COMPARISON_SLIDES: FileKind(
        _SLIDES, *_AS_SLIDES, "2", f"{_FILES}.powerpoint.deck.comparison_slides", "comparison"
    ),
    Document.Kind.COMPARISON_WORKBOOK: FileKind(
        _WORKBOOK, *_AS_WORKBOOK, "2", f"{_FILES}.tables.workbook.comparison_workbook", "comparison"
    ),
    Document.Kind.COMPARISON_CSV: FileKind(
        _TABLE, *_AS_TABLE, "1", f"{_FILES}.tables.tidy.comparison_csv", "comparison"
    ),
    Document.Kind.COMPARISON_PACK: FileKind(  # raise its version with those of the files in it
        _PACK,
        *_AS_ZIP,
        "2",
        "reports.files.pack.comparison_pack",
        "comparison",
        lengths=AGENDA_LENGTHS,
        is_pack=True,
    ),
}
DOWNLOADS = (Document.Kind.PDF, Document.Kind.PNG, Document.Kind.SVG)
SLICE_DOWNLOADS = (
    Document.Kind.SLICE_PDF,
    Document.Kind.SLICE_SLIDES,
    Document.Kind.SLICE_WORKBOOK,
    Document.Kind.SLICE_CSV,
    Document.Kind.SLICE_PNG,
    Document.Kind.SLICE_SVG,
)
COMPARISON_DOWNLOADS = (
    Document.Kind.COMPARISON_PDF,
    Document.Kind.COMPARISON_SLIDES,
    Document.Kind.COMPARISON_WORKBOOK,
    Document.Kind.COMPARISON_CSV,
    Document.Kind.COMPARISON_PACK,
)


def job_kind(kind: str) -> str:
    """The kind of background work that makes this kind of file."""
    return f"self_assessment_{kind}" if FILE_KINDS[kind].of == "self_assessment" else kind
