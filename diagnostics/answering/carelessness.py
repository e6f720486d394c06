"""Signs of answering without reading: long runs of one answer (S) and answers within a moment (T).

Worked out from what the respondent's own draft holds; only the letters enter the ballot. One letter alone changes
nothing (Curran 2016; Huang et al. 2012; Bowling et al. 2023).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from diagnostics.questionnaire.form import DONT_KNOW
from diagnostics.questionnaire.questionnaire import Questionnaire

ASKED_AT_LEAST = 20  # statements of a space
FAST = 2.0  # seconds per answered statement

Pace = dict[str, list]  # space → [seconds, statements answered in them]


def paced(pace: Pace, answered: Iterable[str], seconds: float | None, questionnaire: Questionnaire) -> Pace:
    """The pace so far, with the seconds since the last save shared out over the statements `answered` in them.

    A pause counts in full: the sign errs on the side of the respondent. `seconds` is None where nothing was saved yet.
    """
    spaces = Counter(questionnaire.statements[key].space for key in answered)
    if seconds is None or not spaces:
        return pace
    each = max(seconds, 0) / spaces.total()
    return pace | {space: _added(pace.get(space, [0, 0]), each * count, count) for space, count in spaces.items()}


def _added(pace: list, seconds: float, count: int) -> list:
    return [round(pace[0] + seconds, 1), pace[1] + count]


def flags(questionnaire: Questionnaire, answers: Mapping[str, int], pace: Pace) -> dict[str, str]:
    """For each space "", "S", "T" or "ST"."""
    return {space: _flags_of(space, questionnaire, answers, pace.get(space)) for space in questionnaire.spaces}


def _flags_of(space: str, questionnaire: Questionnaire, answers: Mapping[str, int], pace: list | None) -> str:
    asked = [statement.key for statement in questionnaire.statements.values() if statement.space == space]
    if len(asked) < ASKED_AT_LEAST:
        return ""
    is_straight = longest_run(answers.get(key) for key in asked) >= -(-len(asked) // 2)
    is_fast = bool(pace and pace[1] and pace[0] / pace[1] < FAST)
    return "S" * is_straight + "T" * is_fast


def longest_run(values: Iterable[int | None]) -> int:
    """Of identical valid answers in the order of the pages; "don't know" and blank break a run."""
    return max((len(list(run)) for value, run in groupby(values) if value not in (None, DONT_KNOW)), default=0)
