"""A session that ends in mid-page costs nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from diagnostics.self_assessments import actions
from tests.conftest import PASSWORD
from tests.diagnostics.assessing import NOW, draft_of, finished_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]


def sign_in(client: Client, user, to: str):
    return client.post(
        reverse("account_login") + f"?next={to}", {"login": user.email, "password": PASSWORD}, follow=True
    )


@pytest.fixture
def draft(alice):
    return draft_of(alice, T1_team=2)


@pytest.fixture
def address(draft):
    return reverse("self_assessments:page", args=[draft.public_id, "task"])


def test_a_page_posted_too_late_is_saved_after_signing_in_again(client, alice, draft, address):
    posted = {"T1.team": "4", "T2.team": "5", "OQ_task_helps": "Talk\nmore", "to": "route"}
    response = client.post(address, posted)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={address}"
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 2}
    page = sign_in(client, alice, address)
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 4, "T2.team": 5}
    assert draft.comments == {"OQ_task_helps": "Talk\nmore"}
    assert page.redirect_chain[-1][0] == address
    assert "What you answered on this page has been kept" in page.content.decode()


def test_what_was_kept_is_saved_once(client, alice, draft, address):
    client.post(address, {"T2.team": "5"})
    sign_in(client, alice, address)
    actions.save(self_assessment=draft, answers={"T2.team": 1}, comments={}, now=NOW)
    client.logout()
    sign_in(client, alice, address)
    draft.refresh_from_db()
    assert draft.answers["T2.team"] == 1


def test_what_cannot_be_taken_is_named_after_signing_in(client, alice, draft, address):
    client.post(address, {"T2.team": "9", "T3.team": "3"})
    page = sign_in(client, alice, address)
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 2, "T3.team": 3}
    assert "“9” is none of these" in page.content.decode()


def test_a_comment_that_is_too_long_is_there_again_after_signing_in_until_it_is_shortened(
    client, alice, draft, address
):
    client.post(address, {"OQ_task_helps": "x" * 4001})
    page = sign_in(client, alice, address)
    assert "it has 4,001 characters" in page.content.decode()
    assert "x" * 4001 in page.content.decode()
    client.post(reverse("self_assessments:save", args=[draft.public_id]), {"OQ_task_helps": "Short"})
    page = client.get(address)
    assert "xxxx" not in page.content.decode()
    assert "Short</textarea>" in page.content.decode()


def test_the_choice_on_the_review_is_kept_too_but_submits_nothing(client, alice, draft):
    address = reverse("self_assessments:submit", args=[draft.public_id])
    review = reverse("self_assessments:review", args=[draft.public_id])
    response = client.post(address, {"matters_most": ["", "task", "energy"], "to": "submit"})
    assert response["Location"].endswith(f"?next={review}")
    sign_in(client, alice, review)
    draft.refresh_from_db()
    assert (draft.matters_most, draft.submitted_at) == (["task", "energy"], None)


def test_somebody_else_who_signs_in_changes_nothing(client, charlie, draft, address):
    client.post(address, {"T1.team": "5"})
    sign_in(client, charlie, reverse("self_assessments:list"))
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 2}


def test_nothing_is_kept_for_what_does_not_exist_or_is_finished(client, alice):
    own = finished_by(alice)
    for public_id in (own.public_id, "nothing"):
        response = client.post(reverse("self_assessments:page", args=[public_id, "task"]), {"T1.team": "5"})
        assert response.status_code == 302
        assert "kept_answers" not in client.session


def test_what_is_kept_is_bounded(client, draft, address):
    client.post(address, {f"x{n}": "y" for n in range(900)} | {"OQ_task_helps": "x" * 1_000_000})
    assert len(str(dict(client.session))) < 40_000


def test_saving_while_signed_out_tells_the_script_where_to_sign_in(client, draft):
    response = client.post(reverse("self_assessments:save", args=[draft.public_id]), {"T1.team": "5"})
    assert response.status_code == 401
    said = response.json()
    assert "you have been signed out" in said["sentence"]
    assert said["sign_in"] == f"{reverse('account_login')}?next={reverse('self_assessments:signed_in')}"
    draft.refresh_from_db()
    assert draft.answers == {"T1.team": 2}


def test_a_page_asked_for_while_signed_out_leads_to_signing_in(client, draft, address):
    assert client.get(address)["Location"] == f"{reverse('account_login')}?next={address}"
    review = reverse("self_assessments:review", args=[draft.public_id])
    assert client.get(review)["Location"] == f"{reverse('account_login')}?next={review}"


def test_signing_in_again_in_another_tab_ends_on_a_page_that_says_so(client, alice):
    page = sign_in(client, alice, reverse("self_assessments:signed_in"))
    assert "You are signed in again" in page.content.decode()
