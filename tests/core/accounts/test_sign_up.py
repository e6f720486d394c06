from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.accounts.access import verified_email
from core.accounts.models import User
from core.post.models import Message
from tests.conftest import PASSWORD
from tests.pages import tight

SIGN_UP = "/accounts/signup/"
WORD = "a-word-of-her-own"


def sign_up(client, email="dana@example.org", password=WORD, **extra):
    return client.post(SIGN_UP, {"name": "Dana Drew", "email": email, "password1": password, **extra})


def signed_in_as(client) -> int:
    return int(client.session["_auth_user_id"])


def test_sign_up_asks_three_things_and_begins_at_once(client, db):
    fields = [name for name in ("name", "email", "password1", "password2") if f'name="{name}"' in page(client)]
    response = sign_up(client, "Dana@Example.org")
    user = User.objects.get()
    assert fields == ["name", "email", "password1"]
    assert response.url == reverse("self_assessments:list")
    assert (user.name, user.email, signed_in_as(client)) == ("Dana Drew", "dana@example.org", user.pk)
    assert not verified_email(user)


def page(client) -> str:
    return client.get(SIGN_UP).content.decode()


def test_sign_up_says_what_to_mend(client, db):
    text = tight(client.post(SIGN_UP, {"email": "no address", "password1": "short"}))
    assert "<title>Error: Create an account" in text
    assert "Three things need your attention" in text
    assert '<a href="#id_name">Enter your name</a>' in text
    assert not User.objects.exists()


def test_a_taken_address_is_answered_like_a_new_one(client, alice):
    new = sign_up(client, "new@example.org")
    taken = sign_up(Client(), alice.email)
    assert (new.status_code, new.url) == (taken.status_code, taken.url)
    assert list(Message.objects.values_list("kind", flat=True)) == ["account.email_confirmation_signup"] * 2


def test_the_second_account_of_an_address_keeps_out_of_the_first(client, alice):
    sign_up(client, alice.email)
    second = User.objects.exclude(pk=alice.pk).get()
    assert signed_in_as(client) == second.pk
    assert not verified_email(second)
    assert verified_email(alice)


def test_the_password_decides_between_two_accounts_of_one_address(client, alice):
    sign_up(client, alice.email)
    second = User.objects.exclude(pk=alice.pk).get()
    for password, expected in ((PASSWORD, alice), (WORD, second)):
        client.logout()
        client.post("/accounts/login/", {"login": alice.email, "password": password})
        assert signed_in_as(client) == expected.pk


def test_signing_up_again_with_the_same_password_signs_in(client, alice):
    response = sign_up(client, alice.email, PASSWORD, next="/accounts/")
    assert response.url == "/accounts/"
    assert signed_in_as(client) == alice.pk
    assert User.objects.count() == 1


def test_a_verified_address_belongs_to_one_account(alice, bob):
    taken = EmailAddress(user=bob, email=alice.email, verified=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        taken.save()


def test_whoever_was_signed_up_by_somebody_else_can_still_sign_up_and_confirm(client, db):
    sign_up(client, "erin@example.org", "the-squatters-word")
    client.logout()
    sign_up(client, "erin@example.org")
    erin = User.objects.get(pk=signed_in_as(client))
    confirm(client, erin)
    assert verified_email(erin)


def confirm(client, user):
    return client.post(confirmation_of(user))


def confirmation_of(user) -> str:
    return reverse("account_confirm_email", args=[EmailConfirmationHMAC(user.emailaddress_set.get()).key])


def test_an_address_that_another_account_confirmed_cannot_be_confirmed_again(client, alice):
    sign_up(client, alice.email)
    second = User.objects.exclude(pk=alice.pk).get()
    confirm(client, second)
    assert not verified_email(second)


def test_opening_the_link_changes_nothing_until_the_button_is_pressed(client, db):
    sign_up(client)
    user = User.objects.get()
    text = client.get(confirmation_of(user)).content.decode()
    assert "Is this your address?" in text
    assert not verified_email(user)


def test_in_another_browser_the_password_comes_first(client, db):
    sign_up(client)
    user, other = User.objects.get(), Client()
    link = confirmation_of(user)
    page = other.get(link).content.decode()
    other.post("/accounts/login/", {"login": user.email, "password": WORD})
    other.post(link)
    assert f"/accounts/login/?next={quote(link)}" in page
    assert verified_email(user)


def test_sign_ups_for_one_address_are_limited(client, db):
    answers = []
    for number in range(6):
        answers.append(sign_up(client, password=f"{WORD}-{number}").status_code)
        client.logout()
    assert answers == [302] * 5 + [429]


def test_the_sign_up_form_is_no_way_around_the_limit_on_passwords(client, alice):
    """Nor does it tell that the limit is reached: whoever signs up under an attack gets an account."""
    for _ in range(20):
        client.post("/accounts/login/", {"login": alice.email, "password": "wrong"})
    assert sign_up(client, alice.email, PASSWORD).status_code == 302
    assert signed_in_as(client) != alice.pk
