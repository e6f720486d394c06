"""The kinds of message. The app that owns a kind registers its renderer when it is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)  # beside those that every letter has


Renderer = Callable[[dict, str], Rendered | None]  # (reference, language); None: no longer wanted
OnFailed = Callable[[dict], None]  # (reference), in the transaction that gives the message up

renderers: dict[str, Renderer] = {}
failure_handlers: dict[str, OnFailed] = {}


def register(kind: str, render: Renderer, *, on_failed: OnFailed | None = None) -> None:
    if kind in renderers:
        raise ValueError(f"Two kinds of message are called {kind}.")
    renderers[kind] = render
    if on_failed:
        failure_handlers[kind] = on_failed


def get(kind: str) -> Renderer:
    """Raises KeyError for a kind that no app has registered."""
    return renderers[kind]


def tell_of_failure(kind: str, reference: dict) -> None:
    """To whoever registered the kind and wants to know."""
    if kind in failure_handlers:
        failure_handlers[kind](reference)
