"""What is noted of a letter that came back: that it did, when and why. Whoever forges a report can do no more."""

import datetime

from django.db import transaction

from core.jobs.models import Job
from core.post import registry
from core.post.bounces.reasons import Reason
from core.post.models import Message
from core.post.sending import SEND, SEND_NOW


@transaction.atomic
def note_returned(letter_id: str, reason: Reason, *, now: datetime.datetime) -> bool:
    """Whether a letter is noted now; one that is unknown, forgotten or noted already changes nothing."""
    sent = Job.objects.filter(kind__in=(SEND, SEND_NOW), public_id=letter_id).values_list("subject", flat=True).first()
    if sent is None:
        return False
    message = Message.objects.select_for_update().filter(pk=sent).exclude(status=Message.Status.FAILED).first()
    if message is None:
        return False
    message.status, message.returned_at, message.returned_for = Message.Status.FAILED, now, reason
    message.save(update_fields=["status", "returned_at", "returned_for"])
    registry.tell_of_failure(message.kind, message.reference)
    return True
