"""Whether a letter is on its way: one truth, whatever has become of it and of the job that sends it."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from core.jobs import registry as jobs
from core.jobs.actions import retry_all
from core.jobs.models import Job
from core.jobs.tasks import run_job
from core.post import registry
from core.post.actions import send_all
from core.post.bounces.noting import note_returned
from core.post.bounces.reasons import Reason
from core.post.models import Message
from core.post.registry import Rendered
from core.post.sending import SURE
from core.post.standings import Standing, numbers_of, pick_up, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(monkeypatch):
    monkeypatch.setitem(registry.renderers, "greeting", lambda reference, language: Rendered("Welcome", "Hello"))
    send_all([Message(kind="greeting", to=f"{number}@example.org", reference={}) for number in range(120)])
    return Message.objects.order_by("pk")


def run_all() -> None:
    for number in Job.objects.open().values_list("pk", flat=True):
        run_job(number)


def answering(failure: Exception | None):
    def send_messages(self, messages):
        if failure:
            raise failure
        return len(messages)

    return send_messages


def stand(letters, *numbers: int) -> list[str]:
    return list(
        with_standing(letters).filter(to__in=[f"{n}@example.org" for n in numbers]).values_list("standing", flat=True)
    )


def test_after_a_passing_failure_everybody_is_written_to_and_until_then_it_is_said(letters, alice, monkeypatch):
    """Of 120 letters 92 met a mail server that was away, and one a fault of another kind."""
    assert numbers_of(letters)[Standing.WAITING] == 120
    for number, job in enumerate(Job.objects.order_by("pk")):
        away = ConnectionRefusedError() if number != 50 else ZeroDivisionError()
        monkeypatch.setattr(EmailBackend, "send_messages", answering(away if number >= 28 else None))
        run_job(job.pk)
    assert numbers_of(letters) == dict.fromkeys(Standing, 0) | {Standing.SENT: 28, Standing.PUT_OFF: 92}
    assert not jobs.needing_a_hand().exists()
    for _hour in range(jobs.ALARMING):
        Job.objects.update(not_before=None)
        run_all()
    assert jobs.needing_a_hand().count() == 92
    monkeypatch.setattr(EmailBackend, "send_messages", answering(None))
    assert retry_all(kind="send_message", by=alice) == 92
    assert numbers_of(letters)[Standing.WAITING] == 92
    run_all()
    assert numbers_of(letters)[Standing.SENT] == 120


def test_what_became_of_a_letter_and_of_its_job(letters, monkeypatch):
    sent, refused, back, gone, stopped = Job.objects.order_by("pk")[:5]
    for job in (sent, back):
        run_job(job.pk)
    with monkeypatch.context() as patched:
        nobody = smtplib.SMTPRecipientsRefused({"1@example.org": (550, b"5.1.1 no such box")})
        patched.setattr(EmailBackend, "send_messages", answering(nobody))
        for _try in range(SURE + 1):
            Job.objects.filter(pk=refused.pk).update(not_before=None)
            run_job(refused.pk)
    assert note_returned(back.public_id, Reason.FULL, now=timezone.now())
    gone.delete()
    Job.objects.filter(pk=stopped.pk).update(status=Job.Status.CANCELLED)
    assert stand(letters, 0, 1, 2, 3, 4) == ["sent", "failed", "returned", "put_off", "put_off"]
    assert (pick_up(), pick_up()) == (2, 0)
    assert stand(letters, 3, 4) == ["waiting", "waiting"]
    run_all()
    assert stand(letters, 3, 4) == ["sent", "sent"]
