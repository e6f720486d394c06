"""What stood in the fields of a page when it was loaded, as one short text that the page posts with them.

A page that was opened before somebody changed an answer on another device must not change it back: what is posted as it
was loaded was not touched. 'task 4-0 9c56cc51b374 -' says: of the page 'task', the ratings of its statements in their
order, then its comments, each by a digest. Where all conditions stand on one page, a semicolon parts them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Protocol

from diagnostics.questionnaire.questionnaire import OpenQuestion, Questionnaire

LOADED = "loaded"
MATTERS_MOST = "matters_most"
BLANK = "-"
PART = ";"  # between conditions that stand on one page
DIGEST = 12  # hexadecimal digits


class Answered(Protocol):
    """What somebody has given so far: a self-assessment, or the draft of a respondent."""

    @property
    def answers(self) -> Mapping[str, int]: ...

    @property
    def comments(self) -> Mapping[str, str]: ...

    @property
    def matters_most(self) -> list[str]: ...


def of_page(questionnaire: Questionnaire, condition: str, so_far: Answered) -> str:
    ratings = [str(so_far.answers.get(s.key, BLANK)) for s in questionnaire.statements_of(condition)]
    comments = [digest(so_far.comments.get(q.key, "")) for q in _questions(questionnaire, condition)]
    return " ".join([condition, "".join(ratings), *comments])


def of_all(questionnaire: Questionnaire, so_far: Answered) -> str:
    return PART.join(of_page(questionnaire, condition, so_far) for condition in questionnaire.pages)


def of_review(so_far: Answered) -> str:
    return f"{MATTERS_MOST} {picks(so_far.matters_most)}"


def fields(text: str, questionnaire: Questionnaire) -> dict[str, str]:
    """What each field held, by its name; nothing where the text is none of ours, so that every field counts."""
    held: dict[str, str] = {}
    for part in text.split(PART):
        held |= _fields_of_part(part, questionnaire)
    return held


def _fields_of_part(text: str, questionnaire: Questionnaire) -> dict[str, str]:
    page, _space, rest = text.partition(" ")
    if page == MATTERS_MOST:
        return {MATTERS_MOST: rest}
    if page not in questionnaire.pages:
        return {}
    ratings, *comments = rest.split(" ")
    rated = zip((s.key for s in questionnaire.statements_of(page)), ratings, strict=False)
    written = zip((q.key for q in _questions(questionnaire, page)), comments, strict=False)
    return dict(rated) | dict(written)


def digest(comment: str) -> str:
    return hashlib.sha256(comment.encode()).hexdigest()[:DIGEST] if comment else BLANK


def picks(conditions: Iterable[str]) -> str:
    """Of what matters most, whatever the order in which it was chosen."""
    return ",".join(sorted(conditions))


def _questions(questionnaire: Questionnaire, condition: str) -> list[OpenQuestion]:
    return [question for question in questionnaire.questions.values() if question.condition == condition]
