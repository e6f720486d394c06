"""From a place to something done: what answers point to, which actions fit, and the texts they come from."""

import doctest
from itertools import product

import pytest
from django.utils.translation import override

from reports.readings import guidance, improvement
from reports.readings.next_steps import actions as fitting
from reports.readings.next_steps import causes
from reports.readings.next_steps.actions import fitting_actions
from reports.readings.next_steps.causes import cause_questions, causes_of

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
SPACES = ("self", "team", "organisation", "system")
PLACES = list(product(CONDITIONS, SPACES))


def test_actions_say_what_to_do_where_with_whom_and_when_to_look_again():
    found = improvement.actions()
    assert len(found) == 82
    talk = found["task-talk"]
    assert (talk.title, talk.conditions, talk.spaces) == ("Three-question task talk", ("task",), ("team",))
    assert (talk.indicators, talk.success_sign) == (("T1", "T3", "T7"), ("T1", "T7"))
    assert (talk.people, talk.review_after_days) == (("team",), 30)
    assert talk.first_step.startswith("Put half an hour in next week's diary")
    assert {improvement.time_scale_of(one).key for one in found.values()} == {"days", "weeks", "months"}


def test_everything_for_reading_is_there():
    known = improvement.actions().keys()
    assert [len(read()) for read in (improvement.stages, improvement.cautions, improvement.situations)] == [5, 10, 5]
    assert [len(read()) for read in (improvement.team_problems, improvement.if_no_change)] == [10, 5]
    assert all(one.talk.opening and one.talk.before for one in improvement.situations().values())
    assert improvement.talk().title == "A good talk about how the work is going"
    assert all(set(one.interventions) <= known for one in improvement.team_problems().values())
    assert all({*one.primary, *one.secondary} <= known for one in improvement.root_causes().values())


READ = (
    improvement.sorting_questions,
    improvement.root_causes,
    improvement.actions,
    improvement.stages,
    improvement.cautions,
    improvement.situations,
    improvement.if_no_change,
    improvement.team_problems,
    improvement.time_scales,
)
TEXTS = ("ask", "title", "text", "meaning", "description", "first_step", "measure", "talk", "signs", "do", "too_soon")


@pytest.mark.parametrize("language", ["de", "cy"])
def test_every_text_is_there_in_every_language(language):
    for read in READ:
        originals = read()
        with override(language):
            said = read()
        assert said.keys() == originals.keys()
        for key, original in originals.items():
            for name in [name for name in TEXTS if getattr(original, name, "")]:
                there = getattr(said[key], name)
                assert there != getattr(original, name), (key, name)
                assert not isinstance(there, tuple) or len(there) == len(getattr(original, name)), (key, name)


@pytest.mark.parametrize("space", SPACES)
def test_can_is_asked_before_want_and_of_oneself_in_words_of_its_own(space):
    asked = cause_questions(space)
    keys = [one.cause.key for one in asked]
    assert keys == ["direction", "environment", "capability", "accountability", "motivation"]
    assert all(("you" in one.ask.lower()) == (space == "self") for one in asked)


@pytest.mark.parametrize(
    ("answers", "start", "said"),
    [
        ({"environment": "no", "motivation": "no", "direction": "yes"}, "environment", "Environment comes first"),
        ({"direction": "partly", "motivation": "no"}, "motivation", "Motivation comes first"),
        ({"motivation": "partly", "direction": "partly"}, "direction", "Nothing got a plain no. Direction"),
        ({"direction": "yes", "capability": "dont_know"}, None, "No answer points to a cause yet"),
        (dict.fromkeys(improvement.root_causes(), "yes"), None, "the cause is none of the five"),
        ({}, None, "You skipped the five questions"),
    ],
)
def test_the_first_no_says_where_to_start(answers, start, said):
    found = causes_of(answers)
    assert (found.start_with.key if found.start_with else None) == start
    assert said in found.sentence
    assert [one.cause.key for one in found.pointers] == [
        key for key in improvement.sorting_questions() if key in answers
    ]


def test_a_dont_know_says_what_to_find_out():
    (pointer,) = causes_of({"capability": "dont_know"}).pointers
    assert pointer.text.endswith("Have these people done this well before? If so, what has changed?")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("cause", [None, *improvement.root_causes()])
def test_every_place_has_actions_of_its_space_that_answer_the_cause(place, cause):
    known = improvement.root_causes().get(cause)
    for company in ("", *improvement.companies()):
        found = fitting_actions(place, cause=known, company=company)
        assert 2 <= len(found) <= 3
        assert all(place[1] in view.action.spaces for view in found)
        if known:
            lists = {*known.primary, *known.secondary}
            assert all(view.action.key in lists or cause in view.action.root_causes for view in found)
        else:
            assert all(place[0] in view.action.conditions for view in found)
        elsewhere = [view.is_company_other for view in found]
        assert elsewhere == [bool(company) and company not in view.action.people for view in found]
        assert len(found) == 2 or not any(elsewhere)


def test_what_was_rated_lowest_comes_first():
    first, *_others = fitting_actions(("task", "team"), indicators=["T5", "T1"])
    assert (first.action.key, first.why) == (
        guidance.indicator("T5").interventions[0],
        f"Fits {guidance.indicator('T5').topic}.",
    )


def test_examples_in_docstrings_run():
    assert sum(doctest.testmod(module).failed for module in (improvement, causes, fitting)) == 0
