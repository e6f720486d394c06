"""Which workers and clocks are at work: each says so every few seconds, and the database's clock is asked when."""

import datetime
from collections.abc import Iterable

from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from core.jobs.models import Sighting

EVERY = 15.0  # seconds between two words of one process
LATELY = datetime.timedelta(seconds=60)  # longer without one: it is gone
FORGOTTEN = datetime.timedelta(days=1)
BEAT = "beat"  # stands among the lanes
BACKUP = "backup"  # likewise, and is kept
BACKUP_LATE = datetime.timedelta(hours=36)  # as deploy/alarms.yml: one a night, whenever it ends


def note(*, name: str, lanes: Iterable[str], version: str = "", keys: str = "") -> None:
    """`keys` is what the process says of the key store; '' where it has nothing to do with it."""
    said = {"lanes": " ".join(lanes), "version": version, "keys": keys, "seen_at": Now()}
    asked = timezone.now()
    row, _is_new = Sighting.objects.update_or_create(name=name[:200], defaults=said)
    between = asked + (timezone.now() - asked) / 2
    row.refresh_from_db()
    Sighting.objects.filter(pk=row.pk).update(ahead=(between - row.seen_at).total_seconds())
    Sighting.objects.filter(seen_at__lt=Now() - FORGOTTEN).exclude(lanes=BACKUP).delete()


def note_backup() -> None:
    """One has been made, whole; its age stands in the metrics."""
    note(name=BACKUP, lanes=[BACKUP])


def at_work() -> QuerySet[Sighting]:
    return Sighting.objects.filter(seen_at__gt=Now() - LATELY)


def ages(lanes: Iterable[str]) -> dict[str, float | None]:
    """lane → seconds since a process that serves it was seen; None: not within a day."""
    age = ExpressionWrapper(Now() - F("seen_at"), output_field=DurationField())
    seen = list(Sighting.objects.annotate(age=age).values_list("lanes", "age"))
    return {
        lane: min((ago.total_seconds() for served, ago in seen if lane in served.split()), default=None)
        for lane in lanes
    }
