"""Next steps of a group: for each place to act or talk first what tells its causes apart, and what could help.

All of it follows from what is published of the slice, and says no more than its page: actions are chosen by the
indicators whose low sentences stand there. Where views differ, or few people rated few statements, none is named as
low; there the condition and the space alone choose.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.words import paragraph
from reports.editions.models import ChosenSteps
from reports.readings.heatmap import CellView
from reports.readings.improvement import Caution, TeamProblem, cautions, team_problems
from reports.readings.next_steps.actions import ActionView, fitting_actions
from reports.readings.next_steps.causes import CauseQuestion, cause_questions
from reports.scoring import CellKey

if TYPE_CHECKING:
    from reports.readings.survey.slice import SliceReading

SHARED_AT_LEAST = 2  # indicators of a team problem
PROBLEMS_TOLD_APART = 2  # at most named together
SELF = "self"

Low = Mapping[CellKey, Sequence[str]]  # place → the indicators whose low sentences stand on the page


@dataclass(frozen=True)
class CauseSteps:
    """One of the five questions, and the actions for those who answer it with no."""

    question: CauseQuestion
    actions: tuple[ActionView, ...]

    @property
    def key(self) -> str:
        return self.question.cause.key


@dataclass(frozen=True)
class PlaceSteps:
    """What might be done about one place of a group."""

    cell: CellView
    is_to_act: bool  # else to talk first
    fitting: tuple[ActionView, ...]  # whatever its cause
    causes: tuple[CauseSteps, ...]  # in the order in which they are asked
    problems: tuple[TeamProblem, ...]  # that it may resemble
    cautions: tuple[Caution, ...]
    chosen_keys: tuple[str, ...]
    with_questions: bool  # whether the five go onto slides and into files

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(map(warned, self.cautions))

    @property
    def place(self) -> CellKey:
        return self.cell.condition, self.cell.space

    @property
    def key(self) -> str:
        """'task-team'."""
        return "-".join(self.place)

    @property
    def is_of_self(self) -> bool:
        return self.cell.space == SELF

    @property
    def is_shown(self) -> bool:
        """On slides and in files."""
        return bool(self.chosen) or self.with_questions

    @cached_property
    def offered(self) -> dict[str, ActionView]:
        """Every action that may be chosen, by its key: those that fit the place first, then cause by cause."""
        found: dict[str, ActionView] = {}
        for view in (*self.fitting, *(view for cause in self.causes for view in cause.actions)):
            found.setdefault(view.action.key, view)
        return found

    @cached_property
    def chosen(self) -> tuple[ActionView, ...]:
        """For slides, files and agenda."""
        return tuple(self.offered[key] for key in self.chosen_keys if key in self.offered)


def steps_of_slice(reading: "SliceReading") -> tuple[PlaceSteps, ...]:
    """Of each place to act on first, then of each to talk about first; none of an edition of method 1.0.

    That method acts first on places that are mostly in place, too, and its reports keep the words they were read in.
    Until somebody has chosen, the five questions of every place are shown, and of each to act on first the action that
    fits best. Where views differ people find out why before they act, so there none is proposed.
    """
    if reading.is_of_first_method:
        return ()
    named = [*((one.cell, True) for one in reading.act_first), *((one.cell, False) for one in reading.talk_first)]
    if not named:
        return ()
    low = {key: reading.texts(key).low for key in reading.content.cells}
    saved = {(one.condition, one.space): one for one in reading.slice.chosen_steps.all()}
    return tuple(
        _steps(reading, cell, low, saved.get((cell.condition, cell.space)), is_to_act=is_to_act)
        for cell, is_to_act in named
    )


def _steps(
    reading: "SliceReading", cell: CellView, low: Low, saved: ChosenSteps | None, *, is_to_act: bool
) -> PlaceSteps:
    place = cell.condition, cell.space
    fitting = fitting_actions(place, indicators=low[place])
    proposed = [view.action.key for view in fitting[:1]] if is_to_act else []
    return PlaceSteps(
        cell=cell,
        is_to_act=is_to_act,
        fitting=fitting,
        causes=tuple(
            CauseSteps(one, fitting_actions(place, cause=one.cause, indicators=low[place]))
            for one in cause_questions(cell.space)
        ),
        problems=problems_like(place, low),
        cautions=tuple(_cautions(reading, cell, views_differ=not is_to_act)),
        chosen_keys=tuple(saved.actions if saved else proposed),
        with_questions=saved.with_questions if saved else True,
    )


def question_sheets(steps: Iterable[PlaceSteps]) -> list[tuple[tuple[CauseQuestion, ...], tuple[PlaceSteps, ...]]]:
    """The five questions of those places with which they go, once for all that are asked in the same words."""
    asked = [one for one in steps if one.with_questions]
    sheets = [[one for one in asked if one.is_of_self == is_of_self] for is_of_self in (False, True)]
    return [(tuple(cause.question for cause in of[0].causes), tuple(of)) for of in sheets if of]


def warnings_of(steps: Iterable[PlaceSteps]) -> tuple[str, ...]:
    """Of all of these places, each once."""
    return tuple(dict.fromkeys(said for of in steps for said in of.warnings))


def resembles(problem: TeamProblem) -> str:
    """A sentence or two, with what to ask first."""
    return _("It may resemble “%(title)s”: %(text)s Ask first: %(question)s") % {
        "title": problem.title,
        "text": problem.text,
        "question": problem.first_question,
    }


def warned(caution: Caution) -> str:
    """'Did we ask whether they can? If the cause …'."""
    title = caution.title if caution.title.endswith("?") else _("%(title)s.") % {"title": caution.title}
    return paragraph(title, caution.text)


def problems_like(place: CellKey, low: Low) -> tuple[TeamProblem, ...]:
    """The common team problem that a place may resemble.

    It is one of its space, and shares at least two of its indicators with those named as low in that space, one of them
    in the place itself. Of several the one that shares most; where two share as many, both; where more do, the answers
    do not tell them apart, and none is named.
    """
    space = place[1]
    in_space = {key for (_other, at), keys in low.items() if at == space for key in keys}
    shared = {
        one.key: len(in_space.intersection(one.indicators))
        for one in team_problems().values()
        if space in one.spaces and set(low[place]).intersection(one.indicators)
    }
    most = max(shared.values(), default=0)
    alike = [key for key, number in shared.items() if number == most]
    if most < SHARED_AT_LEAST or len(alike) > PROBLEMS_TOLD_APART:
        return ()
    return tuple(team_problems()[key] for key in alike)


def _cautions(reading: "SliceReading", cell: CellView, *, views_differ: bool) -> Iterator[Caution]:
    """Where views differ, that a middle may hide two camps; of people's own leadership, to look in several ways.

    Elsewhere to ask whether people can before whether they want; and where no ten people stand behind the score, to
    look in several ways.
    """
    known, figures = cautions(), reading.content.cells[cell.condition, cell.space].figures
    if views_differ:
        yield next(known[key] for key in ("averages-hide", "check-the-views") if cell.space in known[key].spaces)
        return
    yield known["check-can-first"]
    if figures and not figures.is_of_tens:
        yield known["check-the-views"]
