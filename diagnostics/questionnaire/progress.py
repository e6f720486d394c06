"""How far somebody is with a questionnaire: counts per page, what is missing, what was written."""

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.questionnaire.form import DONT_KNOW, field_id
from diagnostics.questionnaire.questionnaire import OpenQuestion, Questionnaire, Statement


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


def dont_knows(questionnaire: Questionnaire, answers: Mapping[str, int]) -> int:
    return sum(answers.get(key) == DONT_KNOW for key in questionnaire.statements)


def written(questionnaire: Questionnaire, comments: Mapping[str, str]) -> list[tuple[OpenQuestion, str]]:
    """Each comment with the question it answers, in page order."""
    return [(question, comments[key]) for key, question in questionnaire.questions.items() if comments.get(key)]
