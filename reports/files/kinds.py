"""The files that can be made of each subject, and who writes each.

Writers are named, not imported: the PDF's loads WeasyPrint, which costs a second and needs system libraries. Only the
worker that writes a PDF pays for it, and where they are missing all else still works.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.jobs.models import Job
from core.jobs.runs import GiveUp
from reports.files.models import Document
from reports.files.names import named_apart
from reports.files.subjects import (
    COMPARISON,
    SELF_ASSESSMENT,
    SLICE,
    HasFiles,
    Subject,
    read_agreed,
    read_self_assessment,
    read_with_comments,
)

AGENDA_LENGTHS = (60, 90, 120)  # minutes


class Line(NamedTuple):
    """How a file stands in the list of files."""

    name: str | Promise  # "Report"
    format: str  # "PDF"
    purpose: str | Promise  # "To read before the conversation"


def language_of(version: str) -> str:
    """In which a file of this version is written.

    >>> language_of("2-60.de"), language_of("2-60")
    ('de', 'en-gb')
    """
    return version.partition(".")[2] or settings.LANGUAGE_CODE


@dataclass(frozen=True)
class FileKind:
    of: Subject
    label: Promise
    suffix: str
    content_type: str
    version: str  # of the writer: raise it and the file is made again
    writer: str  # where the function from a reading of the subject (and, for a pack, the run) to bytes stands
    line: Line | None = None  # in the list of files, on pages that have one
    reader: Callable[[str], object | None] | None = None  # reads the subject in other words than usual
    lengths: tuple[int, ...] = ()  # minutes of a conversation: a file of its own for each
    is_pack: bool = False  # its writer makes other files too: it is given the run, to say how far it is
    is_for_some: bool = False  # it holds what not every reader of the subject may see, and those only while they may
    told_apart: Promise | str = ""  # in the name of the file, from the report
    is_agreed: bool = False  # what was agreed, and nothing else; only where something was
    is_for_programs: bool = False  # one in the site's first language serves every reader
    is_figure: bool = False  # drawn on the page of its subject, which asks for it by itself; all others are kept

    @property
    def tells_what_was_agreed(self) -> bool:
        """It is made again when that changes."""
        return self.is_agreed or self.is_pack

    @property
    def can_be_cancelled(self) -> bool:
        return not self.is_figure

    @property
    def shows_next_steps(self) -> bool:
        """Reports, slides and packs of a group do: they are made anew where others are chosen."""
        return self.suffix in ("pdf", "pptx", "zip") and (self.of is SLICE or self.is_pack)

    @property
    def spoken(self) -> str:
        """The version of the file in the language of the moment."""
        return self._spoken(self.version)

    @property
    def versions(self) -> dict[int | None, str]:
        """The version of each file of this kind that there may be in the language of the moment, by length."""
        return {minutes: self._spoken(f"{self.version}-{minutes}") for minutes in self.lengths} or {None: self.spoken}

    def _spoken(self, version: str) -> str:
        language = translation.get_language() or settings.LANGUAGE_CODE
        is_first = self.is_for_programs or language == settings.LANGUAGE_CODE
        return version if is_first else f"{version}.{language}"

    def length(self, version: str) -> int | None:
        """The length of the file of this version; None where files have none, and for an earlier writer's."""
        with translation.override(language_of(version)):
            return next((minutes for minutes, known in self.versions.items() if known == version), None)

    def read(self, public_id: str) -> object:
        """What its writer is given; raises GiveUp where the subject is gone."""
        reading = (self.reader or self.of.read)(public_id)
        if reading is None:
            raise GiveUp(str(self.of.gone))
        return reading

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
_PDF_ANSWERS = gettext_lazy("The PDF with your answers")
_PDF_SAID, _SLIDES_SAID = gettext_lazy("The PDF with comments"), gettext_lazy("The slide deck with comments")
_SVG, _PNG = gettext_lazy("The picture (SVG)"), gettext_lazy("The picture (PNG)")
_AS_FIGURE = ("json", "application/json")
_AS_PDF, _AS_SVG, _AS_PNG = ("pdf", "application/pdf"), ("svg", "image/svg+xml"), ("png", "image/png")
_AS_SLIDES = ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")
_AS_WORKBOOK = ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_AS_TABLE = ("csv", "text/csv; charset=utf-8")
_AS_ZIP = ("zip", "application/zip")

