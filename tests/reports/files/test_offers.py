"""The files that a report offers: what each is good for, and how far it is."""

import datetime
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.jobs.models import Job
from reports.comparisons.actions import Chosen
from reports.editions.models import PublishedSlice
from reports.files.ageing import KEPT, forget_old
from reports.files.asking import ask_for_file
from reports.files.kinds import FILE_KINDS, kinds_to_keep, kinds_to_offer
from reports.files.models import Document
from reports.files.offers import downloads_of, file_address
from reports.files.subjects import COMPARISON, SLICE
from tests.pages import tight
from tests.reports.published import HIGH, LOW, compared, published_survey, slice_of
from tests.reports.stories import made

pytestmark = pytest.mark.usefixtures("instrument")
SVG = Document.Kind.SLICE_SVG


@pytest.fixture
def one(alice) -> PublishedSlice:
    return slice_of(published_survey(alice), HIGH)


@pytest.fixture
def job(one, alice) -> Job:
    return ask_for_file(of=one, kind=SVG, by=alice)


@pytest.fixture
def page(one, alice, client_for) -> Callable:
    """The report as Alice sees it now."""
    return lambda: client_for(alice).get(reverse("reports:slice", args=[one.public_id]))


def address(one: PublishedSlice, kind: str = SVG) -> str:
    return reverse("reports:slice_document", args=[one.public_id, kind])


def become(job: Job, **fields) -> None:
    Job.objects.filter(pk=job.pk).update(**fields)


def offered(one: PublishedSlice):
    [offer] = downloads_of(one, [SVG])
    [download] = offer.downloads
    return download


def test_every_file_on_offer_says_what_it_is_good_for():
    for kind in (*kinds_to_keep(SLICE), *kinds_to_keep(COMPARISON)):
        assert all(FILE_KINDS[kind].line)


def test_a_page_offers_every_file_by_a_button_that_needs_no_script(one, page):
    seen = page()
    for kind in kinds_to_offer(SLICE, is_agreed=False):
        for minutes in FILE_KINDS[kind].versions:
            assert f'<form method="post" action="{file_address(kind, one.public_id, minutes)}"' in tight(seen)
        assertContains(seen, FILE_KINDS[kind].line.purpose)
    assertNotContains(seen, "download>")


def test_without_script_asking_leads_to_its_progress(one, alice, client_for):
    response = client_for(alice).post(address(one))
    assertRedirects(response, reverse("jobs:progress", args=[Job.objects.get(kind=SVG).public_id]))


def test_whoever_comes_back_finds_the_progress_on_the_page(one, job, page):
    become(job, status=Job.Status.RUNNING, progress=40, step="Writing the file")
    assert offered(one).is_under_way
    seen = page()
    assertContains(seen, f'id="job-{job.public_id}"')
    assertContains(seen, "Writing the file")
    assertContains(seen, "Stop making it")


ENDED = {
    Job.Status.FAILED: ("The picture (SVG) could not be made.", "Try again"),
    Job.Status.CANCELLED: ("The picture (SVG) is not being made any more.", "Make it"),
}


@pytest.mark.parametrize("status", ENDED)
def test_what_has_ended_without_a_file_says_so_and_is_made_by_one_click(one, job, page, client_for, status):
    said, button = ENDED[status]
    become(job, status=status, error="The picture (SVG) could not be made. Nothing is lost. Try again.")
    assertContains(page(), said)
    assertContains(page(), f">{button}</button>")
    client_for(job.requested_by).post(reverse("jobs:retry", args=[job.public_id]))
    assert made(job).status == Job.Status.DONE
    assert offered(one).is_made


def test_a_file_that_is_there_is_a_link_where_its_progress_was(one, job, page):
    made(job)
    seen = page()
    assertContains(seen, f'href="{address(one)}" download>')
    assertContains(seen, f'id="job-{job.public_id}" tabindex="-1"')
    assertNotContains(seen, f'action="{address(one)}"')


def test_a_file_that_is_made_while_the_page_is_read_is_there(one, job):
    queries = []

    def read(execute, *query):
        queries.append(query)
        if len(queries) == 2:
            made(job)
        return execute(*query)

    with connection.execute_wrapper(read):
        assert offered(one).is_made


def test_a_file_whose_job_is_done_and_whose_writer_is_newer_is_made_again(one, job):
    made(job)
    one.documents.update(version="0")
    assert not offered(one).is_made
    assert not offered(one).is_under_way


def test_downloads_cost_two_queries(one, django_assert_num_queries):
    with django_assert_num_queries(2):
        downloads_of(one, kinds_to_keep(SLICE))


@pytest.mark.parametrize("subject", [SLICE, COMPARISON])
def test_one_button_asks_for_every_file_once(one, alice, client_for, subject):
    client, of = client_for(alice), one
    if subject is COMPARISON:
        of = compared(one.edition.survey, *(Chosen((slice_of(one.edition.survey, name),)) for name in (HIGH, LOW)))
    button = reverse(f"reports:all_{subject.name}_documents", args=[of.public_id])
    assertContains(client.get(reverse(subject.page, args=[of.public_id])), f'action="{button}"')
    for _press in range(2):
        assertRedirects(client.post(button), f"{reverse(subject.page, args=[of.public_id])}#files")
    asked = Job.objects.filter(subject=of.public_id).exclude(kind="slice_figure").values_list("kind", flat=True)
    assert sorted(asked) == sorted(
        kind for kind in kinds_to_offer(subject, is_agreed=False) if not FILE_KINDS[kind].is_pack
    )
    seen = client.get(reverse(subject.page, args=[of.public_id]))
    for job in Job.objects.filter(subject=of.public_id, kind__in=asked):
        assertContains(seen, f'id="job-{job.public_id}"')


def test_an_old_file_goes_and_is_made_again_when_somebody_asks(one, alice, job, django_capture_on_commit_callbacks):
    made(job)
    young = Document.objects.get()
    assert forget_old(now=young.created_at + KEPT) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old(now=young.created_at + KEPT + datetime.timedelta(seconds=1)) == 1
    assert not Document.objects.exists()
    assert not default_storage.exists(young.path)
    made(ask_for_file(of=one, kind=SVG, by=alice))
    assert Document.objects.get().sha256 == young.sha256
