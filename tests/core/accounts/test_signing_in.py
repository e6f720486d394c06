import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from core.accounts.models import User
from tests.conftest import PASSWORD, make_user
from tests.pages import tight

LOGIN = "/accounts/login/"


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password, **extra}, REMOTE_ADDR="192.0.2.7")


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_sign_in_leads_to_self_assessments(client, alice):
    response = sign_in(client, "Alice@Example.org")
    assert response.status_code == 302
    assert response.url == reverse("self_assessments:list")


def test_sign_in_continues_where_the_person_was_going(client, alice):
    where = reverse("accounts:account")
    response = client.get(where)
    assert response.url == f"{LOGIN}?next={where}"
    assert f'<input type="hidden" name="next" value="{where}">' in client.get(response.url).content.decode()
    assert sign_in(client, alice.email, next=where).url == where


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://localhost:9/",
        "https:evil.example",
    ],
)
@pytest.mark.parametrize("page", [LOGIN, "/accounts/signup/"])
def test_next_never_leads_to_another_site(client, alice, page, elsewhere):
    fields = {"login": alice.email, "password": PASSWORD, "name": "A", "email": alice.email, "password1": PASSWORD}
    response = client.post(page, {**fields, "next": elsewhere})
    assert response.url == reverse("self_assessments:list")


def test_sign_out_never_leads_to_another_site(client, alice):
    client.force_login(alice)
    response = client.post("/accounts/logout/", {"next": "https://evil.example/"})
    assert response.url == reverse("guide:welcome")
    assert not is_signed_in(client)


def test_signing_out_by_a_link_asks_first(client, alice):
    client.force_login(alice)
    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert is_signed_in(client)


def test_wrong_password_and_unknown_address_look_the_same(client, alice):
    known = sign_in(client, alice.email, "something else").content.decode()
    unknown = sign_in(client, "nobody@example.org", "something else").content.decode()
    assert "do not match" in known
    assert "<title>Error: Sign in" in tight(known)
    assert (
        known.replace(alice.email, "").split("<main")[1].split("csrfmiddlewaretoken")[0]
        == (unknown.replace("nobody@example.org", "").split("<main")[1].split("csrfmiddlewaretoken")[0])
    )


def test_two_hundred_people_behind_one_address_sign_in(client, db):
    for number in range(200):
        user = make_user(f"Person{number}")
        assert sign_in(client, user.email).status_code == 302
        client.logout()


def test_two_hundred_wrong_passwords_behind_one_address_keep_nobody_else_out(client, alice):
    for number in range(200):
        sign_in(client, f"person{number}@example.org", "wrong")
    assert sign_in(client, alice.email).status_code == 302


def test_failures_on_one_account_are_limited(client, alice, bob):
    for _ in range(20):
        sign_in(client, alice.email, "wrong")
    page = sign_in(client, alice.email).content.decode()
    assert "Too many attempts" in page
    assert not is_signed_in(client)
    assert sign_in(client, bob.email).status_code == 302


def test_the_limit_is_the_same_for_an_address_without_an_account(client, db):
    for _ in range(20):
        sign_in(client, "nobody@example.org", "wrong")
    assert "Too many attempts" in sign_in(client, "nobody@example.org").content.decode()


def test_successes_are_not_counted(client, alice):
    for _ in range(30):
        assert sign_in(client, alice.email).status_code == 302
        client.logout()


def test_closed_account_is_told_so(client, alice):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    response = client.get(sign_in(client, alice.email).url)
    assert "This account is closed" in response.content.decode()
    assert not is_signed_in(client)


def test_where_mail_lands_is_told_where_there_is_an_outbox(settings):
    settings.ROOT_URLCONF = "tests.core.outbox_site"
    assert "own machine" in render_to_string("account/outbox_note.html")


def test_where_mail_lands_is_not_told_on_a_real_site(settings):
    settings.ROOT_URLCONF = "core.accounts.urls"
    assert "own machine" not in render_to_string("account/outbox_note.html")


def test_what_was_posted_after_the_session_ended_is_kept(client, alice):
    fields = {"name": ["Zoë\nAdams", "second"], "password": "secret"}
    response = client.post(reverse("accounts:account"), fields)
    page = response.content.decode()
    assert response.status_code == 401
    assert '<input type="hidden" name="name" value="Zoë\nAdams">' in page
    assert '<input type="hidden" name="name" value="second">' in page
    assert "secret" not in page
    assert f'action="{reverse("accounts:account")}"' in page


def test_a_part_of_a_page_is_told_that_the_session_ended(client, db):
    response = client.post(reverse("accounts:account"), {"name": "A"}, headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response.content == b""
