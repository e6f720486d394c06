"""Deleting a workspace or an account: what goes is counted first, and then is nowhere any more."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from core.accounts.ending import delete_account, facts_of, mark_of
from core.accounts.models import User
from core.audit.models import Entry
from core.jobs.models import Job
from core.jobs.running import perform
from core.keys.store import KeyDestroyed
from core.post.models import Message
from core.post.sending import SEND
from core.seen import sealed
from diagnostics.checklists.models import Checklist, ChecklistVersion
from diagnostics.self_assessments import actions as own
from diagnostics.self_assessments.models import SelfAssessment
from diagnostics.surveys.actions.lifecycle import launch_survey, stop_survey
from diagnostics.surveys.job_names import CLEAR_AWAY, CLOSE_SURVEY, OPEN_SURVEY
from diagnostics.surveys.keys import link_key, make_keys
from diagnostics.surveys.models import Survey
from reports.editions.models import Edition, PublishedSlice
from reports.editions.releasing import release
from reports.files.asking import ask_for_file
from reports.files.models import Document
from spaces.actions.ending import END
from spaces.actions.workspaces import hand_over_ownership
from spaces.models import Membership, Workspace
from tests.conftest import PASSWORD
from tests.diagnostics.assessing import finished_by
from tests.diagnostics.checklists.owning import published
from tests.diagnostics.launched import NOW, draft_in, workspace_of
from tests.pages import press
from tests.reports.stories import made
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers
from tests.spaces.conftest import invite

pytestmark = pytest.mark.usefixtures("instrument")
KEPT = {"accounts.User", "account.EmailAddress", "audit.Entry", "sessions.Session", "spaces.Workspace"}


def delete_page(workspace: Workspace) -> str:
    return reverse("spaces:delete_workspace", args=[workspace.public_id])


def delete_after_a_week(browser, workspace: Workspace, *, name: str = "Northmoor") -> None:
    assert press(browser, delete_page(workspace), name=name, reason="over").status_code == 302
    workspace.refresh_from_db()
    job = Job.objects.get(kind=END)
    perform(job.pk)
    assert Workspace.objects.filter(pk=workspace.pk).exists()  # not before its day
    Workspace.objects.filter(pk=workspace.pk).update(ends_at=timezone.now())
    Job.objects.filter(pk=job.pk).update(status=Job.Status.QUEUED, not_before=None)
    perform(job.pk)


def rows() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.label not in KEPT}


def test_a_workspace_goes_with_all_that_is_in_it(alice, bob, now, client_for, django_capture_on_commit_callbacks):
    before = rows()
    workspace = workspace_of(alice, leader=bob)
    survey = open_for_answers(alice, workspace=workspace, led=True)
    answer(invitations_of(survey), everything(4, OQ_task_helps="On the wall."))
    close(survey)
    edition = Edition.objects.get()
    release(edition=edition, by=alice, now=now, to_leaders=True)
    made(ask_for_file(of=PublishedSlice.objects.first(), kind="slice_csv", by=alice))
    ask_for_file(of=PublishedSlice.objects.first(), kind="slice_png", by=alice)
    draft_in(workspace, by=alice)
    published(workspace, alice)
    invite(workspace, "eve@example.org", by=alice)
    file = default_storage.path(Document.objects.get().path)
    page = client_for(alice).get(delete_page(workspace)).content.decode()
    for words in ("Surveys</dt>", "People asked in surveys</dt>", "Releases of reports</dt>"):
        assert words in page
    with django_capture_on_commit_callbacks(execute=True):
        delete_after_a_week(client_for(alice), workspace, name="northmoor")
    left = {label: count for label, count in rows().items() if count > before[label] and label != "quotas.Spent"}
    presets = ChecklistVersion.objects.count()
    assert not Workspace.objects.exists()
    assert left.pop("accounts.OpenSession") == 2  # hers, which are of no workspace
    assert left == {"diagnostics.Checklist": presets, "diagnostics.ChecklistVersion": presets, "jobs.Job": 2}
    assert not Checklist.objects.filter(name="Ours").exists()
    assert not Path(file).exists()
    made(Job.objects.get(kind=CLEAR_AWAY))
    with pytest.raises(KeyDestroyed):
        link_key(survey)
    assert Entry.objects.filter(verb="delete_workspace").count() == 1


def test_open_surveys_are_cancelled_at_once_and_the_workspace_can_be_kept_for_a_week(
    alice, bob, client_for, mailoutbox
):
    survey = open_for_answers(alice)
    workspace = survey.workspace
    Membership.objects.create(workspace=workspace, user=bob, role="consultant")
    browser = client_for(alice)
    assert (
        "Of these open or planned, which are cancelled at once" in browser.get(delete_page(workspace)).content.decode()
    )
    assert press(browser, delete_page(workspace), name="Northmoor").status_code == 200  # without a reason
    assert press(browser, delete_page(workspace), name="Northmoor", reason="over").status_code == 302
    survey.refresh_from_db()
    assert survey.status == Survey.Status.CANCELLED
    assert sorted(Message.objects.filter(kind="spaces.ending").values_list("to", flat=True)) == [alice.email, bob.email]
    for message in Message.objects.filter(kind="spaces.ending"):
        perform(Job.objects.get(kind=SEND, subject=str(message.pk)).pk)
    assert "Northmoor will be deleted on" in mailoutbox[0].subject
    home = workspace.get_absolute_url()
    assert "Keep the workspace after all" not in client_for(bob).get(home).content.decode()
    assert "This workspace will be deleted on" in client_for(bob).get(home).content.decode()
    with pytest.raises(ValidationError, match="about to be deleted"):
        launch_survey(survey=draft_in(workspace, *workspace.groups.all()[:1], by=alice), by=alice, now=NOW)

    Workspace.objects.update(ends_at=timezone.now())
    job = Job.objects.get(kind=END)
    Job.objects.filter(pk=job.pk).update(not_before=None)
    perform(job.pk)  # a worker is still telling the people who were asked
    assert Workspace.objects.filter(pk=workspace.pk).exists()
    keep = reverse("spaces:keep_workspace", args=[workspace.public_id])
    assert client_for(bob).post(keep).status_code == 403
    assert browser.post(keep).status_code == 302
    assert not Job.objects.filter(kind=END).exists()
    assert Workspace.objects.get(pk=workspace.pk).ends_at is None


def test_what_changed_since_it_was_seen_is_said(alice, client_for):
    workspace = workspace_of(alice)
    seen = client_for(alice).get(delete_page(workspace)).context["form"].fields["seen"].initial
    draft_in(workspace, by=alice)
    answered = client_for(alice).post(delete_page(workspace), {"name": "Northmoor", "reason": "over", "seen": seen})
    assert "Changed since you looked: surveys, from “0” to “1”." in answered.content.decode()
    wrong = press(client_for(alice), delete_page(workspace), name="Elsewhere", reason="over")
    assert "This is not its name." in wrong.content.decode()
    assert Workspace.objects.exists()


@pytest.mark.parametrize("kind", [OPEN_SURVEY, CLOSE_SURVEY])
def test_work_in_hand_ends_without_bringing_anything_back(alice, client_for, kind, monkeypatch):
    survey = open_for_answers(alice)
    stop_survey(survey=survey, by=alice, now=NOW)
    job = Job.objects.get(kind=CLOSE_SURVEY)
    monkeypatch.setattr(
        "reports.editions.closing.publication_of", lambda *_: delete_meanwhile(client_for, alice, survey)
    )
    perform(job.pk) if kind == CLOSE_SURVEY else delete_meanwhile(client_for, alice, survey)
    assert not Survey.objects.exists()
    assert not Edition.objects.exists()
    if kind == OPEN_SURVEY:
        made(Job.objects.get(kind=CLEAR_AWAY))
        with pytest.raises(KeyDestroyed):
            make_keys(survey)


def delete_meanwhile(client_for, alice, survey):
    delete_after_a_week(client_for(alice), survey.workspace)


def test_own_results_outlive_the_checklist_they_were_rated_by(alice, bob, client_for, now):
    workspace = workspace_of(alice, leader=bob)
    version = published(workspace, alice)
    version.standing.is_for_leaders = True
    version.standing.save()
    started = own.start_own(leader=bob, version=version, now=now)
    delete_after_a_week(client_for(alice), workspace)
    started.refresh_from_db()
    assert started.version.checklist.workspace is None
    assert client_for(bob).get(reverse("self_assessments:list")).status_code == 200


# --- An account ---


def delete(user: User) -> None:
    delete_account(user=user, seen=sealed(facts_of(user), of=mark_of(user)))


def test_an_account_goes_with_what_is_its_own(alice, bob, django_capture_on_commit_callbacks):
    workspace = workspace_of(alice, consultant=bob)
    draft = draft_in(workspace, by=bob)
    one = finished_by(bob)
    made(Job.objects.get(subject=one.public_id))
    file = default_storage.path(Document.objects.get().path)
    with django_capture_on_commit_callbacks(execute=True):
        delete(bob)
    assert not SelfAssessment.objects.exists()
    assert not Path(file).exists()
    assert not Job.objects.filter(subject=one.public_id).exists()
    assert not Membership.objects.exclude(user=alice).exists()
    draft.refresh_from_db()
    assert draft.created_by is None


def test_the_last_owner_cannot_leave_a_workspace_alone(alice, bob, client_for):
    workspace = workspace_of(alice, consultant=bob)
    with pytest.raises(ValidationError, match="You own the workspace Northmoor"):
        delete(alice)
    hand_over_ownership(workspace=workspace, to=Membership.objects.get(user=bob), by=alice)
    delete(alice)
    assert not User.objects.filter(pk=alice.pk).exists()
    assert workspace.memberships.get().user == bob


def test_the_page_asks_for_the_password_and_says_what_goes(client, alice):
    address = reverse("accounts:delete")
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "Self-assessments of your own" in client.get(address).content.decode()
    assert press(client, address).url == reverse("guide:welcome")
    assert not User.objects.exists()
    assert client.get(reverse("accounts:account")).status_code == 302
