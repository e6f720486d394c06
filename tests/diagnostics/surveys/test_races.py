"""Two people press a button at the same moment, on PostgreSQL: SQLite writes one at a time."""

import datetime

import pytest
from django.db import connection

from core.jobs.models import Job
from diagnostics.answering.drafts import saved_by
from diagnostics.checklists.actions.presets import publish_preset
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.actions.participants import add_participant
from diagnostics.surveys.models import Survey, SurveyGroup
from diagnostics.surveys.recipes import recipe_of
from tests.diagnostics.launched import (
    CLOSES,
    NOW,
    draft_in,
    launched_survey,
    opened,
    teams_in,
    workspace_of,
)
from tests.diagnostics.respondents import open_survey, respondent, saved
from tests.spaces.test_races import at_once, refusals

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite writes one at a time")


@pytest.fixture
def draft(alice, instrument) -> Survey:
    workspace = workspace_of(alice)
    return draft_in(workspace, teams_in(workspace, by=alice), by=alice)


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return opened(launched_survey(alice))


def test_launching_from_four_tabs_launches_once(draft, alice):
    results = at_once(*[lambda: lifecycle.launch_survey(survey=draft, by=alice, now=NOW)] * 4)
    assert refusals(results) == 3
    assert draft.participants.count() == draft.invitations.count() == 17
    assert Job.objects.filter(kind="open_survey").count() == 1


def test_of_two_launches_at_once_the_second_knows_the_first(draft, alice):
    """Pharmacy by itself, and with Podiatry: three people differ, so one of the two must say less."""
    parts = list(draft.workspace.groups.filter(name__in=["Pharmacy", "Podiatry"]).values_list("public_id", flat=True))
    joined = [{"name": "Therapies", "groups": parts}]
    other = draft_in(draft.workspace, *draft.audience.all(), by=alice, joined=joined)
    publish_preset(recipe=recipe_of(draft), now=NOW)  # else one waits for the other’s checklist
    at_once(*(lambda one=one: lifecycle.launch_survey(survey=one, by=alice, now=NOW) for one in (draft, other)))
    assert SurveyGroup.objects.filter(is_words_only=True).values("survey").distinct().count() == 1


def test_a_rule_changed_during_the_launch_is_in_it_or_refused(draft, alice):
    results = at_once(
        lambda: lifecycle.launch_survey(survey=draft, by=alice, now=NOW),
        lambda: lifecycle.save_step(survey=draft, step="check", by=alice, k=10),
    )
    draft.refresh_from_db()
    assert draft.status == Survey.Status.LAUNCHING
    assert draft.k == (5 if refusals(results) else 10)


def test_stopping_and_cancelling_at_once_is_one_of_them(survey, alice):
    results = at_once(
        lambda: lifecycle.stop_survey(survey=survey, by=alice, now=NOW),
        lambda: lifecycle.cancel_launch(survey=survey, by=alice, now=NOW),
    )
    assert refusals(results) == 1
    survey.refresh_from_db()
    assert survey.status in {Survey.Status.STOPPED, Survey.Status.CANCELLED}


def test_the_date_moves_before_the_stop_or_not_at_all(survey, alice):
    later = CLOSES + datetime.timedelta(days=1)
    results = at_once(
        lambda: lifecycle.extend_survey(survey=survey, closes_at=later, by=alice, now=NOW),
        lambda: lifecycle.stop_survey(survey=survey, by=alice, now=NOW),
    )
    survey.refresh_from_db()
    assert survey.status == Survey.Status.STOPPED
    assert survey.closes_at == (CLOSES if refusals(results) else later)


def test_the_first_answers_of_four_tabs_at_once_are_all_kept(alice, instrument):
    answering = open_survey(alice)
    keys = list(questionnaire_of(answering.survey.version).statements)[:4]
    at_once(*[lambda key=key: saved(answering.tokens[0], **{key: "4"}) for key in keys])
    assert saved_by(respondent(answering.tokens[0])).answers == dict.fromkeys(keys, 4)


def test_a_mailbox_added_twice_at_once_is_asked_once(survey, alice):
    group = survey.groups.get(name="Pharmacy")
    late = {"survey": survey, "group": group, "name": "Sam", "email": "sam@example.org", "by": alice}
    results = at_once(*[lambda: add_participant(**late)] * 4)
    assert refusals(results) == 3
    assert survey.participants.filter(mailbox="sam@example.org").count() == 1
