"""A site that was in use with the model 1.0 gets 2.0 beside it: what was published and what runs stays as it is."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from diagnostics.checklists.actions.presets import publish_preset
from diagnostics.checklists.changes import same_statements
from diagnostics.checklists.content import NotInThisLanguage
from diagnostics.checklists.presets import Recipe
from diagnostics.models import ChecklistVersion, SelfAssessment, Statement, Survey
from diagnostics.self_assessments import actions as self_assessments
from diagnostics.surveys.actions import lifecycle
from tests.diagnostics.assessing import NOW as LATER
from tests.diagnostics.assessing import draft_of, finished_by
from tests.diagnostics.first_model import first_model
from tests.diagnostics.launched import NOW, draft_in, open_survey_now
from tests.diagnostics.test_upgrade import migrated, undone

BEFORE = [("diagnostics", "0007_places")]
BRIEF = Recipe("brief", "team", ("team",))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def upgraded(alice, bob, instrument):
    """A survey that runs, a draft of one, a self-assessment that is finished and one half done; then the upgrade."""
    with first_model():
        running = open_survey_now(alice)
        finished_by(alice)
        draft_of(bob, T1_team=3)
    draft_in(running.workspace, *running.audience.all(), by=alice, title="In the spring")
    published = list(ChecklistVersion.objects.order_by("pk").values())
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    then = migrated(BEFORE).get_model("diagnostics", "Statement")
    assert (then.objects.count(), then.objects.filter(is_observer=True).count()) == (175, 35)
    then.objects.filter(key="T1.organisation").update(text="As somebody here worded it.")
    migrated(leaves)
    return published


def test_what_was_published_and_what_runs_stays_as_it_is(upgraded, alice, bob, subtests):
    """There is one upgrade for all of it, as each way through all migrations takes long."""
    with subtests.test("until the model is loaded nothing new is published"), pytest.raises(NotInThisLanguage):
        publish_preset(recipe=BRIEF, now=NOW)
    call_command("load_model", stdout=StringIO())
    with subtests.test("the first statements stay and those of 2.0 come beside them"):
        check_that_the_first_statements_stay_and_those_of_2_0_come_beside_them()
    with subtests.test("what was published stays bit for bit"):
        assert list(ChecklistVersion.objects.order_by("pk").values()) == upgraded
        assert {version.model_version for version in ChecklistVersion.objects.all()} == {"1.0"}
    with subtests.test("a survey that runs and a self-assessment that was begun go on"), undone():
        check_that_a_survey_and_a_self_assessment_go_on_with_their_questions(bob)
    with subtests.test("a draft is launched with 2.0 as the next version of its checklist"), undone():
        check_that_a_draft_is_launched_with_2_0_as_the_next_version_of_its_checklist(alice)


def check_that_the_first_statements_stay_and_those_of_2_0_come_beside_them():
    assert Statement.objects.filter(model_version="1.0").count() == 175
    assert Statement.objects.filter(model_version="2.0").count() == 210
    first = Statement.objects.get(key="A3.observer", model_version="1.0")
    assert (first.wording, first.space_id) == ("observer", "self")
    assert first.text != Statement.objects.get(key="A3.observer", model_version="2.0").text


def check_that_a_survey_and_a_self_assessment_go_on_with_their_questions(bob):
    running, half_done = Survey.objects.get(status="open"), SelfAssessment.objects.get(leader=bob)
    assert running.asked_version.statement_keys[-2:] == ("E2.team", "E6.team")
    self_assessments.save(self_assessment=half_done, answers={"A7.self": 5}, comments={}, now=LATER)
    self_assessments.submit(self_assessment=half_done, now=LATER)
    assert half_done.version.model_version == "1.0"
    assert half_done.answers == {"T1.team": 3, "A7.self": 5}


def check_that_a_draft_is_launched_with_2_0_as_the_next_version_of_its_checklist(alice):
    running, draft = Survey.objects.get(status="open"), Survey.objects.get(status="draft")
    launched = lifecycle.launch_survey(survey=draft, by=alice, now=NOW)
    before, after = running.asked_version, launched.asked_version
    assert (after.checklist, after.number, after.model_version) == (before.checklist, before.number + 1, "2.0")
    assert after.statement_keys[-2:] == ("E1.team", "E2.team")
    assert same_statements(before, after) == {"T5.team", "T7.team", "A3.team", "C2.team", "E2.team"}
