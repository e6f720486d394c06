"""The posters of a survey's links as one PDF: a page for each group, and gone with the links."""

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from core.jobs.models import Job
from diagnostics.surveys.actions.lifecycle import extend_survey, stop_survey
from reports.files.posters import MAKE_POSTERS, folder_of
from tests.diagnostics.launched import CLOSES, NOW, launched_survey, opened
from tests.reports.pdftext import text_of
from tests.reports.stories import made

pytestmark = pytest.mark.usefixtures("instrument")


@pytest.fixture
def survey(alice):
    return opened(launched_survey(alice, entry="shared", k=10))


def posters(survey) -> str:
    return reverse("reports:posters", args=[survey.public_id])


def fetched(client: Client, survey) -> bytes:
    client.post(posters(survey))
    made(Job.objects.filter(kind=MAKE_POSTERS).latest("pk"))
    return b"".join(client.get(posters(survey)))


def test_every_group_has_a_page_with_its_link_and_until_when(alice, survey, client_for):
    text = text_of(fetched(client_for(alice), survey))
    for group in survey.groups.exclude(parent=None):
        assert group.name in text
        assert group.shared_link.token[:20] in text
    assert "Open until Friday 4 December 2026, 17:00 GMT." in text


def test_another_date_is_another_file_and_closed_links_have_none(
    alice, survey, client_for, django_capture_on_commit_callbacks
):
    client = client_for(alice)
    fetched(client, survey)
    extend_survey(survey=survey, closes_at=CLOSES.replace(day=18), by=alice, now=NOW)
    assert client.get(posters(survey)).status_code == 302
    assert "18 December" in text_of(fetched(client, survey))
    (kept,) = default_storage.listdir(folder_of(survey))[1]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    fetched(client, survey)
    assert len(default_storage.listdir(folder_of(survey))[1]) == 2
    assert default_storage.exists(f"{folder_of(survey)}/{kept}")
    with django_capture_on_commit_callbacks(execute=True):
        stop_survey(survey=survey, by=alice, now=NOW)
    assert default_storage.listdir(folder_of(survey))[1] == []
    assert client.get(posters(survey)).url == reverse("surveys:dashboard", args=[survey.public_id])


def test_a_file_that_got_lost_is_made_again(alice, survey, client_for):
    client = client_for(alice)
    fetched(client, survey)
    for file in default_storage.listdir(folder_of(survey))[1]:
        default_storage.delete(f"{folder_of(survey)}/{file}")
    assert fetched(client, survey)
