"""Everything for the room in one ZIP: a comparison's PDF and slides, a PDF for each group, an agenda, a word before.

The files of groups are Documents like any other. A worker that is killed has lost one of them at most, and whoever asks
for one by itself finds it made.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import cast

from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.jobs.runs import Run
from reports.comparisons.models import Comparison
from reports.editions.groups import names_in, slice_name
from reports.editions.models import PublishedSlice
from reports.files.kinds import FILE_KINDS
from reports.files.making import made_document
from reports.files.models import Document
from reports.files.names import survey_file_name
from reports.readings.comparison.comparison import ComparisonReading
from reports.writers.pdf.agenda import agenda_pdf

FIRST, LAST = 32, 79  # per cent of the job between which the files are made
WHOLE = {
    Document.Kind.COMPARISON_PDF: gettext_lazy("The PDF of the comparison"),
    Document.Kind.COMPARISON_SLIDES: gettext_lazy("The slides of the comparison"),
}
NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP knows: the same files make the same pack
READABLE = 0o644 << 16

Entry = tuple[str, bytes]  # (path in the ZIP, content)


def comparison_pack(reading: ComparisonReading, run: Run) -> bytes:
    pack = FILE_KINDS[Document.Kind.COMPARISON_PACK]
    minutes = cast("int", pack.length(run.job.version))  # of the agenda in it
    first = [_read_me(reading, minutes), *_of_the_whole(reading, run), _agenda(reading, minutes)]
    return zipped([*first, *agreed_entries(reading.comparison, run), *_of_groups(reading, run)])


def agreed_entries(subject: PublishedSlice | Comparison, run: Run) -> Iterator[Entry]:
    """What was agreed on it, where something was."""
    if not subject.agreements.exists():
        return
    kind = Document.Kind.COMPARISON_AGREED if isinstance(subject, Comparison) else Document.Kind.SLICE_AGREED
    run.beat(FIRST, _("What was agreed"))
    name = survey_file_name(subject.edition, _("What was agreed"), FILE_KINDS[kind].suffix)
    yield name, _content(kind, subject.public_id, run)


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


def _of_the_whole(reading: ComparisonReading, run: Run) -> Iterator[Entry]:
    for kind, step in WHOLE.items():
        run.beat(FIRST, step)
        yield _name(reading, reading.title, kind), _content(kind, reading.comparison.public_id, run)


def _of_groups(reading: ComparisonReading, run: Run) -> Iterator[Entry]:
    slices, names = slices_of(reading), names_in(reading.edition)
    for number, one in enumerate(slices, start=1):
        step = _("PDF %(number)s of %(of)s: %(group)s")
        said = {"number": number, "of": len(slices), "group": slice_name(one)}
        run.beat(FIRST + (LAST - FIRST) * number // len(slices), step % said)
        suffix = FILE_KINDS[Document.Kind.SLICE_PDF].suffix
        path = survey_file_name(reading.edition, slice_name(one), suffix, names)
        yield f"{_folder()}/{path}", _content(Document.Kind.SLICE_PDF, one.public_id, run)


def _agenda(reading: ComparisonReading, minutes: int) -> Entry:
    name = survey_file_name(reading.edition, _("Agenda %(minutes)s minutes") % {"minutes": minutes}, "pdf")
    return name, agenda_pdf(reading, minutes)


def _read_me(reading: ComparisonReading, minutes: int) -> Entry:
    context = {"reading": reading, "minutes": minutes, "slices": slices_of(reading), "folder": _folder()}
    text = render_to_string("documents/read_me.txt", context)
    return f"{_('Read me first')}.txt", text.replace("\n", "\r\n").encode()


def _folder() -> str:
    return pgettext("a folder of files", "Groups")


def _name(reading: ComparisonReading, of: str, kind: str) -> str:
    return survey_file_name(reading.edition, of, FILE_KINDS[kind].suffix)


def _content(kind: str, subject: str, run: Run) -> bytes:
    made = made_document(kind, subject, run=run)
    with default_storage.open(made.path) as file:
        return file.read()
