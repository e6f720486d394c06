"""What the respondent's own draft tells about how it was answered: only the letters of the signs enter the ballot."""

from collections.abc import Mapping

from diagnostics.answering import signs
from diagnostics.questionnaire.questionnaire import Questionnaire

Pace = list[float]  # seconds, statements answered in them


def paced(pace: Pace, answered: int, seconds: float | None) -> Pace:
    """The pace so far, with the seconds since the last save in which so many statements were answered.

    A pause counts in full: the sign errs on the side of the respondent. `seconds` is None where nothing was saved yet.
    """
    if seconds is None or not answered:
        return pace
    return [round(pace[0] + max(seconds, 0), 1), pace[1] + answered]


def pace_of(stored: Pace | Mapping[str, Pace]) -> Pace:
    """As a draft holds it; drafts begun before this was measured over the whole hold it space by space."""
    if isinstance(stored, Mapping):
        return [round(sum(column), 1) for column in zip([0, 0], *stored.values(), strict=True)]
    return stored


def flags(questionnaire: Questionnaire, answers: Mapping[str, int], pace: Pace) -> signs.Flags:
    """Over the whole questionnaire, in page order."""
    seconds, timed = pace
    return signs.flags([answers.get(key) for key in questionnaire.statements], seconds / timed if timed else None)
