"""A leader's self-assessments over time: two maps on the same statements, and from three on a line for each place."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import decimal
from diagnostics.checklists.changes import same_statements
from diagnostics.self_assessments.models import SelfAssessment
from reports.readings.heatmap import HeatmapView, heatmap_view
from reports.readings.self_assessment.result import Reading
from reports.readings.self_assessment.since_last import SinceLast, beside, change_between
from reports.scoring import METHOD, CellChange, CellKey, display, level
from reports.self_assessments.cells import ResultCell
from reports.self_assessments.ratings import ratings_of

AT_MOST = 8  # occasions in a line, the latest
WIDTH, HEIGHT = 120, 44  # of the drawing of a line, with room for its dots
LEAST_FOR_LINES = 3


@dataclass(frozen=True)
class PointView:
    x: float
    y: float
    text: str  # "3.1 on 29 July 2026"


@dataclass(frozen=True)
class LineView:
    place: str
    points: tuple[PointView, ...]  # the earliest first; at least two
    first: str  # its scores
    last: str

    @property
    def path(self) -> str:
        return " ".join(f"{point.x:.1f},{point.y:.1f}" for point in self.points)

    @property
    def description(self) -> str:
        """Of what is drawn."""
        return _("%(place)s: %(scores)s") % {
            "place": self.place,
            "scores": get_text_list([point.text for point in self.points], _("and")),
        }


@dataclass(frozen=True)
class OverTime:
    since: SinceLast
    before: HeatmapView
    now: HeatmapView
    statements: str  # on how many both maps rest
    lines: tuple[tuple[str, tuple[LineView | None, ...]], ...]  # (condition, one for each space); () for two occasions


def over_time(earlier: Sequence[SelfAssessment], reading: Reading, *, chosen: SelfAssessment) -> OverTime:
    """`earlier`: the leader's earlier ones, the latest last; `chosen` is one of them."""
    change = change_between(chosen, reading.self_assessment)
    statements = sum(cell.statements for cell in change.cells)
    said = ngettext(
        "Both rest on the %(n)s statement that was rated both times and asks the same.",
        "Both rest on the %(n)s statements that were rated both times and ask the same.",
        statements,
    )
    return OverTime(
        since=beside(chosen, reading),
        before=_map(change.cells, reading, lambda cell: cell.before),
        now=_map(change.cells, reading, lambda cell: cell.after),
        statements=said % {"n": statements},
        lines=tuple(_lines([*earlier, reading.self_assessment][-AT_MOST:], reading)),
    )


def _map(cells: Sequence[CellChange], reading: Reading, score: Callable[[CellChange], float]) -> HeatmapView:
    compared = {(cell.condition, cell.space): cell for cell in cells}
    shown = [_cell(key, compared.get(key), score) for key in reading.self_assessment.version.cells]
    return heatmap_view(shown, columns=reading.columns, rows=reading.rows, leader=reading.leader)


def _cell(key: CellKey, cell: CellChange | None, score: Callable[[CellChange], float]) -> ResultCell:
    """Without a score where too little was rated both times."""
    if cell is None:
        return ResultCell(*key, score=None, level=None, answered=0, asked=1, dont_know=0, reason="too_few_items")
    rated, figure = cell.statements, score(cell)
    return ResultCell(*key, score=figure, level=level(figure), answered=rated, asked=rated, dont_know=0, reason=None)


def _lines(occasions: Sequence[SelfAssessment], reading: Reading) -> list[tuple[str, tuple[LineView | None, ...]]]:
    if len(occasions) < LEAST_FOR_LINES:
        return []
    days = [timezone.localdate(one.submission) for one in occasions]
    series = {key: _scores(key, keys, occasions) for key, keys in reading.self_assessment.version.cells.items()}
    return [
        (
            name,
            tuple(_line(reading, (key, space), series.get((key, space), []), days) for space, _name in reading.columns),
        )
        for key, name, _role in reading.rows
    ]


def _scores(key: CellKey, statements: Sequence[str], occasions: Sequence[SelfAssessment]) -> list[tuple[int, float]]:
    """(occasion, score as displayed), all on the same statements: those of the latest that every occasion asked which
    asked at least half of them. An occasion in which fewer than half of these were rated has no point.
    """
    now = occasions[-1]
    asked = [same_statements(one.version, now.version) & set(statements) for one in occasions]
    taking = [at for at, one in enumerate(asked) if len(one) + METHOD.eps >= METHOD.min_share * len(statements)]
    shared = [one for one in statements if all(one in asked[at] for at in taking)]
    points = []
    for at in taking:
        given = ratings_of(occasions[at].answers)
        rated = [given[one] for one in shared if one in given]
        if rated and len(rated) + METHOD.eps >= METHOD.min_share * len(shared):
            points.append((at, display(mean(rated))))
    return points


def _line(
    reading: Reading, key: CellKey, scores: Sequence[tuple[int, float]], days: Sequence[datetime.date]
) -> LineView | None:
    if len(scores) < 2:  # a line has two ends
        return None
    points = tuple(
        PointView(
            x=_across(days[at], days),
            y=_up(score),
            text=_("%(score)s on %(day)s") % {"score": decimal(score), "day": date_format(days[at], _("j F Y"))},
        )
        for at, score in scores
    )
    return LineView(
        place=reading.view.cell(*key).place,
        points=points,
        first=decimal(scores[0][1]),
        last=decimal(scores[-1][1]),
    )


def _across(day: datetime.date, days: Sequence[datetime.date]) -> float:
    """By time, so that a long wait looks long."""
    whole = (days[-1] - days[0]).days or 1
    return 6 + (WIDTH - 12) * (day - days[0]).days / whole


def _up(score: float) -> float:
    share = (score - METHOD.lowest) / (METHOD.highest - METHOD.lowest)
    return HEIGHT - 6 - (HEIGHT - 12) * share
