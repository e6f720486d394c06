"""What the welcome page says of personal data: the notice of the workspace that asks."""

import pytest
from django.test import Client
from django.urls import reverse

from spaces.actions import change_privacy_notice
from tests.diagnostics.answering import Opened, open_survey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]


@pytest.fixture
def opened(alice) -> Opened:
    return open_survey(alice)


def welcome_of(opened: Opened) -> str:
    response = Client().get(reverse("answering:enter", args=[opened.tokens[0]]), follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_without_words_of_its_own_a_workspace_says_the_usual(opened):
    page = welcome_of(opened)
    assert "Privacy notice of Northmoor</summary>" in page
    assert "<p>Northmoor asks for your answers, and is responsible for what this site keeps for it.</p>" in page


def test_a_workspace_says_it_in_its_own_words_with_links_and_without_markup(opened, alice):
    words = "See https://northmoor.example/privacy\n\nSigned: <b>Helen</b>"
    change_privacy_notice(workspace=opened.survey.workspace, text=words, by=alice)
    page = welcome_of(opened)
    assert 'href="https://northmoor.example/privacy"' in page
    assert "<p>Signed: &lt;b&gt;Helen&lt;/b&gt;</p>" in page
    assert "asks for your answers, and is responsible" not in page
