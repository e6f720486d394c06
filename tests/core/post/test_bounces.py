import base64
import hashlib
import hmac
import json

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.ids import public_id
from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.post import registry
from core.post.actions import send
from core.post.bounces import mailbox
from core.post.bounces.mailbox import Tally, read_mailbox
from core.post.bounces.noting import note_returned
from core.post.bounces.reasons import Reason
from core.post.bounces.reports import Came, read_returned
from core.post.models import Message
from core.post.registry import Rendered
from tests.core.post import returned
from tests.core.post.mailbox import Mailbox

ID = "abcdefghjkmnp234"
SECRET = "a long secret"


def letter(text: str, letter_id: str = ID) -> bytes:
    return text.replace("{id}", letter_id).replace("{ID}", letter_id.upper()).encode("latin-1")


@pytest.mark.parametrize(
    ("text", "came", "reason", "is_by_address"),
    [
        (returned.POSTFIX_UNKNOWN, Came.BACK, Reason.UNKNOWN, True),
        (returned.POSTFIX_EXPIRED, Came.BACK, Reason.UNREACHABLE, False),
        (returned.POSTFIX_LATER, Came.LATER, Reason.OTHER, True),
        (returned.EXIM, Came.BACK, Reason.FULL, True),
        (returned.EXIM_OLD, Came.BACK, Reason.UNKNOWN, False),
        (returned.EXCHANGE, Came.BACK, Reason.UNKNOWN, True),
        (returned.EXCHANGE_POLICY, Came.BACK, Reason.REFUSED, True),
        (returned.GMAIL, Came.BACK, Reason.UNKNOWN, True),
        (returned.SENDMAIL, Came.BACK, Reason.UNREACHABLE, True),
        (returned.SENDMAIL_RELAYED, Came.LATER, Reason.OTHER, True),
        (returned.AWAY, Came.REPLY, Reason.OTHER, True),
    ],
)
def test_a_returned_letter_is_understood(text, came, reason, is_by_address):
    found = read_returned(letter(text))
    assert (found.came, found.reason, found.letter_id, found.is_by_address) == (came, reason, ID, is_by_address)


@pytest.mark.parametrize("text", [returned.EXCHANGE, returned.SENDMAIL, returned.POSTFIX_UNKNOWN])
def test_without_its_address_a_letter_is_known_by_its_message_id(text):
    found = read_returned(letter(text.replace("bounce+{id}@", "bounce@")))
    assert (found.letter_id, found.is_by_address) == (ID, False)


@pytest.mark.parametrize("text", [returned.SPAM, returned.BROKEN, ""])
def test_what_is_no_report_says_nothing(text):
    assert (read_returned(letter(text)).came, read_returned(letter(text)).letter_id) == (Came.ELSE, "")


# --- With letters that were sent ---


@pytest.fixture
def failed(monkeypatch):
    """The references of the letters that were told as failed."""
    told = []
    monkeypatch.setitem(registry.renderers, "greeting", lambda reference, language: Rendered("Welcome", "Hello"))
    monkeypatch.setitem(registry.failure_handlers, "greeting", told.append)
    return told


def sent(name: str) -> str:
    """A letter that has left; its identifier."""
    message = send(kind="greeting", to=f"{name}@elsewhere.example", reference={"name": name})
    job = Job.objects.get(kind="send_message", subject=str(message.pk))
    run_job(job.pk)
    return job.public_id


@pytest.mark.django_db
def test_a_letter_goes_back_to_an_address_of_its_own(failed, settings):
    settings.BOUNCE_ADDRESS, settings.BOUNCE_HEADER = "bounce@trace.example.org", "X-PM-Metadata-letter"
    letter_id = sent("bob")
    [left] = mail.outbox
    assert left.from_email == f"bounce+{letter_id}@trace.example.org"
    assert left.message()["From"] == settings.DEFAULT_FROM_EMAIL
    assert left.message()["X-PM-Metadata-letter"] == letter_id


@pytest.mark.django_db
def test_without_the_setting_nothing_changes(failed, settings):
    sent("bob")
    [left] = mail.outbox
    assert (left.from_email, left.message()["From"]) == (settings.DEFAULT_FROM_EMAIL,) * 2


@pytest.fixture
def imap(monkeypatch, settings):
    settings.BOUNCE_IMAP = "imaps://bounce:sec%20ret@mail.example.org/INBOX"
    opened = []

    def holding(*letters: bytes) -> Mailbox:
        box = Mailbox(dict(enumerate(letters, start=1)))
        monkeypatch.setattr(mailbox, "connected", box.connected)
        opened.append(box)
        return box

    yield holding
    for box in opened:
        box.close()


@pytest.mark.django_db
def test_the_mailbox_is_read_once_and_what_is_not_understood_stays(failed, imap):
    """Also for a letter without a row, a reminder: nothing is noted and nothing lies about."""
    bob, carol = sent("bob"), sent("carol")
    box = imap(
        letter(returned.BROKEN),
        letter(returned.POSTFIX_UNKNOWN, bob),
        letter(returned.SPAM),
        letter(returned.POSTFIX_UNKNOWN, bob),
        letter(returned.POSTFIX_LATER, carol),
        letter(returned.AWAY, carol),
        letter(returned.GMAIL, public_id()),
    )
    assert read_mailbox() == Tally(read=7, noted=1, left=2)
    assert set(box.letters) == {1, 3}
    assert 'LOGIN bounce "sec ret"' in box.commands
    assert read_mailbox() == Tally(read=0, noted=0, left=0)
    assert failed == [{"name": "bob"}]
    came_back = Message.objects.get(status=Message.Status.FAILED)
    assert (came_back.returned_for, came_back.returned_at.date()) == (Reason.UNKNOWN, timezone.now().date())


