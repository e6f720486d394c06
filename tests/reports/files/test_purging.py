"""A closed survey is deleted with its report, by the owner, once its list protects nobody any more."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.audit.models import Entry
from diagnostics.surveys.actions.deleting import delete_survey
from diagnostics.surveys.models import Survey, SurveyGroup
from reports.editions.models import Edition, PublishedSlice, Release
from spaces.models import Membership, Role
from tests.pages import press, tight
from tests.reports.published import published_survey


@pytest.fixture
def survey(alice, bob, instrument) -> Survey:
    survey = published_survey(alice)
    Membership.objects.create(workspace=survey.workspace, user=bob, role=Role.CONSULTANT)
    Release.objects.create(edition=survey.editions.get(), to_leaders=True, released_at=timezone.now())
    return survey


def test_a_report_is_deleted_by_the_owner_after_sixty_days(client_for, alice, bob, survey):
    address, browser = reverse("surveys:delete", args=[survey.public_id]), client_for(alice)
    Survey.objects.filter(pk=survey.pk).update(stopped_at=timezone.now() - datetime.timedelta(days=59))
    assert "This survey can be deleted from" in tight(browser.get(address))
    Survey.objects.filter(pk=survey.pk).update(stopped_at=timezone.now() - datetime.timedelta(days=61))
    survey.refresh_from_db()
    with pytest.raises(ValidationError, match="Only the owner"):
        delete_survey(survey=survey, by=bob, now=timezone.now())
    said = tight(browser.get(address))
    assert "The report: what it says of" in said
    assert "they can no longer open it" in said
    assert press(browser, address).status_code == 302
    for model in (Survey, SurveyGroup, Edition, PublishedSlice, Release):
        assert not model.objects.exists()
    assert set(Entry.objects.values_list("verb", flat=True)) >= {"delete_launched_survey", "purge_edition"}
    assert client_for(alice).get(reverse("reports:audit", args=[survey.workspace.public_id])).status_code == 200
