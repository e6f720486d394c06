"""Lines of the log go by their age: what was changed after three years, what was looked at after one."""

import datetime

from django.db import transaction

from core.audit.models import AgePermit, Entry

KEPT = datetime.timedelta(days=3 * 365)
LOOKS_KEPT = datetime.timedelta(days=365)
LOOKS = ("open_report", "fetch_file", "fetch_people")  # verbs that tell what a member has read, and changed nothing
AT_ONCE = 5_000


def forget_old_lines(*, now: datetime.datetime) -> datetime.datetime:
    """From when on lines are kept."""
    _forget(now - LOOKS_KEPT, verb__in=LOOKS)
    _forget(now - KEPT)
    return now - KEPT


def _forget(before: datetime.datetime, **which: object) -> None:
    while old := list(Entry.objects.filter(at__lt=before, **which).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            permit = AgePermit.objects.create(before=before)
            Entry.objects.filter(pk__in=old).delete()
            permit.delete()
