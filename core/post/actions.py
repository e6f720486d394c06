from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet

from core.batches import batched
from core.jobs import actions as jobs
from core.jobs.models import Job
from core.post import registry
from core.post.models import Message
from core.post.sending import SEND, SEND_NOW, job_for

AT_ONCE = 500  # rows per statement


@transaction.atomic
def send(*, kind: str, to: str, reference: dict, language: str = "en-gb") -> Message:
    """Ask for a message; it is written when it leaves, from what `reference` (ids only) then stands for."""
    registry.get(kind)
    message = Message.objects.create(kind=kind, to=to, reference=reference, language=language)
    jobs.ask(kind=job_for(kind), subject=str(message.pk))
    return message


@transaction.atomic
def send_all(messages: Iterable[Message]) -> int:
    """The same for many messages that are not saved yet; how many they are. Few are in memory at once."""
    return jobs.ask_all(kind=SEND, subjects=(str(message.pk) for message in _saved(messages)))


def _saved(messages: Iterable[Message]) -> Iterator[Message]:
    for some in batched(messages, AT_ONCE):
        for kind in {message.kind for message in some}:
            registry.get(kind)
        yield from Message.objects.bulk_create(some)


@transaction.atomic
def forget(messages: QuerySet[Message]) -> None:
    """Delete messages, sent or not, with all that tells of their sending."""
    forget_numbered(list(messages.values_list("pk", flat=True)))


@transaction.atomic
def forget_numbered(gone: Sequence[int]) -> None:
    """The same, of messages whose primary keys are known."""
    for start in range(0, len(gone), AT_ONCE):
        some = gone[start : start + AT_ONCE]
        Job.objects.filter(kind__in=(SEND, SEND_NOW), subject__in=[str(number) for number in some]).delete()
        Message.objects.filter(pk__in=some).delete()
