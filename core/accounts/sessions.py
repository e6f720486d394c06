"""Where somebody is signed in, and how to end it there."""

import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.accounts.browsers import named
from core.accounts.models import OpenSession, User

SEEN, MINE = "seen_at", "open_session"  # what a session knows of itself
EVERY = datetime.timedelta(minutes=15)


def begin(request: HttpRequest, user: User) -> None:
    now = timezone.now()
    opened = OpenSession.objects.create(user=user, session_key=_key(request), since=now, seen_at=now, **named(request))
    request.session[MINE], request.session[SEEN] = opened.pk, now.isoformat()


def touch(request: HttpRequest, user: User) -> None:
    """Once in a quarter of an hour; nothing is asked of the database in between."""
    now = timezone.now()
    seen = request.session.get(SEEN)
    if seen and now - datetime.datetime.fromisoformat(seen) < EVERY:
        return
    request.session[SEEN] = now.isoformat()
    if not OpenSession.objects.filter(pk=request.session.get(MINE, 0), user=user).update(seen_at=now):
        begin(request, user)


def of(user: User) -> "QuerySet[OpenSession]":
    """Those that are still open, the last one used first."""
    still = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return OpenSession.objects.filter(user=user, session_key__in=still).order_by("-seen_at", "pk")


@transaction.atomic
def end(found: "QuerySet[OpenSession]") -> int:
    """Whoever sits there is asked to sign in with the next page they ask for."""
    keys = dict(found.values_list("pk", "session_key"))
    Session.objects.filter(session_key__in=keys.values()).delete()
    OpenSession.objects.filter(pk__in=keys).delete()
    return len(keys)


@transaction.atomic
def end_others(request: HttpRequest, user: User) -> int:
    """All but the one that asks, whose key may have just been changed."""
    mine = request.session.get(MINE, 0)
    ended = end(OpenSession.objects.filter(user=user).exclude(pk=mine))
    OpenSession.objects.filter(pk=mine, user=user).update(session_key=_key(request))
    return ended


def _key(request: HttpRequest) -> str:
    """A session that is new has none before it is saved."""
    if not request.session.session_key:
        request.session.save()
    return str(request.session.session_key)
