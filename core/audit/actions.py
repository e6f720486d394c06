"""Writing the log. Called inside the transaction of the change it tells of."""

import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import timezone

from core.audit.models import Entry


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
