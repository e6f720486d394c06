"""Signs of answering without reading: what runs and seconds say, and where nothing is said."""

import dataclasses

import pytest

from diagnostics.answering.carelessness import flags, longest_run, paced
from diagnostics.answering.drafts import Saved
from diagnostics.questionnaire.questionnaire import read

SLOW, FAST = {"team": [100, 20]}, {"team": [39, 20]}


def content(*, team: int, system: int = 0) -> dict:
    """A page of so many statements in each space, one after the other."""
    asked = [("team", n) for n in range(team)] + [("system", n) for n in range(system)]
    rows = [{"key": f"T{n}.{space}", "space": space, "text": ""} for space, n in asked]
    indicators = [{"key": "T", "title": "", "statements": rows}]
    page = {"condition": "task", "name": "Task", "indicators": indicators, "open_questions": []}
    return {"pages": [page], "spaces": [{"key": "team"}, {"key": "system"}], "primary_space": "team"}


def answers(values, space="team") -> dict[str, int]:
    return {f"T{n}.{space}": value for n, value in enumerate(values) if value is not None}


@pytest.mark.parametrize(
    ("values", "run"),
    [
        ([], 0),
        ([None, None], 0),
        ([0, 0, 0], 0),
        ([4, 4, 0, 4, 4, 4], 3),
        ([4, None, 4], 1),
        ([1, 2, 2, 2, 3, 3], 3),
    ],
)
def test_dont_know_and_blank_break_a_run(values, run):
    assert longest_run(values) == run


@pytest.mark.parametrize(("run", "flag"), [(17, ""), (18, "S"), (35, "S")])
def test_half_of_35_rounded_up_is_18(run, flag):
    values = [5] * run + [1, 2] * 18
    assert flags(read(content(team=35)), answers(values[:35]), SLOW)["team"] == flag


@pytest.mark.parametrize(("asked", "flag"), [(19, ""), (20, "ST")])
def test_where_fewer_than_twenty_are_asked_nothing_is_said(asked, flag):
    assert flags(read(content(team=asked)), answers([4] * asked), {"team": [19, 19]})["team"] == flag


@pytest.mark.parametrize(("pace", "flag"), [(None, ""), ([0, 0], ""), ([40, 20], ""), ([39.9, 20], "T")])
def test_less_than_two_seconds_an_answer(pace, flag):
    mixed = answers([1, 2] * 10)
    assert flags(read(content(team=20)), mixed, {"team": pace} if pace else {})["team"] == flag


def test_each_space_is_looked_at_by_itself():
    given = answers([4] * 20) | answers([1, 2] * 10, "system")
    found = flags(read(content(team=20, system=20)), given, SLOW | {"system": [10, 20]})
    assert found == {"team": "S", "system": "T"}


def test_the_seconds_since_the_last_save_are_shared_out_over_what_is_new():
    questionnaire = read(content(team=2, system=1))
    first = paced({}, ["T0.team", "T1.team", "T0.system"], 9.0, questionnaire)
    assert first == {"team": [6.0, 2], "system": [3.0, 1]}
    assert paced(first, [], 1.0, questionnaire) == first
    assert paced(first, ["T1.team"], 1.0, questionnaire) == first | {"team": [7.0, 3]}


def test_what_is_given_again_is_not_new():
    saved = Saved(answers={"T0.team": 4, "T1.team": 4}, at=109.0)
    assert saved.changed_by(saved.answers) == []
    assert saved.changed_by(saved.answers | {"T1.team": 5, "T0.system": 1}) == ["T1.team", "T0.system"]


def test_nothing_is_measured_before_the_start_or_when_clocks_go_back():
    questionnaire = read(content(team=1))
    assert Saved().seconds_until(100.0) is None
    assert paced({}, ["T0.team"], None, questionnaire) == {}
    assert paced({}, ["T0.team"], Saved(at=100.0).seconds_until(90.0), questionnaire) == {"team": [0, 1]}


def test_no_time_enters_a_ballot():
    assert {field.name for field in dataclasses.fields(Saved)} - {"answers", "comments", "matters_most"} == {
        "pace",
        "at",
    }
