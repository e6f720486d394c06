"""A self-assessment as a PDF: two A4 pages, and more where much stands out or was written."""

from base64 import b64encode

from core.names import short
from core.words import language_tag
from reports.readings.self_assessment.result import Reading
from reports.readings.self_assessment.since_last import limits_in_words
from reports.writers.pdf.paper import SANS, as_pdf
from reports.writers.pictures.svg import heatmap_svg

LONGEST_NAME = 40  # characters of it beneath each page
LONGEST_FIRST_NAME = 24  # in the heading, which is one line


def self_assessment_pdf(reading: Reading) -> bytes:
    return as_pdf("documents/pdf/self_assessment.html", _context(reading), style="self_assessment")


def pdf_with_answers(reading: Reading) -> bytes:
    """The same, and every statement with what was answered: its leader's alone."""
    context = _context(reading) | {"places": reading.places}
    return as_pdf("documents/pdf/self_assessment.html", context, style="self_assessment")


def _context(reading: Reading) -> dict:
    picture = heatmap_svg(reading.view, font=SANS)
    return {
        "language": language_tag(),
        "reading": reading,
        "own": reading.self_assessment,
        "first_name": short(reading.self_assessment.leader.first_name, LONGEST_FIRST_NAME),
        "running_name": short(str(reading.self_assessment.leader), LONGEST_NAME),
        "picture": f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}",
        "counts": _counts(reading),
        "limits": limits_in_words(_sizes(reading)),
        "places": (),
    }


def _sizes(reading: Reading) -> set[tuple[int, bool]]:
    own = reading.self_assessment
    return {(len(keys), space == own.primary_space_id) for (_c, space), keys in own.version.cells.items()}


def _counts(reading: Reading) -> list[dict]:
    """Every cell with what it rests on, row by row; a cell that was not asked rests on nothing."""
    scores = {cell.key: cell for cell in reading.result.scores}
    return [
        {"name": row.name, "cells": [(cell, scores.get((cell.condition, cell.space))) for cell in row.cells]}
        for row in reading.view.rows
    ]
