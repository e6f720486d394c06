import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.management import call_command
from django.test import Client

from core.post.models import Message
from tests.conftest import PASSWORD
from tests.core.accounts.test_pages import sure
from tests.pages import tight

ACTIVATE = "/accounts/2fa/totp/activate/"


def code_for(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def with_password(user) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.fixture
def protected(client_for, alice):
    """Alice, whose account has a second step, and its secret."""
    client = sure(client_for(alice))
    client.get(ACTIVATE)
    secret = client.session[totp.SECRET_SESSION_KEY]
    client.post(ACTIVATE, {"code": code_for(secret)})
    return alice, secret


def test_setting_up_shows_key_and_picture(client_for, alice):
    client = sure(client_for(alice))
    text = client.get(ACTIVATE).content.decode()
    assert client.session[totp.SECRET_SESSION_KEY] in text
    assert 'src="data:image/svg+xml;base64,' in text


def test_secrets_are_sealed_in_the_database(protected):
    alice, secret = protected
    stored = Authenticator.objects.get(user=alice, type="totp")
    assert secret not in str(stored.data)
    assert stored.wrap().validate_code(code_for(secret)) is not None
    assert "seed" in Authenticator.objects.get(user=alice, type="recovery_codes").data


def test_secrets_survive_a_new_secret_key(protected, settings):
    alice, _ = protected
    before = codes_of(alice)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert codes_of(alice) == before
    call_command("seal_anew")
    settings.SECRET_KEY_FALLBACKS = []
    assert codes_of(alice) == before


def codes_of(user) -> list[str]:
    stored = Authenticator.objects.get(user=user, type="recovery_codes")
    return RecoveryCodes(stored).get_unused_codes()


def test_password_alone_is_not_enough(protected):
    alice, _ = protected
    client = with_password(alice)
    assert client.get("/accounts/").status_code == 302
    assert "Open your authenticator app" in client.get("/accounts/2fa/authenticate/").content.decode()


def test_recovery_code_lets_in_once(protected):
    alice, _ = protected
    code = codes_of(alice)[0]
    for expected in (200, 302):
        client = with_password(alice)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert client.get("/accounts/").status_code == expected


def test_wrong_codes_are_limited(protected):
    alice, _ = protected
    client = with_password(alice)
    for _ in range(11):
        page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "Too many attempts" in page
    client.post("/accounts/2fa/authenticate/", {"code": codes_of(alice)[0]})
    assert client.get("/accounts/").status_code == 302


def test_owner_is_told(client_for, alice, django_capture_on_commit_callbacks):
    client = sure(client_for(alice))
    client.get(ACTIVATE)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ACTIVATE, {"code": code_for(client.session[totp.SECRET_SESSION_KEY])})
    assert Message.objects.get().kind == "account.totp_activated"


def test_unconfirmed_address_comes_first(client_for, alice):
    alice.emailaddress_set.update(verified=False)
    page = sure(client_for(alice)).get(ACTIVATE, follow=True).content.decode()
    assert "First confirm your e-mail address" in page


def test_pages_of_the_second_step(protected):
    alice, _ = protected
    client = with_password(alice)
    client.post("/accounts/2fa/authenticate/", {"code": codes_of(alice)[0]})
    client.post("/accounts/2fa/reauthenticate/", {"code": codes_of(alice)[0]})
    for path, words in {
        "/accounts/2fa/": "You have 8 codes left",
        "/accounts/2fa/recovery-codes/": codes_of(alice)[0],
        "/accounts/2fa/recovery-codes/generate/": "The codes you have now stop working",
        "/accounts/2fa/totp/deactivate/": "Use the app no longer?",
    }.items():
        assert words in client.get(path).content.decode()


def test_address_is_not_changed_while_the_second_step_is_on(protected):
    alice, _ = protected
    client = with_password(alice)
    client.post("/accounts/2fa/authenticate/", {"code": codes_of(alice)[0]})
    page = client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"}).content.decode()
    assert "Switch the second step off before you change the address" in page


def test_outsider_reaches_no_codes(client_for, protected, charlie):
    assert client_for(charlie).get("/accounts/2fa/recovery-codes/").status_code == 404


def test_a_passkey_that_is_refused_stands_in_the_list(protected):
    alice, _ = protected
    client = with_password(alice)
    assert "This passkey was not accepted" in tight(client.post("/accounts/2fa/authenticate/", {"credential": "[1]"}))
    client.post("/accounts/2fa/authenticate/", {"code": codes_of(alice)[0]})
    assert "Refused: wrong passkey" in tight(client.get("/accounts/sign-ins/"))
