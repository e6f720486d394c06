"""The files that a page offers: what each is good for, and whether it is there, on its way or still to be made."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.urls import reverse
from django.utils.functional import Promise

from core.jobs.models import Job
from reports.files.kinds import FILE_KINDS, Line, job_kind, kind_made_by
from reports.files.models import Document
from reports.files.subjects import HasFiles


@dataclass(frozen=True)
class Download:
    kind: str
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


Made = Collection[tuple[str, str]]  # (kind, version) of what is there
Jobs = Mapping[tuple[str, str], Job]  # by (kind of work, version)


def downloads_of(one: HasFiles, kinds: Iterable[str]) -> tuple[Offer, ...]:
    """What is offered of a subject, in the order of `kinds`, which have a line in the list of files; two queries.

    Jobs first: a file that a worker ends in between is then among those that are there.
    """
    offered = list(kinds)
    jobs = Job.objects.filter(kind__in=[job_kind(kind) for kind in offered], subject=one.public_id)
    by_file = {(job.kind, job.version): job for job in jobs}
    made = set(one.documents.values_list("kind", "version"))
    return tuple(_offer(one, kind, made, by_file) for kind in offered)


def _offer(one: HasFiles, kind: str, made: Made, jobs: Jobs) -> Offer:
    downloads = (
        Download(
            kind=kind,
            is_made=(kind, version) in made,
            address=file_address(kind, one.public_id, minutes),
            job=jobs.get((job_kind(kind), version)),
            minutes=minutes,
        )
        for minutes, version in FILE_KINDS[kind].versions.items()
    )
    line = cast("Line", FILE_KINDS[kind].line)
    return Offer(*line, downloads=tuple(downloads))


def address_of_all(one: HasFiles, offers: Iterable[Offer]) -> str:
    """Where all files but packs are asked for; '' where they are made already."""
    single = [file for offer in offers for file in offer.downloads if not FILE_KINDS[file.kind].is_pack]
    if all(file.is_made for file in single):
        return ""
    subject = FILE_KINDS[single[0].kind].of
    return reverse(f"reports:all_{subject.name}_documents", args=[one.public_id])


def file_address(kind: str, subject: str, minutes: int | None = None) -> str:
    """Where the file of this kind, and of this length, is asked for and fetched; `subject`: a public id."""
    address = reverse(FILE_KINDS[kind].of.address, args=[subject, kind])
    return address if minutes is None else f"{address}?minutes={minutes}"


def made_address(job: Job) -> str:
    """Where one finds what the job has made: a file is fetched, a figure is drawn on the page of its subject."""
    kind = kind_made_by(job)
    if FILE_KINDS[kind].is_figure:
        return reverse(FILE_KINDS[kind].of.page, args=[job.subject])
    return file_address(kind, job.subject, FILE_KINDS[kind].length(job.version))


def file_of(one: HasFiles, kind: str, minutes: int | None = None) -> Document | None:
    """The file as today's writer makes it; `minutes`: of a kind that has one for each length."""
    return one.documents.filter(kind=kind, version=FILE_KINDS[kind].versions[minutes]).first()


def kinds_made(one: HasFiles) -> set[str]:
    """The kinds of files that are there to fetch; not for kinds that have one for each length."""
    made = one.documents.values_list("kind", "version")
    return {kind for kind, version in made if version == FILE_KINDS[kind].spoken}
