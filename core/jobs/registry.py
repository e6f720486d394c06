"""The kinds of background work. The app that owns a kind registers it when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.functional import Promise

from core.jobs.models import OPEN, Job, JobQuerySet
from core.jobs.runs import Run

ALARMING = 4  # failures in a row, or delays: half an hour after the first


@dataclass(frozen=True)
class Kind:
    """`run` does the work; `label` names its product at the start of a sentence ("The PDF").

    `can_be_cancelled`: whoever asked for it may stop it half-way, and nothing is lost by that. `is_waited_for`: by
    somebody who tries again themselves, so that it fails at once; all other work that goes wrong is tried again, later
    and later, until it is done. `checked` looks after a failure at what there is, and says it in a sentence: nobody is
    told that nothing is lost where nobody has looked.
    """

    name: str
    run: Callable[[Run], None]
    label: str | Promise
    can_see: Callable[[Any, Job], bool]  # (user, job): the model of users is on a floor above
    done_url: Callable[[Job], str | None]
    can_be_cancelled: bool = False
    is_waited_for: bool = False
    checked: Callable[[Job], str] = lambda job: ""
    is_for_guests: bool = False  # `can_see` may be asked for readers who are not signed in


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.name in kinds:
        raise ValueError(f"Two kinds of job are called {kind.name}.")
    kinds[kind.name] = kind


def get(name: str) -> Kind:
    """Raises KeyError for a kind that no app has registered."""
    return kinds[name]


def known_jobs() -> JobQuerySet:
    """Of a kind this process can do: during an upgrade another may know more."""
    return Job.objects.filter(kind__in=kinds)


def needing_a_hand() -> JobQuerySet:
    """What has failed, or went wrong or was put off so often that somebody should look, though it is tried again."""
    too_often = Q(status__in=OPEN) & (Q(failures__gte=ALARMING) | Q(delays__gte=ALARMING))
    return known_jobs().filter(Q(status=Job.Status.FAILED) | too_often)


def label_of(job: Job) -> str:
    return str(get(job.kind).label)


def done_url_of(job: Job) -> str | None:
    return get(job.kind).done_url(job)


def can_be_cancelled_by(job: Job, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whoever asked for it may stop it; what the site asked for itself, nobody."""
    is_theirs = job.requested_by_id is not None and job.requested_by_id == user.pk
    return job.is_open and is_theirs and get(job.kind).can_be_cancelled
