import datetime
import smtplib
import weakref

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone, translation

from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.post import registry, sending
from core.post.actions import AT_ONCE, forget, send, send_all
from core.post.models import Message
from core.post.registry import Rendered

pytestmark = pytest.mark.django_db

ADDRESS = "bob@example.org"


@pytest.fixture
def greeting(monkeypatch):
    """Registers a kind of message for one test."""

    def register(render=lambda reference, language: Rendered("Welcome", f"Hello {reference['name']}")):
        monkeypatch.setitem(registry.renderers, "greeting", render)

    register()
    return register


@pytest.fixture
def mail_server(monkeypatch):
    """What the mail server answers instead of taking the message."""

    def answers(failure: Exception | None = None):
        def send_messages(self, messages):
            if failure:
                raise failure

        monkeypatch.setattr(EmailBackend, "send_messages", send_messages)

    return answers


def greet() -> Message:
    return send(kind="greeting", to=ADDRESS, reference={"name": "Bob"})


def job_of(message: Message) -> Job:
    return Job.objects.get(kind="send_message", subject=str(message.pk))


def deliver(message: Message) -> Message | None:
    run_job(job_of(message).pk)
    return Message.objects.filter(pk=message.pk).first()


def test_a_message_is_a_row_and_a_job(greeting):
    message = greet()
    assert (message.status, message.to, message.reference) == (Message.Status.QUEUED, ADDRESS, {"name": "Bob"})
    assert job_of(message).status == Job.Status.QUEUED
    assert mail.outbox == []


def test_nobody_watches_a_message_leave(greeting, client_for, alice):
    job = job_of(greet())
    assert client_for(alice).get(f"/jobs/{job.public_id}/", headers={"HX-Request": "true"}).status_code == 404


def test_an_unknown_kind_is_refused_at_once(db):
    with pytest.raises(KeyError):
        send(kind="unheard-of", to=ADDRESS, reference={})
    assert not Message.objects.exists()


def test_the_worker_renders_and_sends(greeting, settings):
    message = deliver(greet())
    (letter,) = mail.outbox
    assert (letter.subject, letter.body, letter.to) == ("Welcome", "Hello Bob", [ADDRESS])
    assert letter.from_email == settings.DEFAULT_FROM_EMAIL
    assert message.status == Message.Status.SENT
    assert message.sent_at is not None
    assert job_of(message).status == Job.Status.DONE


def test_a_message_is_sent_once(greeting):
    message = greet()
    deliver(message)
    Job.objects.update(status=Job.Status.QUEUED)
    deliver(message)
    assert len(mail.outbox) == 1


def test_every_try_carries_the_same_identifier(greeting):
    message = greet()
    deliver(message)
    Job.objects.update(status=Job.Status.QUEUED)
    Message.objects.update(status=Message.Status.QUEUED)
    deliver(message)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.message()["Auto-Submitted"] == "auto-generated"


def test_a_subject_is_one_line(greeting):
    greeting(lambda reference, language: Rendered("Welcome\r\nBcc: eve@example.org\n", "Hello"))
    deliver(greet())
    (letter,) = mail.outbox
    assert letter.subject == "Welcome Bcc: eve@example.org"
    assert letter.recipients() == [ADDRESS]


def test_a_message_is_written_in_its_language(greeting):
    greeting(lambda reference, language: Rendered(f"{language} {translation.get_language()}", "Hello"))
    deliver(send(kind="greeting", to=ADDRESS, reference={}, language="de"))
    assert mail.outbox[0].subject == "de de"


def test_what_is_no_longer_wanted_is_not_sent_and_not_kept(greeting):
    greeting(lambda reference, language: None)
    message = greet()
    assert deliver(message) is None
    assert mail.outbox == []
    assert job_of(message).status == Job.Status.DONE


