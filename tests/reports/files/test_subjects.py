"""What files are made from: a new subject is an entry, its kinds of files, and a foreign key."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from pytest_django.asserts import assertContains, assertRedirects

from core.accounts.models import User
from core.jobs import registry
from core.jobs.models import Job
from reports.editions.groups import slice_name
from reports.editions.models import PublishedSlice
from reports.files.asking import ask_for_file
from reports.files.kinds import FILE_KINDS, FileKind, Line, kinds_to_keep
from reports.files.models import Document
from reports.files.offers import downloads_of, made_address
from reports.files.subjects import Subject
from reports.pages import files
from reports.receivers import making_of
from tests.reports.published import HIGH, published_survey, slice_of
from tests.reports.stories import made
from trace_site.urls import urlpatterns as site

KIND = "slice_note"
FIGURES = [kind for kind, one in FILE_KINDS.items() if one.is_figure]


# --- a subject of this test: notes on a group, for whoever made its survey ---


def load_note(user: User, public_id: str) -> PublishedSlice:
    one = PublishedSlice.objects.for_reading().filter(public_id=public_id).first()
    if one is None or not one.edition.survey.workspace.memberships.filter(user=user).exists():
        raise Http404
    if user != one.edition.survey.created_by:
        raise PermissionDenied
    return one


def read_note(public_id: str) -> str | None:
    one = PublishedSlice.objects.for_reading().filter(public_id=public_id).first()
    return one and f"A note on {slice_name(one)}"


def write_note(reading: str) -> bytes:
    return reading.encode()


def note(request: HttpRequest, public_id: str) -> HttpResponse:
    return HttpResponse("Notes")


NOTE = Subject(
    name="slice",  # it has no foreign key of its own without a migration
    model=PublishedSlice,
    load=load_note,
    read=read_note,
    page="note",
    address="note_document",
    file_name=lambda one, _minutes, suffix: f"{slice_name(one)}.{suffix}",
    gone="This note has been deleted.",
)
OF_NOTES = FileKind(
    NOTE, "The note", "txt", "text/plain", "1", f"{__name__}.write_note", Line("Note", "TXT", "To remember")
)
urlpatterns = [
    path("notes/<slug:public_id>/", note, name="note"),
    path("notes/<slug:public_id>/files/<slug:kind>/", files.document, {"of": NOTE}, name="note_document"),
    *site,
]


@pytest.fixture
def notes(settings) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    with mock.patch.dict(FILE_KINDS, {KIND: OF_NOTES}), mock.patch.dict(registry.kinds):
        registry.register(making_of(KIND))
        yield


@pytest.fixture
def one(instrument, notes, alice) -> PublishedSlice:
    return slice_of(published_survey(alice), HIGH)


@pytest.fixture
def address(one) -> str:
    return f"/notes/{one.public_id}/files/{KIND}/"


def test_a_file_is_asked_for_made_and_fetched(one, address, alice, client_for):
    client = client_for(alice)
    assertRedirects(client.get(address), f"/notes/{one.public_id}/")
    asked = client.post(address, headers={"HX-Request": "true"})
    job = Job.objects.get(kind=KIND)
    assertContains(asked, f'id="job-{job.public_id}"')
    assert made(job).status == Job.Status.DONE
    assertContains(client.get(f"/jobs/{job.public_id}/"), f'href="{address}"')
    file = client.get(address)
    assert b"".join(file) == f"A note on {HIGH}".encode()
    assert file["Content-Type"] == "text/plain"
    assert file["Content-Disposition"] == f'attachment; filename="{HIGH}.txt"'


def test_whoever_may_not_read_it_gets_no_file_and_sees_no_progress(one, address, charlie, bob, client_for):
    alice = one.edition.survey.created_by
    one.edition.survey.workspace.memberships.create(user=bob, role="consultant")
    job = made(ask_for_file(of=one, kind=KIND, by=alice))
    for user, status in ((charlie, 404), (bob, 403)):
        client = client_for(user)
        assert client.get(address).status_code == client.post(address).status_code == status
        assert client.get(f"/jobs/{job.public_id}/").status_code == 404
    assert Client().post(address).status_code == 401
    assert client_for(alice).put(address).status_code == 405
    assert Job.objects.filter(kind=KIND).count() == 1


def test_its_files_are_its_own(one, address, alice, client_for):
    """Those of another subject are not fetched where its own are, nor the other way round."""
    assert kinds_to_keep(NOTE) == (KIND,)
    client = client_for(alice)
    assert client.get(address.replace(KIND, Document.Kind.SLICE_CSV)).status_code == 404
    assert client.get(reverse("reports:slice_document", args=[one.public_id, KIND])).status_code == 404


def test_its_page_may_offer_it(one, address, alice):
    job = made(ask_for_file(of=one, kind=KIND, by=alice))
    [offer] = downloads_of(one, kinds_to_keep(NOTE))
    [download] = offer.downloads
    assert (offer.name, offer.format, offer.purpose) == ("Note", "TXT", "To remember")
    assert (download.address, download.is_made, download.job) == (address, True, job)


def test_what_is_gone_before_its_turn_is_not_made(one, alice):
    job = ask_for_file(of=one, kind=KIND, by=alice)
    Job.objects.filter(pk=job.pk).update(subject="gone")
    assert made(job).error == "This note has been deleted."


# --- the subjects that there are ---


def test_a_document_has_a_foreign_key_for_each_subject():
    keys = {field.name: field.related_model for field in Document._meta.fields if isinstance(field, ForeignKey)}
    assert keys == {kind.of.name: kind.of.model for kind in FILE_KINDS.values()}


def test_every_kind_of_document_can_be_made():
    assert set(FILE_KINDS) == set(Document.Kind)


@pytest.mark.parametrize("kind", FIGURES)
def test_a_figure_is_found_on_the_page_of_its_subject(kind):
    job = Job(kind=making_of(kind).name, subject="some", version=FILE_KINDS[kind].version)
    assert made_address(job) == reverse(FILE_KINDS[kind].of.page, args=["some"])
    assert not making_of(kind).can_be_cancelled
