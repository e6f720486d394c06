import os

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from core.post.outbox import letters

pytestmark = pytest.mark.urls("tests.core.outbox_site")

LINK = "https://trace.example.org/confirm/?a=1&b=2"


@pytest.fixture
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = settings.OUTBOX
    return settings.OUTBOX


def write(*subjects: str, text: str = f"Grüße,\n\nopen {LINK}") -> None:
    """Through one connection, so into one file."""
    get_connection().send_messages(
        EmailMessage(subject, text, "TRACE <trace@localhost>", ["bob@example.org"]) for subject in subjects
    )


def test_letters_are_read_back_as_they_were_written(outbox):
    write("Grüße aus Zürich")
    (letter,) = letters(outbox)
    assert (letter.subject, letter.to) == ("Grüße aus Zürich", "bob@example.org")
    assert letter.text.strip() == f"Grüße,\n\nopen {LINK}"
    assert letter.sent_at is not None


def test_letters_come_newest_first(outbox):
    write("First", "Second")
    (file,) = outbox.iterdir()
    os.utime(file, (1, 1))
    write("Third")
    assert [letter.subject for letter in letters(outbox)] == ["Third", "Second", "First"]
    assert len({letter.name for letter in letters(outbox)}) == 3


def test_a_folder_that_is_not_there_is_empty(tmp_path):
    assert letters(tmp_path / "nowhere") == []


def test_list_without_letters_says_what_will_be_here(client, db):
    assert "No messages yet." in client.get(reverse("outbox:list")).content.decode()


def test_list_links_to_every_letter_without_signing_in(client, db, outbox):
    write("Welcome", "Please <confirm>")
    html = client.get(reverse("outbox:list")).content.decode()
    for letter in letters(outbox):
        assert reverse("outbox:letter", args=[letter.name]) in html
    assert "Please &lt;confirm&gt;" in html


def test_a_letter_is_shown_with_its_links(client, db, outbox):
    write("Welcome")
    (letter,) = letters(outbox)
    html = client.get(reverse("outbox:letter", args=[letter.name])).content.decode()
    assert 'href="https://trace.example.org/confirm/?a=1&amp;b=2"' in html


def test_a_letter_cannot_bring_its_own_html(client, db, outbox):
    write("Welcome", text="<script>alert(1)</script>")
    (letter,) = letters(outbox)
    html = client.get(reverse("outbox:letter", args=[letter.name])).content.decode()
    assert "&lt;script&gt;alert(1)" in html


def test_a_letter_that_is_not_there(client, db):
    assert client.get(reverse("outbox:letter", args=["nothing-1"])).status_code == 404


@pytest.mark.urls("trace_site.urls")
def test_production_has_no_outbox(client, db):
    assert client.get("/outbox/").status_code == 404
