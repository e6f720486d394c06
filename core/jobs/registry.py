"""The kinds of background work. The app that owns a kind registers it when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.functional import Promise

if TYPE_CHECKING:
    from core.jobs.models import Job
    from core.jobs.runs import Run


@dataclass(frozen=True)
class Kind:
    """`run` does the work; `label` names its product at the start of a sentence ("The PDF").

    `can_be_cancelled`: whoever asked for it may stop it half-way, and nothing is lost by that.
    """

    name: str
    run: Callable[["Run"], None]
    label: str | Promise
    can_see: Callable[[AbstractBaseUser, "Job"], bool]
    done_url: Callable[["Job"], str | None]
    can_be_cancelled: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"Two kinds of job are called {kind.name}.")
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """Raises KeyError for a kind that no app has registered."""
    return _kinds[name]


def names() -> list[str]:
    return list(_kinds)
