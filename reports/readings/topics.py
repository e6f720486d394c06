"""What the people in the room might talk about: at most three cells, each with a question. Never ranked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.questionnaire.questionnaire import questionnaire_of
from reports.readings import guidance
from reports.readings.comparison.comparison import ComparisonReading
from reports.readings.heatmap import CellView, HeatmapView
from reports.readings.survey.findings import no_question_twice
from reports.readings.survey.slice import SliceReading
from reports.readings.words import in_short
from reports.scoring import CellKey

AT_MOST = 3


@dataclass(frozen=True)
class Topic:
    cell: CellView
    questions: tuple[str, ...]  # to begin with the first
    groups: tuple[str, ...] = ()  # in a comparison: those in which it comes up

    @property
    def groups_in_short(self) -> str:
        return in_short(self.groups) if self.groups else ""


def topics_of_slice(reading: SliceReading) -> tuple[Topic, ...]:
    """What to act on first, then what to talk about first, then what else was found; in model order."""
    first = [view.cell for view in (*reading.act_first, *reading.talk_first)]
    found = [cell for finding in reading.findings for cell in finding.cells]
    places = dict.fromkeys((cell.condition, cell.space) for cell in (*first, *found))
    asked = {place: reading.texts(place).questions for place in places}
    begins = no_question_twice(asked)  # as on the page, where what to act on stands in the same order
    return tuple(
        Topic(reading.view.cell(*place), tuple(dict.fromkeys((begins[place], *asked[place]))))
        for place in _few(places, reading.view)
    )


def topics_of_comparison(reading: ComparisonReading) -> tuple[Topic, ...]:
    """What most of the groups would act on or talk about first, then what clearly differs; in model order.

    The cell is that of everybody where the reader may see it, else that of the first group in which it comes up.
    """
    named = Counter(place for group in reading.groups for place in group.named)
    differing = [one.key for _group, one in reading.clear]
    order = _in_model_order(reading.groups[0].view)
    often = sorted(named, key=lambda place: (-named[place], order.index(place)))
    places = _few(dict.fromkeys((*often, *differing)), reading.groups[0].view)
    return tuple(_topic(place, reading) for place in places)


def _topic(place: CellKey, reading: ComparisonReading) -> Topic:
    clear = {group.key for group, one in reading.clear if one.key == place}
    groups = [group for group in reading.groups if place in group.named or group.key in clear]
    view = reading.whole.view if reading.whole else groups[0].view
    return Topic(view.cell(*place), _questions(place, reading), tuple(group.name for group in groups))


def _few(places: Iterable[CellKey], view: HeatmapView) -> list[CellKey]:
    order = _in_model_order(view)
    return sorted(list(places)[:AT_MOST], key=order.index)


def _in_model_order(view: HeatmapView) -> list[CellKey]:
    return [(cell.condition, cell.space) for row in view.rows for cell in row.cells]


def _questions(place: CellKey, reading: SliceReading | ComparisonReading) -> tuple[str, ...]:
    """Of the model that was asked with."""
    return guidance.cells(questionnaire_of(reading.survey.asked_version).model_version)[place].questions
