"""How far somebody is with a questionnaire: counts per page, what is missing, what was written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from diagnostics.questionnaire.form import DONT_KNOW, field_id
from diagnostics.questionnaire.questionnaire import OpenQuestion, Questionnaire, Statement

MIN_SHARE = 0.5  # of the statements of a place that must be rated for a score, as the scoring method has it


@dataclass(frozen=True)
class PageProgress:
    condition: str
    name: str
    given: int
    asked: int

    @property
    def letter(self) -> str:
        """Of TRACE, whatever the condition is called in the language of the moment."""
        return self.condition[0].upper()

    @property
    def missing(self) -> int:
        return self.asked - self.given


@dataclass(frozen=True)
class Gap:
    statement: Statement
    page: str
    space: str

    @property
    def anchor(self) -> str:
        return field_id(self.statement.key)


@dataclass(frozen=True)
class ThinPlace:
    """A condition in a space that has too few ratings for a score."""

    first: Gap
    more: int  # ratings that would give it one


def page_progress(questionnaire: Questionnaire, answers: Mapping[str, int]) -> list[PageProgress]:
    return [_progress_on(questionnaire, condition, answers) for condition in questionnaire.pages]


def _progress_on(questionnaire: Questionnaire, condition: str, answers: Mapping[str, int]) -> PageProgress:
    statements = questionnaire.statements_of(condition)
    given = sum(statement.key in answers for statement in statements)
    return PageProgress(condition, questionnaire.pages[condition]["name"], given, len(statements))


def gaps(questionnaire: Questionnaire, answers: Mapping[str, int]) -> list[Gap]:
    """The statements not rated yet, in page order; "don't know" is a full answer."""
    return [
        Gap(
            statement,
            page=questionnaire.pages[statement.condition]["name"],
            space=questionnaire.spaces[statement.space]["name"],
        )
        for statement in questionnaire.statements.values()
        if statement.key not in answers
    ]


def thin_places(questionnaire: Questionnaire, answers: Mapping[str, int]) -> list[ThinPlace]:
    """Where more answers would give a score, in page order; "don't know" leaves a place as it is, and is no gap."""
    return list(_thin_places(questionnaire, answers))


def _thin_places(questionnaire: Questionnaire, answers: Mapping[str, int]) -> Iterator[ThinPlace]:
    missing = gaps(questionnaire, answers)
    for condition in questionnaire.pages:
        for space in questionnaire.spaces:
            asked = [one.key for one in questionnaire.statements_of(condition) if one.space == space]
            blank = [one for one in missing if (one.statement.condition, one.statement.space) == (condition, space)]
            more = ceil(MIN_SHARE * len(asked)) - sum(answers.get(key, DONT_KNOW) != DONT_KNOW for key in asked)
            if 0 < more <= len(blank):
                yield ThinPlace(blank[0], more)


def dont_knows(questionnaire: Questionnaire, answers: Mapping[str, int]) -> int:
    return sum(answers.get(key) == DONT_KNOW for key in questionnaire.statements)


def written(questionnaire: Questionnaire, comments: Mapping[str, str]) -> list[tuple[OpenQuestion, str]]:
    """Each comment with the question it answers, in page order."""
    return [(question, comments[key]) for key, question in questionnaire.questions.items() if comments.get(key)]
