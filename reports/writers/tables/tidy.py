"""The published cells as CSV: one row per group and cell, for statistics programs and spreadsheets.

UTF-8 with a byte order mark: without it Excel reads the file in the machine's old code page and breaks every name with
an accent; R, pandas and LibreOffice skip it. Heads are stable names in English; words in the cells are those of the
page. A text that begins with = + - @ or a tab stands behind an apostrophe, so that no spreadsheet takes it for a
formula; numbers are never touched.
"""

import csv
import io
from collections.abc import Sequence

from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.survey.slice import SliceReading
from reports.writers.tables.columns import (
    CELL_COLUMNS,
    CellRow,
    Column,
    Value,
    comparison_rows,
    difference_columns,
    is_like_a_formula,
    slice_rows,
    values,
)

HEADS = ("survey", "closed_on", "edition")


def slice_csv(reading: SliceReading) -> bytes:
    return _csv(reading, CELL_COLUMNS, slice_rows(reading))


def comparison_csv(reading: ComparisonReading) -> bytes:
    return _csv(reading, (*CELL_COLUMNS, *difference_columns(reading)), comparison_rows(reading))


def _csv(reading: SliceReading | ComparisonReading, columns: Sequence[Column], rows: Sequence[CellRow]) -> bytes:
    edition = reading.edition
    closed_on = edition.cut_off.date().isoformat()
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([*HEADS, *(column.key for column in columns)])
    for row in values(columns, rows):
        writer.writerow([safe(value) for value in (reading.survey.title, closed_on, edition.number, *row)])
    return file.getvalue().encode("utf-8-sig")


def safe(value: Value) -> Value:
    """
    >>> safe("=1+1"), safe("Ward 3"), safe(-0.4)
    ("'=1+1", 'Ward 3', -0.4)
    """
    return f"'{value}" if isinstance(value, str) and is_like_a_formula(value) else value
