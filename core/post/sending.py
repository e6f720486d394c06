"""The job that sends one message: rendered in the worker, so that no link or token is ever stored."""

import smtplib
from typing import Any, NoReturn

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.jobs.registry import Kind, register
from core.jobs.runs import GiveUp, Run, TryLater
from core.post import registry
from core.post.letter import letter_of
from core.post.models import Message
from core.post.registry import Rendered

SEND, SEND_NOW = "send_message", "send_now"
MINUTE = 60
WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, *[4 * 60 * MINUTE] * 18]  # three days; then it is given up
SURE = 2  # tries after which a refusal may be believed
ABOUT_THE_ADDRESS = b"5.1."  # so begins what a server says of an address (RFC 3463)


def register_jobs() -> None:
    """Nobody watches a message leave: what went wrong stands in its row."""
    for name in (SEND, SEND_NOW):
        register(
            Kind(
                name=name,
                run=send_message,
                label=gettext_lazy("The message"),
                can_see=lambda user, job: False,
                done_url=lambda job: None,
            )
        )


def job_for(kind: str) -> str:
    """The kind of job that sends a message of this kind."""
    return SEND_NOW if kind in registry.urgent else SEND


def send_message(run: Run) -> None:
    """Sent at least once: a worker killed between the mail server's yes and our commit sends the same one again."""
    message = Message.objects.filter(pk=run.job.subject, status=Message.Status.QUEUED).first()
    if message is None:
        return
    rendered = _render(message)
    if rendered is None:
        with run.finishing():
            message.delete()
        return
    try:
        letter_of(message.to, rendered, run.job.public_id).send()
    except OSError as failure:  # smtplib's errors are OSErrors too
        _not_sent(run, message, failure)
    else:
        with run.finishing():
            settle(message, status=Message.Status.SENT, sent_at=timezone.now())


def send_without_trace(run: Run, *, to: str, letter: Rendered, letter_id: str) -> bool:
    """A letter of which no row may tell: the work that sends many says itself how far it is.

    False where the server does not want this very letter, now or ever: what it says of one address is noted nowhere.
    Raises TryLater where it takes no letters at all, and GiveUp where that has lasted too long.
    """
    try:
        letter_of(to, letter, letter_id).send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
        return False
    except OSError:
        put_off(run)
    return True


def put_off(run: Run) -> NoReturn:
    """Raises TryLater, later each time, and in the end GiveUp."""
    if run.job.delays < len(WAITS):
        raise TryLater(WAITS[run.job.delays], _put_off()) from None
    raise GiveUp(_out_of_reach()) from None


def _render(message: Message) -> Rendered | None:
    with translation.override(message.language):
        return registry.get(message.kind)(message.reference, message.language)


def _not_sent(run: Run, message: Message, failure: OSError) -> None:
    if run.job.delays < len(WAITS) and not _is_believed(run, message, failure):
        if _is_permanent(failure) and message.refused_at is None:
            Message.objects.filter(pk=message.pk).update(refused_at=timezone.now())
        raise TryLater(WAITS[run.job.delays], _put_off())
    with run.finishing():
        settle(message, status=Message.Status.FAILED, error=_what_went_wrong(failure))
        registry.tell_of_failure(message.kind, message.reference)


def _is_believed(run: Run, message: Message, failure: OSError) -> bool:
    """A server that is not well refuses everybody. It is believed when it has said so again and again and means the
    address, or has taken other letters since."""
    if not _is_permanent(failure) or run.job.delays < SURE or message.refused_at is None:
        return False
    return _is_about_the_address(failure) or Message.objects.filter(sent_at__gt=message.refused_at).exists()


def _is_about_the_address(failure: OSError) -> bool:
    said = failure.recipients.values() if isinstance(failure, smtplib.SMTPRecipientsRefused) else ()
    return bool(said) and all(text.startswith(ABOUT_THE_ADDRESS) for _code, text in said)


def settle(message: Message, **changes: Any) -> None:
    """Unless it has come back already: a relay may be quicker than our commit."""
    if message.kind in registry.forgotten:
        Message.objects.filter(pk=message.pk).delete()
        return
    Message.objects.filter(pk=message.pk, status=Message.Status.QUEUED).update(**changes)


def _is_permanent(failure: OSError) -> bool:
    """The server refuses this address or this message; a wrong password or a full disk may be put right meanwhile."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return all(_is_refusal(code) for code, _text in failure.recipients.values())
    return isinstance(failure, smtplib.SMTPDataError) and _is_refusal(failure.smtp_code)


def _is_refusal(code: int) -> bool:
    return 500 <= code < 600


def _what_went_wrong(failure: OSError) -> str:
    """Never the server's own words: they quote the address."""
    if _is_permanent(failure):
        return _("The mail server refused the message. Check the address.")
    return _out_of_reach()


def _put_off() -> str:
    return _("The mail server did not take it; it will be tried again.")


def _out_of_reach() -> str:
    return _("The mail server could not be reached, or put the message off, for too long.")
