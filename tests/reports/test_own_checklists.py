"""A report of a checklist of a workspace's own: cells that are not asked, statements of its own, in any language."""

from dataclasses import replace
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import translation

from core.jobs.models import Job
from diagnostics.checklists.drafting import reworded, with_new_indicator
from diagnostics.checklists.model_words import asking, model_source
from diagnostics.instrument.changes import asks
from diagnostics.instrument.sources import CURRENT
from diagnostics.questionnaire.questionnaire import read
from diagnostics.self_assessments.models import SelfAssessment
from reports.comparisons.actions import Chosen
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice
from reports.editions.releasing import release
from reports.files.asking import ask_for_file
from reports.files.kinds import FILE_KINDS
from reports.files.pack import OF_A_GROUP
from reports.files.subjects import SLICE
from reports.readings.self_assessment.statements import rated_statements
from reports.readings.survey.slice import model_heads
from tests.diagnostics.checklists.owning import published
from tests.diagnostics.launched import workspace_of
from tests.reports.published import compared, published_survey, slice_of
from tests.reports.stories import made

TEAMS = {"Pharmacy": 14, "Podiatry": 12, "Wards": 34, "Theatres": 11, "Kitchens": 4}
NOT_ASKED = [("route", "team"), ("task", "system"), ("energy", "team")]


@pytest.fixture
def survey(instrument, alice):
    """Three statements on the task in the team, two on the route in the organisation, an own one in Self."""
    workspace = workspace_of(alice)
    asked = {"T1.team", "T4.team", "T7.team", "R6.organisation", "R7.organisation"}
    source = replace(asking(model_source(), asked), primary_space="team", open_questions=())
    source = reworded(source, "T4", "team", "Our ward has clear, agreed goals for the work we do now.")
    source = with_new_indicator(source, "energy", title="Rest between shifts")
    one = source.indicator("Own1")
    source = source.with_indicator(replace(one, topic="rest between shifts"))
    source = reworded(source, "Own1", "self", "I get the rest I need between shifts.")
    version = published(workspace, alice, source, name="Ward leaders")
    return published_survey(
        alice,
        workspace=workspace,
        teams=TEAMS,
        preset="own",
        own_version=version,
        primary_space="team",
        spaces_asked=["self", "team", "organisation"],
    )


@pytest.fixture
def part(survey) -> PublishedSlice:
    return PublishedSlice.objects.for_reading().get(edition=survey.editions.get(), group__name="Wards")


def test_the_report_says_which_places_were_not_asked(survey, part, client_for, alice):
    page = client_for(alice).get(reverse("reports:slice", args=[part.public_id])).content.decode()
    assert page.count("Not asked") >= 17
    assert (
        "Our ward has clear"
        in client_for(alice).get(reverse("reports:statements", args=[part.public_id, "task", "team"])).content.decode()
    )


@pytest.mark.parametrize("language", ["en-gb", "de", "cy"])
@pytest.mark.parametrize("kind", [kind for kind, one in FILE_KINDS.items() if one.of is SLICE and not one.is_pack])
def test_every_file_of_a_group_is_made_in_every_language(part, alice, now, kind, language):
    of_kind = FILE_KINDS[kind]
    if of_kind.is_for_some:
        release(edition=part.edition, by=alice, now=now, to_leaders=True, with_comments=True)
    with translation.override(language):
        content = of_kind.load_writer()(of_kind.read(part.public_id))
    assert content


@pytest.mark.parametrize("language", ["en-gb", "de", "cy"])
def test_so_is_a_pack_of_all_of_them(part, alice, language):
    written = {kind: replace(FILE_KINDS[kind], writer=f"{__name__}.quickly") for kind in OF_A_GROUP}
    with translation.override(language), mock.patch.dict(FILE_KINDS, written):
        job = ask_for_file(of=part, kind="slice_pack", by=alice, minutes=90)
        assert made(job).status == Job.Status.DONE


def quickly(_reading) -> bytes:
    """In place of a writer that is tried by itself."""
    return b"A file of this group."


@pytest.mark.parametrize("language", ["en-gb", "de"])
@pytest.mark.parametrize("kind", ["comparison_pdf", "comparison_slides", "comparison_workbook", "comparison_csv"])
def test_so_is_every_file_of_a_comparison(survey, kind, language):
    one: Comparison = compared(survey, *(Chosen((slice_of(survey, name),)) for name in ("Pharmacy", "Wards")))
    with translation.override(language):
        of_kind = FILE_KINDS[kind]
        assert of_kind.load_writer()(of_kind.read(one.public_id))


def test_a_leader_reads_their_own_statements_by_topic_and_in_their_language(survey, alice, now):
    """'Own1.self 2.0' would be the identity of a statement of the model, had it one of that key."""
    version = survey.asked_version
    own = SelfAssessment(leader=alice, version=version, answers={"Own1.self": 2, "T1.team": 2}, started_at=now)
    [task, rest] = rated_statements(own)
    assert (task.topic, rest.topic) == ("talking the task through", "rest between shifts")
    assert rest.sentence == "“I get the rest I need between shifts.” was rated low."
    pages = [page | {"indicators": [_as_of_model(one) for one in page["indicators"]]} for page in version.pages]
    assert not read(version.content | {"pages": pages}).statements["Own1.self"].is_of_model


def _as_of_model(indicator: dict) -> dict:
    statements = [one | {"asks": asks(one["key"], CURRENT)} for one in indicator["statements"]]
    return indicator | {"statements": statements}


def test_roles_and_spaces_are_called_by_the_name_of_the_language(instrument):
    with translation.override("de"):
        columns, rows = model_heads()
    assert columns[0] == ("self", "Selbst")
    assert rows[0] == ("task", "Aufgabe", "Architekt")
