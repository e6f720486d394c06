"""What somebody does who wants into an account that is not theirs, or wants its owner kept out."""

import datetime
import re
from unittest import mock

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.accounts import browsers
from core.accounts.access import verified_email
from core.accounts.models import User
from core.post.models import Message
from core.quotas.models import Spent
from tests.conftest import PASSWORD
from tests.core.accounts.test_mail import link_in, rendered
from tests.core.accounts.test_pages import sure

pytestmark = pytest.mark.django_db

LOGIN, SIGN_UP, FORGOTTEN = "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"
THEIRS, WRONG = "the-attackers-word", "wrong"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def is_refused(page) -> bool:
    return "Too many attempts" in page.content.decode()


def attempt(client: Client, email: str, password: str = WRONG, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def attack(email: str, *, places: int, each: int = 20) -> None:
    for place in range(places):
        for _ in range(each):
            attempt(Client(), email, REMOTE_ADDR=f"198.51.100.{place}")


# --- Guessing ---


def test_whoever_guesses_from_everywhere_is_stopped_and_keeps_nobody_out(alice, settings):
    mine = Client()
    attempt(mine, alice.email, PASSWORD)
    mine.post("/accounts/logout/")
    attack(alice.email, places=6)
    assert is_refused(attempt(Client(), alice.email, PASSWORD, REMOTE_ADDR="198.51.100.99"))
    attempt(mine, alice.email, PASSWORD)
    assert is_in(mine), "a browser in which she was signed in before"
    new = Client()
    new.post(FORGOTTEN, {"email": alice.email})
    form = new.get(link_in(rendered(Message.objects.get()).text).removeprefix(settings.SITE_URL), follow=True)
    new.post(form.redirect_chain[-1][0], {"password1": "another-good-word"})
    attempt(new, alice.email, "another-good-word")
    assert is_in(new), "a browser of hers that is new, after a letter"


def test_a_known_browser_that_is_stolen_has_few_guesses_and_none_at_other_accounts(alice, bob):
    stolen = Client()
    attempt(stolen, alice.email, PASSWORD)
    stolen.post("/accounts/logout/")
    for _ in range(20):
        attempt(stolen, alice.email)
    assert is_refused(attempt(stolen, alice.email, PASSWORD))
    attack(bob.email, places=6)
    assert is_refused(attempt(stolen, bob.email, PASSWORD))


def test_the_cookie_of_a_known_browser_cannot_be_made_and_names_nobody(alice, bob):
    client = Client()
    attempt(client, alice.email, PASSWORD)
    cookie = client.cookies[browsers.cookie_name()]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert alice.email not in cookie.value
    attack(bob.email, places=5)
    forged = Client()
    forged.cookies[browsers.cookie_name()] = cookie.value.replace(cookie.value[:4], "abcd")
    assert is_refused(attempt(forged, bob.email, PASSWORD))


def test_one_place_that_tries_many_accounts_is_stopped(alice, settings):
    limits = settings.ACCOUNT_LIMITS["wrong-passwords"]
    fewer = limits | {"client": (5, limits["client"][1])}
    settings.ACCOUNT_LIMITS = settings.ACCOUNT_LIMITS | {"wrong-passwords": fewer}
    for number in range(5):
        attempt(Client(), f"person{number}@example.org")
    assert is_refused(attempt(Client(), alice.email, PASSWORD))


def test_without_redis_nothing_opens(alice):
    """Whatever the cache forgets, or does not hear of, is counted all the same."""
    with mock.patch.object(cache, "get", lambda key, default=None, **_: default), mock.patch.object(cache, "set"):
        attack(alice.email, places=1, each=21)
        cache.clear()
        late = attempt(Client(), alice.email, PASSWORD, REMOTE_ADDR="198.51.100.0")
    assert is_refused(late)


def test_a_session_that_was_left_open_is_no_place_to_guess_or_to_fill_mailboxes(client_for, alice, settings):
    limits, hour = settings.ACCOUNT_LIMITS, datetime.timedelta(hours=1)
    few = {"wrong-passwords": limits["wrong-passwords"] | {"place": (3, hour)}, "new-addresses": {"person": (2, hour)}}
    settings.ACCOUNT_LIMITS = limits | few
    client = client_for(alice)
    for old in ("wrong", "wrong", "wrong", PASSWORD):
        cache.clear()
        client.post("/accounts/password/change/", {"oldpassword": old, "password1": "kettle, moss and rain"})
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    Spent.objects.all().delete()
    sure(client)
    for number in range(3):
        cache.clear()
        client.post("/accounts/email/", {"email": f"a{number}@example.org", "action_add": "1"})
    assert not Message.objects.filter(to="a2@example.org").exists()
    assert Message.objects.filter(to="a1@example.org").exists()


def test_who_guesses_leaves_no_address_behind(alice):
    attempt(Client(), alice.email, REMOTE_ADDR="198.51.100.7")
    assert Spent.objects.count() == 3
    assert not Spent.objects.filter(holder__regex="198|alice").exists()


# --- Finding out who has an account ---


def work_of(action) -> tuple[int, int, int, int]:
    """(status, queries, hashes, letters)"""
    letters, hashes = Message.objects.count(), []
    with (
        CaptureQueriesContext(connection) as asked,
        mock.patch.object(MD5PasswordHasher, "encode", autospec=True) as made,
    ):
        made.side_effect = lambda *given: hashes.append(1) or f"md5${given[2]}$0"
        status = action().status_code
    return status, len(asked), len(hashes), Message.objects.count() - letters


@pytest.mark.parametrize(
    ("page", "fields", "address"),
    [
        (LOGIN, {"password": "wrong-word"}, "login"),
        (SIGN_UP, {"name": "Dana", "password1": THEIRS}, "email"),
        (FORGOTTEN, {}, "email"),
    ],
)
def test_an_address_costs_the_same_work_whether_it_is_known_or_not(page, fields, address, alice, bob):
    EmailAddress.objects.filter(user=bob).update(verified=False)
    emails = [alice.email, bob.email, "nobody@example.org"]
    Client().post(page, fields | {address: "warm@example.org"})
    work = {email: work_of(lambda email=email: Client().post(page, fields | {address: email})) for email in emails}
    assert len(set(work.values())) == 1, work


# --- An address that belongs to somebody else ---


def link_to_confirm(address: EmailAddress) -> str:
    return reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])


