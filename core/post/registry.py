"""The kinds of message. The app that owns a kind registers its renderer when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str


Renderer = Callable[[dict, str], Rendered | None]  # (reference, language); None: no longer wanted

_renderers: dict[str, Renderer] = {}


def register(kind: str, render: Renderer) -> None:
    if kind in _renderers:
        raise ValueError(f"Two kinds of message are called {kind}.")
    _renderers[kind] = render


def get(kind: str) -> Renderer:
    """Raises KeyError for a kind that no app has registered."""
    return _renderers[kind]
