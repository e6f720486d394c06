import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from core.accounts import emails
from core.accounts.access import verified_email
from core.accounts.models import User
from core.post.models import Message
from core.post.registry import get
from tests.conftest import PASSWORD, make_user

NEW = "another-good-word"


def rendered(message: Message):
    return get(message.kind)(message.reference, message.language)


def link_in(text: str) -> str:
    return re.search(r"https?://\S+", text).group()


def path_of(link: str, settings) -> str:
    assert link.startswith(settings.SITE_URL + "/")
    return link.removeprefix(settings.SITE_URL)


def ask_for_reset(client, email):
    return client.post("/accounts/password/reset/", {"email": email}, headers={"Host": "localhost"})


@pytest.fixture
def unverified(db) -> User:
    user = make_user("Uma")
    EmailAddress.objects.filter(user=user).update(verified=False)
    return user


def test_rows_hold_ids_only(client, alice):
    ask_for_reset(client, alice.email)
    client.post("/accounts/signup/", {"name": "Dana", "email": "dana@example.org", "password1": NEW})
    references = {message.kind: message.reference for message in Message.objects.all()}
    dana = EmailAddress.objects.get(email="dana@example.org")
    assert references == {
        "account.password_reset_key": {"user": alice.pk},
        "account.email_confirmation_signup": {"address": dana.pk},
    }


def test_confirmation_link_comes_from_the_site_and_works(client_for, unverified, settings):
    settings.SITE_URL = "https://trace.example.org"
    client = client_for(unverified)
    client.post("/accounts/email/", {"email": unverified.email, "action_send": "1"})
    letter = rendered(Message.objects.get())
    client.post(path_of(link_in(letter.text), settings))
    assert "Confirm your e-mail address" in letter.subject
    assert verified_email(unverified)


def test_confirmation_is_not_wanted_any_more_once_confirmed(alice, unverified):
    confirmed = EmailAddress.objects.get(user=alice)
    assert emails.confirm_address({"address": confirmed.pk}, "en-gb") is None
    assert emails.confirm_address({"address": 0}, "en-gb") is None
    User.objects.filter(pk=unverified.pk).update(is_active=False)
    assert emails.confirm_address({"address": EmailAddress.objects.get(user=unverified).pk}, "en-gb") is None


def test_owner_of_a_taken_address_is_told_instead_of_asked_to_confirm(alice, bob):
    second = EmailAddress.objects.create(user=bob, email=alice.email, verified=False)
    letter = emails.confirm_address({"address": second.pk}, "en-gb")
    assert letter.subject == "You have a TRACE account already"
    assert "confirm-email" not in letter.text


def test_reset_link_comes_from_the_site_and_works_once(client, alice, settings):
    settings.SITE_URL = "https://trace.example.org"
    ask_for_reset(client, alice.email)
    path = path_of(link_in(rendered(Message.objects.get()).text), settings)
    form = client.get(path, follow=True).redirect_chain[-1][0]
    done = client.post(form, {"password1": NEW}, follow=True).content.decode()
    alice.refresh_from_db()
    assert "Your new password is saved" in done
    assert alice.check_password(NEW)
    assert "This link does not work" in client.get(path, follow=True).content.decode()


def test_reset_answers_the_same_for_every_address(client, alice):
    known, unknown = (ask_for_reset(client, email) for email in (alice.email, "nobody@example.org"))
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert list(Message.objects.order_by("pk").values_list("kind", flat=True)) == [
        "account.password_reset_key",
        "account.unknown_account",
    ]


def test_an_inbox_gets_five_letters_an_hour_and_whoever_asks_is_told_nothing_else(client, alice, settings):
    """Each of the five opens the page: whoever asks for them in somebody's name does not keep them out."""
    assert {ask_for_reset(client, alice.email).status_code for _ in range(7)} == {302}
    assert Message.objects.count() == 5
    path = path_of(link_in(rendered(Message.objects.first()).text), settings)
    assert client.get(path, follow=True).redirect_chain
    settings.QUOTAS = settings.QUOTAS | {"password-letters": {"client": (8, datetime.timedelta(hours=1))}}
    assert [ask_for_reset(client, f"{one}@example.org").status_code for one in "ab"] == [302, 429]


def test_reset_of_a_closed_account_is_not_written(alice):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert emails.reset_password({"user": alice.pk}, "en-gb") is None


def test_unknown_account_is_told_how_to_sign_up(db, settings):
    letter = emails.unknown_account({}, "en-gb")
    assert link_in(letter.text) == settings.SITE_URL + reverse("account_signup")


@pytest.mark.parametrize("name", emails.NOTICES)
def test_every_notice_has_a_subject_and_a_way_to_act(alice, name):
    letter = get(f"account.{name}")({"user": alice.pk}, "en-gb")
    assert "TRACE account" in letter.subject or "TRACE password" in letter.subject
    assert "\n" not in letter.subject
    assert "/accounts/password/reset/" in letter.text


def test_names_are_written_as_they_are(alice):
    alice.name = "O'Neil & Søn"
    alice.save()
    assert "Hello O'Neil," in emails.reset_password({"user": alice.pk}, "en-gb").text


def test_a_changed_password_is_told_to_its_owner(client_for, alice):
    client_for(alice).post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW})
    message = Message.objects.get()
    assert (message.kind, message.to) == ("account.password_changed", alice.email)


@pytest.mark.parametrize("name", ["https://evil.example/now", "evil.example", "Winner!", "A" * 31, "call(0123)"])
def test_whoever_signs_up_with_the_address_of_another_writes_them_nothing(client, db, name):
    """The letter goes to whoever was entered, who knows nothing of it."""
    client.post("/accounts/signup/", {"name": f"{name} and more", "email": "dana@example.org", "password1": NEW})
    ask_for_reset(client, "dana@example.org")
    for message in Message.objects.all():
        text = rendered(message).text
        assert text.startswith("Hello dana@example.org,")
        assert name not in text


@pytest.mark.parametrize("name", ["Zoë", "Jean-Luc", "O’Brien", "अनुष्का", "李"])
def test_a_name_that_is_one_is_greeted(client, db, name):
    client.post("/accounts/signup/", {"name": f"{name} Drew", "email": "dana@example.org", "password1": NEW})
    assert rendered(Message.objects.get()).text.startswith(f"Hello {name},")