_REPORT = Line(gettext_lazy("Report"), "PDF", gettext_lazy("To read before the conversation, on paper or on a screen"))
_DECK = Line(
    gettext_lazy("Slides"), "PowerPoint", gettext_lazy("To show in the room; everything on them can be changed")
)
_BOOK = Line(gettext_lazy("Workbook"), "Excel", gettext_lazy("Every number shown here, and how it was worked out"))
_CELLS = Line(gettext_lazy("Table"), "CSV", gettext_lazy("For a program of your own: one row for each cell"))
_CELLS_OF_GROUPS = Line(
    gettext_lazy("Table"), "CSV", gettext_lazy("For a program of your own: one row for each group and cell")
)
_PICTURE = Line(gettext_lazy("Picture"), "PNG", gettext_lazy("The map alone, for a message or a slide"))
_DRAWING = Line(gettext_lazy("Drawing"), "SVG", gettext_lazy("The map alone, sharp at any size"))
_COMMENTED = gettext_lazy("with comments")
_AGREED = Line(gettext_lazy("What was agreed"), "PDF", gettext_lazy("What, who and by when, for those who were there"))
_SAID = Line(
    gettext_lazy("Report with comments"),
    "PDF",
    gettext_lazy("The same, and what people wrote: for those who may read it"),
)
_DECK_SAID = Line(
    gettext_lazy("Slides with comments"),
    "PowerPoint",
    gettext_lazy("The same, and what people wrote: look at them before you show them in a room"),
)
_EVERYTHING = Line(
    gettext_lazy("Everything for the room"),
    "ZIP",
    gettext_lazy("Report, slides, workbook, pictures, and an agenda for as long as you have"),
)
_EVERYTHING_OF_GROUPS = Line(
    gettext_lazy("Everything for the room"),
    "ZIP",
    gettext_lazy("Report, slides, workbook, a report for each group, and an agenda for as long as you have"),
)

_WRITERS = "reports.writers"
_MAPS = f"{_WRITERS}.pictures.heatmap_files"
_DECKS, _BOOKS, _TABLES = f"{_WRITERS}.powerpoint.deck", f"{_WRITERS}.tables.workbook", f"{_WRITERS}.tables.tidy"
_KIND = Document.Kind
FILE_KINDS: dict[str, FileKind] = {  # those to keep in the order in which they are offered
    # --- of a self-assessment ---
    _KIND.FIGURE: FileKind(SELF_ASSESSMENT, _HEATMAP, *_AS_FIGURE, "3", f"{_MAPS}.figure", is_figure=True),
    _KIND.READERS_FIGURE: FileKind(
        SELF_ASSESSMENT,
        _HEATMAP,
        *_AS_FIGURE,
        "3",
        f"{_MAPS}.figure",
        reader=partial(read_self_assessment, as_leader=False),
        is_figure=True,
    ),
    _KIND.PDF: FileKind(SELF_ASSESSMENT, _PDF, *_AS_PDF, "2", f"{_WRITERS}.pdf.self_assessment.self_assessment_pdf"),
    _KIND.PDF_ANSWERS: FileKind(
        SELF_ASSESSMENT,
        _PDF_ANSWERS,
        *_AS_PDF,
        "1",
        f"{_WRITERS}.pdf.self_assessment.pdf_with_answers",
        is_for_some=True,
        told_apart=gettext_lazy("with answers"),
    ),
    _KIND.PNG: FileKind(SELF_ASSESSMENT, _PNG, *_AS_PNG, "2", f"{_MAPS}.png"),
    _KIND.SVG: FileKind(SELF_ASSESSMENT, _SVG, *_AS_SVG, "2", f"{_MAPS}.svg"),
    # --- of a slice ---
    _KIND.SLICE_FIGURE: FileKind(SLICE, _HEATMAP, *_AS_FIGURE, "3", f"{_MAPS}.figure", is_figure=True),
    _KIND.SLICE_PDF: FileKind(SLICE, _PDF, *_AS_PDF, "4", f"{_WRITERS}.pdf.survey.slice_pdf", _REPORT),
    _KIND.SLICE_SLIDES: FileKind(SLICE, _SLIDES, *_AS_SLIDES, "4", f"{_DECKS}.slice_slides", _DECK),
    _KIND.SLICE_WORKBOOK: FileKind(SLICE, _WORKBOOK, *_AS_WORKBOOK, "2", f"{_BOOKS}.slice_workbook", _BOOK),
    _KIND.SLICE_CSV: FileKind(SLICE, _TABLE, *_AS_TABLE, "1", f"{_TABLES}.slice_csv", _CELLS, is_for_programs=True),
    _KIND.SLICE_AGREED: FileKind(
        SLICE,
        _PDF,
        *_AS_PDF,
        "1",
        f"{_WRITERS}.pdf.agreed.agreed_pdf",
        _AGREED,
        reader=partial(read_agreed, SLICE),
        is_agreed=True,
        told_apart=_AGREED.name,
    ),
    _KIND.SLICE_PNG: FileKind(SLICE, _PNG, *_AS_PNG, "3", f"{_MAPS}.slice_png", _PICTURE),
    _KIND.SLICE_SVG: FileKind(SLICE, _SVG, *_AS_SVG, "3", f"{_MAPS}.slice_svg", _DRAWING),
    _KIND.SLICE_PDF_COMMENTS: FileKind(
        SLICE,
        _PDF_SAID,
        *_AS_PDF,
        "1",
        f"{_WRITERS}.pdf.survey.commented_pdf",
        _SAID,
        reader=read_with_comments,
        is_for_some=True,
        told_apart=_COMMENTED,
    ),
    _KIND.SLICE_DECK_COMMENTS: FileKind(
        SLICE,
        _SLIDES_SAID,
        *_AS_SLIDES,
        "1",
        f"{_DECKS}.commented_slides",
        _DECK_SAID,
        reader=read_with_comments,
        is_for_some=True,
        told_apart=_COMMENTED,
    ),
    _KIND.SLICE_PACK: FileKind(  # raise its version with those of the files in it
        SLICE,
        _PACK,
        *_AS_ZIP,
        "1",
        "reports.files.pack.slice_pack",
        _EVERYTHING,
        lengths=AGENDA_LENGTHS,
        is_pack=True,
    ),
    # --- of a comparison ---
    _KIND.COMPARISON_PDF: FileKind(COMPARISON, _PDF, *_AS_PDF, "4", f"{_WRITERS}.pdf.survey.comparison_pdf", _REPORT),
    _KIND.COMPARISON_SLIDES: FileKind(COMPARISON, _SLIDES, *_AS_SLIDES, "4", f"{_DECKS}.comparison_slides", _DECK),
    _KIND.COMPARISON_WORKBOOK: FileKind(
        COMPARISON, _WORKBOOK, *_AS_WORKBOOK, "2", f"{_BOOKS}.comparison_workbook", _BOOK
    ),
    _KIND.COMPARISON_CSV: FileKind(
        COMPARISON, _TABLE, *_AS_TABLE, "1", f"{_TABLES}.comparison_csv", _CELLS_OF_GROUPS, is_for_programs=True
    ),
    _KIND.COMPARISON_AGREED: FileKind(
        COMPARISON,
        _PDF,
        *_AS_PDF,
        "1",
        f"{_WRITERS}.pdf.agreed.agreed_pdf",
        _AGREED,
        reader=partial(read_agreed, COMPARISON),
        is_agreed=True,
        told_apart=_AGREED.name,
    ),
    _KIND.COMPARISON_PACK: FileKind(  # raise its version with those of the files in it
        COMPARISON,
        _PACK,
        *_AS_ZIP,
        "4",
        "reports.files.pack.comparison_pack",
        _EVERYTHING_OF_GROUPS,
        lengths=AGENDA_LENGTHS,
        is_pack=True,
    ),
}


