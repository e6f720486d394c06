"""Where somebody is signed in, who tried to, and how it ends."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from core.accounts.models import OpenSession, SignIn
from core.post.models import Message
from tests.conftest import PASSWORD, make_user
from tests.core.accounts.test_pages import sure
from tests.core.accounts.test_second_step import ACTIVATE, code_for
from tests.pages import tight

pytestmark = pytest.mark.django_db

PAGE = "/accounts/sign-ins/"
FIREFOX = {"HTTP_USER_AGENT": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"}
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"}


def signed_in(user, password: str = PASSWORD, **browser) -> Client:
    client = Client(**browser)
    client.post("/accounts/login/", {"login": user.email, "password": password})
    return client


def test_each_browser_is_told_from_the_others_and_ended_by_itself(alice, bob):
    here, there, bobs = signed_in(alice, **FIREFOX), signed_in(alice, **PHONE), signed_in(bob)
    text = tight(here.get(PAGE))
    assert "Firefox on Windows" in text
    assert "Safari on iPhone" in text
    assert text.count("This browser") == 1
    for public_id in OpenSession.objects.filter(system="iPhone").values_list("public_id", flat=True):
        bobs.post(PAGE, {"end": public_id})
        assert there.get("/accounts/").status_code == 200, "nobody ends the session of another"
        here.post(PAGE, {"end": public_id})
    assert [one.get("/accounts/").status_code for one in (here, there, bobs)] == [200, 302, 200]
    here.post(PAGE, {"end": "all"})
    assert here.get("/accounts/").status_code == 302
    assert set(OpenSession.objects.values_list("user", flat=True)) == {bob.pk}


def test_a_session_is_noted_as_used_once_in_a_quarter_of_an_hour(alice, django_assert_num_queries):
    client = signed_in(alice)
    before = timezone.now() - datetime.timedelta(hours=2)
    OpenSession.objects.update(seen_at=before)
    client.get("/accounts/")
    assert OpenSession.objects.get().seen_at == before
    session = client.session
    session["seen_at"] = before.isoformat()
    session.save()
    client.get("/accounts/")
    assert OpenSession.objects.get().seen_at > before


def test_a_new_password_and_a_second_step_end_all_other_sessions(alice, django_capture_on_commit_callbacks):
    elsewhere, here = signed_in(alice), sure(signed_in(alice))
    here.get(ACTIVATE)
    with django_capture_on_commit_callbacks(execute=True):
        here.post(ACTIVATE, {"code": code_for(here.session["mfa.totp.secret"])})
    assert [one.get("/accounts/").status_code for one in (here, elsewhere)] == [200, 302]
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "another-good-word"})
    assert OpenSession.objects.get().session_key == here.session.session_key
    assert "This browser" in tight(here.get(PAGE))


def test_signing_out_leaves_no_session_behind(alice):
    client = signed_in(alice)
    client.post("/accounts/logout/")
    assert not OpenSession.objects.exists()


def test_the_owner_sees_who_came_in_and_who_was_turned_away(alice, client_for):
    client = signed_in(alice, **FIREFOX)
    client.post("/accounts/logout/")
    Client(**PHONE).post("/accounts/login/", {"login": alice.email, "password": "wrong"})
    client.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    text = tight(client.get(PAGE))
    assert [text.count(words) for words in ("Signed in<", "Refused: wrong password", ">New<")] == [2, 1, 2]
    assert not SignIn.objects.filter(address__contains="alice").exists()
    uma = make_user("Uma")
    uma.emailaddress_set.update(email=alice.email, verified=False)
    assert "Nobody yet" in client_for(uma).get(PAGE).content.decode(), "who only claims the address sees nothing"


def test_a_new_browser_is_told_by_a_letter_and_the_first_one_is_not(alice):
    first = signed_in(alice)
    first.post("/accounts/logout/")
    first.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    assert not Message.objects.exists()
    signed_in(alice, **PHONE)
    assert Message.objects.get().kind == "account.signed_in_elsewhere"


def test_old_lines_go(alice):
    signed_in(alice)
    SignIn.objects.update(at=timezone.now() - datetime.timedelta(days=91))
    signed_in(alice)
    assert SignIn.objects.count() == 1
