"""Files against the library that writes them, on the same content."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from unittest import mock

import openpyxl
import xlsxwriter
from django.utils import timezone
from weasyprint import HTML

from benchmarks.pairs import Timed, in_turn, timed
from benchmarks.results import Result, at_most
from benchmarks.servers import Servers
from benchmarks.surveys import answered_survey, closed, owner
from diagnostics.self_assessments import actions
from reports.comparisons.actions import Chosen, compare_groups
from reports.editions.access import latest_edition, sight_of, whole_of
from reports.editions.models import PublishedSlice
from reports.files.subjects import COMPARISON, SLICE
from reports.readings.self_assessment.result import read_result
from reports.self_assessments.models import SelfAssessmentResult
from reports.writers.pdf import paper
from reports.writers.pdf.self_assessment import self_assessment_pdf
from reports.writers.pdf.survey import slice_pdf
from reports.writers.tables.workbook import comparison_workbook, slice_workbook

PEOPLE, TEAMS, COMPARED, STATEMENTS = 320, 8, 6, 140
Read = Callable[[], Any]  # a reading
Write = Callable[[Any], bytes]


def files(_servers: Servers) -> Iterator[Result]:
    """From the reading to the bytes: a leader's own result, a report in four spaces, six groups side by side."""
    edition = latest_edition(closed(answered_survey(PEOPLE, teams=TEAMS, statements=STATEMENTS)))
    report, compared, own = whole_of(edition).public_id, _compared(edition), _self_assessment()
    yield _pdf("pdf-self-assessment", lambda: read_result(own), self_assessment_pdf)
    yield _pdf("pdf-report", lambda: SLICE.read(report), slice_pdf)
    yield _xlsx("xlsx-report", lambda: SLICE.read(report), slice_workbook)
    yield _xlsx("xlsx-comparison", lambda: COMPARISON.read(compared), comparison_workbook)


def _compared(edition) -> str:
    teams = PublishedSlice.objects.for_reading().filter(edition=edition, kind=PublishedSlice.Kind.TEAM)[:COMPARED]
    made = compare_groups(
        edition=edition,
        chosen=[Chosen((team,)) for team in teams],
        sight=sight_of(owner(), edition),
        by=owner(),
        now=timezone.now(),
    )
    return made.public_id


def _self_assessment() -> SelfAssessmentResult:
    spaces = ("self", "team", "organisation", "system")
    draft = actions.start(leader=owner(), primary_space="team", preset="focused", spaces=spaces, now=timezone.now())
    answers = {key: 1 + place % 5 for place, key in enumerate(draft.version.statement_keys)}
    actions.save(self_assessment=draft, answers=answers, comments={}, now=timezone.now())
    actions.submit(self_assessment=draft, now=timezone.now())
    return SelfAssessmentResult.objects.for_reading().get(self_assessment=draft)


# --- PDF -----------------------------------------------------------------------------------------------


def _pdf(name: str, fresh: Read, write: Write) -> Result:
    """Against WeasyPrint with the finished HTML, the same styles, and no tags."""
    page, styles = handed_to_weasyprint(write, fresh())
    pairs = in_turn(_writing(fresh, write), timed(lambda: HTML(**page).write_pdf(**styles)), rounds=3)
    return Result(name, pairs.times_as_long, at_most(2), pairs.times())


def _writing(fresh: Read, write: Write) -> Timed:
    """A reading keeps what it has worked out, so every round takes a new one."""

    def run() -> float:
        reading = fresh()
        return timed(lambda: write(reading))()

    return run


def handed_to_weasyprint(write: Write, reading: Any) -> tuple[dict, dict]:
    with mock.patch.object(paper, "HTML", wraps=HTML) as page, mock.patch.object(HTML, "write_pdf") as written:
        written.return_value = b""
        write(reading)
    return page.call_args.kwargs, {**written.call_args.kwargs, "pdf_variant": None}


# --- XLSX ----------------------------------------------------------------------------------------------


def _xlsx(name: str, fresh: Read, write: Write) -> Result:
    """Against XlsxWriter with the finished rows."""
    sheets = rows_of(write(fresh()))
    pairs = in_turn(_writing(fresh, write), timed(lambda: written_plainly(sheets)), rounds=9)
    return Result(name, pairs.times_as_long, at_most(1.3), pairs.times())


Look = tuple[bool, bool, str]  # bold, wrapped, number format
Sheet = tuple[str, list[list[tuple[object, Look]]]]


def rows_of(workbook: bytes) -> list[Sheet]:
    """Every cell of our own workbook with what is plainest of its look."""
    return [
        (sheet.title, [[(cell.value, _look(cell)) for cell in row] for row in sheet.iter_rows()])
        for sheet in openpyxl.load_workbook(io.BytesIO(workbook))
    ]


def _look(cell) -> Look:
    return bool(cell.font.bold), bool(cell.alignment.wrap_text), cell.number_format


def written_plainly(sheets: Sequence[Sheet]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        looks = {look: _format(book, look) for _, rows in sheets for row in rows for _, look in row}
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for down, row in enumerate(rows):
                for across, (value, look) in enumerate(row):
                    sheet.write(down, across, value, looks[look])
    return file.getvalue()


def _format(book: xlsxwriter.Workbook, look: Look):
    bold, wrapped, number_format = look
    return book.add_format({"bold": bold, "text_wrap": wrapped, "num_format": number_format})