def named_of(one: HasFiles, kind: str, minutes: int | None = None) -> str:
    """What a file of this is called when it is saved."""
    name = FILE_KINDS[kind].of.file_name(one, minutes, FILE_KINDS[kind].suffix)
    return named_apart(name, str(FILE_KINDS[kind].told_apart))


def kinds_to_keep(subject: Subject, *, is_for_some: bool = False) -> tuple[str, ...]:
    """The kinds of files that readers of this subject may ask for, in the order in which they are offered.

    `is_for_some`: those too that not every reader may have.
    """
    kept = {kind: one for kind, one in FILE_KINDS.items() if one.of == subject and not one.is_figure}
    return tuple(kind for kind, one in kept.items() if is_for_some or not one.is_for_some)


def can_see_work(kind: str, user: User, job: Job) -> bool:
    """Whoever may have the file sees how far it is."""
    of = FILE_KINDS[kind].of
    if FILE_KINDS[kind].is_for_some:
        return of.can_have_more(user, job.subject)
    return of.can_see_work(user, job)


def kinds_to_offer(subject: Subject, *, is_agreed: bool, is_for_some: bool = False) -> tuple[str, ...]:
    """The same on the page of one of which something `is_agreed`, or nothing."""
    kept = kinds_to_keep(subject, is_for_some=is_for_some)
    return tuple(kind for kind in kept if is_agreed or not FILE_KINDS[kind].is_agreed)


def job_kind(kind: str) -> str:
    """The kind of background work that makes this kind of file; it begins with the name of the subject."""
    subject = FILE_KINDS[kind].of.name
    return str(kind) if kind.startswith(f"{subject}_") else f"{subject}_{kind}"


def kind_made_by(job: Job) -> str:
    return next(kind for kind in FILE_KINDS if job_kind(kind) == job.kind)
