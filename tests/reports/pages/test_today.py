"""The first page of whoever looks after surveys: what needs a hand in all workspaces."""

import datetime

import pytest
from django.urls import reverse

from core.jobs.models import Job
from diagnostics.surveys.job_names import OPEN_SURVEY
from diagnostics.surveys.models import Invitation, Survey
from reports.counts.models import DailyCount
from reports.editions.models import Edition
from reports.editions.releasing import release
from reports.pages.today.page import managed_by, today
from spaces.models import Workspace
from tests.conftest import PASSWORD
from tests.diagnostics.launched import draft_in, launched_survey, opened, workspace_of
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers

TODAY = reverse("reports:today")
NOW = datetime.datetime(2026, 12, 2, 9, 0, tzinfo=datetime.UTC)  # two days before the surveys of the tests close


def told(user, now=NOW, chosen="") -> dict[str, list[tuple[str, str]]]:
    shown = today(managed_by(user), now=now, chosen=chosen)
    return {str(kind.heading): [(need.survey.title, need.fact) for need in kind.first] for kind in shown.kinds}


def test_what_needs_a_hand_is_one_line_each(alice, instrument):
    survey = opened(launched_survey(alice, title="Closing"))
    Invitation.objects.filter(pk__in=survey.invitations.values("pk")[:2]).update(has_bounced=True)
    DailyCount.objects.create(survey=survey, counted_at=NOW, total=15, groups={"a": 15, "b": None, "c": None})
    Survey.objects.create(workspace=survey.workspace, title="Forgotten")
    Survey.objects.filter(title="Forgotten").update(created_at=NOW - datetime.timedelta(days=40))
    stuck = launched_survey(alice, workspace=workspace_of(alice, name="Other"), title="Stuck")
    Job.objects.filter(kind=OPEN_SURVEY, subject=stuck.public_id).update(status=Job.Status.FAILED)
    assert told(alice) == {
        "Stopped by a fault": [("Stuck", "The launch could not be finished.")],
        "Closes soon": [("Closing", "Closes in 2 days")],
        "Few answers shortly before the close": [("Closing", "Fewer than five have answered in each of 2 groups.")],
        "Letters that could not be delivered": [("Closing", "2 addresses failed.")],
        "Drafts untouched for long": [("Forgotten", "Untouched for 40 days.")],
    }
    assert list(told(alice, chosen=stuck.workspace.public_id)) == ["Stopped by a fault"]


def test_before_the_morning_count_nothing_is_said_of_answers(alice, instrument):
    survey = opened(launched_survey(alice))
    assert list(told(alice)) == ["Closes soon"]
    DailyCount.objects.create(survey=survey, counted_at=NOW, total=None, groups={})
    assert told(alice)["Few answers shortly before the close"][0][1] == "Fewer than five have answered."
    assert told(alice, now=NOW - datetime.timedelta(days=5)) == {}  # long before the close few answers are no news


def test_a_report_waits_until_it_is_released(alice, instrument):
    survey = open_for_answers(alice)
    answer(invitations_of(survey), everything(4))
    close(survey)
    edition = Edition.objects.get(survey=survey)
    after = edition.published_at + datetime.timedelta(hours=1)
    assert list(told(alice, now=after)) == ["Reports that wait for their release"]
    assert told(alice, now=after + datetime.timedelta(days=90)) == {}
    release(edition=edition, by=alice, now=after, to_leaders=True)
    assert told(alice, now=after) == {}


def test_the_number_of_queries_does_not_grow(alice, client_for, instrument, django_assert_max_num_queries):
    for number in range(3):
        workspace = workspace_of(alice, name=f"Client {number}")
        opened(launched_survey(alice, workspace=workspace, teams={"Ant": 6}))
        draft_in(workspace, by=alice)
    browser = client_for(alice)
    with django_assert_max_num_queries(13):
        page = browser.get(TODAY).content.decode()
    assert page.count("Client 1") > 1


def test_who_manages_no_workspace_keeps_their_page(client, client_for, alice, bob):
    workspace_of(alice, leader=bob)
    assert client_for(bob).get(TODAY).url == reverse("self_assessments:list")
    entered = client.post(reverse("account_login"), {"login": bob.email, "password": PASSWORD})
    assert entered.url == reverse("self_assessments:list")


def test_a_consultant_begins_here(client, alice, charlie):
    workspace_of(charlie, name="Elsewhere")
    workspace_of(alice)
    entered = client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD}, follow=True)
    page = entered.content.decode()
    assert "Nothing needs a hand today" in page
    assert "Elsewhere" not in page


@pytest.mark.parametrize("many", [1, 2])
def test_surveys_lead_to_the_only_workspace_or_here(client_for, alice, many):
    for _number in range(many):
        workspace_of(alice)
    expected = TODAY if many > 1 else reverse("surveys:list", args=[Workspace.objects.get().public_id])
    assert client_for(alice).get(reverse("surveys:home")).url == expected
