"""The links of a workspace on one page: what they open, by whom, until when, and that they can be ended there."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from diagnostics.checklists.actions import own
from diagnostics.checklists.models import Standing
from reports.editions.models import Edition, Release
from reports.editions.releasing import release
from reports.pages.links.page import links_of
from tests.diagnostics.checklists.owning import published
from tests.diagnostics.launched import launched_survey, opened, workspace_of
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers
from tests.spaces.conftest import invite

pytestmark = pytest.mark.usefixtures("instrument")


@pytest.fixture
def workspace(alice, bob):
    """With a link of every kind. Bob is a consultant."""
    made = workspace_of(alice, consultant=bob)
    own.hand_out_link(version=published(made, alice), joins=True, by=alice)
    invite(made, "eve@example.org", by=alice)
    survey = open_for_answers(alice, workspace=made)
    answer(invitations_of(survey), everything(4))
    close(survey)
    release(edition=Edition.objects.get(), by=alice, now=timezone.now(), to_respondents=True)
    return made


def page_of(workspace) -> str:
    return reverse("reports:links", args=[workspace.public_id])


def forms_on(page) -> dict[str, dict[str, str]]:
    """Kind → what the button that ends such a link sends."""
    found = re.findall(r'<form method="post">.*?</form>', page.content.decode(), re.DOTALL)
    sent = [dict(re.findall(r'name="(kind|link|seen)" value="([^"]*)"', form)) for form in found]
    return {one["kind"]: one for one in sent}


def test_every_link_is_listed_and_ended(alice, bob, workspace, client_for):
    rows = links_of(workspace, now=timezone.now())
    assert [(row.kind, row.by) for row in rows] == [("result", "Alice"), ("checklist", "Alice"), ("offer", "Alice")]
    buttons = forms_on(client_for(bob).get(page_of(workspace)))
    for kind in ("result", "checklist"):
        client_for(bob).post(page_of(workspace), buttons[kind])
    assert not Release.objects.standing().exists()
    assert not Standing.objects.exclude(link=None).exists()
    again = client_for(bob).post(page_of(workspace), buttons["result"], follow=True)
    assert "This link has been ended already." in again.content.decode()


def test_a_link_that_changed_since_it_was_seen_stays(alice, workspace, client_for):
    button = forms_on(client_for(alice).get(page_of(workspace)))["checklist"]
    own.hand_out_link(version=Standing.objects.get().version, joins=False, by=alice)
    answered = client_for(alice).post(page_of(workspace), button, follow=True)
    assert "Nothing is done yet." in answered.content.decode()
    assert Standing.objects.exclude(link=None).exists()


def test_the_links_of_a_survey_are_one_line_with_its_closing_date(alice, client_for):
    survey = opened(launched_survey(alice, entry="shared", k=10))
    page = client_for(alice).get(page_of(survey.workspace)).content.decode()
    assert "3 links" in page
    assert "GMT" in page
