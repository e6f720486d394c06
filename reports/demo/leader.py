"""Ruth's self-assessments: one of the summer, one of this month that she shares, one half done."""

import datetime
from collections.abc import Mapping

from core.accounts.models import User
from core.words import Words
from diagnostics.checklists.source import SPACES
from diagnostics.self_assessments import actions as self_assessments
from diagnostics.self_assessments.models import SelfAssessment
from reports.readings.self_assessment.sample import COMMENTS, SUMS, answers_adding_up

# What Ruth's answers to one condition add up to, by space in model order; 0 stands for "don't know" throughout.
IN_SUMMER = {
    "task": (22, 8, 7, 6),
    "route": (24, 7, 6, 6),
    "alignment": (15, 6, 6, 4),
    "capability": (26, 8, 8, 0),
    "energy": (29, 8, 7, 8),
}


def assess(ruth: User, *, share_with: User, now: datetime.datetime) -> None:
    months_ago, days_ago = now - datetime.timedelta(days=124), now - datetime.timedelta(days=2)
    _finished(ruth, IN_SUMMER, now=months_ago, matters_most=["task", "alignment"])
    recent = _finished(ruth, SUMS, now=days_ago, matters_most=["alignment", "energy"], comments=COMMENTS)
    self_assessments.share(self_assessment=recent, reader=share_with, by=ruth, now=days_ago)
    _half_done(ruth, now=now - datetime.timedelta(hours=20))


def _finished(
    leader: User,
    sums: Mapping[str, tuple[int, ...]],
    *,
    now: datetime.datetime,
    matters_most: list[str],
    comments: Mapping[str, Words] | None = None,
) -> SelfAssessment:
    started = self_assessments.start(
        leader=leader, primary_space="self", preset="focused", spaces=SPACES, now=now - datetime.timedelta(hours=1)
    )
    first_questions = {page["condition"]: page["open_questions"][0]["key"] for page in started.version.pages}
    self_assessments.save(
        self_assessment=started,
        answers=answers_adding_up(started.version, sums),
        comments={first_questions[condition]: str(text) for condition, text in (comments or {}).items()},
        matters_most=matters_most,
        now=now,
    )
    self_assessments.submit(self_assessment=started, now=now)
    return started


def _half_done(leader: User, *, now: datetime.datetime) -> None:
    started = self_assessments.start(leader=leader, primary_space="team", preset="focused", spaces=SPACES, now=now)
    half = [keys for (condition, _space), keys in started.version.cells.items() if condition in ("task", "route")]
    answers = {key: 4 for keys in half for key in keys}
    self_assessments.save(self_assessment=started, answers=answers, comments={}, now=now)
