"""Asking for a file and fetching it."""

import threading
from unittest import mock

import pytest
from django.core.files.storage import default_storage
from pytest_django.asserts import assertContains, assertRedirects

from core.jobs.models import Job
from diagnostics.self_assessments import actions as self_assessments
from diagnostics.self_assessments.models import Share
from reports.files.asking import ask_for_file
from reports.files.models import Document
from reports.pages.fetching import AT_ONCE, opened
from tests.parts import HTMX, assert_part_equals_page
from tests.reports.stories import made, submitted


@pytest.fixture
def own(instrument, ruth, now):
    return submitted(ruth, now=now)


@pytest.fixture
def svg(own, ruth):
    made(ask_for_file(of=own, kind="svg", by=ruth))
    return f"/reports/self-assessments/{own.public_id}/files/svg/"


def test_asking_without_script_leads_to_a_page_that_shows_progress(own, ruth, client_for):
    page = client_for(ruth).post(f"/reports/self-assessments/{own.public_id}/files/pdf/")
    job = Job.objects.get(kind="self_assessment_pdf")
    assertRedirects(page, f"/jobs/{job.public_id}/")
    assert job.requested_by == ruth


def test_asking_with_script_shows_progress_in_the_page(own, ruth, client_for):
    client = client_for(ruth)
    answer = client.post(f"/reports/self-assessments/{own.public_id}/files/pdf/", headers=HTMX)
    job = Job.objects.get(kind="self_assessment_pdf")
    assert_part_equals_page(client, f"/jobs/{job.public_id}/", answer)
    assertContains(answer, f'id="job-{job.public_id}"')
    assertContains(answer, "The PDF is waiting for its turn.")
    assert "HX-Trigger" not in answer


def test_asking_for_what_is_there_links_to_it(svg, ruth, client_for):
    answer = client_for(ruth).post(svg, headers=HTMX)
    assertContains(answer, f'<a href="{svg}">The picture (SVG)</a> is ready.')
    assert "job-done" in answer["HX-Trigger"]


def test_fetching_what_nobody_asked_for_leads_back(own, ruth, client_for):
    page = client_for(ruth).get(f"/reports/self-assessments/{own.public_id}/files/pdf/")
    assertRedirects(page, f"/reports/self-assessments/{own.public_id}/")
    assert not Job.objects.filter(kind="self_assessment_pdf").exists()


def test_fetching_gives_the_file_with_a_telling_name(svg, ruth, client_for):
    file = client_for(ruth).get(svg)
    assert b"".join(file).startswith(b"<svg")
    assert file["Content-Type"] == "image/svg+xml"
    assert file["Content-Disposition"] == 'attachment; filename="TRACE self-assessment 2026-11-25 Ruth Adeyemi.svg"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Cache-Control"] == "private, no-store"
    assert file["ETag"] == f'"{Document.objects.get(kind="svg").sha256}"'


def test_a_disk_that_hangs_holds_few_and_says_so_to_the_next(svg, ruth, client_for):
    client, arrived, goes_on = client_for(ruth), threading.Barrier(AT_ONCE + 1), threading.Event()

    def hang(path: str) -> None:
        arrived.wait(10)
        goes_on.wait(10)

    waiting = [threading.Thread(target=opened, args=["some.pdf"]) for _ in range(AT_ONCE)]
    with mock.patch.object(default_storage, "open", hang):
        for one in waiting:
            one.start()
        arrived.wait(10)
        page = client.get(svg)
        goes_on.set()
        for one in waiting:
            one.join(10)
    assertContains(page, "Try again in a minute: the file is kept.", status_code=503)
    assert page["Retry-After"] == "60"
    assert b"".join(client.get(svg)).startswith(b"<svg")


def test_the_page_offers_what_is_made_as_a_link(svg, own, ruth, client_for):
    page = client_for(ruth).get(f"/reports/self-assessments/{own.public_id}/")
    assertContains(page, f'href="{svg}" download')
    assertContains(page, f'hx-post="/reports/self-assessments/{own.public_id}/files/png/"')


def test_fetching_again_costs_nothing_but_the_question(svg, ruth, client_for):
    client = client_for(ruth)
    first = client.get(svg)
    assert b"".join(first)
    again = client.get(svg, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_file_is_closed_at_once_when_its_share_is_taken_back(svg, own, bob, client_for):
    Share.objects.create(self_assessment=own, reader=bob, shared_at=own.submitted_at)
    client = client_for(bob)
    first = client.get(svg)
    assert b"".join(first)
    self_assessments.take_back(self_assessment=own, reader=bob, by=own.leader)
    assert client.get(svg, headers={"If-None-Match": first["ETag"]}).status_code == 404
    assert default_storage.exists(Document.objects.get(kind="svg").file.name)


def test_a_figure_is_no_file_to_keep(own, ruth, client_for):
    for kind in ("figure", "readers_figure", "docx"):
        assert client_for(ruth).get(f"/reports/self-assessments/{own.public_id}/files/{kind}/").status_code == 404
