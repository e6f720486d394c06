"""What may be said of the statements that one person rated: nothing of what was not asked or not rated."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diagnostics.checklists.models import ChecklistVersion
from diagnostics.instrument.changes import asking_the_same
from diagnostics.instrument.sources import CURRENT
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
    asked = {
        statement["key"]: (indicator, statement["text"])
        for page in version.pages
        for indicator in page["indicators"]
        for statement in indicator["statements"]
    }
    for (condition, space), keys in version.cells.items():
        for key in keys:
            if key in ratings:
                said = _from_guidance if _has_guidance(key, version.model_version) else _in_own_words
                yield RatedStatement(condition, space, ratings[key], *said(key, *asked[key]))


def _has_guidance(key: str, model_version: str) -> bool:
    """The guidance speaks of the statements of its own version: of another's, where they ask the same."""
    return model_version == CURRENT or key in asking_the_same()


def _from_guidance(key: str, indicator: dict, text: str) -> tuple[str, str, str, tuple[str, ...]]:
    """(topic, if low, if high, questions). How one leads oneself has words of its own."""
    name, wording = key.split(".")
    of = guidance.indicator(name)
    if wording == "self":
        return of.topic, of.if_low_self, of.if_high_self, of.questions_self
    return of.topic, of.if_low, of.if_high, of.questions_group


def _in_own_words(key: str, indicator: dict, text: str) -> tuple[str, str, str]:
    words = {"statement": text}
    return indicator["title"], _("“%(statement)s” was rated low.") % words, _("“%(statement)s” was rated high.") % words
