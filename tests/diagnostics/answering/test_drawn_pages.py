"""Pages drawn once for all who stand alike: nothing of one reader is kept, and every change of the survey is seen."""

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.answering.pages import drawn
from diagnostics.surveys.models import Participant, Survey
from spaces.actions.workspaces import change_privacy_notice
from tests.diagnostics.respondents import Opened, mark_in, open_survey, saved, submitted
from tests.pages import tight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]


@pytest.fixture
def opened(alice) -> Opened:
    drawn._kept.clear()
    return open_survey(alice)


def visitor(opened: Opened, number: int) -> Client:
    client = Client()
    client.get(reverse("answering:enter", args=[opened.tokens[number]]))
    return client


def page_of(client: Client, opened: Opened, name: str):
    response = client.get(reverse(f"answering:{name}", args=[opened.survey.public_id]))
    assert response.status_code == 200
    return response


def rated_in_full(opened: Opened, number: int) -> None:
    who = saved(opened.tokens[number], T5_team="4")
    saved(opened.tokens[number], **{key.replace(".", "_"): "3" for key in who.questionnaire.statements})


def test_two_who_stand_alike_share_a_drawing_and_each_has_their_own_marks(opened):
    for number in (0, 1):
        rated_in_full(opened, number)
    for name in ("welcome", "review"):
        first, second = (page_of(visitor(opened, number), opened, name) for number in (0, 1))
        assert mark_in(first) != mark_in(second)
        kept = str(drawn._kept)
        assert mark_in(first) not in kept
        assert mark_in(second) not in kept
    assert len(drawn._kept) == 2


def test_a_change_of_survey_workspace_or_group_is_seen_at_once(opened, alice):
    client = visitor(opened, 0)
    before = tight(page_of(client, opened, "welcome"))
    Survey.objects.update(contact="Somebody new")
    change_privacy_notice(workspace=opened.survey.workspace, text="Our own notice", by=alice)
    own = opened.survey.invitations.order_by("pk").first().participant
    Participant.objects.filter(group=own.group).update(is_late=True)
    after = tight(page_of(client, opened, "welcome"))
    for words in ("Somebody new", "Our own notice", "people added after the launch"):
        assert words not in before
        assert words in after


def test_what_somebody_picked_stands_on_their_review_alone(opened):
    for number in (0, 1):
        rated_in_full(opened, number)
    saved(opened.tokens[0], matters_most="task")
    checked = [tight(page_of(visitor(opened, number), opened, "review")).count("checked") for number in (0, 1, 0)]
    assert checked == [1, 0, 1]


def test_the_first_page_the_review_and_the_thanks_cost_few_queries(opened, django_assert_num_queries):
    rated_in_full(opened, 0)
    client = visitor(opened, 0)
    for name, queries in (("welcome", 5), ("review", 2)):  # link, ballot?, draft, group, wording; draft, wording
        page_of(client, opened, name)
        with django_assert_num_queries(queries):
            page_of(client, opened, name)
    submitted(opened.tokens[0])
    page_of(client, opened, "thanks")
    with django_assert_num_queries(3):  # link, ballot, wording
        page_of(client, opened, "thanks")
