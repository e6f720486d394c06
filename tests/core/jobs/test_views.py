import re

import pytest
from django.urls import reverse

from core.jobs.models import Job
from tests.pages import tight
from tests.parts import HTMX, assert_part_equals_page


@pytest.fixture
def job(new_kind, alice) -> Job:
    new_kind(can_see=lambda user, job: user == job.requested_by)
    return Job.objects.create(
        kind="probe", subject="1", requested_by=alice, status=Job.Status.RUNNING, progress=40, step="Drawing"
    )


@pytest.fixture
def progress(job) -> str:
    return reverse("jobs:progress", args=[job.public_id])


@pytest.fixture
def retry(job) -> str:
    return reverse("jobs:retry", args=[job.public_id])


def become(job: Job, **fields) -> None:
    Job.objects.filter(pk=job.pk).update(**fields)


def test_progress_shows_how_far_it_is_and_looks_again(client_for, alice, job, progress):
    html = tight(client_for(alice).get(progress, headers=HTMX))
    assert "The probe is being made." in html
    assert 'value="40"' in html
    assert "Drawing" in html
    assert f'hx-get="{progress}?seen={job.mark}" hx-trigger="every 1s"' in html
    assert "Look again" in html


def test_progress_waiting(client_for, alice, job, progress):
    become(job, status=Job.Status.QUEUED)
    html = client_for(alice).get(progress, headers=HTMX).content.decode()
    assert "The probe is waiting for its turn." in html
    assert "<progress" not in html


def test_progress_done_links_to_the_result_and_stops_asking(client_for, alice, job, progress):
    become(job, status=Job.Status.DONE)
    response = client_for(alice).get(progress, headers=HTMX)
    html = response.content.decode()
    assert '<a href="/there/">The probe</a> is ready.' in html
    assert "hx-get" not in html
    assert response["HX-Trigger"] == f'{{"job-done": {{"job": "{job.public_id}", "kind": "probe"}}}}'


def test_progress_done_without_an_address_is_a_plain_sentence(client_for, alice, job, progress, new_kind):
    new_kind(done_url=lambda job: None)
    become(job, status=Job.Status.DONE)
    html = client_for(alice).get(progress, headers=HTMX).content.decode()
    assert "The probe is ready." in html
    assert "<a" not in html


def test_progress_failed_says_so_and_offers_another_try(client_for, alice, job, progress, retry):
    become(job, status=Job.Status.FAILED, error="The probe could not be made. Nothing is lost. Try again.")
    html = client_for(alice).get(progress, headers=HTMX).content.decode()
    assert "<b>The probe could not be made.</b> Nothing is lost. Try again." in html
    assert f'action="{retry}"' in html
    assert "csrfmiddlewaretoken" in html
    assert "hx-get" not in html


def test_progress_is_silent_while_nothing_changes(client_for, alice, job, progress):
    client = client_for(alice)
    assert client.get(progress, {"seen": job.mark}, headers=HTMX).status_code == 204
    become(job, progress=41)
    assert client.get(progress, {"seen": job.mark}, headers=HTMX).status_code == 200


def test_progress_part_equals_the_whole_page(client_for, alice, progress):
    client = client_for(alice)
    assert "The probe is being made." in assert_part_equals_page(client, progress)
    assert "<h1>The probe</h1>" in client.get(progress).content.decode()


def test_progress_costs_few_queries(client_for, alice, progress, django_assert_num_queries):
    client = client_for(alice)
    with django_assert_num_queries(4):  # session, user, job, who asked
        client.get(progress, headers=HTMX)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_progress_and_retry_do_not_exist_for_an_outsider(client_for, charlie, job, headers):
    become(job, status=Job.Status.FAILED)
    client = client_for(charlie)
    assert client.get(f"/jobs/{job.public_id}/", headers=headers).status_code == 404
    assert client.post(f"/jobs/{job.public_id}/retry/", headers=headers).status_code == 404
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED


def test_progress_of_a_kind_of_another_release_does_not_exist(client_for, alice):
    job = Job.objects.create(kind="of-next-year", subject="1", requested_by=alice)
    assert client_for(alice).get(reverse("jobs:progress", args=[job.public_id])).status_code == 404


