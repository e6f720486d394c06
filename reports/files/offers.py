"""The files that a page offers: what each is good for, and whether it is there, on its way or still to be made."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.jobs.models import Job
from diagnostics.self_assessments.models import SelfAssessment
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice
from reports.files.kinds import FILE_KINDS, job_kind
from reports.files.models import Document


@dataclass(frozen=True)
class Download:
    kind: str
    label: str  # "PDF"
    is_made: bool
    address: str = ""  # GET fetches it, POST has it made
    job: Job | None = None  # that makes it, or has made it
    minutes: int | None = None  # of a conversation, where there is a file for each length

    @property
    def is_under_way(self) -> bool:
        """There is something to say about its making: that it goes on, or how it ended without a file."""
        return not self.is_made and self.job is not None and self.job.status != Job.Status.DONE


@dataclass(frozen=True)
class Offer:
    """A line of the list of files."""

    name: str | Promise  # "Report"
    format: str  # "PDF"
    purpose: str | Promise  # "To read before the conversation"
    downloads: tuple[Download, ...]


_REPORT = (_("Report"), "PDF", _("To read before the conversation, on paper or on a screen"))
_SLIDES = (_("Slides"), "PowerPoint", _("To show in the room; everything on them can be changed"))
_WORKBOOK = (_("Workbook"), "Excel", _("Every number shown here, and how it was worked out"))
_TABLE = (_("Table"), "CSV", _("For a program of your own: one row for each cell"))
OFFERED = {  # kind → name, format, what it is good for
    Document.Kind.SLICE_PDF: _REPORT,
    Document.Kind.SLICE_SLIDES: _SLIDES,
    Document.Kind.SLICE_WORKBOOK: _WORKBOOK,
    Document.Kind.SLICE_CSV: _TABLE,
    Document.Kind.SLICE_PNG: (_("Picture"), "PNG", _("The map alone, for a message or a slide")),
    Document.Kind.SLICE_SVG: (_("Drawing"), "SVG", _("The map alone, sharp at any size")),
    Document.Kind.COMPARISON_PDF: _REPORT,
    Document.Kind.COMPARISON_SLIDES: _SLIDES,
    Document.Kind.COMPARISON_WORKBOOK: _WORKBOOK,
    Document.Kind.COMPARISON_CSV: (_("Table"), "CSV", _("For a program of your own: one row for each group and cell")),
    Document.Kind.COMPARISON_PACK: (
        _("Everything for the room"),
        "ZIP",
        _("Report and slides, a report for each group, and an agenda for as long as you have"),
    ),
}


Made = Collection[tuple[str, str]]  # (kind, version) of what is there
Jobs = Mapping[tuple[str, str], Job]  # by (kind of work, version)
FILE_ADDRESSES = {
    "self_assessment": "reports:document",
    "slice": "reports:slice_document",
    "comparison": "reports:comparison_document",
}


def downloads_of(subject: PublishedSlice | Comparison, kinds: Iterable[str]) -> tuple[Offer, ...]:
    """What is offered of `subject`, in the order of `kinds`; two queries.

    Jobs first: a file that a worker ends in between is then among those that are there.
    """
    offered = list(kinds)
    jobs = Job.objects.filter(kind__in=[job_kind(kind) for kind in offered], subject=subject.public_id)
    by_file = {(job.kind, job.version): job for job in jobs}
    made = set(subject.documents.values_list("kind", "version"))
    return tuple(_offer(subject, kind, made, by_file) for kind in offered)


def file_address(kind: str, subject: str, minutes: int | None = None) -> str:
    """Where the file of this kind, and of this length, is asked for and fetched; `subject`: a public id."""
    address = reverse(FILE_ADDRESSES[FILE_KINDS[kind].of], args=[subject, kind])
    return address if minutes is None else f"{address}?minutes={minutes}"


def _offer(subject: PublishedSlice | Comparison, kind: str, made: Made, jobs: Jobs) -> Offer:
    downloads = (
        Download(
            kind=kind,
            label=Document.Kind(kind).label,
            is_made=(kind, version) in made,
            address=file_address(kind, subject.public_id, minutes),
            job=jobs.get((job_kind(kind), version)),
            minutes=minutes,
        )
        for minutes, version in FILE_KINDS[kind].versions.items()
    )
    return Offer(*OFFERED[kind], downloads=tuple(downloads))


def file_of(one: PublishedSlice | Comparison, kind: str, minutes: int | None = None) -> Document | None:
    """The file as today's writer makes it; `minutes`: of a kind that has one for each length."""
    return one.documents.filter(kind=kind, version=FILE_KINDS[kind].versions[minutes]).first()


def document_of(self_assessment: SelfAssessment, kind: str) -> Document | None:
    """The file as today's writer makes it."""
    return self_assessment.documents.filter(kind=kind, version=FILE_KINDS[kind].version).first()


def kinds_made(self_assessment: SelfAssessment) -> set[str]:
    """The kinds of files that are there to fetch."""
    made = self_assessment.documents.values_list("kind", "version")
    return {kind for kind, version in made if version == FILE_KINDS[kind].version}
