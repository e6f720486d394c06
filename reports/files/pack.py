"""Everything for the room in one ZIP: report, slides, workbook, an agenda, a word before.

Of a comparison a PDF for each group too, of one group its pictures. What people wrote is in none of them.
The files of groups are Documents like any other. A worker that is killed has lost one of them at most, and whoever asks
for one by itself finds it made.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import cast

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.jobs.runs import Run
from reports.comparisons.models import Comparison
from reports.editions.groups import names_in, names_told_apart
from reports.editions.models import PublishedSlice
from reports.files.kinds import FILE_KINDS, named_of
from reports.files.making import made_document
from reports.files.models import Document
from reports.files.names import named_apart, survey_file_name
from reports.files.subjects import COMPARISON, SLICE
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.survey.slice import SliceReading
from reports.writers.pdf.agenda import comparison_agenda, slice_agenda

FIRST, LAST = 32, 79  # per cent of the job between which the files are made
OF_A_COMPARISON = (
    Document.Kind.COMPARISON_PDF,
    Document.Kind.COMPARISON_SLIDES,
    Document.Kind.COMPARISON_WORKBOOK,
)
OF_A_GROUP = (
    Document.Kind.SLICE_PDF,
    Document.Kind.SLICE_SLIDES,
    Document.Kind.SLICE_WORKBOOK,
    Document.Kind.SLICE_PNG,
    Document.Kind.SLICE_SVG,
)
NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP knows: the same files make the same pack
READABLE = 0o644 << 16

HasEdition = ComparisonReading | SliceReading
Entry = tuple[str, bytes]  # (path in the ZIP, content)


def comparison_pack(reading: ComparisonReading, run: Run) -> bytes:
    minutes = _minutes(Document.Kind.COMPARISON_PACK, run)
    first = [
        _read_me("documents/read_me.txt", {"reading": reading, "minutes": minutes, "folder": _folder()}),
        *_made(OF_A_COMPARISON, reading, reading.title, reading.comparison.public_id, run),
        _agenda(COMPARISON.file_name(reading.comparison, None, "pdf"), minutes, comparison_agenda(reading, minutes)),
    ]
    return zipped([*first, *agreed_entries(reading.comparison, run), *_of_groups(reading, run)])


def agreed_entries(subject: PublishedSlice | Comparison, run: Run) -> Iterator[Entry]:
    """What was agreed on it, where something was."""
    if not subject.agreements.exists():
        return
    kind = Document.Kind.COMPARISON_AGREED if isinstance(subject, Comparison) else Document.Kind.SLICE_AGREED
    run.beat(FIRST, _("What was agreed"))
    yield named_of(subject, kind), _content(kind, subject.public_id, run)


def slice_pack(reading: SliceReading, run: Run) -> bytes:
    minutes = _minutes(Document.Kind.SLICE_PACK, run)
    return zipped(
        [
            _read_me("documents/read_me_of_group.txt", {"reading": reading, "minutes": minutes}),
            *_made(OF_A_GROUP, reading, reading.name, reading.slice.public_id, run),
            *agreed_entries(reading.slice, run),
            _agenda(SLICE.file_name(reading.slice, None, "pdf"), minutes, slice_agenda(reading, minutes)),
        ]
    )


def _minutes(kind: str, run: Run) -> int:
    """Of the agenda in it."""
    return cast("int", FILE_KINDS[kind].length(run.job.version))


def slices_of(reading: ComparisonReading) -> list[PublishedSlice]:
    """Each once, in the order of the survey; for a grouping its parts, because it has no report of its own."""
    chosen = reading.comparison.slice_ids
    return [one for one in reading.edition.slices.light() if one.public_id in chosen]


def zipped(entries: list[Entry]) -> bytes:
    """Always the same bytes for the same entries."""
    packed = io.BytesIO()
    taken: set[str] = set()
    with zipfile.ZipFile(packed, "w") as pack:
        for path, content in entries:
            entry = zipfile.ZipInfo(unused(path, taken), NO_DATE)
            entry.external_attr = READABLE
            entry.create_system = 3  # wherever it is made
            pack.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unused(path: str, taken: set[str]) -> str:
    """`path`, or with a number after its name where that is taken, upper or lower case; then it is taken too.

    >>> taken = set()
    >>> unused("Groups/Ward.pdf", taken), unused("Groups/WARD.pdf", taken), unused("Groups/Ward.pdf", taken)
    ('Groups/Ward.pdf', 'Groups/WARD (2).pdf', 'Groups/Ward (3).pdf')
    """
    stem, dot, suffix = path.rpartition(".")
    number, free = 1, path
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{suffix}"
    taken.add(free.casefold())
    return free


def _made(kinds: Sequence[str], reading: HasEdition, of: str, subject: str, run: Run) -> Iterator[Entry]:
    among = names_in(reading.edition)
    for kind in kinds:
        run.beat(FIRST, str(FILE_KINDS[kind].label))
        yield survey_file_name(reading.edition, of, FILE_KINDS[kind].suffix, among), _content(kind, subject, run)


def _of_groups(reading: ComparisonReading, run: Run) -> Iterator[Entry]:
    slices, names = slices_of(reading), names_told_apart(reading.grouping)
    for number, one in enumerate(slices, start=1):
        step = _("PDF %(number)s of %(of)s: %(group)s")
        said = {"number": number, "of": len(slices), "group": names[one.pk]}
        run.beat(FIRST + (LAST - FIRST) * number // len(slices), step % said)
        suffix = FILE_KINDS[Document.Kind.SLICE_PDF].suffix
        path = survey_file_name(reading.edition, names[one.pk], suffix, list(names.values()))
        yield f"{_folder()}/{path}", _content(Document.Kind.SLICE_PDF, one.public_id, run)


def _agenda(report: str, minutes: int, content: bytes) -> Entry:
    """Named after its report: packs of several groups may be unpacked into one folder."""
    return named_apart(report, _("Agenda %(minutes)s minutes") % {"minutes": minutes}), content


def _read_me(template: str, context: dict[str, object]) -> Entry:
    text, name = render_to_string(template, context), _("Read me first")
    return f"{name}.txt", text.replace("\n", "\r\n").encode()


def _folder() -> str:
    return pgettext("a folder of files", "Groups")


def _content(kind: str, subject: str, run: Run) -> bytes:
    made = made_document(kind, subject, run=run)
    with default_storage.open(made.path) as file:
        return file.read()
