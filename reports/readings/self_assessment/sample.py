"""The result of an invented leader, for whoever wants to see one before they begin. Nothing of it is stored."""

import datetime
from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from diagnostics.checklists.content import content_hash, content_of
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.checklists.presets import Recipe
from diagnostics.checklists.source import SPACES
from diagnostics.self_assessments.models import SelfAssessment
from reports.readings.self_assessment.result import Reading
from reports.readings.self_assessment.unkept import read_unkept

# What the answers to one condition add up to, by space in model order; 0 stands for "don't know" throughout.
SUMS: Mapping[str, tuple[int, ...]] = {
    "task": (30, 8, 7, 6),
    "route": (25, 8, 6, 5),
    "alignment": (16, 7, 6, 4),
    "capability": (27, 9, 8, 0),
    "energy": (31, 8, 7, 6),
}
COMMENTS = {
    "task": _("We read the purpose aloud at the start of each planning round, and people now quote it to one another."),
    "alignment": _("I rarely say how I reach a decision. People fill the gap with guesses."),
}
MATTERS_MOST = ["alignment", "energy"]
ON = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)  # shown nowhere


def read_sample() -> Reading:
    """In the language of the moment."""
    version = _version()
    firsts = {page["condition"]: page["open_questions"][0]["key"] for page in version.pages}
    return read_unkept(
        SelfAssessment(
            version=version,
            primary_space_id="self",
            answers=answers_adding_up(version, SUMS),
            comments={firsts[condition]: str(text) for condition, text in COMMENTS.items()},
            matters_most=MATTERS_MOST,
            started_at=ON,
            submitted_at=ON,
        )
    )


@lru_cache
def _version() -> ChecklistVersion:
    """As `publish_preset` would make it."""
    content = content_of(Recipe("focused", "self", SPACES), "en-GB")
    return ChecklistVersion(content=content, content_hash=content_hash(content))


def answers_adding_up(version: ChecklistVersion, sums: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """A rating for every statement of a version that asks in all spaces."""
    answers: dict[str, int] = {}
    for (condition, space), statements in version.cells.items():
        answers |= _spread(sums[condition][SPACES.index(space)], statements)
    return answers


def _spread(total: int, statements: tuple[str, ...]) -> dict[str, int]:
    """Ratings that add up to `total` and lie as close together as they can."""
    low, extra = divmod(total, len(statements))
    return {statement: low + (at < extra) for at, statement in enumerate(statements)}