def test_who_signs_up_with_the_address_of_another_does_not_get_it_when_they_click(client):
    """They open the link in the letter, and even press what there is to press."""
    attacker = Client()
    attacker.post(SIGN_UP, {"name": "Mallory", "email": "erin@example.org", "password1": THEIRS})
    theirs = User.objects.get()
    link = link_to_confirm(theirs.emailaddress_set.get())
    erin = Client()
    assert "Close this page" in erin.get(link).content.decode()
    erin.post(link)
    erin.post(SIGN_UP, {"name": "Erin", "email": "erin@example.org", "password1": "a-word-of-her-own"})
    assert "belongs to another account" in re.sub(r"\s+", " ", erin.get(link).content.decode())
    erin.post(link)
    assert is_in(erin), "nobody is signed out by a link"
    assert not verified_email(theirs)


def test_who_changes_to_the_address_of_another_does_not_get_it_when_they_click(client_for, alice):
    attacker = client_for(alice)
    attacker.post("/accounts/reauthenticate/", {"password": PASSWORD})
    attacker.post("/accounts/email/", {"email": "erin@example.org", "action_add": "1"})
    link = link_to_confirm(EmailAddress.objects.get(email="erin@example.org"))
    Client().post(link)
    assert not EmailAddress.objects.get(email="erin@example.org").verified


def test_three_who_claim_an_address_do_not_keep_out_whoever_has_confirmed_it(alice):
    for number in range(4):
        User.objects.create_user(email=alice.email, password=f"{THEIRS}{number}", name="M", last_login=timezone.now())
    client = Client()
    attempt(client, alice.email, PASSWORD)
    assert int(client.session["_auth_user_id"]) == alice.pk
    client.post(FORGOTTEN, {"email": alice.email})
    assert Message.objects.get().reference == {"user": alice.pk}
