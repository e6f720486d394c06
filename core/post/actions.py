from django.db import transaction

from core.jobs import actions as jobs
from core.post import registry
from core.post.models import Message
from core.post.sending import SEND


@transaction.atomic
def send(*, kind: str, to: str, reference: dict, language: str = "en-gb") -> Message:
    """Ask for a message; it is written when it leaves, from what `reference` (ids only) then stands for."""
    registry.get(kind)
    message = Message.objects.create(kind=kind, to=to, reference=reference, language=language)
    jobs.ask(kind=SEND, subject=str(message.pk))
    return message
