"""Sessions that have ended: nobody comes in by them, and their rows go."""

import datetime

from django.contrib.sessions.models import Session

AT_ONCE = 5_000


def forget_ended_sessions(*, now: datetime.datetime) -> int:
    gone = 0
    while ended := list(Session.objects.filter(expire_date__lt=now).values_list("pk", flat=True)[:AT_ONCE]):
        gone += len(ended)
        Session.objects.filter(pk__in=ended).delete()
    return gone
