"""What the welcome page says of personal data: the notice of the workspace that asks."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from spaces.actions.workspaces import change_privacy_notice
from tests.diagnostics.respondents import Opened, open_survey
from tests.pages import tight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]


@pytest.fixture
def opened(alice) -> Opened:
    return open_survey(alice)


def welcome_of(opened: Opened) -> str:
    response = Client().get(reverse("answering:enter", args=[opened.tokens[0]]), follow=True)
    assert response.status_code == 200
    return tight(response)


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


# --- who sees what ---


def row_of(page: str, who: str) -> str:
    """The words of a row of the table, its cells parted by bars."""
    row = re.search(f'<th scope="row">{who}</th>(.*?)</tr>', page)
    assert row
    return " | ".join(re.findall(r"<td[^>]*>(.*?)</td>", row[1]))


@pytest.mark.parametrize(
    ("shown", "result"),
    [
        (True, "The result of the whole survey, by your link"),
        (False, "The result of the whole survey, if it is shown to everybody"),
    ],
)
def test_respondents_are_told_what_a_release_to_everybody_shows(alice, shown, result):
    page = welcome_of(open_survey(alice, releases_to_respondents=shown))
    assert row_of(page, "You") == (
        f"Yes, until you submit | {result} | "
        "Your own until you submit; later other people’s as well, if they are shown to everybody"
    )


@pytest.mark.parametrize(
    ("where", "comments"),
    [
        ("groups", "Those of their own group, from ten answers on, if they are shown to them"),
        ("whole", "Only whoever leads all who are asked, from ten answers on, if they are shown to them"),
    ],
)
def test_leaders_see_what_is_shown_to_them_and_comments_where_they_are(alice, where, comments):
    page = welcome_of(open_survey(alice, comments_at=where))
    result = "Their own group, if five or more answer and it is shown to them"
    assert row_of(page, "Leaders of groups") == f"Never | {result} | {comments}"
