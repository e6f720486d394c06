"""A person's own copy of their data: all that is held about the account, nothing of others, nothing of who answered."""

import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from core.accounts.copies import KEPT, ask_for_copy, forget_old_copies
from core.accounts.ending import delete_account, facts_of, mark_of
from core.accounts.models import AccountCopy
from core.jobs.models import Job
from core.seen import sealed
from diagnostics.self_assessments.models import ResultLink, ResultReply, Share
from tests.conftest import PASSWORD, make_user
from tests.diagnostics.assessing import draft_of, finished_by
from tests.pages import tight
from tests.reports.stories import made
from tests.reports.surveys import answer, everything, invitations_of, open_for_answers
from tests.spaces.conftest import invite

pytestmark = pytest.mark.usefixtures("instrument")


def archive_of(user, django_capture_on_commit_callbacks) -> dict[str, bytes]:
    with django_capture_on_commit_callbacks(execute=True):
        made(ask_for_copy(user=user))
    with default_storage.open(AccountCopy.objects.get(user=user).path) as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_copy_holds_what_is_theirs_and_goes_after_a_week(
    client_for, alice, bob, now, django_capture_on_commit_callbacks
):
    one = finished_by(bob, T1_team=5)
    draft_of(alice, T1_team=1)
    Share.objects.create(self_assessment=one, reader=alice, shared_at=now)
    given = {"token_hash": "a" * 64, "language": "en-gb", "made_at": now, "ends_at": now}
    link = ResultLink.objects.create(
        self_assessment=one, meant_for="My coach", with_answers=True, with_comments=True, **given
    )
    ResultReply.objects.create(link=link, name="Cora", text="Shall we talk?", changed_at=now)
    made(Job.objects.get(subject=one.public_id))

    browser, page = client_for(bob), reverse("accounts:copy")
    assert browser.get(page).url.startswith("/accounts/reauthenticate/")
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "Answers that you gave in a survey are not in it" in tight(browser.get(page))
    assert browser.get(reverse("accounts:copy_file")).status_code == 404
    assert browser.post(page).status_code == browser.post(page).status_code == 302  # one at a time
    job = Job.objects.get(kind="account_copy")
    made(job)
    fetched = browser.get(reverse("accounts:copy_file"))
    archive = zipfile.ZipFile(io.BytesIO(fetched.getvalue()))
    names = archive.namelist()
    folder = next(name.rpartition("/")[0] for name in names if name.endswith("answers.csv"))
    assert {name.rpartition("/")[2] for name in names if name.startswith(folder)} == {
        *("self-assessment.json", "answers.csv", "result.json", "what-you-mean-to-do.json"),
    }
    assert "T1.team,task,team" in archive.read(f"{folder}/answers.csv").decode()
    whole = json.loads(archive.read(f"{folder}/self-assessment.json"))
    assert whole["replies"][0]["text"] == "Shall we talk?"
    assert whole["shared_with"][0]["reader__name"] == "Alice"
    everything = b"".join(archive.read(name) for name in names)
    assert json.loads(archive.read("account.json"))["email"] == bob.email
    for secret in (bob.password.encode(), b"a" * 64, alice.email.encode()):
        assert secret not in everything
    assert client_for(alice).get(reverse("jobs:progress", args=[job.public_id])).status_code == 404

    made_at = AccountCopy.objects.get().made_at
    path = AccountCopy.objects.get().path
    assert forget_old_copies(now=made_at + KEPT * 0.99) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_copies(now=made_at + KEPT) == 1
    assert not default_storage.exists(path)
    assert browser.get(reverse("accounts:copy_file")).status_code == 404


def test_it_is_the_same_whether_or_not_they_answered(alice, django_capture_on_commit_callbacks):
    survey = open_for_answers(alice)
    asked = invitations_of(survey)[0]
    sam = make_user("Sam")
    sam.emailaddress_set.update(email=asked.participant.email)
    invite(survey.workspace, asked.participant.email, by=alice)
    before = archive_of(sam, django_capture_on_commit_callbacks)
    answer([asked], everything(4, OQ_task_helps="On the wall."))
    after = archive_of(sam, django_capture_on_commit_callbacks)
    of_work = "work-you-asked-for.json"  # that the copy itself was asked for
    assert {**before, of_work: b""} == {**after, of_work: b""}
    assert json.loads(after["surveys-you-were-asked-in.json"])[0]["survey__title"] == survey.title
    assert json.loads(after["workspaces.json"])["invitations_to_you"][0]["role"]
    assert b"On the wall." not in b"".join(after.values())
    for readme in (after["README.txt"].decode(),):
        assert "Answers that you gave in a survey" in readme

    copy = AccountCopy.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(user=sam, seen=sealed(facts_of(sam), of=mark_of(sam)))
    assert not default_storage.exists(copy.path)
    assert not Job.objects.filter(kind="account_copy").exists()
    assert timezone.now() > copy.made_at