@pytest.mark.parametrize(
    "failure",
    [
        smtplib.SMTPRecipientsRefused({ADDRESS: (450, b"greylisted")}),
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        smtplib.SMTPServerDisconnected("gone"),
        ConnectionRefusedError(),
        TimeoutError(),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_what_may_pass_is_tried_again_later(greeting, mail_server, failure):
    mail_server(failure)
    message = deliver(greet())
    job = job_of(message)
    assert message.status == Message.Status.QUEUED
    assert (job.status, job.delays) == (Job.Status.QUEUED, 1)
    assert datetime.timedelta(seconds=50) < job.not_before - timezone.now() < datetime.timedelta(seconds=61)


def test_the_waits_grow_and_come_to_an_end(greeting, mail_server):
    mail_server(ConnectionRefusedError())
    message, waits = greet(), []
    while (job := job_of(message)).status == Job.Status.QUEUED:
        Job.objects.update(not_before=None)
        deliver(message)
        waits.append(job.delays)
    message.refresh_from_db()
    assert waits == list(range(len(sending.WAITS) + 1))
    assert sorted(sending.WAITS) == sending.WAITS
    assert (message.status, job.status) == (Message.Status.FAILED, Job.Status.DONE)
    assert message.error == "The mail server could not be reached, or put the message off, for too long."


UNKNOWN = smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"5.1.1 <bob@example.org> unknown")})
UNWANTED = smtplib.SMTPDataError(554, b"no")


def refused(message: Message, *, times: int) -> Message:
    for _ in range(times):
        Job.objects.update(not_before=None)
        deliver(message)
    message.refresh_from_db()
    return message


def test_an_address_that_is_refused_again_and_again_is_given_up(greeting, mail_server):
    mail_server(UNKNOWN)
    message = refused(greet(), times=2)
    assert message.status == Message.Status.QUEUED
    refused(message, times=1)
    assert message.status == Message.Status.FAILED
    assert message.error == "The mail server refused the message. Check the address."
    assert job_of(message).status == Job.Status.DONE


def test_a_server_that_refuses_everybody_is_not_believed(greeting, mail_server):
    """Nobody is left out for a server that was set up wrongly for an hour; they are once it takes others' letters."""
    mail_server(UNWANTED)
    messages = [refused(greet(), times=4) for _ in range(2)]
    assert {message.status for message in messages} == {Message.Status.QUEUED}
    mail_server()
    assert refused(messages[0], times=1).status == Message.Status.SENT
    mail_server(UNWANTED)
    assert refused(messages[1], times=1).status == Message.Status.FAILED


def test_a_worker_killed_before_sending_loses_nothing(greeting, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(self, messages):
        raise Killed

    message = greet()
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", killed)
        with pytest.raises(Killed):
            deliver(message)
    Job.objects.update(status=Job.Status.QUEUED)
    assert deliver(message).status == Message.Status.SENT
    assert len(mail.outbox) == 1


# --- Many at once ----------------------------------------------------------------------------------


def many(number: int) -> list[Message]:
    return [Message(kind="greeting", to=f"p{n}@example.org", reference={"name": f"P{n}"}) for n in range(number)]


def test_many_messages_are_asked_for_in_a_few_statements(greeting, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        assert send_all(many(900)) == 900
    assert Job.objects.filter(kind="send_message").count() == 900


def test_few_of_many_messages_are_in_memory_at_once(greeting):
    living, most = [], []

    def written():
        for number in range(2200):
            message = Message(kind="greeting", to=f"p{number}@example.org", reference={})
            living.append(weakref.ref(message, living.remove))
            most.append(len(living))
            yield message

    assert send_all(written()) == 2200
    assert max(most) <= 2 * AT_ONCE


def test_each_of_many_messages_is_sent(greeting):
    send_all(many(3))
    for message in Message.objects.all():
        deliver(message)
    assert sorted(letter.body for letter in mail.outbox) == ["Hello P0", "Hello P1", "Hello P2"]


def test_many_messages_of_an_unknown_kind_are_refused_at_once(db):
    with pytest.raises(KeyError):
        send_all([Message(kind="unheard-of", to=ADDRESS)])
    assert not Message.objects.exists()


def test_what_is_forgotten_leaves_no_row(greeting):
    send_all(many(3))
    kept = greet()
    deliver(Message.objects.first())
    forget(Message.objects.exclude(pk=kept.pk))
    assert list(Message.objects.all()) == [kept]
    assert Job.objects.get() == job_of(kept)


# --- What failed -------------------------------------------------------------------------------------


def test_whoever_owns_the_kind_hears_that_a_message_failed(greeting, mail_server, monkeypatch):
    heard = []
    monkeypatch.setitem(registry.failure_handlers, "greeting", heard.append)
    mail_server(UNKNOWN)
    refused(greet(), times=3)
    assert heard == [{"name": "Bob"}]


def test_nobody_hears_of_what_may_still_pass(greeting, mail_server, monkeypatch):
    heard = []
    monkeypatch.setitem(registry.failure_handlers, "greeting", heard.append)
    mail_server(ConnectionRefusedError())
    deliver(greet())
    assert heard == []