@pytest.mark.django_db
def test_a_letter_that_breaks_the_reader_keeps_no_other_waiting(failed, imap, monkeypatch):
    bob = sent("bob")
    box = imap(b"break me", letter(returned.EXIM, bob))

    def reads(content: bytes):
        return read_returned(content) if content != b"break me" else 1 / 0

    monkeypatch.setattr(mailbox, "read_returned", reads)
    assert read_mailbox() == Tally(read=2, noted=1, left=1)
    assert set(box.letters) == {1}


def test_a_mailbox_that_is_not_there_is_said(settings):
    with pytest.raises(CommandError, match="does not name a mailbox"):
        call_command("read_bounces")
    settings.BOUNCE_IMAP = "imaps://bounce:secret@127.0.0.1:1/INBOX"
    with pytest.raises(CommandError, match="cannot be entered: ConnectionRefusedError"):
        call_command("read_bounces")


@pytest.mark.django_db
def test_a_letter_comes_back_once(failed):
    bob = sent("bob")
    now = timezone.now()
    assert [note_returned(bob, Reason.FULL, now=now), note_returned(bob, Reason.OTHER, now=now)] == [True, False]
    assert not note_returned(public_id(), Reason.OTHER, now=now)
    assert failed == [{"name": "bob"}]


@pytest.mark.django_db
def test_a_letter_that_comes_back_before_we_have_noted_that_it_left_stays_returned(failed, monkeypatch):
    leave = EmailMultiAlternatives.send

    def send_and_hear_of_it(letter):
        leave(letter)
        job = Job.objects.get(kind="send_message")
        assert note_returned(job.public_id, Reason.UNKNOWN, now=timezone.now())

    monkeypatch.setattr(EmailMultiAlternatives, "send", send_and_hear_of_it)
    sent("bob")
    message = Message.objects.get()
    assert (message.status, message.returned_for) == (Message.Status.FAILED, "unknown")
    assert failed == [{"name": "bob"}]


# --- What relays tell ---


def told(client, body, shape: str = "", **headers):
    address = f"/post/bounces/{shape}/" if shape else "/post/bounces/"
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)


@pytest.mark.django_db
def test_relays_tell_in_their_shapes(failed, client, settings):
    settings.BOUNCE_SECRET, settings.BOUNCE_HEADER = SECRET, "X-Letter"
    names = ["simple", "postmark", "sendgrid", "mailgun", "ses", "sns"]
    ids = {name: sent(name) for name in names}
    in_message_id = {name: f"<{one}@trace.example.org>" for name, one in ids.items()}

    def of_ses(name: str) -> dict:
        headers = [{"name": "To", "value": f"<{ID}@x.example>"}, {"name": "X-Letter", "value": ids[name]}]
        bounced = [{"emailAddress": "b@x.example", "status": "5.1.1"}]
        return {
            "notificationType": "Bounce",
            "bounce": {"bounceType": "Permanent", "bouncedRecipients": bounced},
            "mail": {"headers": headers},
        }

    bodies = {
        "": {"bounces": [{"letter": ids["simple"], "status": "5.2.2"}, {"letter": 7}, "?"]},
        "postmark": {"RecordType": "Bounce", "Type": "HardBounce", "Metadata": {"letter": ids["postmark"]}},
        "sendgrid": [
            {"event": "delivered", "smtp-id": in_message_id["sendgrid"]},
            {"event": "bounce", "smtp-id": in_message_id["sendgrid"], "status": "5.1.1"},
        ],
        "mailgun": {
            "event-data": {
                "event": "failed",
                "severity": "permanent",
                "delivery-status": {"enhanced-code": "5.7.1"},
                "message": {"headers": {"message-id": ids["mailgun"] + "@trace.example.org"}},
            }
        },
        "ses": of_ses("ses"),
    }
    for shape, body in bodies.items():
        assert told(client, body, shape, authorization=f"Bearer {SECRET}").status_code == 204
    wrapped = {"Type": "Notification", "Message": json.dumps(of_ses("sns"))}
    basic = base64.b64encode(f"trace:{SECRET}".encode()).decode()
    assert told(client, wrapped, "ses", authorization=f"Basic {basic}").status_code == 204
    assert [one["name"] for one in failed] == names
    assert list(Message.objects.order_by("pk").values_list("returned_for", flat=True)) == [
        "full",
        "other",
        "unknown",
        "refused",
        "unknown",
        "unknown",
    ]


@pytest.mark.django_db
def test_without_the_secret_nothing_is_taken(failed, client, settings):
    bob = {"letter": sent("bob")}
    assert told(client, bob, authorization=f"Bearer {SECRET}").status_code == 404
    settings.BOUNCE_SECRET = SECRET
    for wrong in ({}, {"authorization": "Bearer other"}, {"authorization": "Basic ???"}, {"x-trace-signature": "é"}):
        assert told(client, bob, **wrong).status_code == 403
    assert told(client, bob, "unheard", authorization=f"Bearer {SECRET}").status_code == 404
    assert failed == []
    signed = hmac.new(SECRET.encode(), json.dumps(bob).encode(), hashlib.sha256).hexdigest()
    assert told(client, bob, **{"x-trace-signature": f"sha256={signed}"}).status_code == 204
    assert told(client, {"letter": ID}, authorization=f"Bearer {SECRET}").status_code == 204
    assert failed == [{"name": "bob"}]


@pytest.mark.django_db
def test_what_tells_of_no_letter_is_said_in_the_log(client, settings, caplog):
    settings.BOUNCE_SECRET = SECRET
    assert told(client, {"message_id": f"<{ID}@here>"}, authorization=f"Bearer {SECRET}").status_code == 204
    assert "A relay told of a letter that came back, but not of which" in caplog.text
