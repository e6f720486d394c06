"""The page of those who run the site."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from core.jobs import registry, sightings
from core.jobs.models import Job, Sighting
from trace_site import ready
from trace_site.staff import PARTS


@pytest.fixture
def staff(client_for, alice, monkeypatch):
    monkeypatch.setattr(ready, "broker", lambda: ready.OK)
    alice.is_staff = True
    alice.save()
    return client_for(alice)


def test_failed_jobs_are_counted_by_kind_and_done_again_together(staff, alice):
    in_an_hour = timezone.now() + datetime.timedelta(hours=1)
    for number in range(3):
        Job.objects.create(kind="close_survey", subject=str(number), status="failed", error="About Northmoor")
    Job.objects.create(kind="survey_posters", subject="1", status="failed")
    Job.objects.create(kind="close_survey", subject="late", failures=registry.ALARMING, not_before=in_an_hour)
    Job.objects.create(kind="close_survey", subject="patient", failures=1, not_before=in_an_hour)
    sightings.note_backup()
    Sighting.objects.update(seen_at=timezone.now() - datetime.timedelta(days=2))
    sightings.note(name="files@host", lanes=["files"], version="v-seen")
    page = staff.get(reverse("staff")).content.decode()
    assert [page.count(said) for said in (">close_survey<", ">survey_posters<")] == [1, 1]
    assert "Northmoor" not in page
    assert "None was noted" not in page
    assert "More than a day ago" in page
    assert "v-seen" in page
    answer = staff.post(reverse("all_again", args=["close_survey"]), follow=True)
    assert "4 jobs wait to be done again." in answer.content.decode()
    assert set(Job.objects.values_list("kind", "status")) == {("close_survey", "queued"), ("survey_posters", "failed")}
    assert list(Job.objects.filter(not_before__gt=timezone.now()).values_list("subject", flat=True)) == ["patient"]


def test_every_part_is_told_in_words(staff, monkeypatch):
    assert set(ready.parts()) == set(PARTS)
    monkeypatch.setattr(ready, "parts", lambda: {"database": ready.OK, "keys": "folder away"})
    page = staff.get(reverse("staff")).content.decode()
    assert re.search(r"The keys of open surveys are there</th>\s*<td>\s*<strong>No:</strong> folder away", page)
    assert re.search(r"The database answers</th>\s*<td>\s*Yes\s*</td>", page)


def test_nobody_else_finds_it(client_for, bob):
    assert client_for(bob).get(reverse("staff")).status_code == 404
    assert client_for(bob).post(reverse("all_again", args=["close_survey"])).status_code == 404
