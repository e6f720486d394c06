import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from tests.diagnostics.launched import draft_in, workspace_of
from trace_site import errors

OURS = {"HTTP_ORIGIN": "http://testserver"}


def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def test_missing_page_is_in_our_frame(client, db):
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()
    assert '<header class="top-bar">' in response.content.decode()


def test_missing_page_is_in_our_frame_on_the_embedded_site_too(client, db, settings):
    settings.DEBUG = True
    for path in ("/nothing/", "/model/nothing/"):
        assert "There is nothing here" in client.get(path).content.decode()


def test_an_address_that_only_takes_a_form_says_so_in_our_frame(instrument, client_for, alice, caplog):
    draft = draft_in(workspace_of(alice), by=alice)
    response = client_for(alice).get(reverse("surveys:copy", args=[draft.public_id]))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "This address is not a page of its own" in response.content.decode()
    assert '<header class="top-bar">' in response.content.decode()
    assert len(caplog.records) == 1


def test_wrong_role_is_told(rf, alice):
    request = rf.get("/")
    request.user = alice
    response = errors.forbidden(request, PermissionDenied())
    assert response.status_code == 403
    assert "This is not part of your role" in response.content.decode()


def test_server_error_needs_no_database_and_no_request():
    """Without the database marker any query would fail the test."""
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()


def test_unknown_host_is_refused_in_our_frame(client, db):
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "We could not read what you sent" in response.content.decode()


def test_form_without_a_token_from_here_is_shown_again(db):
    fields = {"login": "a@example.org", "note": ["one\ntwo <b>", "three"], "password": "secret"}
    response = strict().post("/accounts/login/?next=/accounts/", {**fields, "csrfmiddlewaretoken": "old"}, **OURS)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Send it again" in page
    assert '<input type="hidden" name="note" value="one\ntwo &lt;b&gt;">' in page
    assert '<input type="hidden" name="note" value="three">' in page
    assert "secret" not in page
    assert 'value="old"' not in page
    assert 'action="/accounts/login/?next=/accounts/"' in page


def test_form_that_is_sent_again_arrives(alice):
    client = strict()
    page = client.post("/accounts/login/", {"login": alice.email}, **OURS).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[-1].split('"')[0]
    again = client.post("/accounts/login/", {"login": alice.email, "csrfmiddlewaretoken": token}, **OURS)
    assert again.status_code == 200
    assert f'value="{alice.email}"' in again.content.decode()


@pytest.mark.parametrize(
    "origin",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "https://evil.example", "HTTP_REFERER": "http://testserver/"},
        {"HTTP_REFERER": "http://testserver.evil.example/"},
        {},
    ],
)
def test_form_from_elsewhere_is_not_shown_again(db, origin):
    response = strict().post("/accounts/login/", {"login": "planted@example.org"}, **origin)
    assert response.status_code == 403
    assert "planted" not in response.content.decode()
    assert "Send it again" not in response.content.decode()


def test_referer_is_enough_where_the_browser_names_no_origin(db):
    response = strict().post("/accounts/login/", {"login": "a@b.org"}, HTTP_REFERER="http://testserver/accounts/login/")
    assert "Send it again" in response.content.decode()


@override_settings(SITE_URL="https://trace.example.org")
def test_the_site_s_own_address_is_here(db):
    response = strict().post("/accounts/login/", {"login": "a@b.org"}, HTTP_ORIGIN="https://trace.example.org")
    assert "Send it again" in response.content.decode()
