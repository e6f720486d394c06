"""Whether a letter is on its way: the one place that says so, for every page and figure.

A letter's row says what became of it; whether anybody will still send it, only the job says that is to do so.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, QuerySet, TextChoices, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from core.identity.still import why_still
from core.jobs import actions as jobs
from core.jobs.models import Job
from core.post.models import Message
from core.post.sending import SEND, SEND_NOW, job_for

AT_ONCE = 500  # letters that are picked up again


class Standing(TextChoices):
    WAITING = "waiting", _("On its way")
    PUT_OFF = "put_off", _("Put off, and tried again")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be delivered")
    RETURNED = "returned", _("Came back")


NOT_LEFT = (Standing.WAITING, Standing.PUT_OFF)
LOST = (Standing.FAILED, Standing.RETURNED)


def with_standing(letters: QuerySet[Message]) -> QuerySet[Any]:
    """The same, each with its `standing`."""
    at_once = Job.objects.open().filter(subject=_number(), kind__in=(SEND, SEND_NOW), delays=0, failures=0)
    states = Message.Status
    standing = Case(
        When(status=states.SENT, then=Value(Standing.SENT.value)),
        When(status=states.FAILED, returned_at=None, then=Value(Standing.FAILED.value)),
        When(status=states.FAILED, then=Value(Standing.RETURNED.value)),
        When(Exists(at_once), then=Value(Standing.WAITING.value)),
        default=Value(Standing.PUT_OFF.value),  # what nobody is asked to send is soon picked up again
        output_field=CharField(),
    )
    return letters.annotate(standing=standing)


def numbers_of(letters: QuerySet[Message]) -> Mapping[Standing, int]:
    """How many stand how."""
    counted = with_standing(letters).order_by().values_list("standing").annotate(Count("pk"))
    return dict.fromkeys(Standing, 0) | {Standing(standing): number for standing, number in counted}


def pick_up() -> int:
    """Ask anew for letters that wait though no job is to send them; how many."""
    if why_still():
        return 0
    to_send = Job.objects.open().filter(subject=_number(), kind__in=(SEND, SEND_NOW))
    waiting = Message.objects.filter(~Exists(to_send), status=Message.Status.QUEUED)
    left = list(waiting.order_by("pk").values_list("pk", "kind")[:AT_ONCE])
    for number, kind in left:
        jobs.ask(kind=job_for(kind), subject=str(number))
    return len(left)


def _number() -> Cast:
    return Cast(OuterRef("pk"), CharField())
