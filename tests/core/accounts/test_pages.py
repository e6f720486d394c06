import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from core.accounts.access import verified_email
from core.audit.models import Entry
from core.post.models import Message
from tests.conftest import PASSWORD
from tests.pages import tight

OWN = ["/accounts/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"]


def sure(client: Client) -> Client:
    """Has just given the password again, so that how to sign in may be changed."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("path", OWN)
def test_pages_of_an_account_show_only_its_own(client_for, alice, charlie, path):
    text = client_for(charlie).get(path).content.decode()
    assert "Charlie" in text
    assert "Alice" not in text
    assert alice.email not in text


@pytest.mark.parametrize("path", OWN[:-1])
def test_pages_of_an_account_need_signing_in(client, db, path):
    assert client.get(path).url == f"/accounts/login/?next={path}"


def test_account_page_shows_what_is_confirmed(client_for, alice, bob):
    EmailAddress.objects.filter(user=bob).update(verified=False)
    assert "Not confirmed yet" not in client_for(alice).get("/accounts/").content.decode()
    assert "Not confirmed yet" in client_for(bob).get("/accounts/").content.decode()


def test_name_is_changed_and_logged(client_for, alice):
    response = client_for(alice).post("/accounts/", {"name": "Alice Archer"})
    alice.refresh_from_db()
    assert response.url == reverse("accounts:account")
    assert alice.name == "Alice Archer"
    assert Entry.objects.get().verb == "rename_account"


def test_empty_name_is_refused(client_for, alice):
    text = tight(client_for(alice).post("/accounts/", {"name": " "}))
    assert "<title>Error: Your account" in text
    assert "Enter your name" in text


def test_link_is_sent_again(client_for, bob):
    EmailAddress.objects.filter(user=bob).update(verified=False)
    client_for(bob).post("/accounts/email/", {"email": bob.email, "action_send": "1"})
    assert Message.objects.get().to == bob.email


def test_an_address_is_not_confirmed_for_somebody_else(client_for, alice, charlie):
    client_for(charlie).post("/accounts/email/", {"email": alice.email, "action_send": "1"})
    assert not Message.objects.exists()


def test_changing_the_address_asks_for_the_password_again(client_for, alice):
    response = client_for(alice).post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    assert response.url.startswith("/accounts/reauthenticate/")
    assert not EmailAddress.objects.filter(email="new@example.org").exists()


def test_new_address_counts_once_it_is_confirmed(client_for, alice):
    sure(client_for(alice)).post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    alice.refresh_from_db()
    assert alice.email == "alice@example.org"
    assert verified_email(alice)
    assert Message.objects.get().to == "new@example.org"


def test_mistyped_address_is_replaced_at_once(client_for, bob):
    EmailAddress.objects.filter(user=bob).update(verified=False)
    client = sure(client_for(bob))
    client.post("/accounts/email/", {"email": "bob.brown@example.org", "action_add": "1"})
    bob.refresh_from_db()
    assert bob.email == "bob.brown@example.org"
    assert [address.email for address in bob.emailaddress_set.all()] == ["bob.brown@example.org"]


def test_taken_address_looks_like_a_free_one(client_for, alice, bob):
    client = sure(client_for(bob))
    answers = [
        client.post("/accounts/email/", {"email": email, "action_add": "1"}) for email in ("f@example.org", alice.email)
    ]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/accounts/email/")] * 2
    assert set(Message.objects.values_list("kind", flat=True)) == {"account.email_confirmation"}


def test_other_sessions_end_with_the_old_password(client_for, alice):
    elsewhere, here = client_for(alice), client_for(alice)
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "another-good-word"})
    assert here.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302


def test_wrong_old_password_changes_nothing(client_for, alice):
    text = client_for(alice).post(
        "/accounts/password/change/", {"oldpassword": "wrong", "password1": "another-good-word"}
    )
    alice.refresh_from_db()
    assert "Enter the password you use now" in text.content.decode()
    assert alice.check_password(PASSWORD)
