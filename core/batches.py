"""Many rows, some at a time: hundreds of thousands at once would fill the memory of a worker."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """In their order; the last may be shorter. Nothing is taken from `rows` before it is asked for."""
    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        yield some
