"""What may be said of the statements that one person rated: nothing of what was not asked or not rated."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diagnostics.checklists.models import ChecklistVersion
from diagnostics.questionnaire.questionnaire import Statement, questionnaire_of
from diagnostics.self_assessments.models import SelfAssessment
from reports.readings import guidance
from reports.self_assessments.ratings import ratings_of


@dataclass(frozen=True)
class RatedStatement:
    condition: str
    space: str
    rating: int  # 1–5
    topic: str  # "clear goals for the work"
    if_low: str
    if_high: str
    questions: tuple[str, ...] = ()
    indicator: str = ""  # of the model; "" where the statement is a workspace's own

    @property
    def sentence(self) -> str:
        """What its rating lets one say; of one in the middle only what it is about."""
        return {1: self.if_low, 2: self.if_low, 3: self.topic, 4: self.if_high, 5: self.if_high}[self.rating]

    @property
    def heading(self) -> str:
        return capfirst(self.topic)


def rated_statements(own: SelfAssessment) -> tuple[RatedStatement, ...]:
    """In model order: by condition, by space."""
    return tuple(_rated(own.version, ratings_of(own.answers)))


def _rated(version: ChecklistVersion, ratings: dict[str, int]) -> Iterator[RatedStatement]:
    asked = questionnaire_of(version).statements
    for (condition, space), keys in version.cells.items():
        for key in keys:
            if key in ratings:
                of = condition, space, ratings[key], guidance.topic_of(asked[key])
                said = _from_guidance if asked[key].is_of_model else _in_own_words
                yield RatedStatement(*of, *said(asked[key]))


def _from_guidance(statement: Statement) -> tuple[str, str, tuple[str, ...], str]:
    """(if low, if high, questions, indicator). How one leads oneself has words of its own."""
    of = guidance.indicator(statement.key.partition(".")[0])
    if statement.space == "self":
        return of.if_low_self, of.if_high_self, of.questions_self, of.key
    return of.if_low, of.if_high, of.questions_group, of.key


def _in_own_words(statement: Statement) -> tuple[str, str]:
    words = {"statement": statement.text}
    return _("“%(statement)s” was rated low.") % words, _("“%(statement)s” was rated high.") % words
