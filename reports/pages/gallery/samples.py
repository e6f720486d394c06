"""What the gallery shows: invented people and numbers, put through the same code as real ones."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings

from core.forms import ChoiceRows
from core.jobs.models import Job
from reports.comparisons.differences import Difference, EverybodyElse
from reports.files.kinds import job_kind
from reports.files.models import Document
from reports.publish.cells import CellFigures, CellWord, PublishedCell, Why
from reports.readings.comparison.difference_words import DifferenceView, axis_of, difference_view
from reports.readings.heatmap import CellView, HeatmapView, heatmap_view
from reports.scoring import Level, level
from reports.self_assessments.cells import ResultCell

SPACES = (("self", "Self"), ("team", "Team"), ("organisation", "Organisation"), ("system", "System"))
SCORES = {
    ("task", "Task", "Architect"): (4.3, 4.0, 3.5, 3.0),
    ("route", "Route", "Architect"): (3.6, 4.0, 3.0, 2.5),
    ("alignment", "Alignment", "Composer"): (2.3, 3.5, 3.0, 2.0),
    ("capability", "Capability", "Coach"): (3.9, 4.5, 4.0, None),
    ("energy", "Energy", "Champion"): (4.4, 4.0, 3.5, 3.0),
}
POINTS = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")


def tokens() -> list[tuple[str, str]]:
    """Name and value of every colour in tokens.css."""
    css = Path(settings.BASE_DIR / "static/css/tokens.css").read_text()
    return re.findall(r"--((?:t|level|answer|d)-?[\w-]+): (#[0-9a-f]{6});", css)


def heatmap() -> HeatmapView:
    cells = [
        cell(condition, space, score)
        for (condition, _name, _role), scores in SCORES.items()
        for (space, _), score in zip(SPACES, scores, strict=True)
    ]
    return heatmap_view(cells, columns=SPACES, rows=list(SCORES))


def every_state() -> HeatmapView:
    """One row for the four levels, one for the same of few statements, one for what has no score."""
    levels = [cell("task", space, score) for (space, _), score in zip(SPACES, (2.4, 3.4, 4.2, 5.0), strict=True)]
    brief = [replace(one, condition="route", asked=2, answered=2) for one in levels]
    others = [
        cell("alignment", "self", 3.2),
        cell("alignment", "team", None, dont_know=7),
        cell("alignment", "organisation", None, dont_know=0),
        cell("capability", "self", None, reason="too_few_people"),
    ]
    rows = [
        ("task", "Task", "four levels"),
        ("route", "Route", "two statements"),
        ("alignment", "Alignment", "other states"),
        ("capability", "Capability", "too few people"),
    ]
    view = heatmap_view([*levels, *brief, *others], columns=SPACES, rows=rows)
    plain, route, alignment, capability = view.rows
    framed = replace(alignment, cells=(_framed(alignment.cells[0]), *alignment.cells[1:]))
    return replace(view, rows=(plain, route, framed, capability))


def _framed(seen: CellView) -> CellView:
    return replace(seen, frame=True, css=f"{seen.css} views-differ")


WORDS: tuple[tuple[str, int, int, Level, Why, int], ...] = (  # a word and no score
    ("self", 14, 0, "not_yet", "one_statement", 0),
    ("team", 9, 1, "partly", "one_statement", 0),
    ("organisation", 40, 0, "mostly", "open_link", 12),
    ("system", 14, 0, "firmly", "same_people", 0),
)


def of_people() -> HeatmapView:
    """One row as most cells are, one for the marks, one for what is cut, left out and hidden."""
    cells = [
        people_cell("task", "self", 3.9, agreement="close"),
        people_cell("task", "team", 3.1),
        people_cell("task", "organisation", 2.2, agreement="close"),
        people_cell("task", "system", 4.2, levels=("mostly", "firmly")),
        people_cell("route", "self", 3.2, agreement="wide"),
        people_cell("route", "team", 2.8, agreement="wide", is_split=True),
        people_cell("route", "organisation", 3.3, n=12, agreement="wide"),
        people_cell("route", "system", 3.4, asked=2, n=9, without=2, levels=("partly", "mostly")),
        people_cell("alignment", "self", 1.5, end="low"),
        people_cell("alignment", "team", 4.5, end="high"),
        PublishedCell("alignment", "organisation", 7, None),
        people_cell("alignment", "system", 3.3, n=64, without_people=8),
        *(
            PublishedCell("capability", space, 1, None, CellWord(n, without, word, why, without_people))
            for space, n, without, word, why, without_people in WORDS
        ),
        PublishedCell("energy", "self", 1, None, CellWord(23, 0, None, "one_statement")),
    ]
    rows = [
        ("task", "Task", "as most are"),
        ("route", "Route", "marks"),
        ("alignment", "Alignment", "ends, hidden"),
        ("capability", "Capability", "words"),
        ("energy", "Energy", "no one word"),
    ]
    return heatmap_view(cells, columns=SPACES, rows=rows, people=14)


def differences() -> list[DifferenceView]:
    """One of each word, and one that is known as a bound only."""
    cell, own = of_people().cell("task", "team"), people_cell("task", "team", 3.1)
    others = EverybodyElse(3.0, 110)
    found = [
        Difference("higher", others, 0.4, 0.1, 0.7),
        Difference("lower", replace(others, without=1), -0.6, -0.9, -0.3),
        Difference("lower", others, -0.5, -0.9, -0.1, with_caution=True),
        Difference("not_clear", others, 0.1, -0.3, 0.5),
        Difference("alike", others),
        Difference("too_few"),
        Difference("no_score", why="one_statement"),
        Difference("nobody_else"),
        Difference("higher", others, 1.5, 0.9, 2.1, is_at_least=True),
    ]
    axis = axis_of(found)
    return [difference_view(one, cell, own, group="Pharmacy", condition="Task", axis=axis) for one in found]


def people_cell(condition: str, space: str, score: float, *, asked: int = 7, **more: Any) -> PublishedCell:
    usual: dict[str, Any] = {
        "end": None,
        "low": max(1, score - 0.4),
        "high": min(5, score + 0.4),
        "levels": (level(score),),
        "n": 14,
    }
    usual |= {"without": 0, "agreement": "usual", "is_split": False}
    usual |= {"could_not_judge": None}
    figures = CellFigures(score=score, level=level(score), **(usual | more))
    return PublishedCell(condition, space, asked, figures)


def cell(condition: str, space: str, score: float | None, **more: Any) -> ResultCell:
    missing = {"level": None, "answered": 0, "reason": "too_few_items", "dont_know": None}
    given = {"level": score and level(score), "answered": 7, "reason": None, "dont_know": 0}
    return ResultCell(condition, space, score, asked=7, **((missing if score is None else given) | more))


def jobs() -> list[Job]:
    """Unsaved: a job in each of its states."""
    states = Job.Status
    return [
        _job("waiting", status=states.QUEUED),
        _job("running", status=states.RUNNING, progress=40, step="Writing the file"),
        _job("done", status=states.DONE, progress=100),
        _job("failed", status=states.FAILED, error="The PDF could not be made. Nothing is lost. Try again."),
        _job("stopped", status=states.CANCELLED),
    ]


def _job(name: str, **state: Any) -> Job:
    return Job(public_id=name, subject="sample", kind=job_kind(Document.Kind.PDF), **state)


def rails() -> list[dict[str, Any]]:
    """One statement as it comes, answered, answered with "don't know", and with a line of help."""
    text = "In our team, people can say why the work we are doing matters."
    plain = [_rail(name, text, chosen) for name, chosen in (("open", None), ("chosen", 4), ("dont-know", 0))]
    help_ = {"label": "Help with this statement", "text": "Think of the people who are better off because of it."}
    return [*plain, _rail("helped", text, None) | {"help": help_}]


def _rail(name: str, text: str, chosen: int | None) -> dict[str, Any]:
    checked = {chosen: " checked"}
    return {
        "id": f"rail-{name}",
        "name": f"rail-{name}",
        "text": text,
        "help": None,
        "space": {"key": "team", "name": "Team"},
        "options": [
            {"value": value, "label": label, "said": label, "checked": checked.get(value, "")}
            for value, label in enumerate(POINTS, start=1)
        ],
        "dont_know": {"value": 0, "label": "Don’t know / does not apply", "checked": checked.get(0, "")},
    }


class SampleForm(forms.Form):
    name = forms.CharField(label="Name of the group", help_text="As people call it.")
    headcount = forms.IntegerField(
        label="People in Pharmacy", error_messages={"required": "Enter how many people work in Pharmacy"}
    )
    kind = forms.ChoiceField(
        label="Kind of group",
        choices=[("team", "Team"), ("organisation", "Organisation"), ("system", "System")],
        widget=ChoiceRows(
            {
                "team": "People who work together most days.",
                "organisation": "Several teams with one leadership.",
                "system": "Several organisations with one task.",
            }
        ),
    )
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    agreed = forms.BooleanField(label="I have told them")
