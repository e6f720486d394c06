"""A leader's self-assessment beside their own last one: clear changes only."""

import datetime
import math
from dataclasses import dataclass

from reports.readings.heatmap import ChangeView, change_views
from reports.readings.self_assessment.result import Reading
from reports.scoring import METHOD
from reports.self_assessments.models import SelfAssessmentResult
from reports.self_assessments.observations import changes, comparable
from reports.self_assessments.reliable import reliable_change


@dataclass(frozen=True)
class SinceLast:
    submitted_at: datetime.datetime  # of the last one
    compared: int  # cells with a score both times, asked with the same statements
    changes: tuple[ChangeView, ...]
    smallest: str  # the smallest difference, as displayed, that is a clear change


def changes_since(before: SelfAssessmentResult, reading: Reading) -> SinceLast:
    """Scores of two versions of the method are not compared at all."""
    after = reading.result
    versions = before.self_assessment.version, after.self_assessment.version
    same = comparable(*(version.cells for version in versions))
    if before.method_version != after.method_version:
        same = frozenset()
    compared = changes(before.scores, after.scores, among=same)
    return SinceLast(
        submitted_at=before.self_assessment.submission,
        compared=len(compared),
        changes=change_views(compared, reading.view),
        smallest=f"{smallest_clear_change():.1f}",
    )


def smallest_clear_change() -> float:
    """Rating points, one decimal.

    >>> smallest_clear_change()
    0.8
    """
    threshold = reliable_change(METHOD.lowest, METHOD.lowest).threshold
    return (math.floor(10 * threshold) + 1) / 10
