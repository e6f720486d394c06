"""What every page tells the browser to refuse."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

PUBLIC = ["guide:welcome", "account_login", "account_signup"]


def directives(response) -> dict[str, list[str]]:
    policy = response.headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in policy.split(";") if part.strip())}


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_page_allows_only_its_own_scripts_and_styles(name, client):
    response = client.get(reverse(name))
    policy = directives(response)
    assert response.status_code == 200
    for kind in ("script-src", "style-src"):
        assert policy[kind][0] == "'self'"
        assert all(value.startswith("'nonce-") for value in policy[kind][1:])
    assert policy["connect-src"] == policy["form-action"] == ["'self'"]
    assert policy["object-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_page_refuses_frames_guessing_and_telling_where_one_came_from(name, client):
    headers = client.get(reverse(name)).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_page_has_no_inline_style_and_no_script_without_nonce(name, client):
    page = client.get(reverse(name)).content.decode()
    assert " style=" not in page
    assert "javascript:" not in page
    assert page.count("<script") == page.count("<script src=") + page.count("<script nonce=") + page.count(
        '<script type="application/json"'
    )


@pytest.mark.django_db
def test_whoever_finds_a_hole_learns_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT = "security@example.org"
    said = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines())
    in_days = (datetime.datetime.fromisoformat(said["Expires"]) - timezone.now()).days
    assert (said["Contact"], said["Canonical"]) == (
        "mailto:security@example.org",
        settings.SITE_URL + "/.well-known/security.txt",
    )
    assert 170 < in_days < 181
    assert client.get("/.well-known/change-password").url == "/accounts/password/change/"


@pytest.mark.django_db
def test_pages_travel_compressed_to_whoever_can_read_it(client):
    packed = client.get(reverse("guide:welcome"), headers={"Accept-Encoding": "gzip"})
    plain = client.get(reverse("guide:welcome"))
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert "Content-Encoding" not in plain