def test_progress_leads_a_visitor_to_sign_in(client, progress):
    response = client.get(progress)
    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={progress}")


def test_progress_renews_the_page_when_the_session_has_ended(client, progress):
    response = client.get(progress, headers=HTMX)
    assert response["HX-Refresh"] == "true"
    assert b"probe" not in response.content


def test_retry_queues_again_and_leads_to_the_progress(client_for, alice, job, progress, retry):
    become(job, status=Job.Status.FAILED, error="Broken.")
    response = client_for(alice).post(retry)
    assert (response.status_code, response["Location"]) == (302, progress)
    job.refresh_from_db()
    assert job.status == Job.Status.QUEUED


def test_retry_by_htmx_keeps_the_focus_and_looks_again(client_for, alice, job, retry):
    become(job, status=Job.Status.FAILED, error="Broken.")
    client = client_for(alice)
    answer = client.post(retry, headers=HTMX)
    html = assert_part_equals_page(client, reverse("jobs:progress", args=[job.public_id]), answer)
    assert re.search(rf'id="job-{job.public_id}"\s+tabindex="-1"\s+autofocus', answer.content.decode())
    assert "hx-get" in html


def test_retry_is_a_post(client_for, alice, retry):
    assert client_for(alice).get(retry).status_code == 405


# --- stopping ---


@pytest.fixture
def cancel(job, new_kind) -> str:
    new_kind(can_be_cancelled=True)
    return reverse("jobs:cancel", args=[job.public_id])


def status_of(job: Job) -> str:
    return Job.objects.values_list("status", flat=True).get(pk=job.pk)


def test_whoever_asked_can_stop_it(client_for, alice, job, progress, cancel):
    client = client_for(alice)
    assert f'action="{cancel}"' in client.get(progress).content.decode()
    response = client.post(cancel)
    assert (response.status_code, response["Location"]) == (302, progress)
    assert status_of(job) == Job.Status.CANCELLED


def test_stopping_by_htmx_tells_that_it_has_stopped_and_offers_to_make_it(client_for, alice, job, cancel, retry):
    client = client_for(alice)
    answer = client.post(cancel, headers=HTMX)
    html = assert_part_equals_page(client, reverse("jobs:progress", args=[job.public_id]), answer)
    assert "<b>Stopped.</b> The probe is not being made any more." in html
    assert f'action="{retry}"' in html
    assert "autofocus" in answer.content.decode()
    assert "hx-get" not in html
    client_for(alice).post(retry)
    assert status_of(job) == Job.Status.QUEUED


def test_another_reader_sees_it_and_cannot_stop_it(client_for, bob, job, progress, cancel):
    client = client_for(bob)
    assert cancel not in client.get(progress).content.decode()
    assert client.post(cancel).status_code == 403
    assert status_of(job) == Job.Status.RUNNING


def test_nobody_stops_what_nobody_asked_for(client_for, alice, job, cancel):
    become(job, requested_by=None)
    assert client_for(alice).post(cancel).status_code == 403
    assert status_of(job) == Job.Status.RUNNING


def test_a_kind_that_must_go_on_cannot_be_stopped(client_for, alice, job, progress):
    cancel = reverse("jobs:cancel", args=[job.public_id])
    assert cancel not in client_for(alice).get(progress).content.decode()
    assert client_for(alice).post(cancel).status_code == 403
    assert status_of(job) == Job.Status.RUNNING


def test_whoever_stops_it_too_late_sees_that_it_is_ready(client_for, alice, job, cancel):
    become(job, status=Job.Status.DONE)
    response = client_for(alice).post(cancel, headers=HTMX)
    assert "is ready" in response.content.decode()
    assert "job-done" in response["HX-Trigger"]


def test_stopping_does_not_exist_for_an_outsider(client_for, charlie, job):
    assert client_for(charlie).post(reverse("jobs:cancel", args=[job.public_id])).status_code == 404
    assert status_of(job) == Job.Status.RUNNING


def test_stopping_is_a_post(client_for, alice, job, cancel):
    assert client_for(alice).get(cancel).status_code == 405
    assert status_of(job) == Job.Status.RUNNING
