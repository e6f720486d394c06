"""Writing the log. Called inside the transaction of the change it tells of."""

import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone

from core.audit.models import Entry

LATELY = datetime.timedelta(hours=1)


def record(
    *,
    by: AbstractBaseUser | None,
    verb: str,
    obj: models.Model,
    workspace: models.Model | None = None,
    now: datetime.datetime | None = None,
    **detail: int | str | bool | None,
) -> Entry:
    """`by` is None for what the system did by itself; `detail` holds ids and codes, never names or answers."""
    return Entry.objects.create(
        at=now or timezone.now(),
        actor_id=by.pk if by else None,
        verb=verb,
        object_kind=obj._meta.label_lower,
        object_id=str(obj.pk),
        workspace_id=workspace.pk if workspace else None,
        detail=detail,
    )


def record_look(
    *, by: AbstractBaseUser, verb: str, obj: models.Model, workspace: models.Model, **detail: int | str | bool | None
) -> None:
    """That a member has opened or fetched something: once an hour at most for the same person and thing."""
    now = timezone.now()
    kind, pk = obj._meta.label_lower, str(obj.pk)
    same = Entry.objects.filter(object_kind=kind, object_id=pk, verb=verb, actor_id=by.pk, at__gt=now - LATELY)
    if not same.filter(**{f"detail__{name}": value for name, value in detail.items()}).exists():
        record(by=by, verb=verb, obj=obj, workspace=workspace, now=now, **detail)
