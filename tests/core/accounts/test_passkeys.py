"""Passkeys in a browser, and what is sent in their place without one."""

import json
import re
import sqlite3

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from playwright.sync_api import expect

from tests.browsing import WORD, assert_accessible, assert_fits, sign_up
from tests.core.accounts.test_pages import sure
from tests.pages import tight
from tests.stage import DATABASE

ADD, LOGIN = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/login/"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PARTS = {"clientDataJSON": "e30", "authenticatorData": "AAAA", "attestationObject": "oA", "signature": "AA"}
WHOLE = {"id": "AA", "rawId": "AA", "type": "public-key", "response": PARTS, "clientExtensionResults": {}}
NONE = ["", "{", "[]", "7", '"x"', "null", "{}", '{"response": 1}', '{"id": "AA", "response": {}}', json.dumps(WHOLE)]


@pytest.mark.browser
def test_a_passkey_is_made_named_used_and_removed(page, site):
    tab = page(tolerate="429|favicon")
    address = sign_up(tab)
    with sqlite3.connect(site.var / DATABASE, timeout=20) as database:
        database.execute("UPDATE account_emailaddress SET verified = 1 WHERE email = ?", [address])
    here = site.url.replace("127.0.0.1", "localhost")  # passkeys belong to a name
    device = tab.context.new_cdp_session(tab)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def with_password() -> None:
        tab.goto(f"{here}/accounts/login/")
        tab.fill("input[name=login]", address)
        tab.fill("input[name=password]", WORD)
        tab.get_by_role("button", name="Sign in", exact=True).click()

    with_password()
    tab.wait_for_url("**/self-assessments/**")
    tab.goto(f"{here}{ADD}")
    if "reauthenticate" in tab.url:
        tab.fill("input[name=password]", WORD)
        tab.get_by_role("button", name="Continue").click()
    assert_accessible(tab)
    tab.get_by_label("Name").fill("My laptop")
    tab.get_by_role("button", name="Make the passkey").click()
    expect(tab.get_by_role("heading", name="Recovery codes")).to_be_visible()
    tab.goto(f"{here}{ADD}")
    tab.get_by_role("button", name="Make the passkey").click()
    expect(tab.get_by_role("alert")).to_have_text("There is a passkey for this account here already.")

    tab.get_by_role("button", name="Sign out").click()
    with_password()
    expect(tab.get_by_role("heading", name="One more step")).to_be_visible()
    assert_accessible(tab)
    tab.get_by_role("button", name="Use a passkey").click()
    tab.wait_for_url("**/self-assessments/**")

    tab.get_by_role("button", name="Sign out").click()
    tab.goto(f"{here}/accounts/login/?next=/accounts/sign-ins/")
    assert_accessible(tab)
    tab.get_by_role("button", name="Sign in with a passkey").click()
    tab.wait_for_url("**/accounts/sign-ins/")
    expect(tab.get_by_role("cell", name="Signed in with a passkey")).to_have_count(2)

    tab.set_viewport_size({"width": 390, "height": 800})
    tab.goto(f"{here}/accounts/2fa/")
    assert_accessible(tab)
    assert_fits(tab)
    tab.get_by_role("link", name=re.compile("Remove.*My laptop")).click()
    tab.get_by_role("link", name="Use a passkey").click()
    tab.get_by_role("button", name="Use a passkey").click()
    tab.get_by_role("button", name="Remove the passkey").click()
    expect(tab.get_by_text("The passkey is removed.")).to_be_visible()


@pytest.mark.parametrize("sent", NONE)
def test_what_is_no_passkey_is_refused_and_nothing_breaks(client_for, alice, sent):
    stranger = Client()
    assert stranger.get(LOGIN, headers={"accept": "application/json"}).json()["request_options"]["publicKey"]
    assert "passkey" in tight(stranger.post(LOGIN, {"credential": sent, "next": "/accounts/"}, follow=True))
    assert stranger.get("/accounts/").status_code == 302
    client = sure(client_for(alice))
    client.get(ADD)
    assert "passkey" in tight(client.post(ADD, {"name": "x", "credential": sent}))
    assert not Authenticator.objects.exists()
