"""XML as a stream of tags, from somebody nobody needs to trust.

No part may declare a document type, so there are no entities to expand or to fetch. No tree is built, and one budget
of elements is shared by all parts that are read together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from spaces.importing.table.grids import TooHeavy

MOST_ELEMENTS = 1_500_000


class Broken(Exception):
    """Not what spreadsheet programs write."""


@dataclass
class Budget:
    elements: int = MOST_ELEMENTS

    def spend(self) -> None:
        self.elements -= 1
        if self.elements < 0:
            raise TooHeavy


class Handler:
    """What one kind of part means: told of every tag, without its namespace, and of every piece of text."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def text(self, piece: str) -> None: ...


def walk(xml: bytes, handler: Handler, budget: Budget) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _counted(handler.start, budget)
    parser.EndElementHandler = lambda name: handler.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = handler.text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise Broken from None


def _counted(start: Callable, budget: Budget) -> Callable:
    def counted(name: str, attributes: dict[str, str]) -> None:
        budget.spend()
        start(name.rpartition(":")[2], attributes)

    return counted


def _refuse(*declared: object) -> None:
    raise Broken
