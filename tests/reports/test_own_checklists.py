"""A report of a checklist of a workspace's own: cells that are not asked, statements of its own, in any language."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import translation

from diagnostics.checklists.drafting import reworded, with_new_indicator
from diagnostics.checklists.model_words import asking, model_source
from reports.comparisons.actions import Chosen
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice
from reports.files.kinds import FILE_KINDS
from tests.diagnostics.checklists.owning import published
from tests.diagnostics.launched import workspace_of
from tests.reports.published import compared, published_survey, slice_of

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
@pytest.mark.parametrize("kind", [kind for kind, one in FILE_KINDS.items() if one.of.name == "slice"])
def test_every_file_of_a_group_is_made_in_every_language(part, kind, language):
    with translation.override(language):
        made = FILE_KINDS[kind]
        content = made.load_writer()(made.read(part.public_id))
    assert content


@pytest.mark.parametrize("language", ["en-gb", "de"])
@pytest.mark.parametrize("kind", ["comparison_pdf", "comparison_slides", "comparison_workbook", "comparison_csv"])
def test_so_is_every_file_of_a_comparison(survey, kind, language):
    one: Comparison = compared(survey, *(Chosen((slice_of(survey, name),)) for name in ("Pharmacy", "Wards")))
    with translation.override(language):
        made = FILE_KINDS[kind]
        assert made.load_writer()(made.read(one.public_id))
