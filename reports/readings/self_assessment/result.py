"""One self-assessment as a reader sees it. The page and every file take it from here and add nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from diagnostics.instrument.models import Condition
from diagnostics.instrument.translations import said
from diagnostics.self_assessments.models import SelfAssessment
from reports.readings.heatmap import HeatmapView, heatmap_view
from reports.readings.self_assessment.observations import ObservationView, is_in, observation_views
from reports.readings.self_assessment.own_answers import OwnCell, own_cell
from reports.readings.self_assessment.places import PlaceToBegin, places_to_begin
from reports.readings.self_assessment.questions import questions_to_reflect_on
from reports.readings.self_assessment.statements import RatedStatement, rated_statements
from reports.scoring import Observation, observations
from reports.self_assessments.models import SelfAssessmentResult
from reports.self_assessments.ratings import RatedCell, rated_cells
from spaces.models import Space


@dataclass(frozen=True)
class QuestionView:
    place: str  # "Alignment in the system", "Alignment"
    text: str


@dataclass(frozen=True)
class CommentView:
    condition: str
    question: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What is said follows from the answers, by the method of today; the map is as it was stored.

    `leader` is None when the leader reads; else the name that stands in the words.
    """

    result: SelfAssessmentResult
    columns: tuple[tuple[str, str], ...]  # (space key, name), in model order
    rows: tuple[tuple[str, str, str], ...]  # (condition key, name, role), in model order
    leader: str | None
    reflections: Mapping[str, str]  # condition key → a question about the whole of it

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

    def cell(self, condition: str, space: str) -> OwnCell | None:
        """A place opened; None for what was not asked."""
        if (condition, space) not in self.self_assessment.version.cells:
            return None
        rated = [one for one in self._statements if (one.condition, one.space) == (condition, space)]
        return own_cell(self.self_assessment, self.view.cell(condition, space), rated, leader=self.leader)

    @property
    def places(self) -> tuple[OwnCell, ...]:
        """Every place that was asked, opened."""
        opened = (self.cell(*key) for key in self.self_assessment.version.cells)
        return tuple(one for one in opened if one)

    @property
    def has_scores(self) -> bool:
        return any(cell.score is not None for cell in self.result.scores)

    @cached_property
    def observations(self) -> tuple[ObservationView, ...]:
        return observation_views(
            self._named,
            cells=self._cells,
            statements=self._statements,
            view=self.view,
            leader=self.leader,
            said=[question.text for question in self.questions],
        )

    @cached_property
    def places_to_begin(self) -> tuple[PlaceToBegin, ...]:
        """Where a next step might begin."""
        own = self.self_assessment
        chosen = [key for key, _name, _role in self.rows if key in own.matters_most]
        return places_to_begin(self._named, matters_most=chosen, primary=own.primary_space_id, view=self.view)

    @cached_property
    def questions(self) -> tuple[QuestionView, ...]:
        asked = questions_to_reflect_on(
            named=[self._leading(found) for found in self._named],
            matters_most=[self._of_condition(condition) for condition in self._also_matters],
        )
        views = [QuestionView(self.view.cell(q.statement.condition, q.statement.space).place, q.text) for q in asked]
        return tuple(views) or self._of_whole_conditions()

    @cached_property
    def _named(self) -> tuple[Observation, ...]:
        return observations(self._cells, primary=self.self_assessment.primary_space_id)

    @cached_property
    def _cells(self) -> tuple[RatedCell, ...]:
        return rated_cells(self.self_assessment.version.cells, self.self_assessment.answers)

    @cached_property
    def _statements(self) -> tuple[RatedStatement, ...]:
        return rated_statements(self.self_assessment)

    def _leading(self, found: Observation) -> list[RatedStatement]:
        """Those of a place that stands out, first the ones that made it."""
        behind = [one for one in self._statements if is_in(one, found)]
        return sorted(behind, key=lambda one: one.rating if found.side == "lower" else -one.rating)

    @property
    def _also_matters(self) -> list[str]:
        """The conditions that were chosen and have no question yet, in model order."""
        named = {found.condition for found in self._named}
        chosen = self.self_assessment.matters_most
        return [condition for condition, _name, _role in self.rows if condition in chosen and condition not in named]

    def _of_condition(self, condition: str) -> list[RatedStatement]:
        """The lowest rated first, of equal ones those of the space the work is in."""
        primary = self.self_assessment.primary_space_id
        behind = [one for one in self._statements if one.condition == condition]
        return sorted(behind, key=lambda one: (one.rating, one.space != primary))

    def _of_whole_conditions(self) -> tuple[QuestionView, ...]:
        """Where no statement has a question: what is to be asked of the conditions that were chosen."""
        chosen = self.self_assessment.matters_most
        return tuple(QuestionView(name, self.reflections[key]) for key, name, _role in self.rows if key in chosen)

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
    conditions = list(Condition.objects.select_related("role"))
    return Reading(
        result=result,
        columns=tuple((space.key, said(f"space.{space.key}.name", space.name)) for space in Space.objects.all()),
        rows=tuple(
            (one.key, said(f"condition.{one.key}.name", one.name), said(f"role.{one.role.key}", one.role.name))
            for one in conditions
        ),
        leader=leader or None,
        reflections={
            one.key: said(f"condition.{one.key}.reflection_question", one.reflection_question) for one in conditions
        },
    )
