"""One self-assessment as a reader sees it. The page and every file take it from here and add nothing."""

from dataclasses import dataclass
from functools import cached_property

from diagnostics.instrument.models import Condition
from diagnostics.self_assessments.models import SelfAssessment
from reports.readings import guidance
from reports.readings.heatmap import HeatmapView, ObservationView, heatmap_view, observation_views
from reports.readings.self_assessment.questions import questions_to_reflect_on
from reports.self_assessments.models import SelfAssessmentResult
from reports.self_assessments.observations import observations_in
from spaces.models import Space


@dataclass(frozen=True)
class QuestionView:
    place: str  # "Alignment in the system"
    text: str


@dataclass(frozen=True)
class CommentView:
    condition: str
    question: str
    text: str


@dataclass(frozen=True)
class Reading:
    """`leader` is None when the leader reads; else the name that stands in the words."""

    result: SelfAssessmentResult
    columns: tuple[tuple[str, str], ...]  # (space key, name), in model order
    rows: tuple[tuple[str, str, str], ...]  # (condition key, name, role), in model order
    leader: str | None

    @property
    def self_assessment(self) -> SelfAssessment:
        return self.result.self_assessment

    @property
    def statements(self) -> int:
        return len(self.self_assessment.version.statement_keys)

    @property
    def rated(self) -> int:
        return sum(cell.answered for cell in self.result.scores)

    @property
    def primary_space(self) -> str:
        return dict(self.columns)[self.self_assessment.primary_space_id]

    @cached_property
    def view(self) -> HeatmapView:
        return heatmap_view(
            self.result.scores,
            columns=self.columns,
            rows=self.rows,
            leader=self.leader,
            bands=self.result.parameters["bands"],
        )

    @cached_property
    def observations(self) -> tuple[ObservationView, ...]:
        model = self.self_assessment.version.model_version
        texts = {place: guidance.level_texts(model, *place) for place in guidance.cells(model)}
        return observation_views(observations_in(self.result.scores), self.view, texts)

    @cached_property
    def questions(self) -> tuple[QuestionView, ...]:
        model = self.self_assessment.version.model_version
        chosen = questions_to_reflect_on(
            self.result.scores,
            matters_most=self.self_assessment.matters_most,
            texts={place: cell.questions for place, cell in guidance.cells(model).items()},
        )
        return tuple(QuestionView(self.view.cell(q.condition, q.space).place, q.text) for q in chosen)

    @cached_property
    def matters_most(self) -> tuple[str, ...]:
        return tuple(name for key, name, _role in self.rows if key in self.self_assessment.matters_most)

    @cached_property
    def comments(self) -> tuple[CommentView, ...]:
        """In the leader's own words, under the question they answer."""
        given = self.self_assessment.comments
        return tuple(
            CommentView(page["name"], question["text"], text)
            for page in self.self_assessment.version.pages
            for question in page["open_questions"]
            if (text := given.get(question["key"], "").strip())
        )


def read_result(result: SelfAssessmentResult, *, leader: str | None = None) -> Reading:
    conditions = Condition.objects.select_related("role")
    return Reading(
        result=result,
        columns=tuple((space.key, space.name) for space in Space.objects.all()),
        rows=tuple((condition.key, condition.name, condition.role.name) for condition in conditions),
        leader=leader or None,
    )
