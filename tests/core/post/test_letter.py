"""A letter as it leaves: who it is from, and the HTML that follows from its text."""

import email
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from core.post.letter import html_to_look_at, letter_of
from core.post.registry import Look, Rendered, Writer

LINK = "https://trace.example.org/s/secret/?in=de&x=1"
HELEN = Writer("Helen Marsh", reply_to="helen@example.org")


@pytest.fixture(autouse=True)
def site(settings):
    settings.DEFAULT_FROM_EMAIL = "TRACE <post@trace.example.org>"


def sent(rendered: Rendered) -> EmailMessage:
    """As a mailbox reads it."""
    written = letter_of("bob@example.org", rendered, "abc").message().as_bytes()
    return email.message_from_bytes(written, policy=policy.default)


def html_in(message: EmailMessage) -> str:
    return message.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Helen Marsh", "Helen Marsh via TRACE"),
        ('Marsh, Helen "Nell"', 'Marsh, Helen "Nell" via TRACE'),
        ("Zoë Østergård, MBE", "Zoë Østergård, MBE via TRACE"),
        ("Ruth\r\nBcc: eve@example.org", "Ruth Bcc: eve example.org via TRACE"),
        ("Ruth\u202e\u200b <ceo@bank.example>", "Ruth <ceo bank.example> via TRACE"),
        ("x" * 150, f"{'x' * 59}… via TRACE"),
        ("", "TRACE"),
    ],
)
def test_the_sender_is_named_and_the_address_stays_the_sites_own(name, shown):
    message = sent(Rendered("Welcome", "Hello", writer=Writer(name)))
    (sender,) = message["From"].addresses
    assert sender.addr_spec == "post@trace.example.org"
    assert sender.display_name.replace(" …", "…") == shown  # Python parts a name that takes two encoded words
    assert message["Reply-To"] is message["Bcc"] is None


def test_replies_go_to_whoever_asks_and_machines_are_asked_not_to_answer():
    message = sent(Rendered("Welcome", "Hello", writer=HELEN, headers={"X-Kind": "greeting"}))
    assert message["Reply-To"] == "helen@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["X-Kind"] == "greeting"


def test_a_sender_is_told_in_the_language_of_the_letter():
    assert 'lang="de"' in html_in(sent(Rendered("Hallo", "Hallo", language="de")))


def test_text_and_html_say_the_same_and_what_was_typed_is_no_mark_up():
    message = sent(Rendered("<b>Hello</b>", "Dear <i>Sam</i> & co,\nwelcome.\n\nBye", look=Look("O’Brien & <Sons>")))
    assert message.get_content_type() == "multipart/alternative"
    assert message.get_body(("plain",)).get_content().strip() == "Dear <i>Sam</i> & co,\nwelcome.\n\nBye"
    html = html_in(message)
    assert "Dear &lt;i&gt;Sam&lt;/i&gt; &amp; co,<br>welcome." in html
    assert "O’Brien &amp; &lt;Sons&gt;" in html
    assert "<title>&lt;b&gt;Hello&lt;/b&gt;</title>" in html


class Links(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [(tag, value) for name, value in attrs if name in {"href", "src", "background", "srcset"}]


@pytest.mark.parametrize(
    "text",
    [f"Here:\n\n{LINK}\n\nBye", f"Here:\n{LINK}\nBye", f"Open {LINK}, please."],
)
def test_the_link_is_a_button_and_stands_there_in_letters(text):
    html = html_in(sent(Rendered("Welcome", text, link=LINK, button="Open the <questions>")))
    assert Links(html).found[:2] == [("a", LINK)] * 2
    assert {target for _tag, target in Links(html).found} == {LINK}
    assert ">Open the &lt;questions&gt;<" in html
    assert ">https://trace.example.org/s/secret/?in=de&amp;x=1</a>" in html


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n", "\r\n\r\n"])
def test_words_keep_their_order_around_the_button(end):
    html = html_in(sent(Rendered("Welcome", f"Before{end}{LINK}{end}After", link=LINK, button="Open")))
    assert html.count(f">{LINK.replace('&', '&amp;')}</a>") == 1
    assert html.index("Before") < html.index("Open<") < html.index("After")


def test_a_link_without_a_button_is_still_there_to_read():
    html = html_in(sent(Rendered("Welcome", f"Hello\n\n{LINK}", link=LINK)))
    assert "https://trace.example.org/s/secret/" in html
    assert Links(html).found == []


def test_an_address_of_this_site_becomes_a_button_of_itself(settings):
    html = html_in(sent(Rendered("Welcome", f"Hello\n\n{settings.SITE_URL}/reports/x/\n\nBye")))
    assert Links(html).found == [("a", f"{settings.SITE_URL}/reports/x/")] * 2
    assert "Open the page" in html


def test_a_logo_comes_with_the_letter_and_nothing_is_fetched():
    look = Look("Northmoor", colour="#ffcc33", logo=b"\x89PNG", logo_size=(120, 40))
    message = sent(Rendered("Welcome", f"Hello\n\n{LINK}", link=LINK, button="Open", look=look))
    html = html_in(message)
    assert ("img", "cid:logo") in Links(html).found
    assert 'alt="Northmoor"' in html
    assert "url(" not in html
    (picture,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<logo>", "inline")
    assert message.get_body(("plain",)).get_content().startswith("Hello")
    assert "color: #000000" in html  # on yellow


def test_on_a_page_its_links_lead_nowhere():
    rendered = Rendered("Welcome", LINK, link=LINK, button="Open", look=Look(logo=b"\x89PNG", logo_size=(1, 1)))
    assert Links(html_to_look_at(rendered)).found == [("img", "data:image/png;base64,iVBORw==")]
