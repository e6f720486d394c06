"""What surveys leave goes when its time is over, after a letter to the owner; one report goes before, by its page."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.audit.actions import record
from core.audit.ageing import KEPT, LOOKS_KEPT, forget_old_lines
from core.audit.models import AgePermit, Entry
from core.jobs import running
from core.jobs.models import Job
from core.post.models import Message
from diagnostics.surveys.history.models import AskedLeaf
from diagnostics.surveys.models import Participant, Survey
from reports.editions.models import Edition, PublishedComment, PublishedSlice
from reports.retention.models import Going
from reports.retention.sweeping import forget_results
from spaces.actions.workspaces import change_retention
from spaces.keeping import TOLD_BEFORE, months_after
from spaces.models import Membership, Role
from tests.diagnostics.launched import workspace_of
from tests.pages import press, tight
from tests.reports.published import published_survey


@pytest.fixture
def survey(alice, bob, instrument) -> Survey:
    survey = published_survey(alice)
    Membership.objects.create(workspace=survey.workspace, user=bob, role=Role.CONSULTANT)
    return survey


def address(name: str, one) -> str:
    return reverse(f"reports:{name}", args=[one.public_id])


def test_an_owner_is_told_a_month_before_and_then_all_of_a_survey_goes(client_for, alice, bob, survey, mailoutbox):
    slice_ = survey.editions.get().slices.first()
    over = months_after(survey.stopped_at, 24)
    assert survey.kept_months == 24  # noted at the launch
    early = over - TOLD_BEFORE - datetime.timedelta(seconds=1)
    assert forget_results(now=early) == 0
    assert not Going.objects.exists()

    told = over - TOLD_BEFORE + datetime.timedelta(days=5)  # the clock of the site stood still for five days
    assert forget_results(now=told) == forget_results(now=told + datetime.timedelta(days=1)) == 0
    letter = Message.objects.get(kind="reports.going")
    running.perform(Job.objects.get(kind="send_message", subject=str(letter.pk)).pk)
    assert mailoutbox[0].to == [alice.email]
    assert survey.title in mailoutbox[0].body
    assert address("retention", survey.workspace) in mailoutbox[0].body
    assert "Announced by letter" in tight(client_for(alice).get(address("retention", survey.workspace)))

    gone_at = told + TOLD_BEFORE
    assert forget_results(now=gone_at - datetime.timedelta(seconds=1)) == 0
    assert forget_results(now=gone_at) == 1
    for model in (Survey, Edition, PublishedSlice, PublishedComment, Participant, AskedLeaf, Going):
        assert not model.objects.exists(), model
    assert set(Entry.objects.filter(actor_id=None).values_list("verb", flat=True)) >= {"purge_edition", "forget_survey"}
    for who in (alice, bob):
        page = client_for(who).get(address("slice", slice_))
        assert page.status_code == 410
        assert "The time for which the workspace keeps results is over" in tight(page)
    assert client_for(alice).get(reverse("reports:audit", args=[survey.workspace.public_id])).status_code == 200


def test_a_longer_time_does_not_hold_for_those_who_were_told_a_shorter_one(client_for, alice, bob, charlie, survey):
    workspace, browser = survey.workspace, client_for(alice)
    page = address("retention", workspace)
    assert client_for(bob).get(page).status_code == 403
    assert press(browser, page, months="120").status_code == 302
    assert press(browser, page, months="7").status_code == 422
    workspace.refresh_from_db()
    assert workspace.kept_months == 120
    over = months_after(survey.stopped_at, 24)
    forget_results(now=over - TOLD_BEFORE)
    assert Going.objects.get().goes_at == over

    change_retention(workspace=workspace, months=3, by=alice)  # sooner holds for all, and is announced as well
    Going.objects.all().delete()
    soon = months_after(survey.stopped_at, 4)
    assert forget_results(now=soon) == 0
    assert Going.objects.get().goes_at == soon + TOLD_BEFORE
    change_retention(workspace=workspace, months=12, by=alice)  # and taken back after the letter
    assert forget_results(now=soon + TOLD_BEFORE) == 0
    assert not Going.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(kept_months=120)


def test_an_owner_deletes_a_report_with_a_reason_and_members_read_that_it_is_gone(
    client_for, alice, bob, charlie, survey
):
    edition = survey.editions.get()
    slice_, page = edition.slices.first(), address("delete_report", edition)
    browser = client_for(alice)
    assert client_for(bob).get(page).status_code == 403
    assert client_for(charlie).get(page).status_code == 404
    assert "The report: what it says of" in tight(browser.get(page))
    assert press(browser, page).status_code == 422  # without a reason
    assert press(browser, page, reason="deleted").status_code == 422
    assert press(browser, page, reason="mistake").status_code == 302
    assert Entry.objects.get(verb="purge_edition").detail["reason"] == "mistake"
    assert Survey.objects.filter(pk=survey.pk, status="closed").exists()
    assert AskedLeaf.objects.exists()  # later lists are still compared with this one
    for place in (address("survey", survey), address("slice", slice_)):
        assert client_for(bob).get(place).status_code == 410
        assert "The survey should not have been run" in tight(client_for(bob).get(place))
        assert client_for(charlie).get(place).status_code == 404
    assert client_for(alice).get(reverse("surveys:dashboard", args=[survey.public_id])).status_code == 200
    assert "deleted the report of" in tight(browser.get(address("audit", survey.workspace)))


def test_lines_of_the_log_go_by_their_age_and_in_no_other_way(alice):
    workspace = workspace_of(alice)
    now, second = timezone.now(), datetime.timedelta(seconds=1)
    for verb, age in (("open_report", LOOKS_KEPT), ("rename_workspace", LOOKS_KEPT), ("rename_workspace", KEPT)):
        for more in (-second, second):
            record(by=alice, verb=verb, obj=workspace, workspace=workspace, now=now - age - more)
    before = Entry.objects.count()
    forget_old_lines(now=now)
    assert Entry.objects.count() == before - 2
    assert not Entry.objects.filter(at__lt=now - KEPT).exists()
    assert Entry.objects.filter(verb="open_report").count() == 1
    assert not AgePermit.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
