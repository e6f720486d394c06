"""The page of letters and work: what an owner may know, and nothing of answers."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.jobs import registry, sightings
from core.jobs.models import Job, Sighting
from core.post.models import Message
from diagnostics.surveys.job_names import CLOSE_ON_DATE, CLOSE_SURVEY, SEND_LINK_AGAIN, SEND_REMINDERS
from diagnostics.surveys.models import Survey
from tests.diagnostics.launched import launched_survey, opened
from tests.pages import tight
from tests.spaces.conftest import invite

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(alice, instrument) -> Survey:
    return opened(launched_survey(alice))


def test_an_owner_sees_what_needs_a_hand_and_nothing_of_answers(survey, alice, client_for):
    letters = [
        Message(kind="surveys.invitation", to=f"{n}@example.org", about=survey.public_id, status=status)
        for n, status in enumerate(["sent", "sent", "failed", "queued", "queued"])
    ]
    Message.objects.bulk_create(letters)
    Message.objects.create(kind="surveys.invitation", to="x@example.org", about="another", status="failed")
    late = {
        "status": "queued",
        "failures": registry.ALARMING,
        "not_before": timezone.now() + datetime.timedelta(hours=1),
    }
    Job.objects.create(kind="send_message", subject=str(letters[4].pk))
    for kind in (CLOSE_SURVEY, CLOSE_ON_DATE, SEND_REMINDERS, SEND_LINK_AGAIN):
        Job.objects.create(kind=kind, subject=survey.public_id, version="test", step=f"About {kind}", **late)
    Job.objects.create(kind=CLOSE_SURVEY, subject="another", **late)
    address = reverse("reports:upkeep", args=[survey.workspace.public_id])
    page = client_for(alice).get(address)
    upkeep, html = page.context["page"], tight(page)
    (row,) = upkeep.letters
    assert (row.waiting, row.put_off, row.sent, row.lost) == (1, 1, 2, 1)
    assert reverse("surveys:failed_addresses", args=[survey.public_id]) in html
    assert {(one.job.kind, one.may_ask) for one in upkeep.in_need} == {(CLOSE_SURVEY, True), (CLOSE_ON_DATE, False)}
    assert html.count("Do again") == 1
    assert "Unknown: none was noted here" in html
    assert "example.org" not in html.replace(page.context["contact"], "")


def test_an_old_backup_is_told_and_colleagues_letters_too(survey, alice, client_for):
    sightings.note_backup()
    Sighting.objects.update(seen_at=timezone.now() - datetime.timedelta(days=2))
    offer = invite(survey.workspace, "new@example.org", by=alice)
    Message.objects.filter(reference__invitation=offer.public_id).update(status="failed")
    page = client_for(alice).get(reverse("reports:upkeep", args=[survey.workspace.public_id]))
    assert "More than a day ago" in tight(page)
    (row,) = page.context["page"].letters
    assert (row.survey, row.lost) == (None, 1)
    assert "The letter could not be delivered" in tight(client_for(alice).get(survey.workspace.get_absolute_url()))
