"""The kinds of message. The app that owns a kind registers its renderer when it is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import get_language

from core.colours import text_on
from core.words import Words


@dataclass(frozen=True)
class Writer:
    """Who asks: their name stands before the site's in the sender, their address gets what is replied."""

    name: str = ""
    reply_to: str = ""  # '': nobody reads replies


@dataclass(frozen=True)
class Look:
    """What stands above a letter: a logo or a name, and a colour."""

    name: str = "TRACE"
    colour: str = "#0c5160"
    logo: bytes = b""  # PNG
    logo_size: tuple[int, int] = (0, 0)  # as it is drawn, in pixels

    @property
    def text_colour(self) -> str:
        return text_on(self.colour)


@dataclass(frozen=True)
class Rendered:
    """A letter as text. Its HTML follows from it: `link`, where it stands on a line by itself, becomes a button."""

    subject: str
    text: str
    link: str = ""
    button: Words = ""  # what the button does
    writer: Writer = Writer()
    look: Look = Look()
    headers: Mapping[str, str] = field(default_factory=dict)  # beside those that every letter has
    language: str = field(default_factory=lambda: get_language() or settings.LANGUAGE_CODE)  # it is written in


Renderer = Callable[[dict, str], Rendered | None]  # (reference, language); None: no longer wanted
OnFailed = Callable[[dict], None]  # (reference), in the transaction that gives the message up

renderers: dict[str, Renderer] = {}
failure_handlers: dict[str, OnFailed] = {}
urgent: set[str] = set()
forgotten: set[str] = set()


def register(
    kind: str,
    render: Renderer,
    *,
    on_failed: OnFailed | None = None,
    is_urgent: bool = False,
    is_forgotten: bool = False,
) -> None:
    """`is_urgent`: somebody waits for it in front of a page, and it goes before all that nobody waits for.
    `is_forgotten`: its row goes with it, sent or given up, so that the address is kept nowhere."""
    if kind in renderers:
        raise ValueError(f"Two kinds of message are called {kind}.")
    renderers[kind] = render
    if on_failed:
        failure_handlers[kind] = on_failed
    if is_urgent:
        urgent.add(kind)
    if is_forgotten:
        forgotten.add(kind)


def get(kind: str) -> Renderer:
    """Raises KeyError for a kind that no app has registered."""
    return renderers[kind]


def tell_of_failure(kind: str, reference: dict) -> None:
    """To whoever registered the kind and wants to know."""
    if kind in failure_handlers:
        failure_handlers[kind](reference)
