"""What a worker leaves behind, whatever happens to it."""

import datetime
import hashlib
from dataclasses import replace
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from core.jobs import running, sweeping
from core.jobs.actions import retry
from core.jobs.models import Job
from diagnostics.self_assessments import actions as self_assessments
from reports.files import kinds, making, subjects
from reports.files.asking import ask_for_file
from reports.files.models import Document
from tests.reports.stories import made, submitted


@pytest.fixture
def own(instrument, alice, now):
    return submitted(alice, now=now)


@pytest.fixture
def job(own, alice):
    return ask_for_file(of=own, kind="svg", by=alice)


def files(job: Job) -> list[str]:
    try:
        return default_storage.listdir(f"documents/{job.public_id}")[1]
    except FileNotFoundError:
        return []


def test_making_stores_one_file_with_its_hash(own, job):
    assert made(job).status == Job.Status.DONE
    document = Document.objects.get(self_assessment=own, kind="svg")
    with default_storage.open(document.file.name) as file:
        content = file.read()
    assert content.startswith(b"<svg")
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert files(job) == [document.file.name.rsplit("/", 1)[1]]
    assert own.public_id not in document.file.name


def test_asking_twice_makes_one(own, job, alice):
    made(job)
    again = ask_for_file(of=own, kind="svg", by=alice)
    assert made(again) == job
    assert Document.objects.filter(self_assessment=own, kind="svg").count() == 1


def test_a_new_writer_makes_the_file_again(own, job, alice):
    made(job)
    today = kinds.FILE_KINDS["svg"]
    newer = mock.patch.dict(kinds.FILE_KINDS, svg=replace(today, version="9"))
    with newer:
        made(ask_for_file(of=own, kind="svg", by=alice))
    versions = Document.objects.filter(kind="svg").order_by("version").values_list("version", flat=True)
    assert list(versions) == [today.version, "9"]


def test_a_killed_worker_s_file_goes_and_another_does_the_job_once(job):
    run = running.claim(job.pk, now=timezone.now())
    default_storage.save(f"documents/{job.public_id}/left-behind.svg", ContentFile(b"half a file"))
    Job.objects.filter(pk=run.job.pk).update(heartbeat_at=timezone.now() - datetime.timedelta(minutes=5))
    with mock.patch("core.jobs.sweeping.ring"):
        sweeping.sweep(now=timezone.now())
    assert made(job).status == Job.Status.DONE
    assert files(job) == [Document.objects.get(kind="svg").file.name.rsplit("/", 1)[1]]


def test_a_worker_whose_job_was_taken_over_leaves_nothing(job):
    run = running.claim(job.pk, now=timezone.now())

    def taken_over(*_args) -> None:
        Job.objects.filter(pk=job.pk).update(claim=run.job.claim + 1)

    with mock.patch.object(making, "record", taken_over), pytest.raises(running.Superseded):
        making.make_document(run)
    assert files(job) == []
    assert not Document.objects.filter(kind="svg").exists()


def test_a_writer_that_fails_says_so_and_can_be_tried_again(job, caplog):
    with mock.patch("reports.writers.pictures.heatmap_files.heatmap_svg", side_effect=RuntimeError("secret words")):
        assert made(job).status == Job.Status.FAILED
    assert "could not be made" in job.error
    assert "secret words" not in caplog.text
    assert made(retry(job=job, by=job.requested_by)).status == Job.Status.DONE


def test_without_pango_the_pdf_says_why_and_the_rest_works(own, job, alice):
    pdf = ask_for_file(of=own, kind="pdf", by=alice)
    missing = OSError("cannot load library 'libpango-1.0-0'")
    real = kinds.import_string
    with mock.patch.object(kinds, "import_string", lambda path: _raise(missing) if ".pdf." in path else real(path)):
        assert made(pdf).status == Job.Status.FAILED
        assert made(job).status == Job.Status.DONE
    assert pdf.error.startswith(
        "The PDF cannot be made on this server, because the text library Pango is not installed."
    )
    assert made(ask_for_file(of=own, kind="pdf", by=alice)).status == Job.Status.DONE


def _raise(error: Exception):
    raise error


def test_deleting_takes_rows_and_files(own, job, alice, django_capture_on_commit_callbacks):
    made(job)
    name = Document.objects.get(kind="svg").file.name
    with django_capture_on_commit_callbacks(execute=True):
        self_assessments.delete(self_assessment=own, by=alice)
        assert default_storage.exists(name)
    assert not default_storage.exists(name)
    assert not Document.objects.exists()


def test_what_is_deleted_before_its_turn_is_not_made(own, job, alice):
    self_assessments.delete(self_assessment=own, by=alice)
    assert made(job).error == "This self-assessment has been deleted."


def test_what_is_deleted_while_it_is_made_leaves_no_file(own, job, alice):
    real = subjects.read_result

    def deleted_meanwhile(*args, **kwargs):
        reading = real(*args, **kwargs)
        _ = reading.view, reading.self_assessment.version.pages
        own.delete()
        return reading

    with mock.patch.object(subjects, "read_result", deleted_meanwhile):
        assert made(job).error == "This self-assessment has been deleted."
    assert files(job) == []
    assert not Document.objects.exists()
