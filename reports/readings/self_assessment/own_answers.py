"""One place of a self-assessment opened: what its leader answered there, statement by statement, and what that bears
out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diagnostics.questionnaire.questionnaire import Questionnaire, Statement, questionnaire_of
from diagnostics.self_assessments.models import SelfAssessment
from reports.readings import guidance
from reports.readings.heatmap import CellView
from reports.readings.self_assessment.observations import TextsView, texts_of_cell
from reports.readings.self_assessment.statements import RatedStatement
from reports.scoring import CellKey

POINTS = (1, 2, 3, 4, 5)
LOW, MIDDLE = 2, 3  # a rating of LOW or below
QUESTIONS = 2


@dataclass(frozen=True)
class OwnAnswer:
    heading: str  # "Clear goals for the work"
    text: str
    rating: int | None  # 1–5; None for "don't know" and for what was left blank
    said: str  # "2, Disagree", "Don’t know"

    @property
    def points(self) -> tuple[tuple[int, bool], ...]:
        """The five of the scale, and which of them was chosen."""
        return tuple((point, point == self.rating) for point in POINTS)


@dataclass(frozen=True)
class OwnCell:
    cell: CellView
    answers: tuple[OwnAnswer, ...]  # in the order asked
    behind: tuple[TextsView, ...]  # what they bear out
    questions: tuple[str, ...]  # of what was rated lowest
    first_step: str  # of the lowest; "" where nothing was rated low
    low: tuple[str, ...]  # indicators rated low, the lowest first
    between: tuple[str, ...]  # and those in the middle

    @property
    def key(self) -> CellKey:
        return self.cell.condition, self.cell.space


def own_cell(
    own: SelfAssessment, view: CellView, rated: Sequence[RatedStatement], *, leader: str | None = None
) -> OwnCell:
    """`rated`: what was rated in this place. `leader`: whose it is where somebody else reads."""
    questionnaire = questionnaire_of(own.version)
    asked = [questionnaire.statements[key] for key in own.version.cells[view.condition, view.space]]
    lowest = sorted((one for one in rated if one.indicator), key=lambda one: one.rating)
    low = tuple(one.indicator for one in lowest if one.rating <= LOW)
    questions = tuple(dict.fromkeys(one.questions[0] for one in lowest if one.questions))[:QUESTIONS]
    return OwnCell(
        cell=view,
        answers=tuple(_answers(asked, own.answers, questionnaire)),
        behind=texts_of_cell(rated, leader=leader, said=questions),
        questions=questions,
        first_step=guidance.indicator(low[0]).first_step if low else "",
        low=low,
        between=tuple(one.indicator for one in lowest if one.rating == MIDDLE),
    )


def _answers(
    asked: Sequence[Statement], answers: Mapping[str, int], questionnaire: Questionnaire
) -> Iterator[OwnAnswer]:
    scale = questionnaire.content["scale"]
    labels = {point["value"]: point["label"] for point in scale["points"]}
    for one in asked:
        rating = answers.get(one.key)
        if rating:
            said = _("%(rating)s, %(label)s") % {"rating": rating, "label": labels[rating]}
        else:
            said = scale["not_scored_label"] if rating == 0 else _("left blank")
        text = questionnaire.spoken(one.key, one.text)
        yield OwnAnswer(capfirst(guidance.topic_of(one)), text, rating or None, said)
