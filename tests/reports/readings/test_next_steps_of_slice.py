"""What could help a group: by what is published of it, as it is proposed and as somebody chose it."""

from collections.abc import Mapping
from itertools import product
from types import SimpleNamespace

import pytest

from reports.editions.models import ChosenSteps, PublishedSlice
from reports.readings.guidance import indicator
from reports.readings.next_steps.of_slice import problems_like, question_sheets, steps_of_slice, warnings_of
from reports.readings.survey.slice import read_slice
from tests.reports.published import published_ward

needs_instrument = pytest.mark.usefixtures("instrument")
TASK, ROUTE, FEW = ("task", "team"), ("route", "team"), ("energy", "organisation")
TASK_IS_LOW = {(*TASK, place): 1 if place in (3, 6) else 3 for place in range(7)}
Ratings = Mapping[tuple[str, str, int], int]


def ward(owner, ratings: Ratings, *, people: int = 14) -> PublishedSlice:
    """Everybody rates the same, 4 where nothing is said; a negative rating is its opposite for every second person."""

    def given(person: int, condition: str, space: str, place: int) -> int:
        rating = ratings.get((condition, space, place), 4)
        return rating if rating > 0 else (1 if person % 2 else -rating)

    return published_ward(owner, given, people=people)


def steps_of(one: PublishedSlice):
    return steps_of_slice(read_slice(PublishedSlice.objects.for_reading().get(pk=one.pk)))


def keys(views) -> list[str]:
    return [view.action.key for view in views]


def said(steps) -> list[object]:
    """All that a reader is told, without the cell."""
    fitting = [keys(steps.fitting), *(keys(cause.actions) for cause in steps.causes)]
    why = [view.why for view in steps.offered.values()]
    return [fitting, why, steps.problems, steps.cautions, steps.chosen_keys, steps.with_questions]


@needs_instrument
def test_a_low_place_has_five_questions_actions_of_its_low_statements_and_the_problem_it_resembles(alice):
    one = ward(alice, TASK_IS_LOW)
    (task,) = steps_of(one)
    assert (task.place, task.is_to_act) == (TASK, True)
    assert [cause.key for cause in task.causes] == [
        "direction",
        "environment",
        "capability",
        "accountability",
        "motivation",
    ]
    first_of_each = [indicator(key).interventions[0] for key in ("T4", "T7")]
    assert keys(task.fitting)[:2] == first_of_each
    assert task.fitting[0].why == f"Fits {indicator('T4').topic}."
    assert [problem.key for problem in task.problems] == ["pulling-different-ways"]
    assert [caution.key for caution in task.cautions] == ["check-can-first"]

    assert (keys(task.chosen), task.with_questions) == (first_of_each[:1], True)  # as proposed
    ChosenSteps.objects.create(
        slice=one, condition="task", space="team", actions=["meeting-reset", "gone"], with_questions=False
    )
    (chosen,) = steps_of(one)
    assert (keys(chosen.chosen), chosen.with_questions) == (["meeting-reset"], False)


@needs_instrument
def test_where_views_differ_nothing_is_proposed_and_the_difference_comes_first(alice):
    views = {(*place, at): -5 for place, at in product([ROUTE, ("task", "self")], range(7))}
    mine, route = sorted(steps_of(ward(alice, views)), key=lambda one: one.cell.space != "self")
    assert (route.place, route.is_to_act, route.chosen, route.with_questions) == (ROUTE, False, (), True)
    assert [caution.key for caution in route.cautions] == ["averages-hide"]
    assert [caution.key for caution in mine.cautions] == ["check-the-views"]  # the other knows no Self
    assert len(route.fitting) in (2, 3)
    assert not any(view.why for view in route.fitting)
    sheets = question_sheets([mine, route])
    assert [[one.place for one in places] for _questions, places in sheets] == [[ROUTE], [("task", "self")]]
    (warning,) = warnings_of([route, route])
    assert warning.startswith("Two camps can look like a middle. Where answers lie far apart")


@needs_instrument
def test_no_step_tells_more_of_the_answers_than_is_published(alice, bob):
    """Two tables of answers with the same figures: which of two statements is low, is told nowhere."""
    low, other = ({(*FEW, 0): one, (*FEW, 1): 4 - one} for one in (1, 3))
    first, second = ward(alice, low, people=6), ward(bob, other, people=6)
    assert first.content == second.content
    (mine,), (theirs,) = steps_of(first), steps_of(second)
    assert mine.place == FEW
    assert said(mine) == said(theirs)
    assert not any(view.why for view in mine.offered.values())
    assert [caution.key for caution in mine.cautions] == ["check-can-first", "check-the-views"]


@needs_instrument
def test_where_views_differ_no_step_follows_from_single_statements(alice, bob):
    differ = {(*TASK, at): -5 for at in range(7)}
    first, second = ({**differ, (*TASK, at): 1} for at in (0, 4))
    (mine,), (theirs,) = steps_of(ward(alice, first)), steps_of(ward(bob, second))
    assert not mine.is_to_act
    assert said(mine) == said(theirs)


def test_a_team_problem_shares_two_indicators_with_what_is_low_in_the_space():
    def like(**low: list[str]) -> list[str]:
        places = {tuple(name.split("_")): indicators for name, indicators in low.items()}
        return [one.key for one in problems_like(next(iter(places)), places)]

    assert like(task_team=["T4", "T7"]) == ["pulling-different-ways"]
    assert like(task_team=["T4"], route_team=["R1"]) == ["pulling-different-ways"]
    assert like(task_team=["T4"], route_organisation=["R1"]) == []  # of another space
    assert like(task_team=["T4"], alignment_team=["A3", "A5"]) == []  # none of them in the place
    assert like(task_team=["T4"]) == like(task_team=[]) == like(task_self=["T4", "T7"]) == []
    assert like(capability_team=["C2", "C7"]) == ["things-in-the-way"]
    assert like(alignment_team=["A2", "A5"], energy_team=["E5", "E6"]) == []  # three that share as much
    assert like(capability_team=["C1", "C2", "C7"]) == ["missing-skills", "things-in-the-way"]


def test_reports_of_the_first_method_keep_their_words():
    assert steps_of_slice(SimpleNamespace(is_of_first_method=True)) == ()
