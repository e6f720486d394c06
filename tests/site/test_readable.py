import pytest

FORM = "application/x-www-form-urlencoded"
LOGIN = "/accounts/login/"


NULS = ["login=a%00b&password=x", "log%00in=a", "login=a\0b"]
BROKEN = ["login=%FF%FE", "login=%ED%A0%80"]


@pytest.mark.parametrize("body", NULS + BROKEN)
def test_form_with_what_cannot_be_stored_is_told_so(client, db, body):
    response = client.post(LOGIN, body, content_type=FORM)
    assert response.status_code == 400
    assert "hidden characters that cannot be stored" in response.content.decode()


def test_form_in_raw_bytes_that_are_no_text_is_told_so(client, db):
    assert client.post(LOGIN, b"login=\xff", content_type=FORM).status_code == 400


def test_form_with_files_may_hold_no_nul_either(client, db):
    assert client.post(LOGIN, {"login": "a\0b"}).status_code == 400


@pytest.mark.parametrize("path", [f"{LOGIN}?next=%00", f"{LOGIN}?%00=1", "/accounts/password/reset/key/1-a%00/"])
def test_address_with_a_nul_is_told_so(client, db, path):
    assert client.get(path).status_code == 400


def test_every_language_and_emoji_is_readable(client, db):
    response = client.post(LOGIN, {"login": "žluťoučký кінь 🐎@example.org"})
    assert response.status_code == 200


def test_too_long_a_form_is_told_so(client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post(LOGIN, "login=" + "a" * 1001, content_type=FORM)
    assert response.status_code == 413
    assert "longer than a page can take" in response.content.decode()


@pytest.mark.parametrize("path", [LOGIN, "/self-assessments/x/save/"], ids=["a form", "a page that cleans its posts"])
def test_too_many_fields_are_told_so(client, db, settings, path):
    settings.DEBUG = True  # the embedded site answers like any other
    response = client.post(
        path,
        "&".join(f"f{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)),
        content_type=FORM,
    )
    assert response.status_code == 400
    assert "We could not read" in response.content.decode()


def test_broken_parts_are_told_so(client, db):
    response = client.post(LOGIN, b"nonsense", content_type="multipart/form-data")
    assert response.status_code == 400


def test_another_encoding_is_told_so(client, db):
    assert client.post(LOGIN, "login=a", content_type=f"{FORM}; charset=latin-1").status_code == 400
